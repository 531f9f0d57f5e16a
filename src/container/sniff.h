// Which container is this? By content; the declared type only breaks ties between text kinds
// (R-110, T-36).
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "container/carrier.h"
#include "io/byte_source.h"

namespace assay::container {

// Looks at the first bytes; of an asset with an ID3v2 tag also at what follows the tag, of one that
// may be text at the first 64 KiB. Fault::need as usual; no other fault.
Result<Format> sniff(io::ByteSource& source, std::string_view declared_type);

// The text kind of `head`, the asset's beginning (`whole`: all of it): html, svg, text, or unknown
// when it is not UTF-8 text.
Format sniff_text(ByteView head, bool whole, std::string_view declared_type);

}  // namespace assay::container
