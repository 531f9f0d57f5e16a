// Validating a BMFF hash over one file (spec §Validating a BMFF-hash; R-517…R-533). A file of
// fragments is in fragments.cpp.
#include <memory>
#include <optional>
#include <utility>

#include "base/fourcc.h"
#include "binding/bmff_coverage.h"
#include "binding/bmff_report.h"
#include "binding/bmff_rules.h"
#include "binding/fragment_trees.h"
#include "binding/mdat_trees.h"
#include "binding/planners.h"
#include "container/bmff_layout.h"

namespace assay::binding {
namespace {

bool has_root(const container::BmffLayout& layout, uint32_t type) {
  for (const uint32_t index : layout.roots) {
    if (layout.boxes[index].type == type) {
      return true;
    }
  }
  return false;
}

class BmffBinding final : public Binding {
 public:
  BmffBinding(const Input& input, Budget& budget)
      : limits_(*input.limits),
        rules_(read_bmff_rules(input.assertion, input.default_alg, limits_)),
        layout_(input.carrier->bmff),
        file_size_(input.carrier->asset_size) {
    start(budget);
  }

  const std::vector<Range>& wanted_bytes() const override { return wanted_; }
  void supply_bytes(const std::vector<Bytes>& bytes) override {
    wanted_.clear();
    plan_jobs(bytes);
  }
  const std::vector<HashJob>& jobs() const override { return jobs_; }
  bool done() const override { return done_; }
  const Outcome& outcome() const override { return outcome_; }

  void supply(const std::vector<Bytes>& digests) override {
    if (done_ || digests.size() != jobs_.size()) {
      return;
    }
    if (fragments_) {
      const std::string problem = fragments_->check(digests);
      finish(problem.empty() ? Code::match : Code::mismatch,
             problem.empty() ? "The fragments match their Merkle trees." : problem);
      return;
    }
    std::span<const Bytes> rest(digests);
    if (hash_pending_) {
      hash_pending_ = false;
      if (rest.front() != *rules_.hash) {
        finish(Code::mismatch, "The boxes of the file do not have the hash in the assertion.");
        return;
      }
      rest = rest.subspan(1);
    }
    if (trees_ && trees_->check(rest)) {
      jobs_ = trees_->jobs();
      return;
    }
    if (trees_ && !trees_->matched()) {
      finish(Code::mismatch, "The media data does not match its Merkle tree.");
      return;
    }
    finish(Code::match, "The boxes of the file have the hash in the assertion.");
  }

 private:
  void start(Budget& budget) {
    if (!rules_.usable()) {
      finish(rules_.unsupported_alg ? Code::unsupported_algorithm : Code::malformed,
             rules_.unsupported_alg ? "The hash algorithm is not supported." : rules_.problem);
      return;
    }
    if (!layout_) {
      finish(Code::mismatch, "The asset is not a BMFF file.");
      return;
    }
    for (const container::BmffMerkleBox& box : layout_->merkle) {
      const auto proof = read_merkle_proof(box.payload, limits_, budget);
      placed_.push_back({box.box, proof.has_value(), proof.value_or(MerkleProof())});
      if (proof) {
        proofs_.push_back(*proof);
      }
    }
    selection_.emplace(*layout_, rules_.exclusions, budget);
    wanted_ = selection_->wanted();
    if (!selection_->problem().empty() || wanted_.empty()) {
      wanted_.clear();
      plan_jobs({});
    }
  }

  void plan_jobs(const std::vector<Bytes>& bytes) {
    if (done_ || !selection_) {
      return;
    }
    selection_->finish(bytes);
    if (!selection_->problem().empty()) {
      finish(Code::malformed, selection_->problem());
      return;
    }
    describe_exclusions(rules_, *layout_, placed_, BmffPart::file, selection_->excluded(),
                        outcome_);
    const BmffCoverage coverage(*layout_, selection_->excluded());
    if (rules_.fragmented() && !rules_.hash) {
      plan_fragments(coverage);
      return;
    }
    if (!rules_.hash || rules_.fragmented()) {
      // only a fragmented file does without `hash`, and only its maps have an initHash.
      // Trees over mdat boxes alone would leave every other box unchecked.
      finish(Code::malformed, rules_.hash
                                  ? "A Merkle map has an initHash beside a hash of the whole file."
                                  : "No hash covers the boxes outside the media data.");
      return;
    }
    jobs_.push_back(coverage.job(rules_.alg, {0, file_size_}));
    hash_pending_ = true;
    if (!rules_.maps.empty()) {
      trees_.emplace(rules_, *layout_, proofs_, limits_);
      if (!trees_->problem().empty()) {
        finish(trees_->malformed() ? Code::malformed : Code::mismatch, trees_->problem());
        return;
      }
      for (HashJob& job : trees_->jobs()) {
        jobs_.push_back(std::move(job));
      }
    }
  }

  void plan_fragments(const BmffCoverage& coverage) {
    const bool has_fragments = has_root(*layout_, fourcc("moof"));
    if (!has_fragments && has_root(*layout_, fourcc("mdat"))) {
      finish(Code::malformed, "A Merkle map has an initHash, but the file is not fragmented.");
      return;
    }
    fragments_.emplace(rules_, *layout_, placed_);
    if (!fragments_->problem().empty()) {
      finish(fragments_->malformed() ? Code::malformed : Code::mismatch, fragments_->problem());
      return;
    }
    // the init segment of a stream alone says nothing about its fragments.
    outcome_.partial = !has_fragments;
    jobs_ = fragments_->jobs(coverage, file_size_);
  }

  void finish(Code code, std::string explanation) {
    done_ = true;
    jobs_.clear();
    outcome_.findings.insert(outcome_.findings.begin(), Finding{code, std::move(explanation)});
  }

  const Limits& limits_;
  BmffRules rules_;
  std::shared_ptr<const container::BmffLayout> layout_;
  uint64_t file_size_;
  std::vector<PlacedProof> placed_;
  std::vector<MerkleProof> proofs_;
  std::optional<BmffSelection> selection_;
  std::optional<MdatTrees> trees_;
  std::optional<FragmentTrees> fragments_;
  std::vector<Range> wanted_;
  std::vector<HashJob> jobs_;
  bool hash_pending_ = false;
  bool done_ = false;
  Outcome outcome_;
};

}  // namespace

std::unique_ptr<Binding> plan_bmff(const Input& input, Budget& budget) {
  return std::make_unique<BmffBinding>(input, budget);
}

}  // namespace assay::binding
