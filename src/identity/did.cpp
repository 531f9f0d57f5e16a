#include "identity/did.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "codec/json/json.h"
#include "crypto/point.h"
#include "identity/base58.h"
#include "identity/jwk.h"

namespace assay::identity {
namespace {

constexpr size_t kMostKeys = 8;
constexpr size_t kMostDidBytes = 4096;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_alphanumeric(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// idchar of DID 1.0 §3.1, and the colon between segments.
bool is_id_char(char c) {
  return is_alphanumeric(c) || c == '.' || c == '-' || c == '_' || c == ':' || c == '%';
}

bool is_supported_type(const json::Value& method) {
  const json::Value* type = method.get("type");
  const auto text = type == nullptr ? std::nullopt : type->as_text();
  return text == "JsonWebKey2020" || text == "JsonWebKey";
}

// "#key-0" and "did:…#key-0" mean the same method.
bool is_method_id(std::string_view id, std::string_view reference, std::string_view did) {
  const std::string absolute = std::string(did) + std::string(reference);
  return id == reference || (starts_with(reference, "#") && id == absolute) ||
         (starts_with(id, "#") && std::string(did) + std::string(id) == reference);
}

const json::Value* find_method(const json::Value& document, std::string_view reference,
                               std::string_view did) {
  const json::Value* methods = document.get("verificationMethod");
  if (methods == nullptr) {
    return nullptr;
  }
  for (const json::Value& method : methods->items()) {
    const json::Value* id = method.get("id");
    const auto text = id == nullptr ? std::nullopt : id->as_text();
    if (text && is_method_id(*text, reference, did)) {
      return &method;
    }
  }
  return nullptr;
}

void add_key(const json::Value& method, DidKeys& out) {
  const json::Value* jwk = method.get("publicKeyJwk");
  if (!is_supported_type(method) || jwk == nullptr || out.keys.size() >= kMostKeys) {
    return;
  }
  crypto::PublicKey key = key_of_jwk(*jwk);
  if (!std::holds_alternative<std::monostate>(key)) {
    out.keys.push_back(std::move(key));
  }
}

// The host part of did:web: a name and at most a percent-encoded port.
std::optional<std::string> web_host(std::string_view segment) {
  const size_t percent = segment.find('%');
  const std::string_view name = segment.substr(0, percent);
  const bool good_name = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return is_alphanumeric(c) || c == '-' || c == '.';
  });
  if (!good_name || name.front() == '.') {
    return std::nullopt;
  }
  if (percent == std::string_view::npos) {
    return std::string(name);
  }
  const std::string_view port = segment.substr(percent);
  const bool good_port = port.size() > 3 && port.size() <= 8 &&
                         (starts_with(port, "%3A") || starts_with(port, "%3a")) &&
                         std::all_of(port.begin() + 3, port.end(), is_digit);
  if (!good_port) {
    return std::nullopt;
  }
  return std::string(name) + ":" + std::string(port.substr(3));
}

// A multicodec key: which kind it is as a varint, then the key; a point is compressed (did:key §3).
crypto::PublicKey key_of_multikey(ByteView bytes) {
  struct Kind {
    std::array<uint8_t, 2> code;
    crypto::Curve curve;
  };
  constexpr std::array<Kind, 3> kCurves = {{{{0x80, 0x24}, crypto::Curve::p256},
                                            {{0x81, 0x24}, crypto::Curve::p384},
                                            {{0x82, 0x24}, crypto::Curve::p521}}};
  constexpr std::array<uint8_t, 2> kEd25519 = {0xed, 0x01};
  if (bytes.size() < kEd25519.size()) {
    return {};
  }
  const ByteView code = bytes.first(kEd25519.size());
  const ByteView rest = bytes.subspan(kEd25519.size());
  if (crypto::Ed25519Key key; equal(code, kEd25519) && rest.size() == key.bytes.size()) {
    std::copy(rest.begin(), rest.end(), key.bytes.begin());
    return key;
  }
  for (const Kind& kind : kCurves) {
    if (auto key = equal(code, kind.code) ? crypto::decompressed(kind.curve, rest) : std::nullopt) {
      return std::move(*key);
    }
  }
  return {};
}

}  // namespace

