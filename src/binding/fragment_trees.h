// FragmentTrees: init part and fragments of a fragmented BMFF presentation against the Merkle maps
// of its assertion, in one file or fragment by fragment (R-531…R-534).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "binding/bmff_coverage.h"
#include "binding/bmff_rules.h"
#include "binding/hash_plan.h"
#include "container/bmff_layout.h"

namespace assay::binding {

// A proof and the Merkle box that holds it; not `readable` when it cannot be parsed.
struct PlacedProof {
  uint32_t box = 0;  // index in BmffLayout::boxes
  bool readable = false;
  MerkleProof proof;
};

class FragmentTrees {
 public:
  // A fragment: what is hashed, and the leaf that it claims to be.
  struct Leaf {
    const MerkleMap* map = nullptr;
    const MerkleProof* proof = nullptr;
    Range region;
  };

  FragmentTrees(const BmffRules& rules, const container::BmffLayout& layout,
                const std::vector<PlacedProof>& proofs);

  const std::string& problem() const { return problem_; }
  bool malformed() const { return malformed_; }
  const std::vector<Leaf>& leaves() const { return leaves_; }

  // For a whole file: the init part of every map, then the fragments in file order.
  std::vector<HashJob> jobs(const BmffCoverage& coverage, uint64_t file_size) const;
  // Digests of jobs(). Empty when everything matches, else what does not.
  std::string check(std::span<const Bytes> digests) const;

  static bool leaf_matches(const Leaf& leaf, const Bytes& digest);

 private:
  void find_leaves();
  const PlacedProof* proof_before(size_t root) const;
  const MerkleMap* map_of(const MerkleProof& proof) const;
  void fail(bool malformed, std::string problem);

  const BmffRules& rules_;
  const container::BmffLayout& layout_;
  const std::vector<PlacedProof>& proofs_;
  std::vector<Leaf> leaves_;
  std::string problem_;
  bool malformed_ = false;
};

}  // namespace assay::binding
