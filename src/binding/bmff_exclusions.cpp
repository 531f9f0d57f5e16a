#include "binding/bmff_exclusions.h"

#include <algorithm>
#include <utility>

#include "binding/fields.h"

namespace assay::binding {
namespace {

using container::BmffBox;

// matches of paths with boxes, and bytes read for conditions, of one assertion.
constexpr size_t kMaxMatches = 65536;
constexpr uint64_t kMaxWantedBytes = uint64_t{4} << 20;
constexpr size_t kMaxExcludedRanges = 262144;

// Reads one entry; an empty string, or what is wrong with it.
class EntryReader {
 public:
  explicit EntryReader(const cbor::Value& map) : map_(map) {}

  std::string read(BmffExclusion& entry) {
    const auto xpath = field(map_, "xpath").as_text();
    if (!xpath) {
      return "An exclusion has no xpath.";
    }
    entry.xpath = std::string(*xpath);
    const auto path = parse_xpath(*xpath);
    if (!path) {
      return "The xpath of an exclusion is not allowed.";
    }
    entry.path = *path;
    if (!read_uint("length", entry.length) || !read_uint("version", entry.version)) {
      return "The length or version of an exclusion is not a number.";
    }
    if (!read_flags(entry)) {
      return "The flags of an exclusion are not three bytes.";
    }
    if (!read_data(entry)) {
      return "A data condition of an exclusion cannot be read.";
    }
    if (!read_subset(entry)) {
      return "The subset of an exclusion is not an ordered list of ranges.";
    }
    return {};
  }

 private:
  bool read_uint(std::string_view name, std::optional<uint64_t>& out) {
    const cbor::Value value = field(map_, name);
    out = value.as_uint();
    return !value.present() || out.has_value();
  }

  bool read_flags(BmffExclusion& entry) {
    const cbor::Value exact = field(map_, "exact");
    if (exact.present()) {
      if (!exact.as_bool()) {
        return false;
      }
      entry.exact_flags = *exact.as_bool();
    }
    const cbor::Value value = field(map_, "flags");
    if (!value.present()) {
      return true;
    }
    const auto bytes = value.as_bytes();
    if (!bytes || bytes->size() != 3) {
      return false;
    }
    entry.flags = ByteReader(*bytes).be24().value();
    return true;
  }

  bool read_data(BmffExclusion& entry) {
    const cbor::Value list = field(map_, "data");
    if (!list.present()) {
      return true;
    }
    if (!list.is(cbor::Type::array)) {
      return false;
    }
    for (size_t i = 0; i < list.size(); ++i) {
      const auto offset = field(list.at(i), "offset").as_uint();
      // the prose calls it `bytes`.
      cbor::Value value = field(list.at(i), "value");
      if (!value.present()) {
        value = field(list.at(i), "bytes");
      }
      if (!offset || !value.as_bytes()) {
        return false;
      }
      entry.data.push_back({*offset, to_bytes(*value.as_bytes())});
    }
    return true;
  }

  // ordered, no overlap, only the last may reach "to the end of the box".
  bool read_subset(BmffExclusion& entry) {
    const cbor::Value list = field(map_, "subset");
    if (!list.present()) {
      return true;
    }
    if (!list.is(cbor::Type::array)) {
      return false;
    }
    entry.subset.emplace();
    uint64_t from = 0;
    for (size_t i = 0; i < list.size(); ++i) {
      const auto offset = field(list.at(i), "offset").as_uint();
      const auto length = field(list.at(i), "length").as_uint();
      const bool last = i + 1 == list.size();
      if (!offset || !length || *offset < from || (*length == 0 && !last)) {
        return false;
      }
      entry.subset->push_back({*offset, *length});
      from = Range{*offset, *length}.end();
    }
    return true;
  }

