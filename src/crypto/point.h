// Compressed points of the NIST curves (SEC 1 §2.3.4). Only identifiers such as did:key write keys
// this way; in certificates and COSE keys they stay unsupported.
#pragma once

#include <optional>

#include "crypto/signature.h"

namespace assay::crypto {

// 02 || X or 03 || X as the uncompressed point; nothing if there is no such point on the curve. The
// work is that of four modular exponentiations of the field's size, whatever the bytes are.
std::optional<EcKey> decompressed(Curve curve, ByteView compressed);

}  // namespace assay::crypto