std::optional<Did> parse_did(std::string_view text) {
  if (!starts_with(text, "did:") || text.size() > kMostDidBytes) {
    return std::nullopt;
  }
  const std::string_view rest = text.substr(4);
  const size_t colon = rest.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == rest.size()) {
    return std::nullopt;
  }
  Did did{std::string(rest.substr(0, colon)), std::string(rest.substr(colon + 1))};
  const bool method_ok = std::all_of(did.method.begin(), did.method.end(),
                                     [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z'); });
  const bool id_ok = std::all_of(did.id.begin(), did.id.end(), is_id_char);
  return method_ok && id_ok ? std::optional(std::move(did)) : std::nullopt;
}

DidKeys keys_of_did_jwk(const Did& did, const Limits& limits) {
  DidKeys out;
  const auto bytes = from_base64url(did.id);
  const auto jwk = bytes ? json::parse(*bytes, limits) : Result<json::Value>(Fault::malformed);
  crypto::PublicKey key = jwk.ok() ? key_of_jwk(*jwk) : crypto::PublicKey();
  if (std::holds_alternative<std::monostate>(key)) {
    out.problem = "the did:jwk holds no public key that can be used";
  } else {
    out.keys.push_back(std::move(key));
  }
  return out;
}

DidKeys keys_of_did_key(const Did& did) {
  DidKeys out;
  const bool is_base58 = starts_with(did.id, "z");
  const auto bytes = is_base58 ? from_base58(std::string_view(did.id).substr(1)) : std::nullopt;
  crypto::PublicKey key = bytes ? key_of_multikey(*bytes) : crypto::PublicKey();
  if (std::holds_alternative<std::monostate>(key)) {
    out.problem = "the did:key holds no Ed25519, P-256, P-384 or P-521 key that can be used";
  } else {
    out.keys.push_back(std::move(key));
  }
  return out;
}

DidKeys offline_keys(std::string_view text, const Limits& limits) {
  const auto did = parse_did(text);
  if (did && did->method == "jwk") {
    return keys_of_did_jwk(*did, limits);
  }
  return did && did->method == "key" ? keys_of_did_key(*did) : DidKeys();
}

DidKeys keys_of_did_document(ByteView document, std::string_view did, const Limits& limits) {
  DidKeys out;
  const auto root = json::parse(document, limits);
  const json::Value* id = root.ok() ? root->get("id") : nullptr;
  if (id == nullptr || id->as_text() != did) {
    out.problem = "the DID document cannot be read or is that of another DID";
    return out;
  }
  const json::Value* methods = root->get("assertionMethod");
  if (methods == nullptr) {
    out.problem = "the DID document names no method for assertions";
    return out;
  }
  for (const json::Value& method : methods->items()) {
    const auto reference = method.as_text();
    const json::Value* found = reference ? find_method(*root, *reference, did) : &method;
    if (found != nullptr) {
      add_key(*found, out);
    }
  }
  if (out.keys.empty()) {
    out.problem = "no method for assertions in the DID document has a key that can be used";
  }
  return out;
}

std::optional<std::string> did_web_url(const Did& did) {
  const std::string_view id = did.id;
  const size_t colon = id.find(':');
  const auto host = web_host(id.substr(0, colon));
  if (!host) {
    return std::nullopt;
  }
  if (colon == std::string_view::npos) {
    return "https://" + *host + "/.well-known/did.json";
  }
  std::string url = "https://" + *host;
  std::string_view path = id.substr(colon);
  while (!path.empty()) {
    const size_t next = path.find(':', 1);
    const std::string_view segment =
        path.substr(1, next == std::string_view::npos ? next : next - 1);
    if (segment.empty() || segment == "." || segment == ".." ||
        segment.find('%') != std::string_view::npos) {
      return std::nullopt;
    }
    url += "/" + std::string(segment);
    path = next == std::string_view::npos ? std::string_view() : path.substr(next);
  }
  return url + "/did.json";
}

}  // namespace assay::identity
