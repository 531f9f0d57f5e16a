#include "binding/bmff_coverage.h"

#include <algorithm>

#include "base/sort.h"

namespace assay::binding {
namespace {

std::vector<Range> ranges_of(const std::vector<ExcludedBytes>& excluded) {
  std::vector<Range> ranges;
  ranges.reserve(excluded.size());
  for (const ExcludedBytes& piece : excluded) {
    ranges.push_back(piece.range);
  }
  return ranges;
}

}  // namespace

BmffCoverage::BmffCoverage(const container::BmffLayout& layout,
                           const std::vector<ExcludedBytes>& excluded)
    : layout_(layout), excluded_(ranges_of(excluded)) {
  for (const ExcludedBytes& piece : excluded) {
    if (piece.whole) {
      whole_boxes_.push_back(piece.box);
    }
  }
  sort_ascending(whole_boxes_);
}

HashJob BmffCoverage::job(crypto::DigestAlg alg, Range region) const {
  HashJob job;
  job.alg = alg;
  auto root = std::partition_point(
      layout_.roots.begin(), layout_.roots.end(),
      [this, &region](uint32_t index) { return layout_.boxes[index].offset < region.offset; });
  for (; root != layout_.roots.end() && layout_.boxes[*root].offset < region.end(); ++root) {
    const uint32_t index = *root;
    const container::BmffBox& box = layout_.boxes[index];
    // a box whose subset covers all of it is still announced by its offset.
    if (!std::binary_search(whole_boxes_.begin(), whole_boxes_.end(), index)) {
      Bytes marker;
      append_be64(marker, box.offset);
      job.segments.emplace_back(std::move(marker));
    }
    const Range whole{box.offset, box.size};
    for (const Range& kept : without(whole, excluded_.common(whole))) {
      job.segments.emplace_back(kept);
    }
  }
  const Range& tail = layout_.tail;
  if (tail.length > 0 && tail.offset >= region.offset && tail.offset < region.end()) {
    job.segments.emplace_back(tail);
  }
  return job;
}

}  // namespace assay::binding
