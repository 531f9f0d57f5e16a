// BmffCoverage: what a BMFF hash feeds to the digest: for every root box that is not excluded in
// its entirety its file offset as eight bytes, then its bytes that are not excluded.
#pragma once

#include <cstdint>
#include <vector>

#include "binding/bmff_exclusions.h"
#include "binding/hash_plan.h"
#include "binding/range_set.h"
#include "container/bmff_layout.h"

namespace assay::binding {

class BmffCoverage {
 public:
  // The layout must outlive the coverage.
  BmffCoverage(const container::BmffLayout& layout, const std::vector<ExcludedBytes>& excluded);

  // The root boxes that begin in `region`, and the bytes behind the last box if they do.
  HashJob job(crypto::DigestAlg alg, Range region) const;

 private:
  const container::BmffLayout& layout_;
  RangeSet excluded_;                  // the union of all entries
  std::vector<uint32_t> whole_boxes_;  // sorted: root boxes excluded in their entirety
};

}  // namespace assay::binding
