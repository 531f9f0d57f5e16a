// The parts of a `c2pa.hash.multi-asset` assertion (§Multi-Asset Hash; R-546…R-549):
//   { parts: [ { location: { byteOffset, length } / { bmffBox }, hashAssertion, ? optional } ] }
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "binding/binding.h"

namespace assay::binding {

struct Part {
  Range bytes;    // what the part's assertion hashes
  Range covered;  // with the box header that a bmffBox locator leaves out
  std::string label;
  Kind kind = Kind::data;
  cbor::Value assertion;
};

struct PartList {
  std::vector<Part> parts;  // those that are there
  std::optional<Finding> error;
};

// Finds the parts in the asset and makes sure that they cover it exactly.
PartList read_parts(const Input& input);

}  // namespace assay::binding
