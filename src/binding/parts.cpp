#include "binding/parts.h"

#include <algorithm>
#include <utility>

#include "base/sort.h"
#include "base/text.h"
#include "binding/fields.h"
#include "binding/xpath.h"
#include "container/bmff_layout.h"

namespace assay::binding {
namespace {

constexpr std::string_view kPartSuffix = ".part";

std::optional<Finding> malformed(std::string explanation) {
  return Finding{Code::malformed, std::move(explanation)};
}

struct Located {
  Range bytes;
  Range covered;
};

// The one box that the path names; its payload.
std::optional<Located> locate_box(std::string_view path, const container::Carrier& carrier) {
  const auto steps = parse_xpath(path);
  if (!steps || !carrier.bmff) {
    return std::nullopt;
  }
  const std::vector<uint32_t> numbers = sibling_numbers(*carrier.bmff);
  std::optional<Located> found;
  for (uint32_t index = 0; index < carrier.bmff->boxes.size(); ++index) {
    if (!matches(*steps, *carrier.bmff, numbers, index)) {
      continue;
    }
    if (found) {
      return std::nullopt;  // not one box: the part could be any of them
    }
    const container::BmffBox& box = carrier.bmff->boxes[index];
    const uint64_t header = std::min<uint64_t>(box.header, box.size);
    found = Located{{box.offset + header, box.size - header}, {box.offset, box.size}};
  }
  return found;
}

std::optional<Located> locate(const cbor::Value& part, const container::Carrier& carrier) {
  cbor::Value location = field(part, "location");
  if (!location.present()) {
    location = field(part, "locator");  // the prose's name for it
  }
  if (const auto path = field(location, "bmffBox").as_text()) {
    return locate_box(*path, carrier);
  }
  const auto offset = field(location, "byteOffset").as_uint();
  const auto length = field(location, "length").as_uint();
  if (!offset || !length || *length == 0 || !checked_add(*offset, *length)) {
    return std::nullopt;
  }
  const Range range{*offset, *length};
  return Located{range, range};
}

// the assertion that verifies the part.
std::optional<Finding> resolve(const cbor::Value& reference, const Input& input, Part& part) {
  if (!reference.present()) {
    return malformed("A part of the multi-asset hash names no hash assertion.");
  }
  const auto found = input.resolve_part ? input.resolve_part(reference) : std::nullopt;
  if (!found || !ends_with(found->base_label, kPartSuffix)) {
    return malformed("The hash assertion of a part of the multi-asset hash cannot be found.");
  }
  if (!found->hash_matches) {
    return Finding{Code::mismatch, "The hash assertion of a part has been changed."};
  }
  const std::string_view label =
      found->base_label.substr(0, found->base_label.size() - kPartSuffix.size());
  const auto kind = kind_of(label);
  if (!kind || *kind == Kind::collection) {
    return malformed("A part of the multi-asset hash has a hash assertion of the wrong kind.");
  }
  part.label = std::string(found->base_label);
  part.kind = *kind;
  part.assertion = found->assertion;
  return std::nullopt;
}

// R-548; appends the part unless it is optional and absent.
std::optional<Finding> read_part(const cbor::Value& value, const Input& input, PartList& list) {
  const auto located = locate(value, *input.carrier);
  if (!located) {
    return malformed("A part of the multi-asset hash has no usable location.");
  }
  Part part;
  part.bytes = located->bytes;
  part.covered = located->covered;
  if (auto problem = resolve(field(value, "hashAssertion"), input, part)) {
    return problem;
  }
  const uint64_t size = input.carrier->asset_size;
  if (part.bytes.offset >= size) {
    if (field(value, "optional").as_bool().value_or(false)) {
      return std::nullopt;
    }
    return Finding{Code::missing_part, "A part of the asset that is not optional is missing."};
  }
  if (part.bytes.end() > size) {
    return Finding{Code::mismatch, "A part of the asset is cut off."};
  }
  list.parts.push_back(std::move(part));
  return std::nullopt;
}

// R-549, T-59: parts that overlap or leave bytes out prove nothing about the asset.
std::optional<Finding> check_cover(const PartList& list, uint64_t size) {
  std::vector<Range> covered;
  for (const Part& part : list.parts) {
    covered.push_back(part.covered);
  }
  sort_by(covered, [](const Range& a, const Range& b) { return a.offset < b.offset; });
  uint64_t at = 0;
  for (const Range& range : covered) {
    if (range.offset != at) {
      return malformed(range.offset < at ? "Parts of the multi-asset hash overlap."
                                         : "The parts of the multi-asset hash leave bytes out.");
    }
    at = range.end();
  }
  if (at != size) {
    return malformed("The parts of the multi-asset hash leave bytes out.");
  }
  return std::nullopt;
}

}  // namespace

PartList read_parts(const Input& input) {
  const cbor::Value parts = field(input.assertion, "parts");
  PartList list;
  if (!parts.is(cbor::Type::array) || parts.size() == 0 ||
      input.limits->exceeded(Limit::asset_parts, parts.size())) {
    list.error = malformed("The multi-asset hash has no usable list of parts.");
    return list;
  }
  // What is malformed counts before what is missing or cut off.
  for (size_t index = 0; index < parts.size(); ++index) {
    auto problem = read_part(parts.at(index), input, list);
    const bool worse = problem && (!list.error || problem->code == Code::malformed);
    if (worse && (!list.error || list.error->code != Code::malformed)) {
      list.error = std::move(problem);
    }
  }
  if (!list.error) {
    list.error = check_cover(list, input.carrier->asset_size);
  }
  return list;
}

}  // namespace assay::binding
