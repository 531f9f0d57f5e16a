#include "crypto/point.h"

#include <bearssl_rsa.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace assay::crypto {
namespace {

// y² = x³ − 3x + b over the integers modulo p (SEC 2 §2.4.2, §2.5.1, §2.6.1). Each p is 3 modulo 4,
// so a square root is a power. In hex, as wide as the field.
struct Constants {
  std::string_view p;
  std::string_view b;
};

constexpr Constants kP256 = {"ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
                             "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"};
constexpr Constants kP384 = {
    "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
    "ffffffff0000000000000000ffffffff",
    "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875a"
    "c656398d8a2ed19d2a85c8edd3ec2aef"};
constexpr Constants kP521 = {
    "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef1"
    "09e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00"};

const Constants& constants(Curve curve) {
  switch (curve) {
    case Curve::p256:
      return kP256;
    case Curve::p384:
      return kP384;
    case Curve::p521:
      break;
  }
  return kP521;
}

// Numbers below p, big-endian, as wide as p.
class Field {
 public:
  explicit Field(ByteView p) : p_(to_bytes(p)) {}

  bool contains(const Bytes& a) const { return a.size() == p_.size() && a < p_; }

  Bytes plus(const Bytes& a, const Bytes& b) const {
    Bytes sum(p_.size());
    unsigned carry = 0;
    for (size_t left = p_.size(); left > 0; --left) {
      const size_t i = left - 1;
      carry += unsigned{a[i]} + b[i];
      sum[i] = static_cast<uint8_t>(carry & 0xFFU);
      carry >>= 8;
    }
    return carry != 0 || sum >= p_ ? difference(sum, p_) : sum;
  }

  Bytes minus(const Bytes& a, const Bytes& b) const { return plus(a, difference(p_, b)); }

  // BearSSL's RSA operation is a modular power for any odd modulus.
  std::optional<Bytes> power(Bytes a, Bytes exponent) const {
    Bytes p = p_;  // BearSSL's struct is not const-correct
    const br_rsa_public_key key{p.data(), p.size(), exponent.data(), exponent.size()};
    return br_rsa_i31_public(a.data(), a.size(), &key) == 1 ? std::optional(std::move(a))
                                                            : std::nullopt;
  }

  // a^((p + 1) / 4), which is a root of `a` if it has any.
  std::optional<Bytes> root(const Bytes& a) const {
    Bytes exponent = p_;
    for (size_t left = exponent.size(); left > 0; --left) {
      uint8_t& digit = exponent[left - 1];
      digit = static_cast<uint8_t>((digit + 1U) & 0xFFU);
      if (digit != 0) {
        break;
      }
    }
    for (int shift = 0; shift < 2; ++shift) {
      unsigned carried = 0;
      for (uint8_t& byte : exponent) {
        const unsigned lowest = byte & 1U;
        byte = static_cast<uint8_t>((byte >> 1) | (carried << 7));
        carried = lowest;
      }
    }
    auto found = power(a, std::move(exponent));
    const auto square = found ? power(*found, {2}) : std::nullopt;
    return square == a ? found : std::nullopt;
  }

 private:
  // Modulo 256^size; both callers know that it is not negative.
  static Bytes difference(const Bytes& a, const Bytes& b) {
    Bytes out(a.size());
    int borrow = 0;
    for (size_t left = a.size(); left > 0; --left) {
      const size_t i = left - 1;
      const int digit = int{a[i]} - b[i] - borrow;
      borrow = digit < 0 ? 1 : 0;
      out[i] = static_cast<uint8_t>(digit & 0xFF);
    }
    return out;
  }

  Bytes p_;
};

}  // namespace

std::optional<EcKey> decompressed(Curve curve, ByteView compressed) {
  const bool fits = compressed.size() == 1 + field_size(curve) &&
                    (compressed[0] == 0x02 || compressed[0] == 0x03);
  if (!fits) {
    return std::nullopt;
  }
  const Field field(*from_hex(constants(curve).p));
  const Bytes x = to_bytes(compressed.subspan(1));
  if (!field.contains(x)) {
    return std::nullopt;
  }
  const auto cube = field.power(x, {3});
  const Bytes triple = field.plus(field.plus(x, x), x);
  auto y = cube ? field.root(field.plus(field.minus(*cube, triple), *from_hex(constants(curve).b)))
                : std::nullopt;
  // No point of these curves has y = 0.
  if (!y || all_zero(*y)) {
    return std::nullopt;
  }
  if (((y->back() ^ compressed[0]) & 1U) != 0) {
    y = field.minus(Bytes(y->size(), 0), *y);
  }
  EcKey key;
  key.curve = curve;
  key.point.push_back(0x04);
  append(key.point, x);
  append(key.point, *y);
  return key;
}

}  // namespace assay::crypto
