/* What libsodium's Ed25519 verification needs from utils.c and sign.c, without what those bring along
   (memory mapping, signals, randomness, key handling). Nothing secret passes through here. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "crypto_hash_sha512.h"
#include "crypto_sign_ed25519.h"
#include "utils.h"

int sodium_memcmp(const void *const a, const void *const b, size_t len) {
  return memcmp(a, b, len) == 0 ? 0 : -1;
}

void sodium_memzero(void *const pnt, const size_t len) { memset(pnt, 0, len); }

int sodium_is_zero(const unsigned char *n, const size_t len) {
  unsigned char bits = 0;
  for (size_t i = 0; i < len; i++) {
    bits |= n[i];
  }
  return bits == 0;
}

void sodium_misuse(void) { abort(); }

/* Declared in the private header beside sign.c. Ed25519 hashes R || A || M without a prefix; the pre-hashed variant is never asked for. */
void _crypto_sign_ed25519_ref10_hinit(crypto_hash_sha512_state *hs, int prehashed) {
  if (prehashed) {
    sodium_misuse();
  }
  crypto_hash_sha512_init(hs);
}
