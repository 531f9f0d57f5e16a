// Any bytes: elements lie inside their input and stand by themselves; what a value parser accepts
// round-trips.
#include "codec/der/reader.h"
#include "fuzz/require.h"

namespace assay {
namespace {

using fuzz::require;

void check_values(const der::Element& element) {
  if (der::check_oid(element.content).ok()) {
    const std::string text = der::oid_text(element.content);
    if (text.find('?') == std::string::npos && text.size() < 200) {
      const auto encoded = der::oid_from_text(text);
      require(!encoded || equal(*encoded, element.content));
    }
  }
  if (const auto number = der::parse_small_integer(element.content)) {
    require(der::magnitude(element.content).ok());
    require(*number <= INT64_MAX);
  }
  if (const auto bits = der::parse_bit_string(element.content)) {
    require(bits->bytes.size() + 1 == element.content.size());
    require(!bits->bit(bits->bytes.size() * 8));
  }
  static_cast<void>(der::parse_utc_time(element.content));
  static_cast<void>(der::parse_generalized_time(element.content, true));
  const auto text = der::string_to_utf8(element.tag, element.content);
  require(text.has_value() == der::is_string_tag(element.tag));
}

// Walks constructed elements with an explicit stack.
void walk(ByteView input) {
  std::vector<der::Reader> open = {der::Reader(input)};
  while (!open.empty()) {
    const size_t before = open.back().rest().size();
    const auto element = open.back().any();
    if (!element) {
      require(open.back().rest().size() == before);
      open.pop_back();
      continue;
    }
    require(open.back().rest().size() + element->encoded.size() == before);
    require(der::parse_single(element->encoded).ok());
    check_values(*element);
    if ((element->tag & 0x20U) != 0 && open.size() < 64) {
      open.emplace_back(element->content);
    }
  }
}

}  // namespace
}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  assay::walk({data, size});
  return 0;
}
