#include "identity/jwk.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace assay::identity {
namespace {

std::string_view text_at(const json::Value& object, std::string_view name) {
  const json::Value* value = object.get(name);
  const auto text =
      value == nullptr || object.has_duplicate(name) ? std::nullopt : value->as_text();
  return text.value_or(std::string_view());
}

std::optional<Bytes> octets_at(const json::Value& object, std::string_view name) {
  const std::string_view text = text_at(object, name);
  return text.empty() ? std::nullopt : from_base64url(text);
}

// Base64urlUInt (RFC 7518 §2).
Bytes magnitude(const Bytes& octets) {
  const auto first = std::find_if(octets.begin(), octets.end(), [](uint8_t b) { return b != 0; });
  return {first, octets.end()};
}

crypto::PublicKey ec_key(const json::Value& jwk) {
  struct NamedCurve {
    std::string_view name;
    crypto::Curve curve;
  };
  constexpr std::array<NamedCurve, 3> kCurves = {{{"P-256", crypto::Curve::p256},
                                                  {"P-384", crypto::Curve::p384},
                                                  {"P-521", crypto::Curve::p521}}};
  const auto x = octets_at(jwk, "x");
  const auto y = octets_at(jwk, "y");
  for (const NamedCurve& named : kCurves) {
    const size_t size = crypto::field_size(named.curve);
    const bool fits = x && y && x->size() == size && y->size() == size;
    if (text_at(jwk, "crv") == named.name && fits) {
      crypto::EcKey key;
      key.curve = named.curve;
      key.point.push_back(0x04);
      append(key.point, *x);
      append(key.point, *y);
      return key;
    }
  }
  return {};
}

crypto::PublicKey okp_key(const json::Value& jwk) {
  const auto x = octets_at(jwk, "x");
  crypto::Ed25519Key key;
  if (text_at(jwk, "crv") != "Ed25519" || !x || x->size() != key.bytes.size()) {
    return {};
  }
  std::copy(x->begin(), x->end(), key.bytes.begin());
  return key;
}

crypto::PublicKey rsa_key(const json::Value& jwk) {
  const auto n = octets_at(jwk, "n");
  const auto e = octets_at(jwk, "e");
  if (!n || !e) {
    return {};
  }
  return crypto::RsaKey{magnitude(*n), magnitude(*e)};
}

// RFC 7517 §4.2, §4.3: a key that is meant for something else than signatures proves none.
bool is_for_signatures(const json::Value& jwk) {
  const json::Value* use = jwk.get("use");
  const json::Value* operations = jwk.get("key_ops");
  const bool use_fits = use == nullptr || text_at(jwk, "use") == "sig";
  return use_fits &&
         (operations == nullptr ||
          std::any_of(operations->items().begin(), operations->items().end(),
                      [](const json::Value& item) { return item.as_text() == "verify"; }));
}

struct NamedAlgorithm {
  std::string_view name;
  crypto::SigAlg alg;
};

using crypto::DigestAlg;
using crypto::EcdsaEncoding;
using crypto::Scheme;

// "none" and the HMACs are not among them.
constexpr std::array<NamedAlgorithm, 8> kAlgorithms = {{
    {"ES256", {Scheme::ecdsa, DigestAlg::sha256, DigestAlg::sha256, 0, EcdsaEncoding::p1363}},
    {"ES384", {Scheme::ecdsa, DigestAlg::sha384, DigestAlg::sha384, 0, EcdsaEncoding::p1363}},
    {"ES512", {Scheme::ecdsa, DigestAlg::sha512, DigestAlg::sha512, 0, EcdsaEncoding::p1363}},
    {"PS256", {Scheme::rsa_pss, DigestAlg::sha256, DigestAlg::sha256, 32, {}}},
    {"PS384", {Scheme::rsa_pss, DigestAlg::sha384, DigestAlg::sha384, 48, {}}},
    {"PS512", {Scheme::rsa_pss, DigestAlg::sha512, DigestAlg::sha512, 64, {}}},
    {"EdDSA", {Scheme::ed25519, DigestAlg::sha512, DigestAlg::sha512, 0, {}}},
    {"Ed25519", {Scheme::ed25519, DigestAlg::sha512, DigestAlg::sha512, 0, {}}},
}};

std::optional<json::Value> object_in(std::string_view part, const Limits& limits) {
  const auto bytes = from_base64url(part);
  if (!bytes) {
    return std::nullopt;
  }
  auto value = json::parse(*bytes, limits);
  if (!value.ok() || !value->is(json::Type::object)) {
    return std::nullopt;
  }
  return std::move(*value);
}

}  // namespace

crypto::PublicKey key_of_jwk(const json::Value& jwk) {
  const std::string_view type = is_for_signatures(jwk) ? text_at(jwk, "kty") : std::string_view();
  if (type == "EC") {
    return ec_key(jwk);
  }
  if (type == "OKP") {
    return okp_key(jwk);
  }
  return type == "RSA" ? rsa_key(jwk) : crypto::PublicKey();
}

std::optional<Jws> parse_jws(std::string_view text, const Limits& limits) {
  const size_t first = text.find('.');
  const size_t second = first == std::string_view::npos ? first : text.find('.', first + 1);
  if (second == std::string_view::npos || text.find('.', second + 1) != std::string_view::npos) {
    return std::nullopt;
  }
  auto header = object_in(text.substr(0, first), limits);
  auto payload = object_in(text.substr(first + 1, second - first - 1), limits);
  auto signature = from_base64url(text.substr(second + 1));
  if (!header || !payload || !signature) {
    return std::nullopt;
  }
  Jws jws{std::move(*header), std::move(*payload), std::string(text.substr(0, second)),
          std::move(*signature), std::nullopt};
  // RFC 7515 §4.1.11: extensions that must be understood are not.
  if (jws.header.get("crit") == nullptr) {
    for (const NamedAlgorithm& named : kAlgorithms) {
      if (text_at(jws.header, "alg") == named.name) {
        jws.alg = named.alg;
      }
    }
  }
  return jws;
}

}  // namespace assay::identity
