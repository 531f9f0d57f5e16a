#include "binding/range_set.h"

#include <algorithm>

#include "base/sort.h"

namespace assay::binding {

RangeSet::RangeSet(std::vector<Range> ranges) {
  sort_by(ranges, [](const Range& a, const Range& b) { return a.offset < b.offset; });
  for (const Range& range : ranges) {
    if (range.length == 0) {
      continue;
    }
    if (runs_.empty() || range.offset > runs_.back().end()) {
      runs_.push_back(range);
    } else if (range.end() > runs_.back().end()) {
      runs_.back().length = range.end() - runs_.back().offset;
    }
  }
}

uint64_t RangeSet::size() const {
  uint64_t sum = 0;
  for (const Range& run : runs_) {
    sum += run.length;
  }
  return sum;
}

std::vector<Range> RangeSet::common(Range range) const {
  std::vector<Range> parts;
  auto run = std::partition_point(runs_.begin(), runs_.end(),
                                  [range](const Range& r) { return r.end() <= range.offset; });
  for (; run != runs_.end() && run->offset < range.end(); ++run) {
    const uint64_t begin = std::max(run->offset, range.offset);
    const uint64_t end = std::min(run->end(), range.end());
    if (begin < end) {
      parts.push_back(Range{begin, end - begin});
    }
  }
  return parts;
}

bool RangeSet::contains(Range range) const {
  const std::vector<Range> parts = common(range);
  return range.length == 0 || (parts.size() == 1 && parts.front() == range);
}

std::vector<Range> without(Range whole, const std::vector<Range>& holes) {
  std::vector<Range> rest;
  uint64_t at = whole.offset;
  for (const Range& hole : holes) {
    const uint64_t begin = std::min(std::max(hole.offset, at), whole.end());
    if (begin > at) {
      rest.push_back(Range{at, begin - at});
    }
    at = std::max(at, std::min(hole.end(), whole.end()));
  }
  if (at < whole.end()) {
    rest.push_back(Range{at, whole.end() - at});
  }
  return rest;
}

}  // namespace assay::binding
