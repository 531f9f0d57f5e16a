#include "report/facets.h"

#include <algorithm>
#include <array>

#include "pki/trust_store.h"

namespace assay::report {
namespace {

using validate::ContentState;
using validate::Finding;
using validate::ManifestResult;
using validate::Presence;
using validate::SignatureState;
using validate::StatusCode;
using validate::Verdict;

bool failed_with(const Verdict& verdict, size_t manifest, StatusCode code) {
  return verdict.findings.has(code, manifest);
}

template <size_t N>
bool failed_with_any(const Verdict& verdict, const ManifestResult& active,
                     const std::array<StatusCode, N>& codes) {
  return std::any_of(codes.begin(), codes.end(), [&](StatusCode code) {
    return failed_with(verdict, active.manifest->index, code);
  });
}

std::string_view presence_of(const Verdict& verdict) {
  switch (verdict.presence) {
    case Presence::embedded:
      return "embedded";
    case Presence::sidecar:
      return "sidecar";
    case Presence::remote:
      return "remote";
    case Presence::unreachable:
      return "unreachable";
    case Presence::multiple:
      return "multiple";
    case Presence::broken:
      return "broken";
    case Presence::none:
      break;
  }
  return "none";
}

// What was removed or exchanged, as opposed to altered (scenario 4.2.1.2 is displayed differently).
bool parts_missing(const Verdict& verdict, const ManifestResult& active) {
  constexpr std::array<StatusCode, 10> kCodes = {StatusCode::claim_missing,
                                                 StatusCode::assertion_missing,
                                                 StatusCode::hashed_uri_missing,
                                                 StatusCode::hashed_uri_mismatch,
                                                 StatusCode::ingredient_manifest_missing,
                                                 StatusCode::ingredient_manifest_mismatch,
                                                 StatusCode::ingredient_claim_signature_missing,
                                                 StatusCode::ingredient_claim_signature_mismatch,
                                                 StatusCode::claim_signature_missing,
                                                 StatusCode::claim_hard_bindings_missing};
  return failed_with_any(verdict, active, kCodes);
}

// Only about the credential: the record itself is whole.
bool only_credential_failures(const Verdict& verdict, const ManifestResult& active) {
  constexpr std::array<StatusCode, 4> kCredential = {
      StatusCode::signing_credential_invalid, StatusCode::signing_credential_untrusted,
      StatusCode::claim_signature_outside_validity, StatusCode::ocsp_revoked};
  const auto& all = verdict.findings.all();
  return std::all_of(all.begin(), all.end(), [&](const Finding& finding) {
    const bool about_active = finding.manifest == active.manifest->index &&
                              status_kind(finding.code) == validate::StatusKind::failure;
    return !about_active ||
           std::find(kCredential.begin(), kCredential.end(), finding.code) != kCredential.end();
  });
}

std::string_view integrity_of(const Verdict& verdict) {
  const ManifestResult* active = verdict.active();
  if (verdict.presence == Presence::broken || verdict.presence == Presence::multiple) {
    return "damaged";
  }
  if (active == nullptr) {
    return "notApplicable";
  }
  if (verdict.content == ContentState::mismatch) {
    return "mismatch";
  }
  if (active->signature.state == SignatureState::mismatch) {
    return "damaged";
  }
  if (parts_missing(verdict, *active)) {
    return "partsMissing";
  }
  const bool sound = active->state != validate::ManifestState::invalid ||
                     only_credential_failures(verdict, *active);
  if (!sound) {
    return "damaged";
  }
  return verdict.content == ContentState::verified ? "intact" : "partial";
}

std::string_view time_of(const ManifestResult* active) {
  if (active == nullptr) {
    return "none";
  }
  if (active->signature.attested) {
    return "trustedTimestamp";
  }
  if (active->signature.timestamp && active->signature.timestamp->claimed_time) {
    return "untrustedTimestamp";
  }
  return active->signature.iat ? "claimedOnly" : "none";
}

// The ingredients of the active manifest and of everything below it (T-22).
std::string_view history_of(const Verdict& verdict) {
  bool any = false;
  bool missing = false;
  bool redacted = false;
  bool problems = false;
  for (const ManifestResult& result : verdict.manifests) {
    if (!result.reached) {
      continue;
    }
    problems = problems || (result.depth > 0 && result.state == validate::ManifestState::invalid);
    redacted = redacted || !result.claim.redacted.empty();
    for (const validate::IngredientResult& ingredient : result.ingredients) {
      using Link = validate::IngredientResult::Link;
      any = true;
      missing = missing || ingredient.link == Link::missing;
      problems = problems || ingredient.link == Link::mismatch;
    }
  }
  if (!any) {
    return redacted ? "redacted" : "none";
  }
  return missing ? "missing" : problems ? "problems" : redacted ? "redacted" : "ok";
}

std::string_view content_of(ContentState state) {
  switch (state) {
    case ContentState::verified:
      return "verified";
    case ContentState::mismatch:
      return "mismatch";
    case ContentState::not_checked:
      return "notChecked";
    case ContentState::not_applicable:
      break;
  }
  return "notApplicable";
}

std::string_view revocation_of(const ManifestResult* active) {
  if (active == nullptr) {
    return "notApplicable";
  }
  switch (active->signature.revocation) {
    case validate::Revocation::not_revoked:
      return "notRevoked";
    case validate::Revocation::revoked:
      return "revoked";
    case validate::Revocation::not_checked:
    case validate::Revocation::unknown:
      return "notChecked";
    case validate::Revocation::not_applicable:
      break;
  }
  return "notApplicable";
}

}  // namespace

std::string_view signer_trust(const ManifestResult& result, const validate::Engine& engine) {
  const validate::SignatureResult& signature = result.signature;
  if (signature.state != SignatureState::validated) {
    return "notVerified";
  }
  if (signature.revocation == validate::Revocation::revoked) {
    return "revoked";
  }
  if (!signature.profile_ok) {
    return "badCertificate";
  }
  if (!signature.inside_validity) {
    return "outsideValidity";
  }
  if (signature.chain.trusted()) {
    return signature.chain.entity ? "addressBook" : "recognised";
  }
  return engine.trust.empty(pki::ListRole::signer) ? "noTrustData" : "unrecognised";
}

std::string_view state_name(validate::AssetState state) {
  switch (state) {
    case validate::AssetState::none:
      return "none";
    case validate::AssetState::invalid:
      return "invalid";
    case validate::AssetState::well_formed:
      return "wellFormed";
    case validate::AssetState::valid:
      return "valid";
    case validate::AssetState::trusted:
      return "trusted";
  }
  return "invalid";
}

validate::AssetState reported_state(const Verdict& verdict) {
  return verdict.complete ? verdict.state
                          : std::min(verdict.state, validate::AssetState::well_formed);
}

validate::ManifestState reported_state(const Verdict& verdict, const ManifestResult& result) {
  return verdict.complete ? result.state
                          : std::min(result.state, validate::ManifestState::well_formed);
}

std::string_view headline_of(const Verdict& verdict) {
  if (!verdict.complete) {
    return verdict.state == validate::AssetState::invalid ? "invalid" : "partial";
  }
  if (verdict.presence == Presence::unreachable) {
    return "referenced";
  }
  switch (verdict.state) {
    case validate::AssetState::none:
      // Nothing was found, but not everything was looked at.
      return verdict.limits.empty() ? "none" : "unchecked";
    case validate::AssetState::invalid:
      return "invalid";
    case validate::AssetState::well_formed:
      return "partial";
    case validate::AssetState::valid:
      return "unrecognised";
    case validate::AssetState::trusted:
      return "recognised";
  }
  return "invalid";
}

Facets facets_of(const Verdict& verdict, const validate::Engine& engine) {
  const ManifestResult* active = verdict.active();
  Facets facets;
  facets.presence = presence_of(verdict);
  facets.integrity = integrity_of(verdict);
  facets.signer = active == nullptr ? "notApplicable" : signer_trust(*active, engine);
  facets.time = time_of(active);
  facets.history = history_of(verdict);
  facets.content = content_of(verdict.content);
  facets.revocation = revocation_of(active);
  return facets;
}

}  // namespace assay::report
