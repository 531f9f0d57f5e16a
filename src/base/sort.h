// Sorting without a copy of the algorithm per type: std::sort and std::stable_sort are over a
// kilobyte of code for each element type and comparison, and the core sorts at thirty places.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace assay {

// IndexOrder: whether what stands at index `a` belongs before what stands at index `b`.
struct IndexOrder {
  const void* context = nullptr;
  bool (*before)(const void* context, uint32_t a, uint32_t b) = nullptr;

  // `less` is borrowed: it must outlive the order.
  template <class Less>
  static IndexOrder by(const Less& less) {
    return {std::addressof(less), [](const void* borrowed, uint32_t a, uint32_t b) {
              return (*static_cast<const Less*>(borrowed))(a, b);
            }};
  }
};

// sort_indices: puts indices in order, equal ones as they stood. O(n log n) comparisons, O(n) of
// them when they are in order already; one buffer of their size.
void sort_indices(std::span<uint32_t> indices, IndexOrder order);

// sorted_indices: 0 … count-1, in order.
std::vector<uint32_t> sorted_indices(size_t count, IndexOrder order);

// sort_by: puts values in the order of `less`, equal ones as they stood. `values` is borrowed.
template <class T, class Less>
void sort_by(std::span<T> values, const Less& less) {
  if (values.size() < 2) {
    return;
  }
  const auto by_value = [values, &less](uint32_t a, uint32_t b) {
    return less(values[a], values[b]);
  };
  std::vector<uint32_t> from = sorted_indices(values.size(), IndexOrder::by(by_value));
  // Each round closes one cycle of the permutation; a place that is done names itself.
  for (uint32_t start = 0; start < from.size(); ++start) {
    if (from[start] == start) {
      continue;
    }
    T held = std::move(values[start]);
    uint32_t at = start;
    while (from[at] != start) {
      const uint32_t next = from[at];
      values[at] = std::move(values[next]);
      from[at] = at;
      at = next;
    }
    values[at] = std::move(held);
    from[at] = at;
  }
}

template <class T, class Less>
void sort_by(std::vector<T>& values, const Less& less) {
  sort_by(std::span<T>(values), less);
}

// sort_ascending: by operator<.
template <class T>
void sort_ascending(std::vector<T>& values) {
  sort_by(values, [](const T& a, const T& b) { return a < b; });
}

}  // namespace assay
