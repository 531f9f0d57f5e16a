// BMFF hashes: any assertion over a file of invented boxes. What is hashed lies inside the file and
// every root byte that is not excluded is fed exactly once; trees and proofs agree with each other.
#include <map>

#include "binding/merkle.h"
#include "binding/planners.h"
#include "codec/cbor/cbor.h"
#include "fuzz/walk.h"

namespace assay {
namespace {

using fuzz::require;

constexpr auto kAlg = crypto::DigestAlg::sha256;

using Rows = std::vector<std::vector<Bytes>>;

constexpr size_t kMostLeaves = 40;

// All rows of the tree over `count` leaves, from the leaves to the root.
Rows grow(size_t count) {
  Rows rows(1);
  for (size_t i = 0; i < count; ++i) {
    rows[0].push_back(Bytes(32, static_cast<uint8_t>(i)));
  }
  while (rows.back().size() > 1) {
    std::vector<Bytes> above;
    const auto& below = rows.back();
    for (size_t i = 0; i < below.size(); i += 2) {
      Bytes pair = below[i];
      if (i + 1 < below.size()) {
        append(pair, below[i + 1]);
        pair = crypto::digest(kAlg, pair);
      }
      above.push_back(pair);
    }
    rows.push_back(above);
  }
  return rows;
}

// Grown once: hashing them anew for every input is what a run would spend its time on.
const Rows& tree_of(size_t count) {
  static std::map<size_t, Rows> trees;
  const auto found = trees.find(count);
  return found != trees.end() ? found->second : trees.emplace(count, grow(count)).first->second;
}

// A proof made from the whole tree leads from its leaf to the row, and to nothing else. The two
// bytes say which tree, leaf and row.
void check_proof(uint8_t first, uint8_t second) {
  const Rows& rows = tree_of(first % kMostLeaves + 1);
  const std::vector<Bytes>& leaves = rows[0];
  const size_t row = second % rows.size();
  const size_t leaf = second / rows.size() % leaves.size();
  std::vector<Bytes> proof;
  for (size_t level = 0, at = leaf; level < row; ++level, at /= 2) {
    if ((at ^ 1) < rows[level].size()) {
      proof.push_back(rows[level][at ^ 1]);
    }
  }
  const auto matches = [&](size_t location) {
    return binding::proof_matches(kAlg, leaves.size(), location, leaves[leaf], proof, rows[row]);
  };
  require(matches(leaf));
  require(!matches(leaf + 1) && !matches(leaves.size()));
  proof.push_back(Bytes(32, 0xFF));
  require(!matches(leaf));
}

// Every row of the tree over up to kMostLeaves leaves is recognised, and no other row is. Once per
// process: no input changes it.
bool check_rows() {
  for (size_t count = 1; count <= kMostLeaves; ++count) {
    const Rows& rows = tree_of(count);
    for (std::vector<Bytes> row : rows) {
      require(binding::row_matches(kAlg, rows[0], row));
      row.back()[0] ^= 1;
      require(!binding::row_matches(kAlg, rows[0], row));
    }
  }
  return true;
}

void drive(binding::Binding& binding, ByteView asset) {
  if (!binding.wanted_bytes().empty()) {
    std::vector<Bytes> bytes;
    for (const Range& range : binding.wanted_bytes()) {
      fuzz::check_inside(range, asset.size());
      bytes.push_back(to_bytes(
          asset.subspan(static_cast<size_t>(range.offset), static_cast<size_t>(range.length))));
    }
    binding.supply_bytes(bytes);
  }
  for (int round = 0; !binding.done(); ++round) {
    require(round < 4);
    std::vector<Bytes> digests;
    for (const auto& job : binding.jobs()) {
      crypto::Digest digest(job.alg);
      for (const auto& segment : job.segments) {
        if (const auto* range = std::get_if<Range>(&segment)) {
          fuzz::check_inside(*range, asset.size());
          digest.update(asset.subspan(static_cast<size_t>(range->offset),
                                      static_cast<size_t>(range->length)));
        } else {
          digest.update(std::get<Bytes>(segment));
        }
      }
      digests.push_back(digest.finish());
    }
    binding.supply(digests);
  }
  require(!binding.outcome().findings.empty());
}

}  // namespace
}  // namespace assay

// The first two bytes: how much of the input is the file, and which proof is tried; the rest is the
// assertion.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace assay;
  if (size < 3) {
    return 0;
  }
  static const bool rows_checked = check_rows();
  require(rows_checked);
  check_proof(data[0], data[1]);
  const ByteView input = ByteView(data, size).subspan(2);
  const size_t file_size = std::min<size_t>(data[0] * 8u + data[1] % 8u, input.size());
  const ByteView asset = input.first(file_size);
  const auto walked = fuzz::walk(container::make_bmff_walker, container::Format::mp4, asset, 0);
  const Limits limits;
  Budget budget(limits);
  const auto document = cbor::Document::parse_prefix(input.subspan(file_size), limits, budget);
  if (!document.ok()) {
    return 0;
  }
  binding::Input plan;
  plan.kind = binding::Kind::bmff;
  plan.assertion = document->root();
  plan.default_alg = "sha256";
  plan.carrier = &walked.carrier;
  plan.limits = &limits;
  const auto binding = binding::plan_bmff(plan, budget);
  drive(*binding, asset);
  return 0;
}
