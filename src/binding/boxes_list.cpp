#include "binding/boxes_list.h"

#include <algorithm>
#include <utility>

#include "base/sort.h"
#include "base/text.h"
#include "binding/fields.h"

namespace assay::binding {
namespace {

// "Stream-4294967295" breaks the general rule of ten characters.
size_t longest_name(container::Format format) {
  constexpr size_t kOgg = 17;
  constexpr size_t kLongest = 10;
  return format == container::Format::ogg ? kOgg : kLongest;
}

std::optional<Finding> malformed(std::string explanation) {
  return Finding{Code::malformed, std::move(explanation)};
}

// one to ten characters each; `c2pa.after` only as the very last name.
std::optional<Finding> read_names(const cbor::Value& names, bool last, size_t longest,
                                  BoxEntry& entry) {
  if (!names.is(cbor::Type::array) || names.size() == 0) {
    return malformed("An entry of the box list has no names.");
  }
  for (size_t index = 0; index < names.size(); ++index) {
    const auto name = names.at(index).as_text();
    if (!name || name->empty() || name->size() > longest) {
      return malformed("An entry of the box list has an empty or over-long name.");
    }
    if (*name == kAfterName) {
      if (!last || index + 1 != names.size()) {
        return malformed("The box list goes on after c2pa.after.");
      }
      entry.after = true;
      continue;
    }
    entry.names.emplace_back(*name);
  }
  const bool has_store =
      std::find(entry.names.begin(), entry.names.end(), kStoreName) != entry.names.end();
  if (has_store && (entry.names.size() != 1 || entry.after)) {  // R-540a
    return malformed("The manifest store shares an entry of the box list with other boxes.");
  }
  return std::nullopt;
}

// R-540c.
std::optional<Finding> read_exclusion(const cbor::Value& item, BoxEntry& entry) {
  const auto start = item.get("start").as_uint();
  const auto length = item.get("length").as_uint();
  const cbor::Value index = field(item, "boxIndex");
  const auto box = index.present() ? index.as_uint() : std::optional<uint64_t>(0);
  if (!start || !length || !checked_add(*start, *length)) {
    return malformed("An exclusion in the box list lacks a usable start or length.");
  }
  if (!box || *box >= entry.names.size() || (!index.present() && entry.names.size() != 1)) {
    return malformed("An exclusion in the box list does not name one of its boxes.");
  }
  entry.exclusions.push_back({static_cast<size_t>(*box), Range{*start, *length}});
  return std::nullopt;
}

std::optional<Finding> read_exclusion_list(const cbor::Value& list, const Limits& limits,
                                           BoxEntry& entry) {
  if (!list.present()) {
    return std::nullopt;
  }
  if (!list.is(cbor::Type::array) || limits.exceeded(Limit::exclusions, list.size())) {
    return malformed("An entry of the box list has an unusable list of exclusions.");
  }
  for (size_t index = 0; index < list.size(); ++index) {
    if (auto problem = read_exclusion(list.at(index), entry)) {
      return problem;
    }
  }
  auto& exclusions = entry.exclusions;
  sort_by(exclusions, [](const auto& a, const auto& b) {
    return a.box != b.box ? a.box < b.box : a.range.offset < b.range.offset;
  });
  for (size_t index = 1; index < exclusions.size(); ++index) {
    const BoxExclusion& before = exclusions[index - 1];
    if (before.box == exclusions[index].box &&
        before.range.end() > exclusions[index].range.offset) {
      return malformed("Exclusions of a box overlap.");
    }
  }
  return std::nullopt;
}

std::optional<Finding> read_entry(const cbor::Value& value, bool last, const Input& input,
                                  BoxEntry& entry) {
  if (auto problem =
          read_names(value.get("names"), last, longest_name(input.carrier->format), entry)) {
    return problem;
  }
  entry.excluded = field(value, "excluded").as_bool().value_or(false);
  if (entry.excluded) {
    return std::nullopt;  // R-540b: neither hash nor exclusions count
  }
  const auto hash = field(value, "hash").as_bytes();
  if (!hash) {
    return Finding{Code::mismatch, "An entry of the box list holds no hash."};
  }
  entry.hash = to_bytes(*hash);
  if (entry.is_store()) {
    return std::nullopt;
  }
  const auto alg = alg_of(value, alg_name_of(input.assertion, input.default_alg));
  if (!alg) {
    return Finding{Code::unsupported_algorithm,
                   "An entry of the box list names no supported hash algorithm."};
  }
  entry.alg = *alg;
  return read_exclusion_list(field(value, "exclusions"), *input.limits, entry);
}

}  // namespace

BoxList read_box_list(const Input& input) {
  const cbor::Value boxes = field(input.assertion, "boxes");
  BoxList list;
  if (!boxes.is(cbor::Type::array) || boxes.size() == 0) {
    list.error = malformed("The box hash assertion lists no boxes.");
    return list;
  }
  size_t names = 0;
  for (size_t index = 0; index < boxes.size(); ++index) {
    names += boxes.at(index).get("names").size();
    if (input.limits->exceeded(Limit::named_boxes, names)) {
      list.error = malformed("The box hash assertion lists more boxes than are processed.");
      return list;
    }
    BoxEntry entry;
    list.error = read_entry(boxes.at(index), index + 1 == boxes.size(), input, entry);
    if (!list.error && entry.after && ends_with(input.base_label, ".part")) {
      list.error = malformed("A part's box list ends with c2pa.after.");
    }
    if (list.error) {
      return list;
    }
    list.entries.push_back(std::move(entry));
  }
  return list;
}

}  // namespace assay::binding
