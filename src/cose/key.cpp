#include "cose/key.h"

#include <algorithm>
#include <array>

namespace assay::cose {
namespace {

// Labels common to all keys, and those that depend on the type.
constexpr int64_t kKeyType = 1;
constexpr int64_t kCurve = -1;
constexpr int64_t kX = -2;
constexpr int64_t kY = -3;
constexpr int64_t kModulus = -1;
constexpr int64_t kExponent = -2;

constexpr int64_t kTypeOkp = 1;
constexpr int64_t kTypeEc2 = 2;
constexpr int64_t kTypeRsa = 3;
constexpr int64_t kCurveEd25519 = 6;

crypto::PublicKey ec_key(const cbor::Value& map) {
  constexpr std::array<crypto::Curve, 3> kCurves = {crypto::Curve::p256, crypto::Curve::p384,
                                                    crypto::Curve::p521};
  const auto curve = map.get(kCurve).as_uint().value_or(0);
  const auto x = map.get(kX).as_bytes();
  const auto y = map.get(kY).as_bytes();
  if (curve < 1 || curve > kCurves.size() || !x || !y) {
    return {};
  }
  crypto::EcKey key;
  key.curve = kCurves[static_cast<size_t>(curve - 1)];
  const size_t size = crypto::field_size(key.curve);
  if (x->size() != size || y->size() != size) {
    return {};
  }
  key.point.push_back(0x04);
  append(key.point, *x);
  append(key.point, *y);
  return key;
}

crypto::PublicKey okp_key(const cbor::Value& map) {
  crypto::Ed25519Key key;
  const auto x = map.get(kX).as_bytes();
  if (map.get(kCurve).as_int() != kCurveEd25519 || !x || x->size() != key.bytes.size()) {
    return {};
  }
  std::copy(x->begin(), x->end(), key.bytes.begin());
  return key;
}

Bytes magnitude(ByteView octets) {
  const auto first = std::find_if(octets.begin(), octets.end(), [](uint8_t b) { return b != 0; });
  return {first, octets.end()};
}

crypto::PublicKey rsa_key(const cbor::Value& map) {
  const auto modulus = map.get(kModulus).as_bytes();
  const auto exponent = map.get(kExponent).as_bytes();
  if (!modulus || !exponent) {
    return {};
  }
  return crypto::RsaKey{magnitude(*modulus), magnitude(*exponent)};
}

}  // namespace

crypto::PublicKey key_of(const cbor::Value& cose_key) {
  const cbor::Value map = cose_key.untagged();
  if (!map.is(cbor::Type::map) || map.has_duplicate_keys()) {
    return {};
  }
  const auto type = map.get(kKeyType).as_int();
  if (type == kTypeEc2) {
    return ec_key(map);
  }
  if (type == kTypeOkp) {
    return okp_key(map);
  }
  return type == kTypeRsa ? rsa_key(map) : crypto::PublicKey();
}

}  // namespace assay::cose
