// Context: what every step of the claim side shares. The steps are free functions, one file each;
// none reads the asset's content, all of them append findings.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.h"
#include "crypto/digest.h"
#include "manifest/hashed_uri.h"
#include "validate/engine.h"
#include "validate/verdict.h"

namespace assay::validate {

struct Context {
  Engine& engine;
  const Policy& policy;
  Budget& budget;
  Verdict& verdict;
  const manifest::Store& store;

  // Absolute URLs of redacted assertions, and the manifests whose claims redact them.
  std::map<std::string, std::set<size_t>, std::less<>> redactions;
  // Manifests from which anything was redacted.
  std::set<size_t> redacted_manifests;
  // Manifest label -> tokens of time-stamp assertions.
  std::map<std::string, std::vector<ByteView>, std::less<>> timestamps;
  // Stapled OCSP answers of certificate-status assertions, with the manifest they stand in.
  std::vector<std::pair<size_t, ByteView>> ocsp_answers;
  // Hashes of boxes that are referred to, so that no large box is hashed twice.
  std::map<std::pair<const jumbf::Box*, crypto::DigestAlg>, Bytes> digests;
  // Attached credentials that an assertion refers to with the right hash (R-1172).
  std::set<const jumbf::Box*> referred_credentials;

  // What checks of certificates draw on.
  pki::Context pki() { return {policy.limits, budget, engine.signatures, engine.certificates}; }

  void add(StatusCode code, std::string_view url, size_t manifest, std::string explanation) {
    verdict.findings.add(code, url, manifest, std::move(explanation));
  }
};

// what manifests of the store other than `manifest` hold.
std::vector<ByteView> ocsp_answers_beside(const Context& context, size_t manifest);

// the algorithm of a reference: its own, else the first of `enclosing` that is not empty.
// Nothing when that is missing or not SHA-256/384/512.
std::optional<crypto::DigestAlg> resolve_alg(const std::string& own, std::string_view enclosing);

enum class ReferenceState : uint8_t { match, mismatch, missing, external, unsupported_algorithm };

// Resolves a hashed URI found in `home` and compares the hash of the box as stored.
struct CheckedReference {
  ReferenceState state = ReferenceState::missing;
  manifest::Target target;
};
CheckedReference check_reference(Context& context, const manifest::HashedUri& uri,
                                 const ManifestResult& home, std::string_view enclosing_alg);

// whether the absolute URL stands in any redaction list.
bool is_redacted(const Context& context, std::string_view absolute_url);

// --- the steps, in the order in which they run; from check_signature on the claim is readable ---

// Pass 1: claims, assertions, redactions and ingredients, from the active manifest.
void collect_manifests(Context& context);
// Collects the tokens of time-stamp assertions and the answers of certificate-status assertions.
void collect_supplements(Context& context);
// R-401….
void check_claim(Context& context, ManifestResult& result);
// … … … …R-839.
void check_signature(Context& context, ManifestResult& result);
// R-410…R-419.
void check_assertions(Context& context, ManifestResult& result);
// R-420…R-423.
void check_references(Context& context, ManifestResult& result);
// R-1172.
void check_attached_credentials(Context& context, ManifestResult& result);
// R-501…R-508.
void check_manifest_kind(Context& context, ManifestResult& result);
// …R-566.
void check_actions(Context& context, ManifestResult& result);
// …R-913.
void check_ingredients(Context& context, ManifestResult& result);
// R-574…R-586.
void check_other_assertions(Context& context, ManifestResult& result);
// R-593; behind check_signature.
void check_session_keys(Context& context, ManifestResult& result);

// The hard binding that speaks for the asset: of the active manifest, or of the standard
// manifest that its chain of update manifests leads to.
struct SelectedBinding {
  size_t manifest = 0;
  size_t assertion = 0;
  bool updated = false;  // update manifests came after it
};
std::optional<SelectedBinding> select_binding(Context& context);

// R-1001, R-1002: the state of every manifest from its findings, and of the asset.
void judge(Verdict& verdict);
// The state that the asset would have if its content were verified, unless it is known to differ.
AssetState state_if_content_matches(const Verdict& verdict);

}  // namespace assay::validate
