// Any bytes: what is read is written as valid, script-safe text that reads back as the same value.
#include "base/text.h"
#include "codec/json/json.h"
#include "fuzz/require.h"

namespace assay {
namespace {

using fuzz::require;

void check_text(const std::string& text) {
  require(is_utf8(text));
  for (const char* unsafe : {"</", "\xE2\x80\xA8", "\xE2\x80\xA9"}) {
    require(text.find(unsafe) == std::string::npos);
  }
}

void run(ByteView input) {
  const Limits limits;
  const auto value = json::parse(input, limits);
  if (!value) {
    require(value.fault() != Fault::none);
    return;
  }
  require(is_utf8(as_text(input)));
  for (const bool pretty : {false, true}) {
    const std::string text = json::write(*value, pretty);
    check_text(text);
    const auto again = json::parse(as_bytes(text), limits);
    require(again.ok());
    require(json::write(*again, pretty) == text);
  }
}

}  // namespace
}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  assay::run({data, size});
  return 0;
}
