#include "binding/mdat_trees.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/fourcc.h"
#include "binding/merkle.h"

namespace assay::binding {
namespace {

using container::BmffBox;

constexpr uint64_t kSubsetStart = 16;  // where the excluded part of an mdat begins

std::vector<const BmffBox*> mdats_of(const container::BmffLayout& layout) {
  std::vector<const BmffBox*> mdats;
  for (const uint32_t index : layout.roots) {
    if (layout.boxes[index].type == fourcc("mdat")) {
      mdats.push_back(&layout.boxes[index]);
    }
  }
  return mdats;
}

// The leaves of a payload; nothing when their number or sizes do not fit it.
std::optional<std::vector<Range>> leaves_of(const MerkleMap& map, Range payload,
                                            uint64_t most_leaves) {
  std::vector<Range> leaves;
  if (map.variable_block_sizes) {
    if (map.variable_block_sizes->size() > most_leaves) {
      return std::nullopt;
    }
    uint64_t at = payload.offset;
    for (const uint64_t size : *map.variable_block_sizes) {
      if (size > payload.end() - at) {
        return std::nullopt;
      }
      leaves.push_back({at, size});
      at += size;
    }
    return at == payload.end() ? std::optional(std::move(leaves)) : std::nullopt;
  }
  const uint64_t block = map.fixed_block_size.value_or(std::max<uint64_t>(payload.length, 1));
  const uint64_t number =
      map.fixed_block_size ? payload.length / block + (payload.length % block != 0 ? 1 : 0) : 1;
  if (number != map.count || number > most_leaves) {
    return std::nullopt;
  }
  for (uint64_t i = 0; i < number; ++i) {
    const uint64_t offset = i * block;
    leaves.push_back({payload.offset + offset, std::min(block, payload.length - offset)});
  }
  return leaves;
}

}  // namespace

MdatTrees::MdatTrees(const BmffRules& rules, const container::BmffLayout& layout,
                     const std::vector<MerkleProof>& proofs, const Limits& limits)
    : rules_(rules), proofs_(proofs), limits_(limits) {
  const std::vector<const BmffBox*> mdats = mdats_of(layout);
  // Without a map of its own an mdat would be excluded from the hash and covered by nothing.
  if (mdats.size() != rules.maps.size()) {
    fail(false, "The file has " + std::to_string(mdats.size()) + " mdat boxes, the assertion " +
                    std::to_string(rules.maps.size()) + " Merkle maps.");
    return;
  }
  for (size_t i = 0; i < mdats.size() && problem_.empty(); ++i) {
    plan_tree(map_of(i), *mdats[i]);
  }
}

// localId is the number of the mdat; where the maps do not number them 0…n-1, their order
// does.
const MerkleMap& MdatTrees::map_of(size_t mdat_index) const {
  const auto is_local = [mdat_index](const MerkleMap& map) {
    return map.local_id >= 0 && static_cast<uint64_t>(map.local_id) == mdat_index;
  };
  for (size_t i = 0; i < rules_.maps.size(); ++i) {
    const auto numbered = [i](const MerkleMap& map) {
      return map.local_id >= 0 && static_cast<uint64_t>(map.local_id) == i;
    };
    if (std::none_of(rules_.maps.begin(), rules_.maps.end(), numbered)) {
      return rules_.maps[mdat_index];
    }
  }
  return *std::find_if(rules_.maps.begin(), rules_.maps.end(), is_local);
}

void MdatTrees::plan_tree(const MerkleMap& map, const BmffBox& mdat) {
  Tree tree;
  tree.map = &map;
  // of all trees together; nothing is allocated by what a map says its count is.
  const uint64_t most = limits_.merkle_leaves - leaves_;
  // writers count the payload from byte 16 of the box, the text from its header.
  for (const uint64_t start : {kSubsetStart, uint64_t{mdat.header}}) {
    if (start > mdat.size ||
        (start == mdat.header && start == kSubsetStart && !tree.attempts.empty())) {
      continue;
    }
    auto leaves = leaves_of(map, {mdat.offset + start, mdat.size - start}, most);
    if (leaves) {
      tree.attempts.push_back(std::move(*leaves));
    }
  }
  if (tree.attempts.empty()) {
    limits_.exceeded(Limit::merkle_leaves, leaves_ + map.count);
    fail(true, "The leaves of a Merkle map do not fit the mdat box they describe.");
    return;
  }
  leaves_ += tree.attempts.front().size();
  trees_.push_back(std::move(tree));
}

void MdatTrees::fail(bool malformed, std::string problem) {
  malformed_ = malformed;
  problem_ = std::move(problem);
}

std::vector<HashJob> MdatTrees::jobs() const {
  std::vector<HashJob> jobs;
  for (const Tree& tree : trees_) {
    if (tree.matched || tree.attempt >= tree.attempts.size()) {
      continue;
    }
    for (const Range& leaf : tree.attempts[tree.attempt]) {
      jobs.push_back({tree.map->alg, {leaf}});
    }
  }
  return jobs;
}

bool MdatTrees::tree_holds(const Tree& tree, const std::vector<Bytes>& leaves) const {
  const MerkleMap& map = *tree.map;
  // P-6: with all leaves at hand the stored row is recomputed, proofs or no proofs.
  if (!row_matches(map.alg, leaves, map.row)) {
    return false;
  }
  return std::all_of(proofs_.begin(), proofs_.end(), [&](const MerkleProof& proof) {
    if (proof.unique_id != map.unique_id || proof.local_id != map.local_id) {
      return true;
    }
    return proof.location < leaves.size() &&
           proof_matches(map.alg, map.count, proof.location,
                         leaves[static_cast<size_t>(proof.location)], proof.hashes, map.row);
  });
}

bool MdatTrees::check(std::span<const Bytes> digests) {
  size_t at = 0;
  bool again = false;
  for (Tree& tree : trees_) {
    if (tree.matched || tree.attempt >= tree.attempts.size()) {
      continue;
    }
    const size_t number = tree.attempts[tree.attempt].size();
    const std::span<const Bytes> own = digests.subspan(at, number);
    at += number;
    tree.matched = tree_holds(tree, std::vector<Bytes>(own.begin(), own.end()));
    ++tree.attempt;
    again = again || (!tree.matched && tree.attempt < tree.attempts.size());
  }
  return again;
}

bool MdatTrees::matched() const {
  return std::all_of(trees_.begin(), trees_.end(), [](const Tree& tree) { return tree.matched; });
}

}  // namespace assay::binding
