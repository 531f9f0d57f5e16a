// The `exclusions` of a BMFF hash: which bytes of a file they leave out (§BMFF-Based Hash;
// R-517…R-524).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/budget.h"
#include "base/checked.h"
#include "base/limits.h"
#include "binding/xpath.h"
#include "codec/cbor/cbor.h"
#include "container/bmff_layout.h"

namespace assay::binding {

// One entry of the list: a path and the conditions that a box at that path must meet.
struct BmffExclusion {
  struct Condition {
    uint64_t offset = 0;  // from the beginning of the box, header included
    Bytes value;
  };
  std::string xpath;
  XPath path;
  std::optional<uint64_t> length;
  std::optional<uint64_t> version;
  std::optional<uint32_t> flags;
  bool exact_flags = true;
  std::vector<Condition> data;
  // Present: only these bytes of the box are excluded (relative to it; length 0 = to its end).
  std::optional<std::vector<Range>> subset;
};

struct BmffExclusionList {
  std::vector<BmffExclusion> entries;
  std::string problem;  // not empty: the list is malformed
};
BmffExclusionList parse_exclusions(const cbor::Value& assertion, const Limits& limits);

// Bytes that one entry leaves out of one box.
struct ExcludedBytes {
  Range range;
  uint32_t box = 0;    // index in BmffLayout::boxes
  uint32_t entry = 0;  // index in BmffExclusionList::entries
  bool whole = false;  // the entry has no subset: the box is excluded in its entirety
};

// BmffSelection: applies a list to one file. Conditions on bytes beyond what the walk kept need a
// round of reading first.
class BmffSelection {
 public:
  // The layout and the entries must outlive the selection.
  BmffSelection(const container::BmffLayout& layout, const std::vector<BmffExclusion>& entries,
                Budget& budget);

  // Byte ranges of the file to read before finish().
  const std::vector<Range>& wanted() const { return wanted_; }
  // `bytes`: one per wanted range, same order.
  void finish(const std::vector<Bytes>& bytes);

  // Not empty: a limit was reached and nothing can be said.
  const std::string& problem() const { return problem_; }
  const std::vector<ExcludedBytes>& excluded() const { return excluded_; }

 private:
  // A box that meets every condition that could be checked so far.
  struct Candidate {
    uint32_t box;
    uint32_t entry;
    size_t first_wanted;
    size_t wanted_count;
  };
  void consider(uint32_t box, uint32_t entry);
  void accept(const Candidate& candidate);

  const container::BmffLayout& layout_;
  const std::vector<BmffExclusion>& entries_;
  std::vector<Candidate> candidates_;
  std::vector<Range> wanted_;
  std::vector<const Bytes*> expected_;  // one per wanted range
  uint64_t wanted_bytes_ = 0;
  std::vector<ExcludedBytes> excluded_;
  std::string problem_;
};

}  // namespace assay::binding
