// JSON Web Keys (RFC 7517, RFC 7518 §6, RFC 8037) and compact JSON Web Signatures (RFC 7515) as
// identity credentials use them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/limits.h"
#include "codec/json/json.h"
#include "crypto/signature.h"

namespace assay::identity {

// The public part; monostate for keys that are broken, of a kind that is not processed, or not for
// signatures.
crypto::PublicKey key_of_jwk(const json::Value& jwk);

struct Jws {
  json::Value header;
  json::Value payload;
  std::string signed_text;  // header and payload as they stand: what the signature covers
  Bytes signature;
  std::optional<crypto::SigAlg> alg;  // only if allowed: those of COSE signatures
};

// Nothing unless `text` is three base64url parts, the first two of them JSON objects.
std::optional<Jws> parse_jws(std::string_view text, const Limits& limits);

}  // namespace assay::identity
