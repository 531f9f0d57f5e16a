#include "binding/text_hash.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "binding/exclusions.h"
#include "binding/fields.h"
#include "binding/finished.h"
#include "binding/planners.h"
#include "codec/unicode/nfc.h"

namespace assay::binding {
namespace {

using container::TextLayout;
using container::TextWrapper;

bool is_wrapper_at(Range range, const TextWrapper& wrapper, uint64_t offset) {
  return range.offset == offset &&
         (range.length == wrapper.stored.length || range.length == wrapper.used);
}

// The exclusion counts bytes of the NFC text, or of the stored one.
bool is_normal_place(Range range, const TextWrapper& wrapper) {
  return is_wrapper_at(range, wrapper, wrapper.normal_offset);
}
bool is_stored_place(Range range, const TextWrapper& wrapper) {
  return is_wrapper_at(range, wrapper, wrapper.stored.offset);
}

std::string without_range(std::string_view text, Range range) {
  const auto begin = static_cast<size_t>(range.offset);
  return std::string(text.substr(0, begin)) +
         std::string(text.substr(begin + static_cast<size_t>(range.length)));
}

// One digest for each reading of the text; one that agrees is enough.
class TextBinding final : public Binding {
 public:
  TextBinding(std::vector<HashJob> jobs, Bytes expected, Outcome outcome)
      : jobs_(std::move(jobs)), expected_(std::move(expected)), outcome_(std::move(outcome)) {}

  const std::vector<HashJob>& jobs() const override { return jobs_; }
  bool done() const override { return done_; }
  const Outcome& outcome() const override { return outcome_; }

  void supply(const std::vector<Bytes>& digests) override {
    const bool match = std::find(digests.begin(), digests.end(), expected_) != digests.end();
    outcome_.findings.insert(
        outcome_.findings.begin(),
        match ? Finding{Code::match, "The text without its wrapper is the one that was signed."}
              : Finding{Code::mismatch,
                        "The text without its wrapper is not the one that was "
                        "signed."});
    jobs_.clear();
    done_ = true;
  }

 private:
  std::vector<HashJob> jobs_;
  Bytes expected_;
  Outcome outcome_;
  bool done_ = false;
};

// The wrapper of the store in use: the session leaves only that one in Carrier::stores.
const TextWrapper* wrapper_in_use(const container::Carrier& carrier) {
  for (const TextWrapper& wrapper : carrier.text->wrappers) {
    if (!carrier.stores.empty() && !carrier.stores[0].carrier.empty() &&
        carrier.stores[0].carrier[0] == wrapper.stored) {
      return &wrapper;
    }
  }
  return nullptr;
}

// after an update the wrapper has another length than the exclusion.
void follow_update(Range& range, const TextWrapper& wrapper) {
  if (range.offset == wrapper.normal_offset || range.offset == wrapper.stored.offset) {
    range.length = wrapper.stored.length;
  }
}

void add_literal(std::vector<HashJob>& jobs, crypto::DigestAlg alg, const std::string& text) {
  jobs.push_back({alg, {to_bytes(as_bytes(text))}});
}

// Normalised, and added when it differs from what `before` already feeds.
void add_normalised(std::vector<HashJob>& jobs, crypto::DigestAlg alg, const std::string& text,
                    const std::string& before) {
  const auto normal = unicode::to_nfc(text);
  if (normal.ok() && *normal != before) {
    add_literal(jobs, alg, *normal);
  }
}

std::vector<HashJob> jobs_for(const TextLayout& layout, const TextWrapper& wrapper, Range range,
                              uint64_t size, crypto::DigestAlg alg) {
  std::vector<HashJob> jobs;
  if (layout.normal.empty()) {
    HashJob job{alg, {}};
    for (const Range& part : without(Range{0, size}, {range})) {
      job.segments.emplace_back(part);
    }
    jobs.push_back(std::move(job));
    return jobs;
  }
  std::string first;
  if (is_normal_place(range, wrapper)) {
    first = without_range(layout.normal, range);
    add_literal(jobs, alg, first);
    add_normalised(jobs, alg, first, first);
  }
  if (is_stored_place(range, wrapper)) {
    add_normalised(jobs, alg, without_range(layout.text, range), first);
  }
  return jobs;
}

}  // namespace

bool excludes_wrapper(const cbor::Value& assertion, const TextLayout& layout, size_t index,
                      const Limits& limits) {
  const Exclusions exclusions = read_exclusions(field(assertion, "exclusions"), limits);
  if (index >= layout.wrappers.size()) {
    return false;
  }
  const TextWrapper& wrapper = layout.wrappers[index];
  return std::any_of(exclusions.ranges.begin(), exclusions.ranges.end(), [&](const Range& range) {
    return is_normal_place(range, wrapper) || is_stored_place(range, wrapper);
  });
}

std::unique_ptr<Binding> plan_text(const Input& input) {
  const auto hash = field(input.assertion, "hash").as_bytes();
  if (!hash) {
    return std::make_unique<Finished>(Code::mismatch, "The data hash assertion holds no hash.");
  }
  const auto alg = alg_of(input.assertion, input.default_alg);
  if (!alg) {
    return std::make_unique<Finished>(Code::unsupported_algorithm,
                                      "The data hash assertion names no supported algorithm.");
  }
  Exclusions exclusions = read_exclusions(field(input.assertion, "exclusions"), *input.limits);
  if (exclusions.error) {
    return std::make_unique<Finished>(exclusions.error->code, exclusions.error->explanation);
  }
  const TextWrapper* wrapper = wrapper_in_use(*input.carrier);
  if (wrapper == nullptr || exclusions.ranges.empty()) {
    return std::make_unique<Finished>(Code::malformed, "No exclusion covers the text's wrapper.");
  }
  Range range = exclusions.ranges.front();
  if (input.updated) {
    follow_update(range, *wrapper);
  }
  if (!is_normal_place(range, *wrapper) && !is_stored_place(range, *wrapper)) {
    return std::make_unique<Finished>(Code::malformed,
                                      "No exclusion covers exactly the text's wrapper.");
  }
  // R-509, T-53: a text has no metadata that could be left out besides.
  if (exclusions.ranges.size() > 1) {
    return std::make_unique<Finished>(Code::mismatch, "The exclusions leave out visible text.");
  }
  if (range.length == wrapper->stored.length && !input.carrier->stores[0].dirty_padding.empty()) {
    return std::make_unique<Finished>(Code::mismatch, "The wrapper's padding holds other data.");
  }
  Outcome outcome;
  outcome.uncovered.push_back({wrapper->stored, "manifestStore"});
  return std::make_unique<TextBinding>(
      jobs_for(*input.carrier->text, *wrapper, range, input.carrier->asset_size, *alg),
      to_bytes(*hash), std::move(outcome));
}

}  // namespace assay::binding
