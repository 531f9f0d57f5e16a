// Exclusion ranges `{start, length}` of hash assertions (R-511, R-540c), and what they may hold
// (§Validating a data hash, T-37, T-53).
#pragma once

#include <optional>
#include <vector>

#include "base/limits.h"
#include "binding/binding.h"
#include "binding/range_set.h"
#include "codec/cbor/cbor.h"
#include "container/carrier.h"

namespace assay::binding {

struct Exclusions {
  std::vector<Range> ranges;     // in the assertion's order, which is ascending
  std::optional<Finding> error;  // malformed
};

// `list` absent: no exclusions. Negative or missing numbers, an end behind the next start, more
// than limits.exclusions: malformed. Never sorted; a range that was never filled in,
// start 0 and length 0, does not count.
Exclusions read_exclusions(const cbor::Value& list, const Limits& limits);

// What the container's own walk knows about the bytes that an exclusion may cover.
class Coverage {
 public:
  explicit Coverage(const container::Carrier& carrier);

  const RangeSet& store() const { return store_; }

  // the exclusion that begins where the store begins gets the store's length of today, later
  // ones move by the difference.
  std::vector<Range> after_update(std::vector<Range> ranges) const;

  // Is every byte of `range` the store, its carrier syntax, clean padding, or asset metadata? If
  // not, the reason.
  std::optional<Finding> check(Range range) const;
  // Bytes of metadata in `range`: permitted, but reported (R-510, T-55).
  bool is_additional(Range range) const { return metadata_.touches(range); }
  // `range` by what it holds.
  void describe(Range range, std::vector<Uncovered>& out) const;

 private:
  RangeSet store_;      // carriers of all stores, and what only points to the store
  RangeSet permitted_;  // store and metadata
  RangeSet metadata_;   // without what is in store_
  RangeSet dirty_;
  std::vector<container::MetadataRange> kinds_;  // sorted
};

}  // namespace assay::binding
