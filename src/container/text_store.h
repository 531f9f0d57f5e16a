// What the text formats share: reading the whole file, and stores written in Base64.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/limits.h"
#include "container/carrier.h"
#include "io/byte_source.h"

namespace assay::container {

// The whole asset; Fault::limit above Limits::text_bytes. `text` remembers how far it came.
Status read_text(io::ByteSource& source, const Limits& limits, Bytes& text);

// A store in Base64, white space ignored, whose markup and content are `carrier`. What is no Base64
// of a JUMBF superbox makes the carrier broken (T-38).
void add_base64_store(Carrier& carrier, std::string_view base64, Range range, const Limits& limits);

// Without the white space around it.
std::string_view trimmed(std::string_view text);

}  // namespace assay::container
