// What a BMFF hash leaves out, in words a report can show (R-523, R-524, T-33, T-34).
#pragma once

#include <vector>

#include "binding/binding.h"
#include "binding/bmff_exclusions.h"
#include "binding/bmff_rules.h"
#include "container/bmff_layout.h"

namespace assay::binding {

// Adds the excluded bytes to `outcome.uncovered`, and the informational finding when the list goes
// beyond what every BMFF hash excludes.
void describe_exclusions(const BmffRules& rules, const container::BmffLayout& layout,
                         const std::vector<ExcludedBytes>& excluded, Outcome& outcome);

}  // namespace assay::binding
