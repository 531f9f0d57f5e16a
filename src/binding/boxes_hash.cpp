// c2pa.hash.boxes (§General box hash, §Validating a general box hash; R-538…R-540e, T-57): the
// container's boxes by name, hashed entry by entry.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "base/sort.h"
#include "binding/boxes_list.h"
#include "binding/boxes_shape.h"
#include "binding/exclusions.h"
#include "binding/finished.h"
#include "binding/planners.h"

namespace assay::binding {
namespace {

using container::NamedBox;

// One way of cutting the asset into the listed boxes, ready to be hashed.
struct Attempt {
  std::vector<HashJob> jobs;
  std::vector<Bytes> expected;
  Outcome outcome;  // informational findings and uncovered bytes
};

// Bytes of a box from `range.offset`, counted over its ranges. Nothing when it ends before.
std::optional<std::vector<Range>> inside_box(const NamedBox& box, Range range) {
  std::vector<Range> parts;
  uint64_t skip = range.offset;
  uint64_t left = range.length;
  for (const Range& piece : box.ranges) {
    if (skip >= piece.length) {
      skip -= piece.length;
      continue;
    }
    const uint64_t take = std::min(left, piece.length - skip);
    if (take > 0) {
      parts.push_back(Range{piece.offset + skip, take});
    }
    left -= take;
    skip = 0;
  }
  return left == 0 && skip == 0 ? std::optional(parts) : std::nullopt;
}

bool is_contiguous(const NamedBox& box) { return box.ranges.size() == 1; }

class Builder {
 public:
  Builder(const Input& input, const Coverage& coverage) : input_(input), coverage_(coverage) {}

  // A finding: this attempt ends here. Else attempt() holds what to hash.
  std::optional<Finding> build(const std::vector<BoxEntry>& list, const Shape& shape);
  Attempt& attempt() { return attempt_; }

 private:
  using Boxes = std::vector<const NamedBox*>;

  std::optional<Finding> add_entry(const BoxEntry& entry, const Boxes& boxes);
  std::optional<Finding> add_store(const NamedBox& box);
  std::optional<Finding> add_excluded(const Boxes& boxes);
  std::optional<Finding> span_of(const BoxEntry& entry, const Boxes& boxes,
                                 std::vector<Range>& span) const;
  std::optional<Finding> holes_of(const BoxEntry& entry, const Boxes& boxes,
                                  std::vector<Range>& holes);
  std::optional<Finding> leave_out(Range range, const std::string& what);
  void report_gaps();

