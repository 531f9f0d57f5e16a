// Origin: how the content came about according to the `created` action of the active
// manifest or of the version it was opened from. A statement of whoever signed it, never a finding.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "manifest/claim.h"
#include "validate/verdict.h"

namespace assay::report {

enum class OriginKind : uint8_t {
  captured,   // recorded by a device
  generated,  // made by a model or algorithm
  composite,  // put together, or changed by a model afterwards
  unknown,    // another source type, or none
};

struct OriginStatement {
  OriginKind kind = OriginKind::unknown;
  bool trained_model = false;  // a trained model took part, says one of the actions
  manifest::Origin stated_by = manifest::Origin::created;
  size_t manifest = 0;  // index of the manifest that says so
  std::string source;   // digitalSourceType as written; empty when none is given
};

std::string_view origin_kind_name(OriginKind kind);  // "captured", "generated", …

// Nothing unless the asset's credentials hold, and when no version says how it began.
std::optional<OriginStatement> origin_of(const validate::Verdict& verdict);

}  // namespace assay::report
