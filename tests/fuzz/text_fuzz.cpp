// Texts: any UTF-8 through the walker; wrappers keep their place in the NFC form, and NFC is a
// fixed point.
#include "base/text.h"
#include "codec/unicode/nfc.h"
#include "container/text_layout.h"
#include "fuzz/walk.h"

namespace assay {
namespace {

using fuzz::require;

void check_layout(std::string_view text, const container::TextLayout& layout) {
  for (const auto& wrapper : layout.wrappers) {
    fuzz::check_inside(wrapper.stored, text.size());
    require(wrapper.used <= wrapper.stored.length);
    if (!layout.normal.empty()) {
      const auto length = static_cast<size_t>(wrapper.stored.length);
      require(layout.normal.substr(static_cast<size_t>(wrapper.normal_offset), length) ==
              text.substr(static_cast<size_t>(wrapper.stored.offset), length));
    }
  }
  if (!layout.normal.empty()) {
    require(unicode::to_nfc(text).value() == layout.normal);
  }
}

}  // namespace
}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace assay;
  const ByteView input(data, size);
  const std::string_view text = as_text(input);
  fuzz::check(container::make_text_walker, container::Format::text, "", input);
  if (!is_utf8(text)) {
    return 0;
  }
  const auto once = unicode::to_nfc(text);
  if (once.ok()) {
    require(unicode::to_nfc(*once).value() == *once);
    require(unicode::may_change_in_nfc(text) || *once == text);
  }
  const auto walked = fuzz::walk(container::make_text_walker, container::Format::text, input, 0);
  if (walked.carrier.text) {
    check_layout(text, *walked.carrier.text);
  }
  return 0;
}
