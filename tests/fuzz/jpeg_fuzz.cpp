// JPEG: any bytes behind SOI.
#include "fuzz/walk.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace std::string_view_literals;
  assay::fuzz::check(assay::container::make_jpeg_walker, assay::container::Format::jpeg,
                     "\xFF\xD8\xFF"sv, {data, size});
  return 0;
}