  const Input& input_;
  const Coverage& coverage_;
  Attempt attempt_;
  std::vector<Range> seen_;  // hashed, store or excluded
  uint64_t last_end_ = 0;    // of the last listed box
  bool additional_ = false;
};

std::optional<Finding> Builder::build(const std::vector<BoxEntry>& list, const Shape& shape) {
  size_t next = 0;
  for (const BoxEntry& entry : list) {
    Boxes boxes;
    for (size_t index = 0; index < entry.names.size(); ++index) {
      boxes.push_back(&shape[next++]);
      last_end_ = std::max(last_end_, boxes.back()->ranges.back().end());
    }
    if (auto problem = add_entry(entry, boxes)) {
      return problem;
    }
  }
  report_gaps();
  return std::nullopt;
}

std::optional<Finding> Builder::add_entry(const BoxEntry& entry, const Boxes& boxes) {
  if (entry.is_store()) {
    return add_store(*boxes.front());
  }
  if (entry.excluded) {
    return add_excluded(boxes);
  }
  std::vector<Range> span;
  std::vector<Range> holes;
  if (auto problem = span_of(entry, boxes, span)) {
    return problem;
  }
  if (auto problem = holes_of(entry, boxes, holes)) {
    return problem;
  }
  std::vector<Range> zeroed;
  for (const NamedBox* box : boxes) {
    zeroed.insert(zeroed.end(), box->zeroed.begin(), box->zeroed.end());
  }
  const RangeSet zeros(std::move(zeroed));
  HashJob job{entry.alg, {}};
  for (const Range& piece : span) {
    seen_.push_back(piece);
    for (const Range& part : without(piece, holes)) {
      uint64_t at = part.offset;
      for (const Range& zero : zeros.common(part)) {
        job.segments.emplace_back(Range{at, zero.offset - at});
        job.segments.emplace_back(Bytes(static_cast<size_t>(zero.length)));
        at = zero.end();
      }
      job.segments.emplace_back(Range{at, part.end() - at});
    }
  }
  attempt_.jobs.push_back(std::move(job));
  attempt_.expected.push_back(entry.hash);
  return std::nullopt;
}

// R-540a: what is listed as the store must be it; R-540d: with nothing but clean padding.
std::optional<Finding> Builder::add_store(const NamedBox& box) {
  for (const Range& range : box.ranges) {
    if (!coverage_.store().contains(range)) {
      return Finding{Code::mismatch, "A box is listed as the manifest store and is not it."};
    }
    if (auto problem = coverage_.check(range)) {
      return problem;
    }
    seen_.push_back(range);
    coverage_.describe(range, attempt_.outcome.uncovered);
  }
  return std::nullopt;
}

std::optional<Finding> Builder::add_excluded(const Boxes& boxes) {
  for (const NamedBox* box : boxes) {
    for (const Range& range : box->ranges) {
      if (auto problem = leave_out(range, box->name)) {
        return problem;
      }
      seen_.push_back(range);
    }
  }
  return std::nullopt;
}

// The bytes of an entry: from the first box's start to the last one's end, gaps included.
// Boxes that are not contiguous (Ogg) are concatenated.
std::optional<Finding> Builder::span_of(const BoxEntry& entry, const Boxes& boxes,
                                        std::vector<Range>& span) const {
  const bool contiguous = std::all_of(boxes.begin(), boxes.end(),
                                      [](const NamedBox* box) { return is_contiguous(*box); });
  if (!contiguous) {
    for (const NamedBox* box : boxes) {
      span.insert(span.end(), box->ranges.begin(), box->ranges.end());
    }
  } else if (!boxes.empty()) {
    const uint64_t begin = boxes.front()->ranges.front().offset;
    const uint64_t end = boxes.back()->ranges.front().end();
    // boxes in another order than their bytes have no span.
    const bool ascending =
        std::is_sorted(boxes.begin(), boxes.end(), [](const NamedBox* a, const NamedBox* b) {
          return a->ranges.front().offset < b->ranges.front().offset;
        });
    if (!ascending || end < begin) {
      return Finding{Code::mismatch,
                     "Boxes that are hashed together do not stand in the listed order."};
    }
    span.push_back(Range{begin, end - begin});
  }
  if (entry.after && last_end_ < input_.carrier->asset_size) {
    const Range rest{last_end_, input_.carrier->asset_size - last_end_};
    if (!span.empty() && span.back().end() == rest.offset) {
      span.back().length += rest.length;
    } else {
      span.push_back(rest);
    }
  }
  return std::nullopt;
}

std::optional<Finding> Builder::holes_of(const BoxEntry& entry, const Boxes& boxes,
                                         std::vector<Range>& holes) {
  for (const BoxExclusion& exclusion : entry.exclusions) {
    const auto parts = inside_box(*boxes[exclusion.box], exclusion.range);
    if (!parts) {
      return Finding{Code::mismatch, "An exclusion reaches past the end of its box."};
    }
    for (const Range& part : *parts) {
      if (auto problem = leave_out(part, boxes[exclusion.box]->name)) {
        return problem;
      }
      holes.push_back(part);
    }
  }
  sort_by(holes, [](const Range& a, const Range& b) { return a.offset < b.offset; });
  return std::nullopt;
}

// T-53, T-57: as with a data hash, only the store and metadata may be left out.
std::optional<Finding> Builder::leave_out(Range range, const std::string& what) {
  if (auto problem = coverage_.check(range)) {
    problem->explanation += " They are left out of the box " + shown_name(what) + ".";
    return problem;
  }
  additional_ = additional_ || !coverage_.store().contains(range);
  coverage_.describe(range, attempt_.outcome.uncovered);
  return std::nullopt;
}

// R-540, P-7: bytes that no entry covers.
void Builder::report_gaps() {
  const Range whole{0, input_.carrier->asset_size};
  const container::Format format = input_.carrier->format;
  for (const Range& gap : without(whole, RangeSet(std::move(seen_)).runs())) {
    if (gap.offset == 0 && format == container::Format::png) {
      continue;  // the signature, without which this would not be a PNG
    }
    const bool directory = gap.offset == 0 && format == container::Format::font;
    const bool trailing = gap.offset >= last_end_;
    attempt_.outcome.uncovered.push_back({gap, directory  ? "fontDirectory"
                                               : trailing ? "trailing"
                                                          : "gap"});
    additional_ = additional_ || !directory;
  }
  if (additional_) {
    attempt_.outcome.findings.push_back(
        {Code::additional_exclusions,
         "Bytes of the asset are not covered by the box hash and may have been changed."});
  }
}

bool same_jobs(const Attempt& a, const Attempt& b) {
  return std::equal(a.jobs.begin(), a.jobs.end(), b.jobs.begin(), b.jobs.end(),
                    [](const HashJob& x, const HashJob& y) {
                      return x.alg == y.alg && x.segments == y.segments;
                    });
}

// Tries one shape after the other; the first whose digests agree decides.
class BoxesBinding : public Binding {
 public:
  // At least one attempt, and each has something to hash.
  explicit BoxesBinding(std::vector<Attempt> attempts) : attempts_(std::move(attempts)) {}

