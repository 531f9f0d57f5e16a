// SVG and HTML: any bytes in either walker, with and without a beginning that gets far.
#include "fuzz/walk.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace assay;
  using container::Format;
  const ByteView input(data, size);
  if (input.empty()) {
    return 0;
  }
  const bool begun = (input[0] & 1) != 0;
  if ((input[0] & 2) != 0) {
    fuzz::check(container::make_svg_walker, Format::svg,
                begun ? "<svg><metadata><c2pa:manifest>" : "", input.subspan(1));
  } else {
    fuzz::check(container::make_html_walker, Format::html,
                begun ? "<!DOCTYPE html><head><script type=application/c2pa>" : "",
                input.subspan(1));
  }
  return 0;
}
