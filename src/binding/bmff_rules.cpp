#include "binding/bmff_rules.h"

#include <algorithm>
#include <utility>

#include "binding/fields.h"
#include "binding/merkle.h"

namespace assay::binding {
namespace {

bool read_uint_list(const cbor::Value& value, size_t limit, std::vector<uint64_t>& out) {
  if (!value.is(cbor::Type::array) || value.size() > limit) {
    return false;
  }
  for (size_t i = 0; i < value.size(); ++i) {
    const auto number = value.at(i).as_uint();
    if (!number) {
      return false;
    }
    out.push_back(*number);
  }
  return true;
}

// Digests; nulls, which pad a row, are left out.
bool read_digests(const cbor::Value& value, size_t limit, std::vector<Bytes>& out) {
  if (!value.is(cbor::Type::array) || value.size() > limit) {
    return false;
  }
  for (size_t i = 0; i < value.size(); ++i) {
    if (value.at(i).is(cbor::Type::null)) {
      continue;
    }
    const auto bytes = value.at(i).as_bytes();
    if (!bytes) {
      return false;
    }
    out.push_back(to_bytes(*bytes));
  }
  return true;
}

bool read_block_sizes(const cbor::Value& value, const Limits& limits, MerkleMap& map) {
  const cbor::Value fixed = field(value, "fixedBlockSize");
  const cbor::Value variable = field(value, "variableBlockSizes");
  if (fixed.present() && variable.present()) {
    return false;
  }
  if (fixed.present()) {
    map.fixed_block_size = fixed.as_uint();
    return map.fixed_block_size.value_or(0) > 0;
  }
  if (variable.present()) {
    map.variable_block_sizes.emplace();
    return read_uint_list(variable, limits.merkle_leaves, *map.variable_block_sizes) &&
           map.variable_block_sizes->size() == map.count;
  }
  return true;
}

std::string read_map(const cbor::Value& value, const Limits& limits, MerkleMap& map) {
  const auto unique_id = field(value, "uniqueId").as_int();
  const auto local_id = field(value, "localId").as_int();
  const auto count = field(value, "count").as_uint();
  if (!unique_id || !local_id || !count) {
    return "A Merkle map lacks uniqueId, localId or count.";
  }
  map.unique_id = *unique_id;
  map.local_id = *local_id;
  map.count = *count;
  const cbor::Value init = field(value, "initHash");
  if (init.present()) {
    if (!init.as_bytes()) {
      return "The initHash of a Merkle map is not a byte string.";
    }
    map.init_hash = to_bytes(*init.as_bytes());
  }
  const cbor::Value hashes = field(value, "hashes");
  if (limits.exceeded(Limit::merkle_leaves, hashes.size()) ||
      !read_digests(hashes, limits.merkle_leaves, map.row)) {
    return "The hashes of a Merkle map are not a list of byte strings.";
  }
  if (!is_row_size(map.count, map.row.size())) {
    return "The hashes of a Merkle map are not a row of its tree.";
  }
  if (!read_block_sizes(value, limits, map)) {
    return "The block sizes of a Merkle map contradict each other.";
  }
  return {};
}

void read_maps(const cbor::Value& list, std::string_view alg, const Limits& limits,
               BmffRules& rules) {
  if (!list.is(cbor::Type::array) || limits.exceeded(Limit::merkle_leaves, list.size())) {
    rules.problem = "The Merkle maps are not a list.";
    return;
  }
  for (size_t i = 0; i < list.size() && rules.problem.empty(); ++i) {
    MerkleMap map;
    rules.problem = read_map(list.at(i), limits, map);
    const auto map_alg = alg_of(list.at(i), alg);
    rules.unsupported_alg = rules.unsupported_alg || !map_alg;
    map.alg = map_alg.value_or(crypto::DigestAlg::sha256);
    rules.maps.push_back(std::move(map));
  }
}

}  // namespace

bool BmffRules::fragmented() const {
  return std::any_of(maps.begin(), maps.end(),
                     [](const MerkleMap& map) { return map.init_hash.has_value(); });
}

BmffRules read_bmff_rules(const cbor::Value& assertion, std::string_view default_alg,
                          const Limits& limits) {
  BmffRules rules;
  BmffExclusionList list = parse_exclusions(assertion, limits);
  rules.problem = std::move(list.problem);
  rules.exclusions = std::move(list.entries);
  const std::string_view alg = alg_name_of(assertion, default_alg);
  const cbor::Value hash = field(assertion, "hash");
  const cbor::Value merkle = field(assertion, "merkle");
  if (hash.present() && rules.problem.empty()) {
    if (!hash.as_bytes()) {
      rules.problem = "The hash is not a byte string.";
    } else {
      rules.hash = to_bytes(*hash.as_bytes());
      rules.unsupported_alg = !crypto::digest_alg_from_name(alg);
      rules.alg = crypto::digest_alg_from_name(alg).value_or(crypto::DigestAlg::sha256);
    }
  }
  if (merkle.present() && rules.problem.empty()) {
    read_maps(merkle, alg, limits, rules);
  }
  if (rules.problem.empty() && !rules.hash && rules.maps.empty()) {
    rules.problem = "The assertion has neither a hash nor a Merkle tree.";
  }
  return rules;
}

std::optional<MerkleProof> read_merkle_proof(ByteView payload, const Limits& limits,
                                             Budget& budget) {
  const auto document = cbor::Document::parse_prefix(payload, limits, budget);
  if (!document.ok() || !all_zero(payload.subspan(document->used()))) {
    return std::nullopt;
  }
  const cbor::Value root = document->root();
  const auto unique_id = field(root, "uniqueId").as_int();
  const auto local_id = field(root, "localId").as_int();
  const auto location = field(root, "location").as_uint();
  if (!unique_id || !local_id || !location) {
    return std::nullopt;
  }
  const cbor::Value hashes = field(root, "hashes");
  const size_t fields = hashes.present() ? 4 : 3;
  MerkleProof proof{*unique_id, *local_id, *location, {}, root.size() == fields};
  if (hashes.present() && !read_digests(hashes, 64, proof.hashes)) {
    return std::nullopt;
  }
  return proof;
}

}  // namespace assay::binding
