// Plans a binding over a walked asset and runs its hash jobs, as a session and a host would.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <variant>

#include "binding/binding.h"
#include "codec/cbor/cbor.h"
#include "crypto/digest.h"
#include "support/feeds.h"

namespace assay::test {

inline Bytes run_job(const binding::HashJob& job, ByteView asset) {
  crypto::Digest digest(job.alg);
  for (const binding::Segment& segment : job.segments) {
    if (const auto* range = std::get_if<Range>(&segment)) {
      EXPECT_LE(range->end(), asset.size());
      digest.update(
          asset.subspan(static_cast<size_t>(range->offset), static_cast<size_t>(range->length)));
    } else {
      digest.update(std::get<Bytes>(segment));
    }
  }
  return digest.finish();
}

inline void drive(binding::Binding& binding, ByteView asset) {
  if (!binding.wanted_bytes().empty()) {
    std::vector<Bytes> bytes;
    for (const Range& range : binding.wanted_bytes()) {
      bytes.push_back(to_bytes(
          asset.subspan(static_cast<size_t>(range.offset), static_cast<size_t>(range.length))));
    }
    binding.supply_bytes(bytes);
  }
  for (int round = 0; !binding.done() && round < 8; ++round) {
    std::vector<Bytes> digests;
    for (const binding::HashJob& job : binding.jobs()) {
      digests.push_back(run_job(job, asset));
    }
    binding.supply(digests);
  }
  EXPECT_TRUE(binding.done());
}

using Planner = std::unique_ptr<binding::Binding> (*)(const binding::Input&, Budget&);

inline binding::Outcome check_binding(Planner planner, ByteView asset, const Bytes& assertion,
                                      std::string_view declared_type = "",
                                      const Limits& limits = Limits()) {
  const Walked walked = walk(asset, std::max<uint64_t>(asset.size(), 1), declared_type, limits);
  Budget budget(limits);
  const auto document = cbor::Document::parse(assertion, limits, budget);
  EXPECT_TRUE(document.ok());
  binding::Input input;
  input.assertion = document->root();
  input.default_alg = "sha256";
  input.carrier = &walked.carrier;
  input.limits = &limits;
  const auto binding = planner(input, budget);
  drive(*binding, asset);
  return binding->outcome();
}

// The code about the content: the first finding.
inline binding::Code code_of(const binding::Outcome& outcome) {
  return outcome.findings.front().code;
}

inline bool has_code(const binding::Outcome& outcome, binding::Code code) {
  return std::any_of(outcome.findings.begin(), outcome.findings.end(),
                     [code](const binding::Finding& finding) { return finding.code == code; });
}

}  // namespace assay::test
