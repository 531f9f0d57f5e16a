#include "base/sort.h"

#include <algorithm>

namespace assay {
namespace {

constexpr size_t kRun = 8;  // up to here insertion needs fewer steps than merging

void insert_each(std::span<uint32_t> run, IndexOrder order) {
  for (size_t i = 1; i < run.size(); ++i) {
    const uint32_t index = run[i];
    size_t at = i;
    while (at > 0 && order.before(order.context, index, run[at - 1])) {
      run[at] = run[at - 1];
      --at;
    }
    run[at] = index;
  }
}

// Two runs in order, side by side, become one; `buffer` holds at least the first of them.
void merge(std::span<uint32_t> both, size_t middle, std::span<uint32_t> buffer, IndexOrder order) {
  if (!order.before(order.context, both[middle], both[middle - 1])) {
    return;
  }
  const auto left = buffer.first(middle);
  std::copy_n(both.begin(), middle, left.begin());
  size_t taken = 0;
  size_t right = middle;
  for (size_t out = 0; taken < left.size(); ++out) {
    const bool from_right =
        right < both.size() && order.before(order.context, both[right], left[taken]);
    both[out] = from_right ? both[right++] : left[taken++];
  }
}

}  // namespace

void sort_indices(std::span<uint32_t> indices, IndexOrder order) {
  const size_t count = indices.size();
  for (size_t begin = 0; begin < count; begin += kRun) {
    insert_each(indices.subspan(begin, std::min(kRun, count - begin)), order);
  }
  if (count <= kRun) {
    return;
  }
  std::vector<uint32_t> buffer(count);
  for (size_t width = kRun; width < count; width *= 2) {
    for (size_t begin = 0; begin + width < count; begin += 2 * width) {
      merge(indices.subspan(begin, std::min(2 * width, count - begin)), width, buffer, order);
    }
  }
}

std::vector<uint32_t> sorted_indices(size_t count, IndexOrder order) {
  std::vector<uint32_t> out(count);
  for (uint32_t i = 0; i < count; ++i) {
    out[i] = i;
  }
  sort_indices(out, order);
  return out;
}

}  // namespace assay
