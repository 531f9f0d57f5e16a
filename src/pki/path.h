// Validation of one path (RFC 5280 §6.1), whose signatures the search has checked.
#pragma once

#include <span>
#include <vector>

#include "pki/chain.h"

namespace assay::pki {

struct PathInput {
  std::span<const CertificatePtr> path;  // leaf first
  // The anchor that the last certificate of `path` is; nullptr for a path that reached none.
  const TrustAnchor* anchor = nullptr;
  UnixTime at;
  CaRules ca_rules = CaRules::c2pa;
  const PolicyInputs& policy;
};

// One list of errors per certificate of the path. All rules are checked, also after a failure.
std::vector<std::vector<PathError>> check_path(const PathInput& input, Context& context);

}  // namespace assay::pki
