#include "binding/fragments.h"

#include <algorithm>
#include <utility>

#include "binding/bmff_coverage.h"
#include "binding/bmff_report.h"
#include "binding/fragment_trees.h"
#include "container/bmff_layout.h"

namespace assay::binding {
namespace {

// One fragment file: everything in it but the exclusions is the leaf.
class OneFragment final : public FragmentBinding {
 public:
  OneFragment(std::shared_ptr<const BmffRules> rules, const container::Carrier& carrier,
              const Limits& limits, Budget& budget)
      : rules_(std::move(rules)), layout_(carrier.bmff), file_size_(carrier.asset_size) {
    start(limits, budget);
  }

  const std::vector<Range>& wanted_bytes() const override { return wanted_; }
  void supply_bytes(const std::vector<Bytes>& bytes) override {
    wanted_.clear();
    plan_job(bytes);
  }
  const std::vector<HashJob>& jobs() const override { return jobs_; }
  bool done() const override { return done_; }
  const Outcome& outcome() const override { return outcome_; }
  std::optional<FragmentPlace> place() const override {
    if (!trees_ || trees_->leaves().size() != 1) {
      return std::nullopt;
    }
    const MerkleProof& proof = *trees_->leaves().front().proof;
    return FragmentPlace{proof.unique_id, proof.local_id, proof.location};
  }

  void supply(const std::vector<Bytes>& digests) override {
    if (done_ || digests.size() != 1) {
      return;
    }
    const bool match = FragmentTrees::leaf_matches(trees_->leaves().front(), digests.front());
    finish(match ? Code::match : Code::mismatch,
           match ? "The fragment is the one that was signed for its place."
                 : "The fragment is not the one that was signed for its place.");
  }

 private:
  void start(const Limits& limits, Budget& budget) {
    if (!rules_->usable()) {
      finish(rules_->unsupported_alg ? Code::unsupported_algorithm : Code::malformed,
             rules_->unsupported_alg ? "The hash algorithm is not supported." : rules_->problem);
      return;
    }
    if (!layout_) {
      finish(Code::mismatch, "The fragment is not a BMFF file.");
      return;
    }
    for (const container::BmffMerkleBox& box : layout_->merkle) {
      const auto proof = read_merkle_proof(box.payload, limits, budget);
      placed_.push_back({box.box, proof.has_value(), proof.value_or(MerkleProof())});
    }
    trees_.emplace(*rules_, *layout_, placed_);
    if (!trees_->problem().empty()) {
      finish(trees_->malformed() ? Code::malformed : Code::mismatch, trees_->problem());
      return;
    }
    if (trees_->leaves().size() != 1) {
      finish(Code::malformed, "A fragment file must hold exactly one moof.");
      return;
    }
    selection_.emplace(*layout_, rules_->exclusions, budget);
    wanted_ = selection_->wanted();
    if (!selection_->problem().empty() || wanted_.empty()) {
      wanted_.clear();
      plan_job({});
    }
  }

  void plan_job(const std::vector<Bytes>& bytes) {
    if (done_ || !selection_) {
      return;
    }
    selection_->finish(bytes);
    if (!selection_->problem().empty()) {
      finish(Code::malformed, selection_->problem());
      return;
    }
    describe_exclusions(*rules_, *layout_, placed_, BmffPart::fragment, selection_->excluded(),
                        outcome_);
    const BmffCoverage coverage(*layout_, selection_->excluded());
    jobs_.push_back(coverage.job(trees_->leaves().front().map->alg, {0, file_size_}));
  }

  void finish(Code code, std::string explanation) {
    done_ = true;
    jobs_.clear();
    outcome_.findings.insert(outcome_.findings.begin(), Finding{code, std::move(explanation)});
  }

  std::shared_ptr<const BmffRules> rules_;
  std::shared_ptr<const container::BmffLayout> layout_;
  uint64_t file_size_;
  std::vector<PlacedProof> placed_;
  std::optional<FragmentTrees> trees_;
  std::optional<BmffSelection> selection_;
  std::vector<Range> wanted_;
  std::vector<HashJob> jobs_;
  bool done_ = false;
  Outcome outcome_;
};

}  // namespace

FragmentStream::FragmentStream(const Input& init)
    : rules_(std::make_shared<BmffRules>(
          read_bmff_rules(init.assertion, init.default_alg, *init.limits))),
      limits_(*init.limits) {
  if (rules_->problem.empty() && (rules_->hash || !rules_->fragmented())) {
    rules_->problem = "The assertion has no Merkle maps of fragments.";
  }
}

std::unique_ptr<FragmentBinding> FragmentStream::plan(const container::Carrier& fragment,
                                                      Budget& budget) const {
  return std::make_unique<OneFragment>(rules_, fragment, limits_, budget);
}

Continuity FragmentStream::record(const FragmentBinding& fragment) {
  const auto& findings = fragment.outcome().findings;
  failed_ = failed_ || findings.empty() || findings.front().code != Code::match;
  const auto place = fragment.place();
  if (!place) {
    return Continuity::unknown_place;
  }
  const auto found =
      std::find_if(rules_->maps.begin(), rules_->maps.end(), [&place](const MerkleMap& map) {
        return map.unique_id == place->unique_id && map.local_id == place->local_id;
      });
  Progress& progress = progress_[static_cast<size_t>(found - rules_->maps.begin())];
  const uint64_t expected = progress.last ? *progress.last + 1 : 0;
  progress.last = place->location;
  if (place->location < limits_.merkle_leaves) {
    progress.seen.insert(place->location);
  }
  return place->location == expected ? Continuity::expected : Continuity::discontinuity;
}

std::vector<std::string> FragmentStream::missing() const {
  std::vector<std::string> missing;
  for (size_t i = 0; i < rules_->maps.size(); ++i) {
    const MerkleMap& map = rules_->maps[i];
    const auto progress = progress_.find(i);
    const uint64_t seen = progress == progress_.end() ? 0 : progress->second.seen.size();
    if (seen < map.count) {
      missing.push_back("Of track " + std::to_string(map.local_id) + ", " + std::to_string(seen) +
                        " of " + std::to_string(map.count) + " fragments were checked.");
    }
  }
  return missing;
}

}  // namespace assay::binding
