// MdatTrees: Merkle trees over the mdat boxes of a file that is not fragmented, all leaves at hand
// (R-526…R-530).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/limits.h"
#include "binding/bmff_rules.h"
#include "binding/hash_plan.h"
#include "container/bmff_layout.h"

namespace assay::binding {

class MdatTrees {
 public:
  // Everything given must outlive the trees. `proofs`: those of the file's own Merkle boxes.
  MdatTrees(const BmffRules& rules, const container::BmffLayout& layout,
            const std::vector<MerkleProof>& proofs, const Limits& limits);

  // Not empty: the maps do not fit the file; `malformed` says which way.
  const std::string& problem() const { return problem_; }
  bool malformed() const { return malformed_; }

  // One job per leaf of the trees that have not matched yet.
  std::vector<HashJob> jobs() const;
  // Digests of jobs(). True when another round, with the other start of the payload, is to come.
  bool check(std::span<const Bytes> digests);
  bool matched() const;

 private:
  struct Tree {
    const MerkleMap* map = nullptr;
    std::vector<std::vector<Range>> attempts;  // leaves, by where the payload may begin
    size_t attempt = 0;
    bool matched = false;
  };

  void plan_tree(const MerkleMap& map, const container::BmffBox& mdat);
  const MerkleMap& map_of(size_t mdat_index) const;
  bool tree_holds(const Tree& tree, const std::vector<Bytes>& leaves) const;
  void fail(bool malformed, std::string problem);

  const BmffRules& rules_;
  const std::vector<MerkleProof>& proofs_;
  const Limits& limits_;
  std::vector<Tree> trees_;
  uint64_t leaves_ = 0;
  std::string problem_;
  bool malformed_ = false;
};

}  // namespace assay::binding
