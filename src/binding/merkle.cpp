#include "binding/merkle.h"

#include <utility>

namespace assay::binding {
namespace {

uint64_t half_up(uint64_t count) { return count / 2 + count % 2; }

Bytes parent(crypto::DigestAlg alg, const Bytes& left, const Bytes& right) {
  crypto::Digest digest(alg);
  digest.update(left);
  digest.update(right);
  return digest.finish();
}

}  // namespace

bool is_row_size(uint64_t leaves, uint64_t row) {
  while (leaves > row && leaves > 1) {
    leaves = half_up(leaves);
  }
  return leaves == row && row > 0;
}

bool row_matches(crypto::DigestAlg alg, const std::vector<Bytes>& leaves,
                 const std::vector<Bytes>& row) {
  if (!is_row_size(leaves.size(), row.size())) {
    return false;
  }
  std::vector<Bytes> level = leaves;
  while (level.size() > row.size()) {
    std::vector<Bytes> above;
    above.reserve((level.size() + 1) / 2);
    for (size_t i = 0; i < level.size(); i += 2) {
      above.push_back(i + 1 < level.size() ? parent(alg, level[i], level[i + 1])
                                           : std::move(level[i]));
    }
    level = std::move(above);
  }
  return level == row;
}

bool proof_matches(crypto::DigestAlg alg, uint64_t count, uint64_t location, const Bytes& leaf,
                   const std::vector<Bytes>& proof, const std::vector<Bytes>& row) {
  if (location >= count || !is_row_size(count, row.size())) {
    return false;
  }
  Bytes node = leaf;
  uint64_t index = location;
  size_t used = 0;
  for (uint64_t width = count; width > row.size(); width = half_up(width)) {
    if ((index ^ 1) < width) {
      if (used == proof.size()) {
        return false;
      }
      const Bytes& sibling = proof[used++];
      node = index % 2 == 0 ? parent(alg, node, sibling) : parent(alg, sibling, node);
    }
    index /= 2;
  }
  return used == proof.size() && node == row[static_cast<size_t>(index)];
}

}  // namespace assay::binding
