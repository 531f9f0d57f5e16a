// RIFF and RF64: any chunks.
#include "fuzz/walk.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace std::string_view_literals;
  if (size == 0) {
    return 0;
  }
  assay::fuzz::check(assay::container::make_riff_walker, assay::container::Format::wav,
                     (data[0] & 1) != 0 ? "RIFF"sv : "RF64\xFF\xFF\xFF\xFFWAVE"sv, {data, size});
  return 0;
}
