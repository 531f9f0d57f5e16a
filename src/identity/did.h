// Decentralized identifiers (W3C DID 1.0): did:jwk and did:key carry their key, did:web names where
// a document with keys stands (R-1134…R-1137, R-1151).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/limits.h"
#include "crypto/signature.h"

namespace assay::identity {

struct Did {
  std::string method;  // "web", "jwk", "key", …
  std::string id;      // method-specific, as written
};

// did:<method>:<id> without path, query or fragment; nothing otherwise.
std::optional<Did> parse_did(std::string_view text);

// Keys that may speak for a DID.
struct DidKeys {
  std::vector<crypto::PublicKey> keys;  // empty: `problem` says why
  std::string problem;
};

DidKeys keys_of_did_jwk(const Did& did, const Limits& limits);
// Ed25519, P-256, P-384 and P-521.
DidKeys keys_of_did_key(const Did& did);
// The keys that stand in a did:jwk or did:key itself; nothing else is at hand without asking.
DidKeys offline_keys(std::string_view did, const Limits& limits);
// The verification methods of `assertionMethod`; the document must be that of `did`.
DidKeys keys_of_did_document(ByteView document, std::string_view did, const Limits& limits);

// https://<host>[:port]/.well-known/did.json or https://<host>/<path>/did.json; nothing when the
// identifier is no such thing. The host decides whether anything is fetched (T-42).
std::optional<std::string> did_web_url(const Did& did);

}  // namespace assay::identity
