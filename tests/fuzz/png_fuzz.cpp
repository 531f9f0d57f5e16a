// PNG: any chunks behind the signature.
#include "fuzz/walk.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace std::string_view_literals;
  assay::fuzz::check(assay::container::make_png_walker, assay::container::Format::png,
                     "\x89PNG\r\n\x1A\n"sv, {data, size});
  return 0;
}
