// Environment: what every check of this layer draws on besides the manifest: the user's trust, the
// clock, and the answers of the host to what was asked for.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/budget.h"
#include "base/bytes.h"
#include "base/limits.h"
#include "base/time.h"
#include "crypto/signature_memo.h"
#include "pki/chain.h"
#include "pki/trust_store.h"

namespace assay::identity {

// An aggregator that the user trusts to vouch for people (R-1138): an exact DID.
struct TrustedIssuer {
  std::string did;
  std::string list;  // the list it stands on
};

// The DIDs that a trust list file names, one per line; everything else in it is left aside.
std::vector<TrustedIssuer> issuers_of_list(std::string_view file, std::string_view list,
                                           const Limits& limits);

enum class ResourceKind : uint8_t { did_document, status_list };

struct ResourceRequest {
  ResourceKind kind = ResourceKind::did_document;
  std::string url;
  friend bool operator==(const ResourceRequest&, const ResourceRequest&) = default;
};

struct Answer {
  enum class State : uint8_t { not_allowed, failed, supplied };
  State state = State::not_allowed;
  Bytes body;
};

using Answers = std::map<std::string, Answer, std::less<>>;  // by URL

struct Environment {
  const pki::TrustStore& trust;
  const std::vector<TrustedIssuer>& issuers;
  const Limits& limits;
  Budget& budget;
  crypto::SignatureMemo& signatures;
  pki::CertificateMemo& certificates;
  UnixTime now;
  const Answers& answers;

  pki::Context pki() const { return {limits, budget, signatures, certificates}; }
};

}  // namespace assay::identity
