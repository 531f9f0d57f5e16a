#include "codec/der/definite.h"

#include <gtest/gtest.h>

#include "support/hex.h"

namespace assay::der {
namespace {

using test::hex;

void expect(std::string_view ber, std::string_view der) {
  const auto out = to_definite(hex(ber));
  ASSERT_TRUE(out.ok()) << ber;
  EXPECT_EQ(*out, hex(der)) << ber;
}

// X.690 §8.1.3.6, §8.7.3, §10.1
TEST(Definite, WritesWhatDerWouldBe) {
  expect("30 80 02 01 05 00 00", "30 03 02 01 05");
  expect("30 80 30 80 00 00 05 00 00 00", "30 04 30 00 05 00");
  expect("24 80 04 02 AA BB 04 01 CC 00 00", "04 03 AA BB CC");
  expect("24 08 24 04 04 02 AA BB 04 00", "04 02 AA BB");
  expect("04 82 00 01 AA", "04 01 AA");
  expect("A0 80 24 80 04 01 11 00 00 00 00", "A0 03 04 01 11");
  const Bytes long_one(300, 0x42);
  Bytes ber = hex("30 80 04 82 01 2C");
  append(ber, long_one);
  append(ber, hex("00 00"));
  Bytes der = hex("30 82 01 30 04 82 01 2C");
  append(der, long_one);
  EXPECT_EQ(*to_definite(ber), der);
}

TEST(Definite, LeavesDerAlone) {
  for (const char* der : {"30 00", "02 01 05", "30 06 04 04 30 80 00 00"}) {
    expect(der, der);
  }
}

// T-64, T-78
TEST(Definite, RefusesWhatIsNoBer) {
  for (const char* bad :
       {"", "30", "30 80", "30 80 02 01 05", "30 80 02 01 05 00", "04 80 00 00", "30 03 02 01",
        "30 03 02 02 05", "00 00", "1F 01 00", "30 85 00 00 00 00 00", "30 80 00 00 00",
        "24 80 02 01 05 00 00", "30 02 00 00"}) {
    EXPECT_FALSE(to_definite(hex(bad)).ok()) << bad;
  }
  Bytes deep;
  for (int i = 0; i < 40; ++i) {
    append(deep, hex("30 80"));
  }
  for (int i = 0; i < 40; ++i) {
    append(deep, hex("00 00"));
  }
  EXPECT_EQ(to_definite(deep).fault(), Fault::limit);
}

}  // namespace
}  // namespace assay::der
