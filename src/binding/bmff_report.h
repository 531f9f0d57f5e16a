// What a BMFF hash leaves out, in words a report can show (R-523, R-524, T-33, T-34).
#pragma once

#include <cstdint>
#include <vector>

#include "binding/binding.h"
#include "binding/bmff_exclusions.h"
#include "binding/bmff_rules.h"
#include "binding/fragment_trees.h"
#include "container/bmff_layout.h"

namespace assay::binding {

// A whole file has at most one store, which the container found; a fragment has none, whatever a
// C2PA box in it says.
enum class BmffPart : uint8_t { file, fragment };

// Adds the excluded bytes to `outcome.uncovered`, and the informational finding when the list goes
// beyond what every BMFF hash excludes. `proofs`: all Merkle boxes of the layout.
void describe_exclusions(const BmffRules& rules, const container::BmffLayout& layout,
                         const std::vector<PlacedProof>& proofs, BmffPart part,
                         const std::vector<ExcludedBytes>& excluded, Outcome& outcome);

}  // namespace assay::binding
