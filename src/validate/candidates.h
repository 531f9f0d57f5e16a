// Unstructured text with several manifest wrappers (spec §Embedding manifests into unstructured
// text; R-172).
#pragma once

#include <cstddef>
#include <vector>

#include "base/budget.h"
#include "container/carrier.h"

namespace assay::validate {

// Indices of the stores whose own data hash excludes exactly the bytes that carry them.
std::vector<size_t> matching_candidates(const container::Carrier& carrier, const Limits& limits,
                                        Budget& budget);

}  // namespace assay::validate
