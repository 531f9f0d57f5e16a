// RangeSet: bytes of an asset as sorted, disjoint runs; answers in logarithmic time, because both
// the exclusions and the ranges they are held against come from the file.
#pragma once

#include <cstdint>
#include <vector>

#include "base/checked.h"

namespace assay::binding {

class RangeSet {
 public:
  RangeSet() = default;
  // Any order; what overlaps or touches becomes one run, empty ranges vanish.
  explicit RangeSet(std::vector<Range> ranges);

  const std::vector<Range>& runs() const { return runs_; }
  uint64_t size() const;
  // Every byte of `range` is in the set; true for an empty range.
  bool contains(Range range) const;
  // The parts of `range` that are in the set.
  std::vector<Range> common(Range range) const;
  bool touches(Range range) const { return !common(range).empty(); }

 private:
  std::vector<Range> runs_;
};

// What `whole` holds besides `holes`, which are sorted and do not overlap.
std::vector<Range> without(Range whole, const std::vector<Range>& holes);

}  // namespace assay::binding
