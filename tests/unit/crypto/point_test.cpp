#include "crypto/point.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "crypto/signatures.h"
#include "support/hex.h"

namespace assay::crypto::test {
namespace {

using assay::test::hex;

struct OnCurve {
  Curve curve;
  Bytes point;
};

std::vector<OnCurve> points() {
  return {{Curve::p256, hex(kP256.point)},
          {Curve::p384, hex(kP384.point)},
          {Curve::p521, hex(kP521.point)}};
}

Bytes compressed(const OnCurve& full) {
  const size_t width = field_size(full.curve);
  Bytes out = {static_cast<uint8_t>(2 + (full.point.back() & 1))};
  append(out, ByteView(full.point).subspan(1, width));
  return out;
}

TEST(Point, ComesBackFromItsCompressedForm) {
  for (const OnCurve& full : points()) {
    const auto key = decompressed(full.curve, compressed(full));
    ASSERT_TRUE(key.has_value());
    EXPECT_EQ(key->curve, full.curve);
    EXPECT_EQ(to_hex(key->point), to_hex(full.point));
  }
}

TEST(Point, OtherParityIsTheOtherPointOfTheSameX) {
  for (const OnCurve& full : points()) {
    const size_t width = field_size(full.curve);
    Bytes other = compressed(full);
    other[0] ^= 1;
    const auto key = decompressed(full.curve, other);
    ASSERT_TRUE(key.has_value());
    EXPECT_EQ(Bytes(key->point.begin(), key->point.begin() + 1 + static_cast<int>(width)),
              Bytes(full.point.begin(), full.point.begin() + 1 + static_cast<int>(width)));
    EXPECT_NE(key->point, full.point);
    EXPECT_NE(key->point.back() & 1, full.point.back() & 1);
  }
}

TEST(Point, RefusesWhatIsNoPoint) {
  for (const OnCurve& full : points()) {
    const Bytes good = compressed(full);
    for (const uint8_t form : {0, 1, 4, 5, 0x82}) {
      Bytes bad = good;
      bad[0] = form;
      EXPECT_FALSE(decompressed(full.curve, bad).has_value());
    }
    Bytes longer = good;
    longer.push_back(0);
    EXPECT_FALSE(decompressed(full.curve, longer).has_value());
    EXPECT_FALSE(decompressed(full.curve, ByteView(good).first(good.size() - 1)).has_value());
    EXPECT_FALSE(decompressed(full.curve, {}).has_value());
    // An X that is not below p, and would be one after a reduction.
    Bytes too_big(good.size(), 0xFF);
    too_big[0] = 2;
    EXPECT_FALSE(decompressed(full.curve, too_big).has_value());
  }
  // Of one half of all X there is no point. 5 is an X of P-256, 1 and 4 are none.
  const auto small = [](uint8_t x) {
    Bytes bytes(33, 0);
    bytes.front() = 2;
    bytes.back() = x;
    return decompressed(Curve::p256, bytes).has_value();
  };
  EXPECT_TRUE(small(5));
  EXPECT_FALSE(small(1));
  EXPECT_FALSE(small(4));
}

}  // namespace
}  // namespace assay::crypto::test
