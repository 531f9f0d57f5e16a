/* What libsodium's Ed25519 verification needs from utils.c and sign.c, without what those bring along
   (memory mapping, signals, randomness, key handling), and its SHA-512, which BearSSL has already.
   Nothing secret passes through here. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <bearssl_hash.h>

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

/* The state is only ever handed from one of these to the next. */
_Static_assert(sizeof(br_sha512_context) <= sizeof(crypto_hash_sha512_state), "the state is too small");

int crypto_hash_sha512_init(crypto_hash_sha512_state *state) {
  br_sha512_context context;
  br_sha512_init(&context);
  memcpy(state, &context, sizeof context);
  return 0;
}

int crypto_hash_sha512_update(crypto_hash_sha512_state *state, const unsigned char *in,
                              unsigned long long inlen) {
  br_sha512_context context;
  memcpy(&context, state, sizeof context);
  br_sha512_update(&context, in, (size_t)inlen);
  memcpy(state, &context, sizeof context);
  return 0;
}

int crypto_hash_sha512_final(crypto_hash_sha512_state *state, unsigned char *out) {
  br_sha512_context context;
  memcpy(&context, state, sizeof context);
  br_sha512_out(&context, out);
  return 0;
}
