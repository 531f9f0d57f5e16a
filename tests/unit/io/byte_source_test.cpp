// ByteSource: what is asked for, what is kept, and that offsets are 64 bit.
#include "io/byte_source.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>

namespace assay::io {
namespace {

Bytes counting(size_t count, uint8_t first = 0) {
  Bytes bytes(count);
  std::iota(bytes.begin(), bytes.end(), first);
  return bytes;
}

TEST(ByteSource, AsksForTheMissingRangeWidenedToTheWindow) {
  ByteSource source(1000, 64);
  EXPECT_EQ(source.view({10, 4}).fault(), Fault::need);
  EXPECT_EQ(source.wanted(), (Range{10, 64}));
  EXPECT_EQ(source.view({100, 200}).fault(), Fault::need);
  EXPECT_EQ(source.wanted(), (Range{100, 200}));
}

TEST(ByteSource, NeedsNeverReachPastTheEnd) {
  ByteSource source(50, 64);
  EXPECT_EQ(source.view({40, 4}).fault(), Fault::need);
  EXPECT_EQ(source.wanted(), (Range{40, 10}));
}

// no wrap around on hostile offsets.
TEST(ByteSource, PastTheEndIsTruncated) {
  ByteSource source(50);
  EXPECT_EQ(source.view({50, 1}).fault(), Fault::truncated);
  EXPECT_EQ(source.view({UINT64_MAX, 2}).fault(), Fault::truncated);
  EXPECT_EQ(source.view({1, UINT64_MAX}).fault(), Fault::truncated);
  EXPECT_TRUE(source.view({50, 0}).ok());
}

TEST(ByteSource, OffsetsBeyondFourGiB) {
  const uint64_t far = uint64_t{5} << 30;
  ByteSource source(far + 8, 4);
  EXPECT_EQ(source.view({far, 2}).fault(), Fault::need);
  EXPECT_EQ(source.wanted(), (Range{far, 4}));
  source.supply(far, counting(4));
  const auto view = source.view({far + 1, 2});
  ASSERT_TRUE(view.ok());
  EXPECT_EQ((*view)[0], 1);
}

TEST(ByteSource, JoinsPiecesThatTouchAndAsksOnlyForTheGap) {
  ByteSource source(100, 1);
  source.supply_owned(0, counting(10));
  source.supply_owned(20, counting(10, 20));
  EXPECT_EQ(source.view({5, 20}).fault(), Fault::need);
  EXPECT_EQ(source.wanted(), (Range{10, 10}));
  source.supply_owned(10, counting(10, 10));
  const auto view = source.view({5, 20});
  ASSERT_TRUE(view.ok());
  EXPECT_TRUE(equal(*view, ByteView(counting(30)).subspan(5, 20)));
}

TEST(ByteSource, ViewsStayValidWhenALaterViewJoinsPieces) {
  ByteSource source(20, 1);
  source.supply_owned(0, counting(10));
  source.supply_owned(10, counting(10, 10));
  const auto early = source.view({2, 3});
  ASSERT_TRUE(early.ok());
  ASSERT_TRUE(source.view({0, 20}).ok());
  EXPECT_TRUE(equal(*early, ByteView(counting(20)).subspan(2, 3)));
}

TEST(ByteSource, SupplyByteByByte) {
  ByteSource source(30, 16);
  const Bytes all = counting(30);
  for (size_t index = 0; index < all.size(); ++index) {
    EXPECT_FALSE(source.view({0, 30}).ok());
    EXPECT_EQ(source.wanted()->offset, index);
    source.supply(index, ByteView(all).subspan(index, 1));
  }
  EXPECT_TRUE(equal(*source.view({0, 30}), all));
}

TEST(ByteSource, LaterBytesReplaceEarlierOnes) {
  ByteSource source(10, 1);
  source.supply(0, counting(10));
  source.supply(3, Bytes{0xAA, 0xBB});
  const Bytes expected{0, 1, 2, 0xAA, 0xBB, 5, 6, 7, 8, 9};
  EXPECT_TRUE(equal(*source.view({0, 10}), expected));
}

TEST(ByteSource, BytesBehindTheEndAreDropped) {
  ByteSource source(4, 1);
  source.supply(2, counting(10));
  source.supply(7, counting(2));
  EXPECT_EQ(source.held_bytes(), 2u);
}

// Memory while streaming stays at the window: joining drops what was released.
TEST(ByteSource, ReleasedBytesDoNotAccumulate) {
  constexpr uint64_t kWindow = uint64_t{2} << 20;
  ByteSource source(64 * kWindow, 1);
  for (uint64_t index = 0; index < 64; ++index) {
    source.supply_owned(index * kWindow, Bytes(kWindow));
    if (index > 0) {
      const uint64_t seam = index * kWindow - 1;
      ASSERT_TRUE(source.view({seam, 2}).ok());
      source.release_before(seam);
    }
    EXPECT_LE(source.held_bytes(), 3 * kWindow);
  }
  source.release_before(source.size());
  EXPECT_EQ(source.held_bytes(), 0u);
}

// what was parsed and released comes a second time, to be hashed, and is joined anew.
TEST(ByteSource, ReleasedBytesMayComeAgain) {
  const Bytes all = counting(40);
  ByteSource source(all.size(), 1);
  source.release_before(all.size());
  for (const uint64_t offset : {0u, 10u, 20u}) {
    source.supply_owned(offset, counting(10, static_cast<uint8_t>(offset)));
  }
  const auto seam = source.view({5, 10});
  ASSERT_TRUE(seam.ok());
  EXPECT_TRUE(equal(*seam, ByteView(all).subspan(5, 10)));
  const auto rest = source.view({8, 22});
  ASSERT_TRUE(rest.ok());
  EXPECT_TRUE(equal(*rest, ByteView(all).subspan(8, 22)));
}

}  // namespace
}  // namespace assay::io
