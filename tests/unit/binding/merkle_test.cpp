#include "binding/merkle.h"

#include <gtest/gtest.h>

#include "support/bmff_files.h"

namespace assay::binding {
namespace {

constexpr auto kAlg = crypto::DigestAlg::sha256;

std::vector<Bytes> leaves_of(size_t count) {
  std::vector<Bytes> leaves;
  for (size_t i = 0; i < count; ++i) {
    leaves.push_back(crypto::digest(kAlg, Bytes{static_cast<uint8_t>(i)}));
  }
  return leaves;
}

Bytes node(const Bytes& left, const Bytes& right) {
  return crypto::digest(kAlg, test::join(left, right));
}

// five leaves written out by hand, the odd one going up unchanged twice.
TEST(Merkle, EveryRowOfFiveLeaves) {
  const auto leaves = leaves_of(5);
  const std::vector<Bytes> two = {node(leaves[0], leaves[1]), node(leaves[2], leaves[3]),
                                  leaves[4]};
  const std::vector<Bytes> three = {node(two[0], two[1]), leaves[4]};
  const std::vector<Bytes> root = {node(three[0], three[1])};
  for (const auto& row : {leaves, two, three, root}) {
    EXPECT_TRUE(row_matches(kAlg, leaves, row)) << row.size();
    auto damaged = row;
    damaged.back()[0] ^= 1;
    EXPECT_FALSE(row_matches(kAlg, leaves, damaged)) << row.size();
  }
}

// only the sizes of rows are rows.
TEST(Merkle, RowSizes) {
  for (const uint64_t row : {11u, 6u, 3u, 2u, 1u}) {
    EXPECT_TRUE(is_row_size(11, row)) << row;
  }
  for (const uint64_t row : {0u, 4u, 5u, 10u, 12u}) {
    EXPECT_FALSE(is_row_size(11, row)) << row;
  }
  EXPECT_FALSE(is_row_size(0, 0));
  EXPECT_TRUE(is_row_size(UINT64_MAX, 1));
  EXPECT_FALSE(row_matches(kAlg, leaves_of(4), leaves_of(3)));
}

// proofs to the root and to a stored row, leaf-most sibling first.
TEST(Merkle, ProofsOfFiveLeaves) {
  const auto leaves = leaves_of(5);
  const Bytes left = node(leaves[0], leaves[1]);
  const Bytes right = node(leaves[2], leaves[3]);
  const Bytes above = node(left, right);
  const std::vector<Bytes> root = {node(above, leaves[4])};
  EXPECT_TRUE(proof_matches(kAlg, 5, 3, leaves[3], {leaves[2], left, leaves[4]}, root));
  EXPECT_TRUE(proof_matches(kAlg, 5, 0, leaves[0], {leaves[1], right, leaves[4]}, root));
  EXPECT_TRUE(proof_matches(kAlg, 5, 4, leaves[4], {above}, root));
  EXPECT_TRUE(proof_matches(kAlg, 5, 3, leaves[3], {leaves[2], left}, {above, leaves[4]}));
  EXPECT_TRUE(proof_matches(kAlg, 5, 4, leaves[4], {}, {above, leaves[4]}));
  EXPECT_TRUE(proof_matches(kAlg, 5, 2, leaves[2], {}, leaves));
}

// a proof that is too short, too long, for another place or of another leaf proves nothing.
TEST(Merkle, WrongProofs) {
  const auto leaves = leaves_of(4);
  const Bytes right = node(leaves[2], leaves[3]);
  const std::vector<Bytes> root = {node(node(leaves[0], leaves[1]), right)};
  ASSERT_TRUE(proof_matches(kAlg, 4, 1, leaves[1], {leaves[0], right}, root));
  EXPECT_FALSE(proof_matches(kAlg, 4, 1, leaves[1], {leaves[0]}, root));
  EXPECT_FALSE(proof_matches(kAlg, 4, 1, leaves[1], {leaves[0], right, right}, root));
  EXPECT_FALSE(proof_matches(kAlg, 4, 0, leaves[1], {leaves[0], right}, root));
  EXPECT_FALSE(proof_matches(kAlg, 4, 1, leaves[2], {leaves[0], right}, root));
  EXPECT_FALSE(proof_matches(kAlg, 4, 4, leaves[1], {leaves[0], right}, root));
  EXPECT_FALSE(proof_matches(kAlg, 4, 1, leaves[1], {leaves[0], right}, {}));
}

}  // namespace
}  // namespace assay::binding
