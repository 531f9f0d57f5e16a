// The verifiers behind verify(): one per family, on a digest or message that verify() prepares.
#pragma once

#include "base/bytes.h"
#include "crypto/signature.h"

namespace assay::crypto {

Verified verify_ecdsa(const EcKey& key, EcdsaEncoding encoding, ByteView hash, ByteView signature);
Verified verify_rsa_pkcs1(const RsaKey& key, DigestAlg alg, ByteView hash, ByteView signature);
Verified verify_rsa_pss(const RsaKey& key, const SigAlg& alg, ByteView hash, ByteView signature);
Verified verify_ed25519(const Ed25519Key& key, ByteView message, ByteView signature);

}  // namespace assay::crypto
