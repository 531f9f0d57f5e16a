// IdentityStatement: a CAWG identity assertion (`cawg.identity`; R-1101…R-1148): a statement with a
// signature of its own by somebody who is not the claim signer. Its findings are of their own type
// and say nothing about any manifest.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "identity/environment.h"
#include "identity/manifest_view.h"
#include "identity/status.h"

namespace assay::identity {

enum class StatementState : uint8_t {
  trusted,      // R-1110: rooted in the user's identity trust
  well_formed,  // R-1110: the signature is good, nobody the user trusts vouches
  failed,
  not_checked,  // something that is needed is not supported, not allowed or not reachable
};

// What an aggregator says that it has verified (R-1147). Display forms.
struct VerifiedIdentity {
  std::string type;
  std::string name;
  std::string username;
  std::string address;
  std::string uri;
  std::string provider;
  std::optional<UnixTime> verified_at;
};

struct IdentityStatement {
  std::string url;       // of the assertion, absolute
  std::string sig_type;  // display form
  StatementState state = StatementState::not_checked;
  std::string name;        // empty unless proven
  std::string vouched_by;  // in words
  std::vector<std::string> roles;
  std::vector<std::string> referenced_assertions;  // URLs as written, display form
  bool covers_content = false;                     // one of them is the hard binding (R-1106)
  std::string aggregator;                          // who says what is in `verified`
  std::vector<VerifiedIdentity> verified;          // empty unless the credential is valid
  std::vector<Finding> findings;

  std::vector<ResourceRequest> wanted;  // asking for these could change the state
  bool limited = false;                 // a limit stopped the examination

  // The same finding counts once (R-1014).
  void add(Code code, std::string explanation);
  bool has(Code code) const;
};

// What the identity assertions of a manifest say and are worth, in the order of the claim.
std::vector<IdentityStatement> examine_statements(const ManifestView& view,
                                                  const Environment& environment);

// The same for a manifest that is not well formed: what is written in them, nothing proven
// (R-1101).
std::vector<IdentityStatement> unexamined_statements(const ManifestView& view,
                                                     const Limits& limits);

}  // namespace assay::identity
