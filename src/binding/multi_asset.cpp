// c2pa.hash.multi-asset (§Validating a multi-asset hash; R-545…R-550, T-59): every part of the
// asset is walked and verified as an asset of its own, one after the other.
#include <memory>
#include <string>
#include <utility>

#include "binding/finished.h"
#include "binding/parts.h"
#include "binding/planners.h"
#include "container/scan.h"
#include "io/byte_source.h"

namespace assay::binding {
namespace {

Range moved(Range range, uint64_t by) { return Range{range.offset + by, range.length}; }

HashJob moved(HashJob job, uint64_t by) {
  for (Segment& segment : job.segments) {
    if (Range* range = std::get_if<Range>(&segment)) {
      range->offset += by;
    }
  }
  return job;
}

class MultiAsset : public Binding {
 public:
  MultiAsset(const Input& input, std::vector<Part> parts, Budget& budget)
      : input_(input), parts_(std::move(parts)), budget_(budget) {
    report_headers();
    begin_part();
  }

  const std::vector<Range>& wanted_bytes() const override { return wanted_; }
  void supply_bytes(const std::vector<Bytes>& bytes) override;
  const std::vector<HashJob>& jobs() const override { return jobs_; }
  void supply(const std::vector<Bytes>& digests) override;
  bool done() const override { return done_; }
  const Outcome& outcome() const override { return outcome_; }

 private:
  const Part& part() const { return parts_[current_]; }
  void report_headers();
  void begin_part();
  void walk_part();
  void plan_part();
  void follow_binding();
  void end_part();
  void finish(Finding finding);

  Input input_;
  std::vector<Part> parts_;
  Budget& budget_;
  size_t current_ = 0;
  std::unique_ptr<io::ByteSource> source_;  // of the current part
  std::unique_ptr<container::Scan> scan_;   // while it is being walked
  std::unique_ptr<Binding> binding_;        // after that
  std::vector<Range> wanted_;
  std::vector<HashJob> jobs_;
  Outcome outcome_;
  bool additional_ = false;
  bool done_ = false;
};

// the headers of boxes whose payload is a part are hashed by nobody.
void MultiAsset::report_headers() {
  for (const Part& item : parts_) {
    if (item.covered.length > item.bytes.length) {
      outcome_.uncovered.push_back(
          {Range{item.covered.offset, item.bytes.offset - item.covered.offset}, "partHeader"});
    }
  }
}

void MultiAsset::begin_part() {
  source_ = std::make_unique<io::ByteSource>(part().bytes.length);
  scan_ = std::make_unique<container::Scan>(*source_, "", *input_.limits);
  binding_.reset();
  walk_part();
}

void MultiAsset::walk_part() {
  wanted_.clear();
  const Status status = scan_->run(budget_);
  if (status.fault() == Fault::need) {
    wanted_.push_back(moved(*source_->wanted(), part().bytes.offset));
  } else if (status.ok()) {
    plan_part();
  } else {
    finish({Code::mismatch, "A part of the asset cannot be read within the limits."});
  }
}

void MultiAsset::plan_part() {
  Input input = input_;
  input.kind = part().kind;
  input.base_label = part().label;
  input.assertion = part().assertion;
  input.carrier = &scan_->carrier();
  input.resolve_part = nullptr;
  binding_ = plan(input, budget_);
  follow_binding();
}

// Passes on what the part's binding asks for.
void MultiAsset::follow_binding() {
  wanted_.clear();
  jobs_.clear();
  for (const Range& range : binding_->wanted_bytes()) {
    wanted_.push_back(moved(range, part().bytes.offset));
  }
  if (!wanted_.empty()) {
    return;
  }
  if (binding_->done()) {
    end_part();
    return;
  }
  for (const HashJob& job : binding_->jobs()) {
    jobs_.push_back(moved(job, part().bytes.offset));
  }
}

void MultiAsset::supply_bytes(const std::vector<Bytes>& bytes) {
  if (binding_) {
    binding_->supply_bytes(bytes);
    follow_binding();
    return;
  }
  if (bytes.size() == 1 && !wanted_.empty()) {
    source_->supply(wanted_.front().offset - part().bytes.offset, bytes.front());
  }
  walk_part();
}

void MultiAsset::supply(const std::vector<Bytes>& digests) {
  if (!binding_ || !wanted_.empty()) {
    return;  // bytes come first
  }
  binding_->supply(digests);
  follow_binding();
}

void MultiAsset::end_part() {
  const Outcome& outcome = binding_->outcome();
  for (const Uncovered& item : outcome.uncovered) {
    outcome_.uncovered.push_back({moved(item.range, part().bytes.offset), item.kind});
  }
  for (const Finding& finding : outcome.findings) {
    if (finding.code == Code::additional_exclusions) {
      additional_ = true;
    } else if (finding.code != Code::match) {
      const bool kept =
          finding.code == Code::malformed || finding.code == Code::unsupported_algorithm;
      finish({kept ? finding.code : Code::mismatch,
              "Part " + std::to_string(current_ + 1) + ": " + finding.explanation});
      return;
    }
  }
  if (outcome.partial) {
    finish({Code::mismatch, "A part of the asset could be verified only in part."});
  } else if (++current_ < parts_.size()) {
    begin_part();
  } else {
    finish({Code::match, "Every part of the asset holds the bytes that were signed."});
  }
}

void MultiAsset::finish(Finding finding) {
  wanted_.clear();
  jobs_.clear();
  outcome_.findings.push_back(std::move(finding));
  if (additional_) {
    outcome_.findings.push_back({Code::additional_exclusions,
                                 "Metadata in a part of the asset is not covered by its hash."});
  }
  done_ = true;
}

}  // namespace

std::unique_ptr<Binding> plan_multi_asset(const Input& input, Budget& budget) {
  PartList list = read_parts(input);
  if (list.error) {
    return std::make_unique<Finished>(Outcome{{std::move(*list.error)}, {}});
  }
  return std::make_unique<MultiAsset>(input, std::move(list.parts), budget);
}

}  // namespace assay::binding
