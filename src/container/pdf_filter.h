// Stream filters of PDF (ISO 32000-2 §7.4), those that cross-reference and object streams use.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "container/pdf_object.h"

namespace assay::container {

// `data` with the filters of the stream's dictionary undone: none, FlateDecode with or without PNG
// predictors, and Crypt, which leaves the data as it is. Fault::unsupported for others.
Result<Bytes> undo_pdf_filters(const PdfValue& dictionary, ByteView data, uint64_t most_bytes);

}  // namespace assay::container
