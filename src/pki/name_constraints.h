// Name constraints (RFC 5280 §4.2.1.10, §6.1.3 b and c).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/budget.h"
#include "pki/certificate.h"

namespace assay::pki {

// The constraints of the CA certificates above a certificate. Permitted subtrees of several
// certificates intersect: a name has to satisfy each of them.
class NameConstraintSet {
 public:
  void add(const NameConstraints& constraints) { constraints_.push_back(&constraints); }

  // Why the names of `certificate` (subject, e-mail attributes of the subject, alternative names)
  // are not allowed; nothing if they are. Also a reason when the comparison would cost too much.
  std::optional<std::string> violation(const Certificate& certificate, const Limits& limits,
                                       Budget& budget) const;

 private:
  uint64_t comparison_count(const std::vector<GeneralName>& names) const;

  std::vector<const NameConstraints*> constraints_;
};

// Whether a name lies in the subtree of `base`, which is of the same kind. `excluding`: a wildcard
// host name counts as inside when any host it stands for is. Nothing if the name or the constraint
// cannot be compared, which callers treat as a violation.
std::optional<bool> name_matches(const GeneralName& name, const GeneralName& base, bool excluding);

}  // namespace assay::pki
