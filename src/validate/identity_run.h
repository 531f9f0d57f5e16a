// Identities: what other people than the claim signer state in the reached manifests, and what is
// needed to check it. Nothing here counts for or against a manifest (R-1101, T-09).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "identity/environment.h"
#include "identity/manifest_view.h"
#include "validate/context.h"

namespace assay::validate {

identity::ManifestView identity_view(const Context& context, const ManifestResult& result);

class IdentityRun {
 public:
  explicit IdentityRun(Context& context) : context_(context), budget_(context.policy.limits) {}

  // Examines every reached manifest and fills in the verdict. Manifest states must be judged.
  void examine();
  // What to ask the host for now: of the active manifest's statements only, never the same twice,
  // and no more than Limits::identity_resources altogether (T-42).
  std::vector<identity::ResourceRequest> unasked();
  void answer(const std::string& url, identity::Answer answer);

 private:
  void examine_manifest(size_t index);

  Context& context_;
  Budget budget_;  // its own: identities cannot use up what the claims need
  identity::Answers answers_;
  std::vector<std::string> asked_;
};

}  // namespace assay::validate
