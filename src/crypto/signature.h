// Public keys and signature verification. Nothing here is secret: keys, messages and signatures all
// come from the file. Policy (which algorithm is allowed where) belongs to cose/ and pki/.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "base/bytes.h"
#include "crypto/digest.h"

namespace assay::crypto {

enum class Curve : uint8_t { p256, p384, p521 };

// Bytes of one coordinate: 32, 48 or 66.
size_t field_size(Curve curve);

// Big-endian magnitudes without leading zeros.
struct RsaKey {
  Bytes modulus;
  Bytes exponent;
  friend bool operator==(const RsaKey&, const RsaKey&) = default;
};

// Uncompressed point 04 || X || Y (SEC 1 §2.3.3); compressed points are not supported.
struct EcKey {
  Curve curve = Curve::p256;
  Bytes point;
  friend bool operator==(const EcKey&, const EcKey&) = default;
};

struct Ed25519Key {
  std::array<uint8_t, 32> bytes{};
  friend bool operator==(const Ed25519Key&, const Ed25519Key&) = default;
};

// monostate: a key of a kind that this validator does not process.
using PublicKey = std::variant<std::monostate, RsaKey, EcKey, Ed25519Key>;

// Modulus bits, field bits, or 256 for Ed25519; 0 for an unknown key.
size_t key_bits(const PublicKey& key);
// "RSA-2048", "P-256", "Ed25519", "unsupported".
std::string key_name(const PublicKey& key);

enum class Scheme : uint8_t { ecdsa, rsa_pkcs1, rsa_pss, ed25519 };

// How r and s of an ECDSA signature are written: r || s padded to the field size (COSE), or DER
// SEQUENCE (X.509, CMS). One is never taken for the other.
enum class EcdsaEncoding : uint8_t { p1363, der };

struct SigAlg {
  Scheme scheme = Scheme::ecdsa;
  DigestAlg hash = DigestAlg::sha256;      // not used by ed25519
  DigestAlg mgf_hash = DigestAlg::sha256;  // rsa_pss only
  size_t salt_length = 32;                 // rsa_pss only
  EcdsaEncoding encoding = EcdsaEncoding::p1363;
  friend bool operator==(const SigAlg&, const SigAlg&) = default;
};

// unsupported: the key cannot be used with this algorithm, or its size is not supported
// (RSA 2048..4096 bits). It says nothing about the signature and is never a success.
enum class Verified : uint8_t { yes, no, unsupported };

// Hashes `message` and verifies. ECDSA: 1 <= r, s < n, point on the curve. Ed25519: canonical S, no
// small-order or non-canonical key. RSA-PSS: RFC 8017 §9.1.2, salt exactly salt_length.
// SHA-1 is always unsupported.
Verified verify(const SigAlg& alg, const PublicKey& key, ByteView message, ByteView signature);

}  // namespace assay::crypto
