// RSASSA-PKCS1-v1_5 and RSASSA-PSS verification (RFC 8017 §8.1.2, §8.2.2) on BearSSL's modular
// exponentiation.
#include <bearssl_rsa.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/limits.h"
#include "crypto/algorithms.h"

namespace assay::crypto {
namespace {

constexpr size_t kMinimumBits = 2048;
// Real exponents are 3 or 65537; a long one would only buy computing time.
constexpr size_t kMaximumExponentBytes = 8;

size_t modulus_bits(const RsaKey& key) { return key_bits(key); }

bool usable(const RsaKey& key) {
  const size_t bits = modulus_bits(key);
  const bool modulus_fits = bits >= kMinimumBits && bits <= Limits{}.rsa_bits;
  if (!modulus_fits || (key.modulus.back() & 1U) == 0) {
    return false;
  }
  const Bytes& e = key.exponent;
  const bool exponent_fits = !e.empty() && e.size() <= kMaximumExponentBytes && e.front() != 0;
  return exponent_fits && (e.back() & 1U) != 0 && (e.size() > 1 || e.back() > 1);
}

// signature^e mod n as long as the modulus; nothing if the signature is not in range.
std::optional<Bytes> public_operation(const RsaKey& key, ByteView signature) {
  if (signature.size() != key.modulus.size()) {
    return std::nullopt;
  }
  Bytes value = to_bytes(signature);
  Bytes n = key.modulus;  // BearSSL's struct is not const-correct
  Bytes e = key.exponent;
  const br_rsa_public_key public_key{n.data(), n.size(), e.data(), e.size()};
  if (br_rsa_i31_public(value.data(), value.size(), &public_key) != 1) {
    return std::nullopt;
  }
  return value;
}

// DigestInfo of RFC 8017 §9.2 note 1 up to the hash.
ByteView digest_info_prefix(DigestAlg alg) {
  static constexpr std::array<uint8_t, 19> kSha256 = {0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60,
                                                      0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
                                                      0x01, 0x05, 0x00, 0x04, 0x20};
  static constexpr std::array<uint8_t, 19> kSha384 = {0x30, 0x41, 0x30, 0x0d, 0x06, 0x09, 0x60,
                                                      0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
                                                      0x02, 0x05, 0x00, 0x04, 0x30};
  static constexpr std::array<uint8_t, 19> kSha512 = {0x30, 0x51, 0x30, 0x0d, 0x06, 0x09, 0x60,
                                                      0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
                                                      0x03, 0x05, 0x00, 0x04, 0x40};
  if (alg == DigestAlg::sha256) {
    return kSha256;
  }
  return alg == DigestAlg::sha384 ? kSha384 : kSha512;
}

// MGF1 (RFC 8017 §B.2.1) xored onto `target`.
void unmask(Bytes& target, ByteView seed, DigestAlg alg) {
  size_t done = 0;
  for (uint32_t counter = 0; done < target.size(); ++counter) {
    Bytes input = to_bytes(seed);
    append_be32(input, counter);
    const Bytes mask = digest(alg, input);
    const size_t count = std::min(mask.size(), target.size() - done);
    for (size_t i = 0; i < count; ++i) {
      target[done + i] ^= mask[i];
    }
    done += count;
  }
}

// EMSA-PSS-VERIFY (RFC 8017 §9.1.2) with emBits = modulus bits - 1.
bool emsa_pss_matches(const SigAlg& alg, ByteView hash, ByteView encoded, size_t em_bits) {
  const size_t h_length = hash.size();
  const bool room =
      alg.salt_length <= encoded.size() && encoded.size() >= h_length + alg.salt_length + 2;
  if (!room || encoded.back() != 0xbc) {
    return false;
  }
  const size_t db_length = encoded.size() - h_length - 1;
  const size_t spare_bits = 8 * encoded.size() - em_bits;
  const auto spare_mask = static_cast<uint8_t>(0xff00U >> spare_bits);
  Bytes db = to_bytes(encoded.first(db_length));
  const ByteView h = encoded.subspan(db_length, h_length);
  if ((db[0] & spare_mask) != 0) {
    return false;
  }
  unmask(db, h, alg.mgf_hash);
  db[0] &= static_cast<uint8_t>(~spare_mask);
  const size_t zeros = db_length - alg.salt_length - 1;
  if (!all_zero(ByteView(db).first(zeros)) || db[zeros] != 0x01) {
    return false;
  }
  Bytes m_prime(8, 0);
  append(m_prime, hash);
  append(m_prime, ByteView(db).subspan(zeros + 1));
  return equal(digest(alg.hash, m_prime), h);
}

}  // namespace

Verified verify_rsa_pkcs1(const RsaKey& key, DigestAlg alg, ByteView hash, ByteView signature) {
  if (!usable(key)) {
    return Verified::unsupported;
  }
  const auto encoded = public_operation(key, signature);
  if (!encoded) {
    return Verified::no;
  }
  // Build the one encoding that is right and compare: nothing is parsed, so nothing can be
  // smuggled.
  const ByteView prefix = digest_info_prefix(alg);
  Bytes expected(key.modulus.size() - prefix.size() - hash.size(), 0xff);
  expected.front() = 0x00;
  expected.at(1) = 0x01;
  expected.back() = 0x00;
  append(expected, prefix);
  append(expected, hash);
  return equal(*encoded, expected) ? Verified::yes : Verified::no;
}

Verified verify_rsa_pss(const RsaKey& key, const SigAlg& alg, ByteView hash, ByteView signature) {
  if (!usable(key)) {
    return Verified::unsupported;
  }
  const auto encoded = public_operation(key, signature);
  if (!encoded) {
    return Verified::no;
  }
  ByteView em(*encoded);
  const size_t em_bits = modulus_bits(key) - 1;
  if (em_bits % 8 == 0) {  // then the encoded message is one byte shorter than the modulus
    if (em[0] != 0) {
      return Verified::no;
    }
    em = em.subspan(1);
  }
  return emsa_pss_matches(alg, hash, em, em_bits) ? Verified::yes : Verified::no;
}

}  // namespace assay::crypto