  const std::vector<HashJob>& jobs() const override { return attempts_[current_].jobs; }
  bool done() const override { return done_; }
  const Outcome& outcome() const override { return attempts_[current_].outcome; }

  void supply(const std::vector<Bytes>& digests) override {
    Attempt& attempt = attempts_[current_];
    if (digests == attempt.expected) {
      finish({Code::match, "The asset's boxes are those that were signed."});
    } else if (current_ + 1 < attempts_.size()) {
      ++current_;
    } else {
      current_ = 0;
      finish({Code::mismatch, "Boxes of the asset are not those that were signed."});
    }
  }

 private:
  void finish(Finding finding) {
    Attempt& attempt = attempts_[current_];
    attempt.outcome.findings.insert(attempt.outcome.findings.begin(), std::move(finding));
    attempt.jobs.clear();
    done_ = true;
  }

  std::vector<Attempt> attempts_;
  size_t current_ = 0;
  bool done_ = false;
};

std::unique_ptr<Binding> finished(Finding finding) {
  return std::make_unique<Finished>(Outcome{{std::move(finding)}, {}});
}

}  // namespace

std::unique_ptr<Binding> plan_boxes(const Input& input, Budget& budget) {
  const BoxList list = read_box_list(input);
  if (list.error) {
    return finished(*list.error);
  }
  const container::Carrier& carrier = *input.carrier;
  if (carrier.boxes.empty()) {
    return finished({Code::mismatch, "The asset's format has no boxes that could be compared."});
  }
  if (!budget.spend(list.entries.size() + 3 * carrier.boxes.size() + carrier.metadata.size())) {
    return finished({Code::malformed, "The limit on the work of one validation was reached."});
  }
  const Coverage coverage(carrier);
  std::vector<Attempt> attempts;
  std::optional<Finding> first_problem;
  for (const Shape& shape : shapes_of(carrier, list.entries)) {
    Builder builder(input, coverage);
    auto problem = compare_names(list.entries, shape);
    if (!problem) {
      problem = builder.build(list.entries, shape);
    }
    if (!problem && builder.attempt().jobs.empty()) {
      problem = Finding{Code::mismatch, "The box hash covers nothing of the asset."};
    }
    if (problem) {
      if (!first_problem) {
        first_problem = std::move(problem);
      }
    } else if (attempts.empty() || !same_jobs(attempts.back(), builder.attempt())) {
      attempts.push_back(std::move(builder.attempt()));
    }
  }
  if (attempts.empty()) {
    return finished(std::move(*first_problem));
  }
  return std::make_unique<BoxesBinding>(std::move(attempts));
}

}  // namespace assay::binding
