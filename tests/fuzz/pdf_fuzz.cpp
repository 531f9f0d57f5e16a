// PDF: any bytes; the same document however the bytes arrive.
#include "fuzz/walk.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  assay::fuzz::check(assay::container::make_pdf_walker, assay::container::Format::pdf, "",
                     {data, size});
  return 0;
}
