// Inflate: DEFLATE (RFC 1951) in a zlib wrapper (RFC 1950), as PDF uses it for cross-reference and
// object streams. Small rather than fast: nothing large is compressed this way on the paths we
// walk.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"

namespace assay::deflate {

// The inflated bytes. Fault::limit when they would be more than `most_bytes`, truncated when the
// data ends early, malformed otherwise. Bytes behind the last block, the checksum included, are not
// looked at: PDF readers ignore it, and every byte is covered by the asset's hash.
Result<Bytes> inflate_zlib(ByteView data, uint64_t most_bytes);

// The same for a gzip wrapper (RFC 1952), as status lists of credentials use it. One member; its
// checksum is not looked at, because what is inside is signed or not believed.
Result<Bytes> inflate_gzip(ByteView data, uint64_t most_bytes);

}  // namespace assay::deflate
