#include "binding/fragment_trees.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/fourcc.h"
#include "binding/merkle.h"

namespace assay::binding {

FragmentTrees::FragmentTrees(const BmffRules& rules, const container::BmffLayout& layout,
                             const std::vector<PlacedProof>& proofs)
    : rules_(rules), layout_(layout), proofs_(proofs) {
  const bool all_init = std::all_of(rules.maps.begin(), rules.maps.end(),
                                    [](const MerkleMap& map) { return map.init_hash.has_value(); });
  if (!all_init) {
    fail(true, "A Merkle map of a fragmented file has no initHash.");
    return;
  }
  find_leaves();
}

void FragmentTrees::fail(bool malformed, std::string problem) {
  malformed_ = malformed;
  problem_ = std::move(problem);
}

void FragmentTrees::find_leaves() {
  for (size_t i = 0; i < layout_.roots.size() && problem_.empty(); ++i) {
    const container::BmffBox& box = layout_.boxes[layout_.roots[i]];
    if (box.type != fourcc("moof")) {
      continue;
    }
    if (!leaves_.empty()) {
      leaves_.back().region.length = box.offset - leaves_.back().region.offset;
    }
    const PlacedProof* placed = proof_before(i);
    if (placed == nullptr || !placed->readable) {
      fail(true, "A fragment has no readable Merkle box before it.");
      return;
    }
    const MerkleMap* map = map_of(placed->proof);
    if (map == nullptr || placed->proof.location >= map->count) {
      fail(false, "A fragment claims a place that no Merkle map of the assertion has.");
      return;
    }
    leaves_.push_back({map, &placed->proof, {box.offset, 0}});
  }
}

// the Merkle box stands immediately before its moof.
const PlacedProof* FragmentTrees::proof_before(size_t root) const {
  if (root == 0) {
    return nullptr;
  }
  const uint32_t box = layout_.roots[root - 1];
  const auto found =
      std::lower_bound(proofs_.begin(), proofs_.end(), box,
                       [](const PlacedProof& proof, uint32_t index) { return proof.box < index; });
  return found != proofs_.end() && found->box == box ? &*found : nullptr;
}

const MerkleMap* FragmentTrees::map_of(const MerkleProof& proof) const {
  const auto found =
      std::find_if(rules_.maps.begin(), rules_.maps.end(), [&proof](const MerkleMap& map) {
        return map.unique_id == proof.unique_id && map.local_id == proof.local_id;
      });
  return found != rules_.maps.end() ? &*found : nullptr;
}

std::vector<HashJob> FragmentTrees::jobs(const BmffCoverage& coverage, uint64_t file_size) const {
  std::vector<HashJob> jobs;
  const uint64_t init_end = leaves_.empty() ? file_size : leaves_.front().region.offset;
  for (const MerkleMap& map : rules_.maps) {
    jobs.push_back(coverage.job(map.alg, {0, init_end}));
  }
  for (size_t i = 0; i < leaves_.size(); ++i) {
    Range region = leaves_[i].region;
    if (i + 1 == leaves_.size()) {
      region.length = file_size - region.offset;
    }
    jobs.push_back(coverage.job(leaves_[i].map->alg, region));
  }
  return jobs;
}

bool FragmentTrees::leaf_matches(const Leaf& leaf, const Bytes& digest) {
  return proof_matches(leaf.map->alg, leaf.map->count, leaf.proof->location, digest,
                       leaf.proof->hashes, leaf.map->row);
}

std::string FragmentTrees::check(std::span<const Bytes> digests) const {
  for (size_t i = 0; i < rules_.maps.size(); ++i) {
    if (digests[i] != *rules_.maps[i].init_hash) {
      return "The initialisation part of the file was changed.";
    }
  }
  // in a complete file the fragments of a track follow each other without a gap.
  std::map<const MerkleMap*, uint64_t> next;
  for (size_t i = 0; i < leaves_.size(); ++i) {
    const Leaf& leaf = leaves_[i];
    if (leaf.proof->location != next[leaf.map]++) {
      return "The fragments are not in order: one is missing, repeated or moved.";
    }
    if (!leaf_matches(leaf, digests[rules_.maps.size() + i])) {
      return "Fragment " + std::to_string(leaf.proof->location) + " was changed.";
    }
  }
  for (const MerkleMap& map : rules_.maps) {
    if (!leaves_.empty() && next[&map] != map.count) {
      return "The file has " + std::to_string(next[&map]) + " of " + std::to_string(map.count) +
             " fragments.";
    }
  }
  return {};
}

}  // namespace assay::binding
