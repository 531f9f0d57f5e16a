// Facets and headline (R-1002, R-1007): a verdict in the few words that user interfaces need.
// Computed here once; no host derives them again.
#pragma once

#include <string_view>

#include "validate/engine.h"
#include "validate/verdict.h"

namespace assay::report {

struct Facets {
  std::string_view presence;
  std::string_view integrity;
  std::string_view signer;
  std::string_view time;
  std::string_view history;
  std::string_view content;
  std::string_view revocation;
};

Facets facets_of(const validate::Verdict& verdict, const validate::Engine& engine);
std::string_view headline_of(const validate::Verdict& verdict);
// As a report may say them: while the validation is under way nothing is better than well-formed.
validate::AssetState reported_state(const validate::Verdict& verdict);
validate::ManifestState reported_state(const validate::Verdict& verdict,
                                       const validate::ManifestResult& result);
std::string_view state_name(validate::AssetState state);

// How far the signer of one manifest is known: "recognised", "unrecognised", "revoked", …
std::string_view signer_trust(const validate::ManifestResult& result,
                              const validate::Engine& engine);

}  // namespace assay::report
