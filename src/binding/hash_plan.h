// HashPlan: what is to be hashed. The core says which bytes in which order; the host or the core's
// own hasher does the work; the core compares.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/checked.h"
#include "crypto/digest.h"

namespace assay::binding {

// Bytes of the asset, or bytes that are not in it (BMFF offset markers, zeroed fields, normalised
// text).
using Segment = std::variant<Range, Bytes>;

struct HashJob {
  crypto::DigestAlg alg = crypto::DigestAlg::sha256;
  std::vector<Segment> segments;  // in hashing order
};

}  // namespace assay::binding
