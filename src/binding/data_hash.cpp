// c2pa.hash.data (§Data hash, §Validating a data hash; R-509…R-516): one digest over the asset
// without its exclusions.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "binding/exclusions.h"
#include "binding/fields.h"
#include "binding/finished.h"
#include "binding/planners.h"

namespace assay::binding {
namespace {

std::unique_ptr<Binding> finished(Finding finding) {
  return std::make_unique<Finished>(Outcome{{std::move(finding)}, {}});
}

// an exclusion that ends behind the asset.
std::optional<Finding> check_end(const std::vector<Range>& ranges, uint64_t size) {
  for (const Range& range : ranges) {
    const auto end = checked_add(range.offset, range.length);
    if (!end || *end > size) {
      return Finding{Code::mismatch, "An exclusion reaches past the end of the asset."};
    }
  }
  return std::nullopt;
}

// in JPEG the store's exclusion is as long as all its APP11 segments together.
std::optional<Finding> check_jpeg_total(const std::vector<Range>& ranges,
                                        const container::Carrier& carrier,
                                        const Coverage& coverage) {
  if (carrier.format != container::Format::jpeg) {
    return std::nullopt;
  }
  uint64_t excluded = 0;
  for (const Range& range : ranges) {
    for (const Range& part : coverage.store().common(range)) {
      excluded += part.length;
    }
  }
  if (excluded == 0 || excluded == coverage.store().size()) {
    return std::nullopt;
  }
  return Finding{Code::mismatch, "The exclusion has " + std::to_string(excluded) +
                                     " bytes of the manifest store's APP11 segments, which have " +
                                     std::to_string(coverage.store().size()) + "."};
}

std::optional<Finding> check_content(const std::vector<Range>& ranges, const Input& input,
                                     const Coverage& coverage) {
  if (auto problem = check_end(ranges, input.carrier->asset_size)) {
    return problem;
  }
  for (const Range& range : ranges) {
    if (auto problem = coverage.check(range)) {
      return problem;
    }
  }
  return check_jpeg_total(ranges, *input.carrier, coverage);
}

HashJob job_without(crypto::DigestAlg alg, uint64_t size, const std::vector<Range>& holes) {
  HashJob job{alg, {}};
  for (const Range& part : without(Range{0, size}, holes)) {
    job.segments.emplace_back(part);
  }
  return job;
}

}  // namespace

std::unique_ptr<Binding> plan_data(const Input& input, Budget& budget) {
  if (input.carrier->text && input.store_is_embedded) {
    return plan_text(input);
  }
  const auto hash = field(input.assertion, "hash").as_bytes();
  if (!hash) {
    return finished({Code::mismatch, "The data hash assertion holds no hash."});
  }
  const auto alg = alg_of(input.assertion, input.default_alg);
  if (!alg) {
    return finished({Code::unsupported_algorithm,
                     "The data hash assertion names no supported hash algorithm."});
  }
  Exclusions exclusions = read_exclusions(field(input.assertion, "exclusions"), *input.limits);
  if (exclusions.error) {
    return finished(std::move(*exclusions.error));
  }
  const Coverage coverage(*input.carrier);
  const uint64_t work = exclusions.ranges.size() + input.carrier->metadata.size();
  if (!budget.spend(work)) {
    return finished({Code::malformed, "The limit on the work of one validation was reached."});
  }
  const std::vector<Range> ranges = input.updated
                                        ? coverage.after_update(std::move(exclusions.ranges))
                                        : std::move(exclusions.ranges);
  if (auto problem = check_content(ranges, input, coverage)) {
    return finished(std::move(*problem));
  }
  Outcome outcome;
  const bool additional = std::any_of(ranges.begin(), ranges.end(), [&coverage](Range range) {
    return coverage.is_additional(range);
  });
  if (additional) {
    outcome.findings.push_back({Code::additional_exclusions,
                                "Metadata in the asset is not covered by the hash and may have "
                                "been changed."});
  }
  for (const Range& range : ranges) {
    coverage.describe(range, outcome.uncovered);
  }
  return std::make_unique<Comparison>(
      std::vector<HashJob>{job_without(*alg, input.carrier->asset_size, ranges)},
      std::vector<Bytes>{to_bytes(*hash)}, std::move(outcome),
      "The asset's bytes outside the exclusions are those that were signed.",
      "The asset's bytes outside the exclusions are not those that were signed.");
}

}  // namespace assay::binding
