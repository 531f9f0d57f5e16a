// States (spec §Validation states; R-573, R-1001, R-1002, P-1).
#include <algorithm>
#include <array>

#include "validate/context.h"

namespace assay::validate {
namespace {

// R-1002: content that does not match is a matter of the asset, not of the manifest.
bool is_about_content(StatusCode code) {
  constexpr std::array<StatusCode, 8> kCodes = {
      StatusCode::data_hash_mismatch,        StatusCode::bmff_hash_mismatch,
      StatusCode::boxes_hash_mismatch,       StatusCode::boxes_hash_unknown_box,
      StatusCode::collection_hash_mismatch,  StatusCode::collection_hash_incorrect_file_count,
      StatusCode::multi_asset_hash_mismatch, StatusCode::multi_asset_hash_missing_part};
  return std::find(kCodes.begin(), kCodes.end(), code) != kCodes.end();
}

// R-1002: an unlisted signer alone leaves a manifest Valid. R-918, T-22, T-26: failures of other
// manifests are theirs.
bool counts_against_manifest(const Finding& finding, size_t manifest) {
  return finding.manifest == manifest && status_kind(finding.code) == StatusKind::failure &&
         finding.code != StatusCode::signing_credential_untrusted &&
         !is_about_content(finding.code);
}

ManifestState judge_manifest(const Verdict& verdict, const ManifestResult& result) {
  const size_t index = result.manifest->index;
  const Findings& findings = verdict.findings;
  const bool failed =
      std::any_of(findings.all().begin(), findings.all().end(),
                  [&](const Finding& finding) { return counts_against_manifest(finding, index); });
  if (!result.reached || result.claim_state != manifest::ClaimState::ok || failed) {
    return ManifestState::invalid;
  }
  const bool valid = findings.has(StatusCode::claim_signature_validated, index) &&
                     findings.has(StatusCode::claim_signature_inside_validity, index);
  if (!valid) {
    return ManifestState::well_formed;
  }
  const bool trusted = findings.has(StatusCode::signing_credential_trusted, index) &&
                       !findings.has(StatusCode::signing_credential_untrusted, index);
  return trusted ? ManifestState::trusted : ManifestState::valid;
}

AssetState asset_state_of(ManifestState state) {
  switch (state) {
    case ManifestState::invalid:
      return AssetState::invalid;
    case ManifestState::well_formed:
      return AssetState::well_formed;
    case ManifestState::valid:
      return AssetState::valid;
    case ManifestState::trusted:
      return AssetState::trusted;
  }
  return AssetState::invalid;
}

AssetState judge_asset(const Verdict& verdict, ContentState content) {
  switch (verdict.presence) {
    // R-111, T-01: no credentials is an outcome, not a failure.
    case Presence::none:
    case Presence::unreachable:
      return AssetState::none;
    case Presence::multiple:
    case Presence::broken:
      return AssetState::invalid;
    case Presence::embedded:
    case Presence::sidecar:
    case Presence::remote:
      break;
  }
  const ManifestResult* active = verdict.active();
  if (active == nullptr || content == ContentState::mismatch) {
    return AssetState::invalid;
  }
  // a binding reached through a broken manifest says nothing.
  const bool broken_chain = std::any_of(
      verdict.binding_chain.begin(), verdict.binding_chain.end(),
      [&](size_t index) { return verdict.manifests[index].state == ManifestState::invalid; });
  const AssetState state = asset_state_of(active->state);
  if (broken_chain || state == AssetState::invalid) {
    return AssetState::invalid;
  }
  // What was not compared is not vouched for: without the content at most well-formed.
  return content == ContentState::verified ? state : AssetState::well_formed;
}

// a stream is no better than its worst segment, and one that failed does not recover.
AssetState judge_stream(const StreamResult& stream, AssetState init) {
  if (stream.failed > 0 || init == AssetState::invalid) {
    return AssetState::invalid;
  }
  if (!stream.floor) {
    return init;
  }
  // Segments vouch for themselves although the init segment has no credentials: that is no verdict
  // on the init segment, and no silence about the segments.
  return init == AssetState::none ? AssetState::well_formed : std::min(init, *stream.floor);
}

}  // namespace

AssetState state_if_content_matches(const Verdict& verdict) {
  const bool changed = verdict.content == ContentState::mismatch;
  return judge_asset(verdict, changed ? ContentState::mismatch : ContentState::verified);
}

void judge(Verdict& verdict) {
  for (ManifestResult& result : verdict.manifests) {
    result.state = judge_manifest(verdict, result);
  }
  verdict.state = judge_asset(verdict, verdict.content);
  if (verdict.stream) {
    verdict.state = judge_stream(*verdict.stream, verdict.state);
  }
}

}  // namespace assay::validate
