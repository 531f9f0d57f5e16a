#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "base/text.h"
#include "codec/cbor/cbor.h"
#include "codec/cbor/parsed.h"

namespace assay::cbor {
namespace {

using test::fault_of;
using test::hex;
using test::Parsed;

// T-52, T-78: depth, size and count are bounded.
TEST(Cbor, T78_DepthEndsAtTheLimit) {
  const Limits limits;
  for (const size_t depth : {size_t{10}, size_t{64}, size_t{65}, size_t{1000}, size_t{100000}}) {
    for (const uint8_t opener : {uint8_t{0x81}, uint8_t{0x9F}, uint8_t{0xC1}, uint8_t{0xBF}}) {
      Bytes bytes;
      for (size_t i = 0; i < depth; ++i) {
        bytes.push_back(opener);
        if (opener == 0xBF) {
          bytes.push_back(0);
        }
      }
      bytes.push_back(0);
      if (opener == 0x9F || opener == 0xBF) {
        bytes.insert(bytes.end(), depth, 0xFF);
      }
      const Parsed parsed(std::move(bytes));
      EXPECT_EQ(parsed.result.fault(), depth <= limits.cbor_depth ? Fault::none : Fault::limit)
          << depth << " x " << int{opener};
    }
  }
}

TEST(Cbor, T52_NodesAndBudgetEndAtTheLimit) {
  Bytes bytes;
  write_array(bytes, 100);
  bytes.insert(bytes.end(), 100, 0x00);
  Limits limits;
  limits.cbor_nodes = 101;
  EXPECT_EQ(Parsed(bytes, limits).result.fault(), Fault::none);
  limits.cbor_nodes = 100;
  EXPECT_EQ(Parsed(bytes, limits).result.fault(), Fault::limit);
  limits.cbor_nodes = 101;
  limits.work_steps = 100;
  EXPECT_EQ(Parsed(bytes, limits).result.fault(), Fault::limit);
  // Many empty chunks are work too, although they make no nodes.
  Bytes chunks = hex("5f");
  chunks.insert(chunks.end(), 1000, 0x40);
  chunks.push_back(0xFF);
  EXPECT_EQ(Parsed(chunks, limits).result.fault(), Fault::limit);
}

TEST(CborWriter, WritesShortestHeads) {
  struct Case {
    uint64_t argument;
    const char* encoded;
  };
  const std::vector<Case> cases = {{23, "57"},
                                   {24, "5818"},
                                   {255, "58ff"},
                                   {256, "590100"},
                                   {65535, "59ffff"},
                                   {65536, "5a00010000"},
                                   {0xFFFFFFFF, "5affffffff"},
                                   {0x100000000, "5b0000000100000000"}};
  for (const auto& [argument, encoded] : cases) {
    Bytes out;
    write_head(out, 2, argument);
    EXPECT_EQ(to_hex(out), encoded);
  }
  // Sig_structure of RFC 9052 §4.4.
  Bytes out;
  write_array(out, 4);
  write_text(out, "Signature1");
  write_bytes(out, hex("a10126"));
  write_bytes(out, {});
  write_bytes(out, hex("00"));
  EXPECT_EQ(to_hex(out), "846a5369676e61747572653143a10126404100");
}

TEST(CborWriter, DeterministicSortsKeysByTheirBytes) {
  // RFC 8949 §4.2.1, the example's keys in reverse order.
  const Parsed parsed("a8 f400 8120 00 811864 00 627a7a00 617a00 2000 186400 0a00");
  EXPECT_EQ(to_hex(deterministic(parsed.root())),
            "a80a0018640020"
            "00617a00627a7a00811864"
            "00812000f400");
}

}  // namespace
}  // namespace assay::cbor