  cbor::Value map_;
};

bool box_conditions_hold(const BmffExclusion& entry, const BmffBox& box) {
  if (entry.length && *entry.length != box.size) {
    return false;
  }
  if ((entry.version || entry.flags) && !box.full) {
    return false;
  }
  if (entry.version && *entry.version != box.version) {
    return false;
  }
  if (!entry.flags) {
    return true;
  }
  return entry.exact_flags ? box.flags == *entry.flags : (box.flags & *entry.flags) == *entry.flags;
}

}  // namespace

BmffExclusionList parse_exclusions(const cbor::Value& assertion, const Limits& limits) {
  BmffExclusionList list;
  const cbor::Value array = field(assertion, "exclusions");
  if (!array.is(cbor::Type::array) || array.size() == 0) {
    list.problem = "The list of exclusions is missing or empty.";
    return list;
  }
  if (limits.exceeded(Limit::exclusions, array.size())) {
    list.problem = "There are more exclusions than the limit allows.";
    return list;
  }
  for (size_t i = 0; i < array.size() && list.problem.empty(); ++i) {
    BmffExclusion entry;
    list.problem = EntryReader(array.at(i)).read(entry);
    list.entries.push_back(std::move(entry));
  }
  return list;
}

BmffSelection::BmffSelection(const container::BmffLayout& layout,
                             const std::vector<BmffExclusion>& entries, Budget& budget)
    : layout_(layout), entries_(entries) {
  if (!layout.complete) {
    problem_ = "Not every box of the file was examined.";
    return;
  }
  const std::vector<uint32_t> numbers = sibling_numbers(layout);
  for (uint32_t entry = 0; entry < entries.size(); ++entry) {
    if (!budget.spend(layout.boxes.size())) {
      problem_ = "Comparing exclusions with boxes takes more work than the limit allows.";
      return;
    }
    for (uint32_t box = 0; box < layout.boxes.size() && problem_.empty(); ++box) {
      if (matches(entries[entry].path, layout, numbers, box)) {
        consider(box, entry);
      }
    }
  }
}

void BmffSelection::consider(uint32_t box_index, uint32_t entry_index) {
  const BmffBox& box = layout_.boxes[box_index];
  const BmffExclusion& entry = entries_[entry_index];
  if (!box_conditions_hold(entry, box)) {
    return;
  }
  const size_t first_wanted = wanted_.size();
  for (const auto& condition : entry.data) {
    const Range at{condition.offset, condition.value.size()};
    if (at.end() <= box.head_size) {
      const ByteView present =
          box.head_bytes().subspan(static_cast<size_t>(at.offset), static_cast<size_t>(at.length));
      if (!equal(present, condition.value)) {
        wanted_.resize(first_wanted);
        expected_.resize(first_wanted);
        return;
      }
    } else if (at.end() > box.size) {
      wanted_.resize(first_wanted);
      expected_.resize(first_wanted);
      return;
    } else {
      wanted_.push_back({box.offset + at.offset, at.length});
      expected_.push_back(&condition.value);
      wanted_bytes_ += at.length;
    }
  }
  if (candidates_.size() >= kMaxMatches || wanted_.size() > kMaxMatches ||
      wanted_bytes_ > kMaxWantedBytes) {
    problem_ = "The exclusions match more boxes than the limit allows.";
    return;
  }
  candidates_.push_back({box_index, entry_index, first_wanted, wanted_.size() - first_wanted});
}

void BmffSelection::finish(const std::vector<Bytes>& bytes) {
  for (const Candidate& candidate : candidates_) {
    bool holds = true;
    for (size_t i = candidate.first_wanted; i < candidate.first_wanted + candidate.wanted_count;
         ++i) {
      holds = holds && i < bytes.size() && equal(bytes[i], *expected_[i]);
    }
    if (holds) {
      accept(candidate);
    }
  }
}

void BmffSelection::accept(const Candidate& candidate) {
  const BmffBox& box = layout_.boxes[candidate.box];
  const auto& subset = entries_[candidate.entry].subset;
  if (excluded_.size() + (subset ? subset->size() : 1) > kMaxExcludedRanges) {
    problem_ = "The exclusions cut out more pieces than the limit allows.";
    return;
  }
  if (!subset) {
    excluded_.push_back({{box.offset, box.size}, candidate.box, candidate.entry, true});
    return;
  }
  for (const Range& part : *subset) {
    if (part.offset >= box.size) {
      continue;  // what lies behind the end of the box is ignored
    }
    const uint64_t rest = box.size - part.offset;
    const uint64_t length = part.length == 0 ? rest : std::min(part.length, rest);
    excluded_.push_back(
        {{box.offset + part.offset, length}, candidate.box, candidate.entry, false});
  }
}

}  // namespace assay::binding
