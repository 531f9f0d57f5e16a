#include "crypto/signature.h"

#include "crypto/algorithms.h"

namespace assay::crypto {

size_t field_size(Curve curve) {
  switch (curve) {
    case Curve::p256:
      return 32;
    case Curve::p384:
      return 48;
    case Curve::p521:
      break;
  }
  return 66;
}

size_t key_bits(const PublicKey& key) {
  if (const auto* rsa = std::get_if<RsaKey>(&key)) {
    if (rsa->modulus.empty()) {
      return 0;
    }
    size_t bits = rsa->modulus.size() * 8;
    for (unsigned mask = 0x80; mask != 0 && (rsa->modulus.front() & mask) == 0; mask >>= 1) {
      --bits;
    }
    return bits;
  }
  if (const auto* ec = std::get_if<EcKey>(&key)) {
    return ec->curve == Curve::p521 ? 521 : field_size(ec->curve) * 8;
  }
  return std::holds_alternative<Ed25519Key>(key) ? 256 : 0;
}

std::string key_name(const PublicKey& key) {
  if (std::holds_alternative<RsaKey>(key)) {
    return "RSA-" + std::to_string(key_bits(key));
  }
  if (std::holds_alternative<EcKey>(key)) {
    return "P-" + std::to_string(key_bits(key));
  }
  return std::holds_alternative<Ed25519Key>(key) ? "Ed25519" : "unsupported";
}

Verified verify(const SigAlg& alg, const PublicKey& key, ByteView message, ByteView signature) {
  if (alg.scheme == Scheme::ed25519) {
    const auto* ed25519 = std::get_if<Ed25519Key>(&key);
    return ed25519 != nullptr ? verify_ed25519(*ed25519, message, signature)
                              : Verified::unsupported;
  }
  // T-19: SHA-1 is never good enough for a signature.
  if (alg.hash == DigestAlg::sha1 || alg.mgf_hash == DigestAlg::sha1) {
    return Verified::unsupported;
  }
  const auto* ec = std::get_if<EcKey>(&key);
  const auto* rsa = std::get_if<RsaKey>(&key);
  if (alg.scheme == Scheme::ecdsa && ec != nullptr) {
    return verify_ecdsa(*ec, alg.encoding, digest(alg.hash, message), signature);
  }
  if (alg.scheme == Scheme::rsa_pkcs1 && rsa != nullptr) {
    return verify_rsa_pkcs1(*rsa, alg.hash, digest(alg.hash, message), signature);
  }
  if (alg.scheme == Scheme::rsa_pss && rsa != nullptr) {
    return verify_rsa_pss(*rsa, alg, digest(alg.hash, message), signature);
  }
  return Verified::unsupported;
}

}  // namespace assay::crypto
