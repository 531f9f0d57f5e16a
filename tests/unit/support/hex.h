// hex("82 01 02"): bytes for test tables; white space is ignored, anything else fails the test.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/text.h"

namespace assay::test {

inline Bytes hex(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (!is_space(c)) {
      digits.push_back(c);
    }
  }
  const auto bytes = from_hex(digits);
  EXPECT_TRUE(bytes.has_value()) << "not hex: " << text;
  return bytes.value_or(Bytes());
}

}  // namespace assay::test
