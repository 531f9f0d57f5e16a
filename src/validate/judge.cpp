// States of manifests (spec §Validation states; R-1001, R-1002, P-1).
#include "validate/context.h"

namespace assay::validate {
namespace {

bool has_failure(const Verdict& verdict, size_t manifest) {
  for (const Finding& finding : verdict.findings.all()) {
    // R-1002: an unlisted signer alone leaves a manifest Valid.
    if (finding.manifest == manifest && status_kind(finding.code) == StatusKind::failure &&
        finding.code != StatusCode::signing_credential_untrusted) {
      return true;
    }
  }
  return false;
}

ManifestState judge(const Verdict& verdict, const ManifestResult& result) {
  const size_t index = result.manifest->index;
  const bool sound = result.reached && result.claim_state == manifest::ClaimState::ok &&
                     !has_failure(verdict, index);
  if (!sound) {
    return ManifestState::invalid;
  }
  const Findings& findings = verdict.findings;
  const bool valid = findings.has(StatusCode::claim_signature_validated, index) &&
                     findings.has(StatusCode::claim_signature_inside_validity, index);
  if (!valid) {
    return ManifestState::well_formed;
  }
  const bool trusted = findings.has(StatusCode::signing_credential_trusted, index) &&
                       !findings.has(StatusCode::signing_credential_untrusted, index);
  return trusted ? ManifestState::trusted : ManifestState::valid;
}

}  // namespace

void judge_manifests(Verdict& verdict) {
  for (ManifestResult& result : verdict.manifests) {
    result.state = judge(verdict, result);
  }
}

}  // namespace assay::validate
