#include <bearssl_ec.h>

#include <algorithm>
#include <optional>

#include "crypto/algorithms.h"

namespace assay::crypto {
namespace {

int curve_id(Curve curve) {
  switch (curve) {
    case Curve::p256:
      return BR_EC_secp256r1;
    case Curve::p384:
      return BR_EC_secp384r1;
    case Curve::p521:
      break;
  }
  return BR_EC_secp521r1;
}

// The 31-bit code everywhere: natively the tests run what wasm runs.
const br_ec_impl& implementation(Curve curve) {
  return curve == Curve::p256 ? br_ec_p256_m31 : br_ec_prime_i31;
}

ByteView group_order(Curve curve) {
  size_t length = 0;
  const unsigned char* order = implementation(curve).order(curve_id(curve), &length);
  return {order, length};
}

// 1 <= value < order, both big-endian of the same length.
bool in_range(ByteView value, ByteView order) {
  return !all_zero(value) &&
         std::lexicographical_compare(value.begin(), value.end(), order.begin(), order.end());
}

// One INTEGER of a DER signature, left-padded to `width`: positive, minimal, not too long.
std::optional<Bytes> take_der_integer(ByteReader& in, size_t width) {
  const auto tag = in.u8();
  const auto length = in.u8();
  if (!tag || *tag != 0x02 || !length || *length == 0 || *length >= 0x80) {
    return std::nullopt;
  }
  const auto content = in.take(*length);
  if (!content || ((*content)[0] & 0x80U) != 0) {
    return std::nullopt;
  }
  ByteView magnitude = *content;
  if (magnitude[0] == 0 && magnitude.size() > 1) {
    if ((magnitude[1] & 0x80U) == 0) {
      return std::nullopt;
    }
    magnitude = magnitude.subspan(1);
  }
  if (magnitude.size() > width) {
    return std::nullopt;
  }
  Bytes padded(width - magnitude.size(), 0);
  append(padded, magnitude);
  return padded;
}

// Ecdsa-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER } (RFC 3279 §2.2.3), strict DER.
std::optional<Bytes> der_to_p1363(ByteView der, size_t width) {
  ByteReader in(der);
  const auto tag = in.u8();
  if (!tag || *tag != 0x30) {
    return std::nullopt;
  }
  auto length = in.u8();
  if (length && *length == 0x81) {  // long form, only needed above 127
    length = in.u8();
    if (length && *length < 0x80) {
      return std::nullopt;
    }
  } else if (length && *length >= 0x80) {
    return std::nullopt;
  }
  if (!length || *length != in.remaining()) {
    return std::nullopt;
  }
  auto r = take_der_integer(in, width);
  const auto s = r ? take_der_integer(in, width) : std::nullopt;
  if (!s || !in.at_end()) {
    return std::nullopt;
  }
  append(*r, *s);
  return r;
}

}  // namespace

Verified verify_ecdsa(const EcKey& key, EcdsaEncoding encoding, ByteView hash, ByteView signature) {
  const size_t width = field_size(key.curve);
  if (key.point.size() != 1 + 2 * width || key.point[0] != 0x04) {
    return Verified::unsupported;  // uncompressed points only
  }
  Bytes raw = to_bytes(signature);
  if (encoding == EcdsaEncoding::der) {
    auto converted = der_to_p1363(signature, width);
    if (!converted) {
      return Verified::no;
    }
    raw = std::move(*converted);
  }
  if (raw.size() != 2 * width) {  // padded to the size of the curve
    return Verified::no;
  }
  const ByteView order = group_order(key.curve);
  const ByteView both(raw);
  if (!in_range(both.first(width), order) || !in_range(both.subspan(width), order)) {
    return Verified::no;
  }
  Bytes point = key.point;  // BearSSL's struct is not const-correct
  const br_ec_public_key public_key{curve_id(key.curve), point.data(), point.size()};
  const uint32_t good = br_ecdsa_i31_vrfy_raw(&implementation(key.curve), hash.data(), hash.size(),
                                              &public_key, raw.data(), raw.size());
  return good == 1 ? Verified::yes : Verified::no;
}

}  // namespace assay::crypto
