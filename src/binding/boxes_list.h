// The list of a `c2pa.hash.boxes` assertion (§General box hash; R-538, R-540a…c):
//   { boxes: [ { names: [+ tstr], hash: bstr, ? alg, ? excluded: bool,
//                ? exclusions: [ { start, length, ? boxIndex } ] } ], ? alg }
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "binding/binding.h"
#include "codec/cbor/cbor.h"

namespace assay::binding {

constexpr std::string_view kStoreName = "C2PA";
constexpr std::string_view kAfterName = "c2pa.after";

struct BoxExclusion {
  size_t box = 0;  // index in the entry's names
  Range range;     // relative to that box
};

struct BoxEntry {
  std::vector<std::string> names;  // without kAfterName
  bool after = false;              // and everything behind the last box
  Bytes hash;
  crypto::DigestAlg alg = crypto::DigestAlg::sha256;
  bool excluded = false;
  std::vector<BoxExclusion> exclusions;  // sorted by box and start, disjoint

  bool is_store() const { return names.size() == 1 && names.front() == kStoreName; }
};

struct BoxList {
  std::vector<BoxEntry> entries;
  std::optional<Finding> error;
};

BoxList read_box_list(const Input& input);

}  // namespace assay::binding
