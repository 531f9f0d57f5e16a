// COSE_Key (RFC 9052 §7, RFC 9053 §7, RFC 8230): public keys that a file states by themselves.
#pragma once

#include "codec/cbor/cbor.h"
#include "crypto/signature.h"

namespace assay::cose {

// EC2 with both coordinates, OKP with Ed25519, or RSA; monostate for everything else, and for a map
// that holds a label twice.
crypto::PublicKey key_of(const cbor::Value& cose_key);

}  // namespace assay::cose
