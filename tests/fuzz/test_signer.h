// Signs with the published test key tests/fixtures/keys/es256.pem, whose certificate the fixtures'
// signers use.
#pragma once

#include <bearssl.h>

#include <array>

#include "base/bytes.h"
#include "crypto/digest.h"

namespace assay::fuzz {

inline constexpr size_t kSignatureBytes = 64;

inline Bytes sign(ByteView message) {
  std::array<uint8_t, 32> secret = {0xB4, 0x44, 0xC8, 0xE2, 0x62, 0x6E, 0xC0, 0x20,
                                    0xA1, 0x5F, 0x8E, 0x92, 0xF2, 0x5D, 0xF2, 0x0F,
                                    0x3A, 0xC4, 0xD7, 0x21, 0x54, 0xBB, 0xE0, 0x65,
                                    0xDD, 0x76, 0x1A, 0x7C, 0xFF, 0x7D, 0x25, 0x8C};
  const br_ec_private_key key = {BR_EC_secp256r1, secret.data(), secret.size()};
  const Bytes digest = crypto::digest(crypto::DigestAlg::sha256, message);
  Bytes out(kSignatureBytes);
  br_ecdsa_i31_sign_raw(&br_ec_p256_m31, &br_sha256_vtable, digest.data(), &key, out.data());
  return out;
}

}  // namespace assay::fuzz
