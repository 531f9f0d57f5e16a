// R-308, T-54, T-58: ranges as written, checked before anything is hashed.
#include "binding/exclusions.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/sort.h"

namespace assay::binding {
namespace {

Exclusions malformed(std::string explanation) {
  return Exclusions{{}, Finding{Code::malformed, std::move(explanation)}};
}

std::string in_words(Range range) {
  return "bytes " + std::to_string(range.offset) + " to " + std::to_string(range.end());
}

std::vector<Range> store_ranges(const container::Carrier& carrier) {
  std::vector<Range> ranges = carrier.reference;
  for (const container::EmbeddedStore& store : carrier.stores) {
    ranges.insert(ranges.end(), store.carrier.begin(), store.carrier.end());
  }
  return ranges;
}

}  // namespace

Exclusions read_exclusions(const cbor::Value& list, const Limits& limits) {
  if (!list.present()) {
    return {};
  }
  if (!list.is(cbor::Type::array)) {
    return malformed("The list of exclusions is not a list.");
  }
  if (limits.exceeded(Limit::exclusions, list.size())) {
    return malformed("There are more exclusions than are processed.");
  }
  Exclusions result;
  for (size_t index = 0; index < list.size(); ++index) {
    const auto start = list.at(index).get("start").as_uint();
    const auto length = list.at(index).get("length").as_uint();
    if (!start || !length) {
      return malformed("An exclusion lacks a start or length that is not negative.");
    }
    if (!checked_add(*start, *length)) {
      return malformed("An exclusion ends behind the largest possible offset.");
    }
    if (*start == 0 && *length == 0) {
      continue;
    }
    const Range range{*start, *length};
    if (!result.ranges.empty() && result.ranges.back().end() > range.offset) {
      return malformed("Exclusions overlap or are not in ascending order.");
    }
    result.ranges.push_back(range);
  }
  return result;
}

Coverage::Coverage(const container::Carrier& carrier) : store_(store_ranges(carrier)) {
  std::vector<Range> metadata;
  std::vector<Range> dirty;
  for (const container::MetadataRange& item : carrier.metadata) {
    for (const Range& part : without(item.range, store_.common(item.range))) {
      metadata.push_back(part);
      kinds_.push_back({part, item.kind});
    }
  }
  for (const container::EmbeddedStore& store : carrier.stores) {
    dirty.insert(dirty.end(), store.dirty_padding.begin(), store.dirty_padding.end());
  }
  sort_by(kinds_, [](const auto& a, const auto& b) { return a.range.offset < b.range.offset; });
  std::vector<Range> permitted = metadata;
  permitted.insert(permitted.end(), store_.runs().begin(), store_.runs().end());
  permitted_ = RangeSet(std::move(permitted));
  metadata_ = RangeSet(std::move(metadata));
  dirty_ = RangeSet(std::move(dirty));
}

std::vector<Range> Coverage::after_update(std::vector<Range> ranges) const {
  uint64_t grown = 0;  // modulo 2^64: a store may also have shrunk
  for (Range& range : ranges) {
    range.offset = wrapping_add(range.offset, grown);
    const auto& runs = store_.runs();
    const auto run = std::find_if(runs.begin(), runs.end(), [&range](const Range& candidate) {
      return candidate.offset == range.offset;
    });
    if (run != runs.end()) {
      grown = wrapping_add(grown, wrapping_subtract(run->length, range.length));
      range.length = run->length;
    }
  }
  return ranges;
}

std::optional<Finding> Coverage::check(Range range) const {
  if (dirty_.touches(range)) {
    return Finding{Code::mismatch, "The padding behind the manifest store, excluded with " +
                                       in_words(range) + ", is not empty."};
  }
  if (!permitted_.contains(range)) {
    return Finding{Code::mismatch,
                   "The excluded " + in_words(range) +
                       " hold more than the manifest store, its padding and asset metadata."};
  }
  return std::nullopt;
}

void Coverage::describe(Range range, std::vector<Uncovered>& out) const {
  for (const Range& part : store_.common(range)) {
    out.push_back({part, "manifestStore"});
  }
  auto item = std::partition_point(kinds_.begin(), kinds_.end(), [range](const auto& candidate) {
    return candidate.range.end() <= range.offset;
  });
  for (; item != kinds_.end() && item->range.offset < range.end(); ++item) {
    for (const Range& part : RangeSet({item->range}).common(range)) {
      out.push_back({part, "metadata:" + item->kind});
    }
  }
}

}  // namespace assay::binding
