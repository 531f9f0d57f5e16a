// Bitstring status lists (W3C; R-1144): whether a credential was withdrawn.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "codec/json/json.h"
#include "crypto/signature.h"
#include "identity/environment.h"

namespace assay::identity {

// What a credential says about where its revocation is recorded.
struct StatusEntry {
  enum class Kind : uint8_t { bitstring, unsupported };
  Kind kind = Kind::unsupported;
  std::string url;
  uint64_t index = 0;
};
// The entries of `credentialStatus` for revocation. One that does not say what it is for may be
// about revocation, and what is not understood is unsupported.
std::vector<StatusEntry> revocation_entries(const json::Value& credential);

enum class ListedStatus : uint8_t {
  not_revoked,
  revoked,
  unsupported,  // in a form, or with a proof, that is not processed
  unavailable,  // no list, or none that can be read
};

// Reads the list that was fetched. It counts as proof that a credential was not revoked only as a
// JWT signed by one of `issuer_keys`; a set bit counts in every form.
ListedStatus listed_status(ByteView list, const StatusEntry& entry, std::string_view issuer,
                           std::span<const crypto::PublicKey> issuer_keys,
                           const Environment& environment);

}  // namespace assay::identity
