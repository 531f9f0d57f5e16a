#include "base/bytes.h"

#include <gtest/gtest.h>

#include "base/checked.h"
#include "support/hex.h"

namespace assay {
namespace {

using test::hex;

TEST(ByteReader, ReadsBothByteOrders) {
  const Bytes bytes = hex("01 0203 040506 0708090a 0b0c0d0e0f101112");
  ByteReader big(bytes);
  EXPECT_EQ(big.u8().value(), 0x01);
  EXPECT_EQ(big.be16().value(), 0x0203);
  EXPECT_EQ(big.be24().value(), 0x040506u);
  EXPECT_EQ(big.be32().value(), 0x0708090au);
  EXPECT_EQ(big.be64().value(), 0x0b0c0d0e0f101112u);
  EXPECT_TRUE(big.at_end());

  ByteReader little(bytes);
  EXPECT_EQ(little.le16().value(), 0x0201);
  EXPECT_EQ(little.le32().value(), 0x06050403u);
  EXPECT_EQ(little.le64().value(), 0x0e0d0c0b0a090807u);
  EXPECT_EQ(little.remaining(), 4u);
}

TEST(ByteReader, FailureDoesNotMoveTheCursor) {
  const Bytes bytes = hex("aabbcc");
  ByteReader reader(bytes);
  ASSERT_TRUE(reader.skip(1).ok());
  EXPECT_EQ(reader.be32().fault(), Fault::truncated);
  EXPECT_EQ(reader.be24().fault(), Fault::truncated);
  EXPECT_EQ(reader.take(3).fault(), Fault::truncated);
  EXPECT_EQ(reader.skip(3).fault(), Fault::truncated);
  EXPECT_EQ(reader.take_until_nul().fault(), Fault::truncated);
  EXPECT_EQ(reader.take(SIZE_MAX).fault(), Fault::truncated);
  EXPECT_EQ(reader.position(), 1u);
  EXPECT_EQ(reader.be16().value(), 0xbbcc);
}

TEST(ByteReader, TakesViewsIntoItsInput) {
  const Bytes bytes = hex("61 62 00 63");
  ByteReader reader(bytes);
  EXPECT_EQ(reader.peek(2).value().data(), bytes.data());
  EXPECT_EQ(as_text(reader.take_until_nul().value()), "ab");
  EXPECT_EQ(reader.position(), 3u);
  EXPECT_EQ(as_text(reader.rest()), "c");
  const size_t mark = reader.position();
  ASSERT_TRUE(reader.skip(1).ok());
  EXPECT_EQ(as_text(reader.since(mark)), "c");
  EXPECT_TRUE(reader.take(0).ok());
}

TEST(Bytes, ComparesAndAppends) {
  Bytes out;
  append_be16(out, 0x0102);
  append_be32(out, 0x03040506);
  append_be64(out, 0x0708090a0b0c0d0e);
  append(out, as_bytes("x"));
  EXPECT_EQ(out, hex("0102 03040506 0708090a0b0c0d0e 78"));
  EXPECT_TRUE(equal(out, to_bytes(out)));
  EXPECT_FALSE(equal(out, ByteView(out).first(14)));
  EXPECT_FALSE(equal(hex("0102"), hex("0103")));
  EXPECT_TRUE(equal({}, {}));
  EXPECT_TRUE(all_zero(hex("000000")));
  EXPECT_TRUE(all_zero({}));
  EXPECT_FALSE(all_zero(hex("000001")));
}

TEST(Checked, OverflowIsAValue) {
  EXPECT_EQ(checked_add<uint32_t>(0xFFFFFFFE, 1), 0xFFFFFFFFu);
  EXPECT_EQ(checked_add<uint32_t>(0xFFFFFFFF, 1), std::nullopt);
  EXPECT_EQ(checked_add<uint64_t>(UINT64_MAX, UINT64_MAX), std::nullopt);
  EXPECT_EQ(checked_mul<uint64_t>(uint64_t{1} << 32, uint64_t{1} << 31), uint64_t{1} << 63);
  EXPECT_EQ(checked_mul<uint64_t>(uint64_t{1} << 32, uint64_t{1} << 32), std::nullopt);
  EXPECT_EQ(checked_mul<uint64_t>(5, 0), 0u);
  EXPECT_EQ((checked_cast<uint8_t>(uint64_t{255})), uint8_t{255});
  EXPECT_EQ((checked_cast<uint8_t>(uint64_t{256})), std::nullopt);
  EXPECT_EQ((checked_cast<uint32_t>(uint64_t{1} << 32)), std::nullopt);
}

TEST(Range, EndSaturates) {
  EXPECT_EQ((Range{5, 7}.end()), 12u);
  EXPECT_EQ((Range{UINT64_MAX - 1, 1}.end()), UINT64_MAX);
  EXPECT_EQ((Range{UINT64_MAX, 2}.end()), UINT64_MAX);
  EXPECT_EQ((Range{5, 7}), (Range{5, 7}));
  EXPECT_FALSE((Range{5, 7}) == (Range{5, 8}));
}

}  // namespace
}  // namespace assay
