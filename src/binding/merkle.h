// Merkle trees of BMFF hashes: balanced, padded with nulls on the right; a node is the hash of its
// two children's raw digests, and a node without a right sibling goes up unchanged.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "crypto/digest.h"

namespace assay::binding {

// Is `row` the size of one row of a tree with `leaves` leaves: leaves, half of it rounded up, …, 1?
bool is_row_size(uint64_t leaves, uint64_t row);

// Does the tree over `leaves` have `row` as one of its rows? `row` must have a row's size.
bool row_matches(crypto::DigestAlg alg, const std::vector<Bytes>& leaves,
                 const std::vector<Bytes>& row);

// Does `proof`, leaf-most sibling first, lead from leaf `location` of `count` to `row`? Every entry
// of the proof must be used.
bool proof_matches(crypto::DigestAlg alg, uint64_t count, uint64_t location, const Bytes& leaf,
                   const std::vector<Bytes>& proof, const std::vector<Bytes>& row);

}  // namespace assay::binding
