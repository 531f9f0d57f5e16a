// BmffRules: what a `c2pa.hash.bmff.v2` or `.v3` assertion demands, read once and independent of
// any file (§BMFF-Based Hash; …R-531).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.h"
#include "base/bytes.h"
#include "base/limits.h"
#include "binding/bmff_exclusions.h"
#include "codec/cbor/cbor.h"
#include "crypto/digest.h"

namespace assay::binding {

// One tree: of an mdat, or of the fragments of a track.
struct MerkleMap {
  int64_t unique_id = 0;
  int64_t local_id = 0;
  uint64_t count = 0;  // leaves
  crypto::DigestAlg alg = crypto::DigestAlg::sha256;
  std::optional<Bytes> init_hash;
  std::vector<Bytes> row;
  std::optional<uint64_t> fixed_block_size;
  std::optional<std::vector<uint64_t>> variable_block_sizes;
};

struct BmffRules {
  std::string problem;           // not empty: malformed
  bool unsupported_alg = false;
  crypto::DigestAlg alg = crypto::DigestAlg::sha256;
  std::optional<Bytes> hash;
  std::vector<BmffExclusion> exclusions;
  std::vector<MerkleMap> maps;

  bool usable() const { return problem.empty() && !unsupported_alg; }
  // Init segment and fragments, as opposed to one tree per mdat.
  bool fragmented() const;
};

BmffRules read_bmff_rules(const cbor::Value& assertion, std::string_view default_alg,
                          const Limits& limits);

// The content of a C2PA box of purpose `merkle`.
struct MerkleProof {
  int64_t unique_id = 0;
  int64_t local_id = 0;
  uint64_t location = 0;
  std::vector<Bytes> hashes;
  bool plain = false;  // the map holds nothing but these fields
};
// Nothing when it is not one CBOR map of these fields with nothing but zeros behind it.
std::optional<MerkleProof> read_merkle_proof(ByteView payload, const Limits& limits,
                                             Budget& budget);

}  // namespace assay::binding
