#include "cose/key.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/budget.h"

namespace assay::cose::test {
namespace {

Bytes number(int64_t value) {
  Bytes out;
  cbor::write_head(out, value < 0 ? 1 : 0, static_cast<uint64_t>(value < 0 ? -1 - value : value));
  return out;
}

Bytes bstr(size_t size, uint8_t filled = 1) {
  Bytes out;
  cbor::write_bytes(out, Bytes(size, filled));
  return out;
}

using Entries = std::vector<std::pair<int64_t, Bytes>>;

std::string kind_of(const Entries& entries) {
  Bytes map;
  cbor::write_head(map, 5, entries.size());
  for (const auto& [label, value] : entries) {
    append(map, number(label));
    append(map, value);
  }
  const Limits limits;
  Budget budget(limits);
  const auto document = cbor::Document::parse(map, limits, budget);
  return document.ok() ? crypto::key_name(key_of(document->root())) : "not CBOR";
}

Entries ec(int64_t curve, size_t size) {
  return {{1, number(2)}, {-1, number(curve)}, {-2, bstr(size)}, {-3, bstr(size)}};
}

// RFC 9053 §7.1.1, §7.2; RFC 8230 §4.
TEST(CoseKey, ReadsEveryKind) {
  EXPECT_EQ(kind_of(ec(1, 32)), "P-256");
  EXPECT_EQ(kind_of(ec(2, 48)), "P-384");
  EXPECT_EQ(kind_of(ec(3, 66)), "P-521");
  EXPECT_EQ(kind_of({{1, number(1)}, {-1, number(6)}, {-2, bstr(32)}}), "Ed25519");
  EXPECT_EQ(kind_of({{1, number(3)}, {-1, bstr(256, 0xff)}, {-2, bstr(3)}}), "RSA-2048");
}

TEST(CoseKey, RefusesWhatDoesNotFit) {
  for (const Entries& entries :
       {ec(1, 48), ec(0, 32), ec(4, 32), ec(8, 32), Entries{{1, number(2)}},
        Entries{{1, number(4)}, {-1, bstr(32)}}, Entries{{1, number(1)}, {-1, number(6)}},
        Entries{{1, number(1)}, {-1, number(6)}, {-2, bstr(31)}},
        Entries{{1, number(1)}, {-1, number(4)}, {-2, bstr(32)}},
        Entries{{1, number(3)}, {-1, bstr(256)}}, Entries{}}) {
    EXPECT_EQ(kind_of(entries), "unsupported");
  }
}

// which of two coordinates was meant is a question nobody answers.
TEST(CoseKey, RefusesALabelThatOccursTwice) {
  Entries twice = ec(1, 32);
  twice.emplace_back(-3, bstr(32, 2));
  EXPECT_EQ(kind_of(twice), "unsupported");
}

// compressed points are not supported.
TEST(CoseKey, RefusesCompressedPoints) {
  EXPECT_EQ(kind_of({{1, number(2)}, {-1, number(1)}, {-2, bstr(32)}, {-3, {0xF5}}}),
            "unsupported");
}

}  // namespace
}  // namespace assay::cose::test
