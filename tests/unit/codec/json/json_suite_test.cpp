// nst/JSONTestSuite, if present as $ASSAY_VECTORS/JSONTestSuite/test_parsing: y_ files must be
// read, n_ files must not, i_ files may go either way.
#include <gtest/gtest.h>

#include <iostream>

#include "base/text.h"
#include "codec/json/json.h"
#include "support/vectors.h"

namespace assay::json {
namespace {

TEST(JsonTestSuite, R306_AgreesWithTheSuite) {
  const auto files = test::vector_files("JSONTestSuite/test_parsing");
  if (files.empty()) {
    GTEST_SKIP() << "318 files of JSONTestSuite not found, not run";
  }
  size_t accepted = 0;
  size_t refused = 0;
  size_t open = 0;
  for (const auto& [name, bytes] : files) {
    const auto value = parse(bytes, Limits());
    switch (name.front()) {
      case 'y':
        EXPECT_TRUE(value.ok()) << name << ": " << fault_name(value.fault());
        ++accepted;
        break;
      case 'n':
        EXPECT_FALSE(value.ok()) << name;
        ++refused;
        break;
      default:
        ++open;
    }
    if (value.ok()) {
      const std::string text = write(*value);
      const auto again = parse(as_bytes(text), Limits());
      ASSERT_TRUE(again.ok()) << name;
      EXPECT_EQ(write(*again), text) << name;
    }
  }
  std::cout << "JSONTestSuite: " << accepted << " to accept, " << refused << " to refuse, " << open
            << " left open\n";
}

}  // namespace
}  // namespace assay::json
