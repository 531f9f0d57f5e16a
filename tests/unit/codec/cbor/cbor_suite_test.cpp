// cbor/test-vectors, if present as $ASSAY_VECTORS/cbor/appendix_a.json: every item must be read;
// those marked `roundtrip` are deterministic already.
#include <gtest/gtest.h>

#include <iostream>

#include "base/text.h"
#include "codec/cbor/cbor.h"
#include "support/vectors.h"

namespace assay::cbor {
namespace {

// What stands between `before` and the next '"' or ',' behind `position`, which moves there.
std::string field(const std::string& text, const std::string& before, size_t& position) {
  const size_t found = text.find(before, position);
  if (found == std::string::npos) {
    return {};
  }
  const size_t begin = found + before.size();
  position = text.find_first_of("\",", begin);
  return text.substr(begin, position - begin);
}

TEST(CborTestVectors, ReadsAndRewritesAppendixA) {
  const Bytes bytes = test::read_vector(test::vectors_folder("cbor") / "appendix_a.json");
  if (bytes.empty()) {
    GTEST_SKIP() << "82 vectors of cbor/test-vectors not found, not run";
  }
  const std::string text(as_text(bytes));
  size_t count = 0;
  size_t position = 0;
  for (std::string hex = field(text, "\"hex\": \"", position); !hex.empty();
       hex = field(text, "\"hex\": \"", position)) {
    const bool roundtrip = field(text, "\"roundtrip\": ", position) == "true";
    const auto encoded = from_hex(hex);
    ASSERT_TRUE(encoded.has_value()) << hex;
    const Limits limits;
    Budget budget(limits);
    const auto document = Document::parse(*encoded, limits, budget);
    ++count;
    if (hex == "f818") {  // allowed by RFC 7049, which the suite follows; malformed since RFC 8949
      EXPECT_EQ(document.fault(), Fault::malformed);
      continue;
    }
    ASSERT_TRUE(document.ok()) << hex;
    if (roundtrip) {
      EXPECT_EQ(to_hex(deterministic(document->root())), hex);
    }
  }
  EXPECT_EQ(count, 82u);
  std::cout << "cbor/test-vectors: " << count << " items\n";
}

}  // namespace
}  // namespace assay::cbor
