#include <sodium/crypto_sign_ed25519.h>

#include "crypto/algorithms.h"

namespace assay::crypto {

// libsodium rejects S >= L, non-canonical and small-order keys, small-order R.
Verified verify_ed25519(const Ed25519Key& key, ByteView message, ByteView signature) {
  if (signature.size() != crypto_sign_ed25519_BYTES) {
    return Verified::no;
  }
  const int failed = crypto_sign_ed25519_verify_detached(signature.data(), message.data(),
                                                         message.size(), key.bytes.data());
  return failed == 0 ? Verified::yes : Verified::no;
}

}  // namespace assay::crypto
