#include "base/sort.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>

namespace assay {
namespace {

struct Item {
  uint32_t key = 0;
  uint32_t place = 0;  // where it stood
};

bool operator==(const Item& a, const Item& b) { return a.key == b.key && a.place == b.place; }

bool by_key(const Item& a, const Item& b) { return a.key < b.key; }

std::vector<Item> items(size_t count, uint32_t keys, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<Item> out;
  for (uint32_t i = 0; i < count; ++i) {
    out.push_back({static_cast<uint32_t>(random()) % keys, i});
  }
  return out;
}

TEST(Sort, AgreesWithTheStandardStableSort) {
  for (const size_t count : {0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100, 1000, 4097}) {
    for (const uint32_t keys : {1, 2, 10, 100000}) {
      auto sorted = items(count, keys, static_cast<uint32_t>(count) + keys);
      auto expected = sorted;
      std::stable_sort(expected.begin(), expected.end(), by_key);
      sort_by(sorted, by_key);
      EXPECT_EQ(sorted, expected) << count << " items of " << keys << " keys";
    }
  }
}

TEST(Sort, LeavesWhatIsOutsideOfThePartAlone) {
  std::vector<int> values = {9, 3, 2, 1, 0};
  sort_by(std::span<int>(values).subspan(1, 3), [](int a, int b) { return a < b; });
  EXPECT_EQ(values, (std::vector<int>{9, 1, 2, 3, 0}));
}

TEST(Sort, MovesWhatCannotBeCopied) {
  std::vector<std::unique_ptr<int>> values;
  for (int value : {3, 1, 2}) {
    values.push_back(std::make_unique<int>(value));
  }
  sort_by(values, [](const auto& a, const auto& b) { return *a < *b; });
  ASSERT_TRUE(values[0] && values[1] && values[2]);
  EXPECT_EQ(*values[0], 1);
  EXPECT_EQ(*values[1], 2);
  EXPECT_EQ(*values[2], 3);
}

TEST(Sort, KeepsItsBoundOnWhatIsInOrderAndOnWhatIsNot) {
  constexpr uint32_t kCount = 1 << 15;
  size_t comparisons = 0;
  std::vector<uint32_t> values(kCount);
  const auto less = [&](uint32_t a, uint32_t b) {
    ++comparisons;
    return a < b;
  };
  for (uint32_t i = 0; i < kCount; ++i) {
    values[i] = i;
  }
  sort_by(values, less);
  EXPECT_LT(comparisons, size_t{2} * kCount);
  comparisons = 0;
  std::reverse(values.begin(), values.end());
  sort_by(values, less);
  EXPECT_TRUE(std::is_sorted(values.begin(), values.end()));
  EXPECT_LT(comparisons, size_t{17} * kCount);
}

TEST(Sort, OrdersIndicesInPlace) {
  const std::vector<int> ranks = {5, 1, 4, 1};
  const auto before = [&](uint32_t a, uint32_t b) { return ranks[a] < ranks[b]; };
  EXPECT_EQ(sorted_indices(ranks.size(), IndexOrder::by(before)),
            (std::vector<uint32_t>{1, 3, 2, 0}));
  std::vector<uint32_t> some = {0, 3};
  sort_indices(some, IndexOrder::by(before));
  EXPECT_EQ(some, (std::vector<uint32_t>{3, 0}));
}

}  // namespace
}  // namespace assay
