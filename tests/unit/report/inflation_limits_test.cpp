// R-009, T-50: the ceilings of compressed manifests, whose content only a host can inflate.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "manifest/stores.h"
#include "report/hosts.h"

namespace assay::validate {
namespace {

using namespace manifest::test;  // NOLINT(google-build-using-namespace)

// A manifest of exactly `size` bytes.
Bytes manifest_of(std::string_view label, size_t size) {
  const Bytes claim = claim_box({0xA0});
  const size_t bare = jt::superbox("c2ma", label, {claim, jt::box("free", {})}).size();
  EXPECT_LE(bare, size);
  return jt::superbox("c2ma", label, {claim, jt::box("free", Bytes(size - bare))});
}

constexpr size_t kPacked = 10;

Bytes packed(std::string_view label) {
  return jt::superbox("c2cm", label, {jt::box("brob", Bytes(kPacked, 0x01))});
}

struct Outcome {
  std::vector<std::string> limits;
  std::string text;
  bool refused = false;  // the compressed manifest
};

// Validates a store of these compressed manifests "a", "b"… that inflate to `sizes`.
Outcome inflate(const std::vector<size_t>& sizes, const Limits& limits) {
  Bytes manifests;
  for (size_t i = 0; i < sizes.size(); ++i) {
    append(manifests, packed(std::string(1, static_cast<char>('a' + i))));
  }
  const Bytes file = store_of({manifests});
  Engine engine;
  Policy policy = test::policy();
  policy.limits = limits;
  Session session(engine, policy, file.size());
  size_t inflated = 0;
  while (true) {
    const std::vector<Need> needs = session.step();
    if (session.done()) {
      break;
    }
    for (const Need& need : needs) {
      if (need.kind == Need::Kind::resource && need.resource == ResourceKind::brotli) {
        const std::string label(1, static_cast<char>('a' + need.subject));
        session.supply(need.id, manifest_of(label, sizes.at(need.subject)));
        ++inflated;
      } else {
        test::answer(session, need, file, {});
      }
    }
  }
  EXPECT_EQ(inflated, sizes.size());
  Outcome outcome;
  for (const LimitHit& hit : session.verdict().limits) {
    outcome.limits.push_back(hit.limit);
    outcome.text = hit.text;
  }
  outcome.refused = session.verdict().findings.has(StatusCode::manifest_compressed_invalid);
  EXPECT_EQ(session.verdict().state, AssetState::invalid);  // nothing in it is signed
  return outcome;
}

void expect_met_at(const std::vector<size_t>& sizes, Limit limit, uint64_t needed,
                   const std::string& counted) {
  Limits limits;
  set_limit(limits, limit, needed);
  const Outcome at = inflate(sizes, limits);
  EXPECT_TRUE(at.limits.empty());
  EXPECT_FALSE(at.refused);
  set_limit(limits, limit, needed - 1);
  const Outcome above = inflate(sizes, limits);
  EXPECT_EQ(above.limits, std::vector<std::string>{limit_name(limit)});
  EXPECT_EQ(above.text, "more than " + std::to_string(needed - 1) + " " + counted);
  EXPECT_TRUE(above.refused);
}

TEST(InflationLimits, T50_decompressedManifestBytes) {
  expect_met_at({300, 400}, Limit::decompressed_manifest_bytes, 400,
                "bytes of one manifest, decompressed");
}

TEST(InflationLimits, T50_decompressedStoreBytes) {
  expect_met_at({300, 400}, Limit::decompressed_store_bytes, 700,
                "bytes of all manifests, decompressed");
}

TEST(InflationLimits, T50_decompressionRatio) {
  expect_met_at({300, 400}, Limit::decompression_ratio, 400 / kPacked,
                "times the size of a compressed manifest");
}

}  // namespace
}  // namespace assay::validate
