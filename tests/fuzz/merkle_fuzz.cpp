// BMFF hashes: any assertion over a file of invented boxes. What is hashed lies inside the file and
// every root byte that is not excluded is fed exactly once; trees and proofs agree with each other.
#include "binding/merkle.h"
#include "binding/planners.h"
#include "codec/cbor/cbor.h"
#include "fuzz/walk.h"

namespace assay {
namespace {

using fuzz::require;

constexpr auto kAlg = crypto::DigestAlg::sha256;

// The proof of every leaf, built from the whole tree, leads to every row.
void check_tree(uint8_t count) {
  std::vector<Bytes> leaves;
  for (uint8_t i = 0; i < count; ++i) {
    leaves.push_back(Bytes(32, i));
  }
  std::vector<std::vector<Bytes>> rows = {leaves};
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
  for (size_t row = 0; row < rows.size(); ++row) {
    require(binding::row_matches(kAlg, leaves, rows[row]));
    for (size_t leaf = 0; leaf < leaves.size(); ++leaf) {
      std::vector<Bytes> proof;
      for (size_t level = 0, at = leaf; level < row; ++level, at /= 2) {
        if ((at ^ 1) < rows[level].size()) {
          proof.push_back(rows[level][at ^ 1]);
        }
      }
      require(binding::proof_matches(kAlg, leaves.size(), leaf, leaves[leaf], proof, rows[row]));
      proof.push_back(Bytes(32, 0xFF));
      require(!binding::proof_matches(kAlg, leaves.size(), leaf, leaves[leaf], proof, rows[row]));
    }
  }
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

// The first two bytes: how much of the input is the file; the rest is the assertion.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace assay;
  if (size < 3) {
    return 0;
  }
  check_tree(static_cast<uint8_t>(data[0] % 40 + 1));
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
