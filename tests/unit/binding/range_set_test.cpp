#include "binding/range_set.h"

#include <gtest/gtest.h>

#include <vector>

namespace assay::binding {
namespace {

using Ranges = std::vector<Range>;

TEST(RangeSet, MergesWhatOverlapsOrTouches) {
  const RangeSet set({{20, 5}, {0, 10}, {10, 3}, {22, 10}, {21, 1}, {50, 0}});
  EXPECT_EQ(set.runs(), (Ranges{{0, 13}, {20, 12}}));
  EXPECT_EQ(set.size(), 25u);
}

TEST(RangeSet, ContainsOnlyWhatLiesInOneRun) {
  const RangeSet set({{10, 10}, {30, 10}});
  EXPECT_TRUE(set.contains({10, 10}));
  EXPECT_TRUE(set.contains({35, 5}));
  EXPECT_TRUE(set.contains({100, 0}));
  EXPECT_FALSE(set.contains({9, 2}));
  EXPECT_FALSE(set.contains({19, 2}));
  EXPECT_FALSE(set.contains({15, 20}));
  EXPECT_FALSE(set.contains({35, UINT64_MAX}));
}

TEST(RangeSet, Common) {
  const RangeSet set({{10, 10}, {30, 10}});
  EXPECT_EQ(set.common({15, 20}), (Ranges{{15, 5}, {30, 5}}));
  EXPECT_TRUE(set.common({20, 10}).empty());
  EXPECT_FALSE(set.touches({0, 10}));
  EXPECT_TRUE(set.touches({0, 11}));
}

TEST(RangeSet, Without) {
  EXPECT_EQ(without({0, 10}, {}), (Ranges{{0, 10}}));
  EXPECT_EQ(without({0, 10}, {{0, 2}, {4, 2}, {8, 2}}), (Ranges{{2, 2}, {6, 2}}));
  EXPECT_EQ(without({0, 10}, {{0, 10}}), (Ranges{}));
  EXPECT_EQ(without({0, 10}, {{20, 5}}), (Ranges{{0, 10}}));
  EXPECT_EQ(without({5, 10}, {{0, 8}, {12, 100}}), (Ranges{{8, 4}}));
}

}  // namespace
}  // namespace assay::binding
