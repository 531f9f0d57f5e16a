// The claim itself (spec §Locating and validating the claim; R-401… ). No
// schema is consulted, and nothing depends on the version that a claim declares.
#include "validate/context.h"

namespace assay::validate {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) {
    out += out.empty() ? part : "; " + part;
  }
  return out;
}

}  // namespace

void check_claim(Context& context, ManifestResult& result) {
  const size_t index = result.manifest->index;
  const std::string url = context.store.url_of(*result.manifest, "");
  if (result.manifest->box == nullptr) {
    context.add(StatusCode::manifest_compressed_invalid, url, index,
                result.manifest->inflation_problem.empty() ? "the manifest could not be inflated"
                                                           : result.manifest->inflation_problem);
    return;
  }
  // T-46: what carries a label twice can be referred to by nobody.
  if (context.store.is_duplicate_label(result.manifest->label)) {
    context.add(StatusCode::general_error, url, index, "two manifests have the same label");
  }
  switch (result.claim_state) {
    case manifest::ClaimState::missing:
      context.add(StatusCode::claim_missing, url, index, joined(result.claim.problems));
      return;
    case manifest::ClaimState::multiple:
      context.add(StatusCode::claim_multiple, url, index, joined(result.claim.problems));
      return;
    case manifest::ClaimState::cbor_invalid:
      context.add(StatusCode::claim_cbor_invalid, result.claim.url, index,
                  joined(result.claim.problems));
      return;
    case manifest::ClaimState::ok:
      break;
  }
  if (!result.claim.problems.empty()) {
    context.add(StatusCode::claim_malformed, result.claim.url, index,
                joined(result.claim.problems));
  }
  for (const std::string& uri : result.claim.redacted) {
    const manifest::Target target = context.store.resolve(uri, *result.manifest);
    if (target.manifest == result.manifest) {
      context.add(StatusCode::assertion_self_redacted, result.claim.url, index,
                  "the claim redacts an assertion of its own manifest");
    }
  }
}

}  // namespace assay::validate
