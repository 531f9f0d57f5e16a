// IdentityStatement: a CAWG identity assertion (`cawg.identity`; R-1101…R-1114): a statement with a
// signature of its own by somebody who is not the claim signer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "identity/manifest_view.h"

namespace assay::identity {

enum class StatementState : uint8_t { trusted, well_formed, failed, not_checked };

struct IdentityStatement {
  std::string url;
  std::string sig_type;  // display form
  StatementState state = StatementState::not_checked;
  std::string name;  // empty unless proven
  std::vector<std::string> roles;
  std::vector<std::string> referenced_assertions;  // URLs as written, display form
  bool covers_content = false;                     // one of them is a hard binding
};

std::vector<IdentityStatement> identity_statements(const ManifestView& view);

}  // namespace assay::identity
