// Certification paths (RFC 5280 §6 without CRLs): search over an unordered pool and the anchors of
// a TrustStore, then complete validation, with one list of errors per certificate.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/budget.h"
#include "base/limits.h"
#include "base/time.h"
#include "crypto/signature_memo.h"
#include "pki/certificate.h"
#include "pki/certificate_memo.h"
#include "pki/trust_store.h"

namespace assay::pki {

// Context: what every check of this layer draws on. The memos live as long as the engine.
struct Context {
  const Limits& limits;
  Budget& budget;
  crypto::SignatureMemo& signatures;
  CertificateMemo& certificates;
};

enum class PathRule : uint8_t {
  outside_validity,  // a certificate's period does not contain the time
  anchor_window,     // the list's own window of the anchor does not
  signature,
  unsupported_signature,
  profile,  // R-701…R-712 for CA certificates
  not_a_ca,
  key_cert_sign,
  path_length,
  name_constraints,
  policy,
  critical_extension,
  no_issuer,   // nobody in pool or store issued this certificate
  no_purpose,  // the leaf has none of the key purposes that the lists are for
};

struct PathError {
  PathRule rule;
  std::string explanation;
};

enum class ChainResult : uint8_t {
  trusted,           // a path to an anchor keeps every rule
  outside_validity,  // would be trusted, but `at` is outside some period of the path
  profile_invalid,   // leads to an anchor, but a CA certificate breaks the certificate profile
  untrusted,
  limit,  // the search was stopped by a limit before a path was found; never a success
};

struct ChainOutcome {
  ChainResult result = ChainResult::untrusted;
  // Leaf first; ends with the anchor when one was reached, else with the last issuer found.
  std::vector<CertificatePtr> path;
  std::vector<std::vector<PathError>> errors;  // one list per certificate of path
  // Whose key verifies the signature on the leaf; also for a leaf that needs no chain.
  CertificatePtr leaf_issuer;
  std::optional<ListInfo> list;         // the list whose anchor ends the path
  std::optional<TrustedEntity> entity;  // trusted by exact certificate, path = leaf
  std::string explanation;              // one sentence

  bool trusted() const { return result == ChainResult::trusted; }
};

// RFC 5280 §6.1.1 inputs; the defaults are what C2PA uses.
struct PolicyInputs {
  std::vector<std::string> initial_policies = {std::string(kPolicyAny)};
  bool require_explicit = false;
  bool inhibit_mapping = false;
  bool inhibit_any = false;
};

// c2pa: CA certificates are also held to check_profile(Role::intermediate).
enum class CaRules : uint8_t { c2pa, rfc5280 };

struct ChainRequest {
  CertificatePtr leaf;
  std::span<const CertificatePtr> pool;  // unordered, untrusted; may hold anything
  ListRole role = ListRole::signer;
  UnixTime at;
  CaRules ca_rules = CaRules::c2pa;
  PolicyInputs policy{};
};

// For signer and identity lists only anchors whose list names a key purpose of the leaf count
// . The search tries all paths, within limits.path_nodes and the budget.
ChainOutcome build_chain(const ChainRequest& request, const TrustStore& store, Context& context);

// The first certificate of `path` whose period does not contain `time` (R-817, R-819, R-822,
//
const Certificate* outside_validity(std::span<const CertificatePtr> path, UnixTime time);

}  // namespace assay::pki
