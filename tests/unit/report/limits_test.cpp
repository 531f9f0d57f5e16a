// each ceiling is met exactly where it stands, named in the report with its number, and what
// lies behind it is never vouched for.
#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "manifest/stores.h"
#include "report/hosts.h"
#include "support/corpus.h"

namespace assay::validate {
namespace {

using namespace manifest::test;  // NOLINT(google-build-using-namespace)
using assay::test::array;
using assay::test::item;
using assay::test::map;

Bytes sample(const std::string& name) {
  const char* source = std::getenv("ASSAY_SOURCE_DIR");
  auto bytes = assay::test::read_whole(std::string(source != nullptr ? source : ".") +
                                       "/tests/samples/" + name);
  EXPECT_TRUE(bytes.has_value()) << name;
  return bytes.value_or(Bytes());
}

Bytes many(size_t count, const Bytes& bytes) {
  Bytes out;
  for (size_t i = 0; i < count; ++i) {
    append(out, bytes);
  }
  return out;
}

Bytes manifest_of(const Bytes& claim, const Bytes& assertions, std::string_view label = "m") {
  return jt::superbox("c2ma", label,
                      {claim_box(claim), jt::superbox("c2as", "c2pa.assertions", {assertions})});
}

Bytes with_free_boxes(size_t count) {
  return store_of({manifest_of({0xA0}, many(count, jt::box("free", {})))});
}

Bytes with_manifests(size_t count) {
  Bytes manifests;
  for (size_t i = 0; i < count; ++i) {
    append(manifests, manifest_of({0xA0}, {}, "m" + std::to_string(i)));
  }
  return store_of({manifests});
}

Bytes with_references(size_t count) {
  const Bytes reference =
      map({{"url", item("self#jumbf=c2pa.assertions/a")}, {"hash", item(Bytes(32))}});
  return store_of({manifest_of(
      map({{"created_assertions", array(std::vector<Bytes>(count, reference))}}), {})});
}

Bytes with_redactions(size_t count) {
  const Bytes url = item("self#jumbf=/c2pa/n/c2pa.assertions/a");
  return store_of(
      {manifest_of(map({{"redacted_assertions", array(std::vector<Bytes>(count, url))}}), {})});
}

// A claim nested as deep as `depth`, the map of the claim included.
Bytes with_nested_claim(size_t depth) {
  Bytes value = item(uint64_t{1});
  for (size_t i = 1; i < depth; ++i) {
    value = array({value});
  }
  return store_of({manifest_of(map({{"x", value}}), {})});
}

// A claim of `nodes` values: the map, one key, the array and its items.
Bytes with_claim_of(size_t nodes) {
  return store_of(
      {manifest_of(map({{"x", array(std::vector<Bytes>(nodes - 3, item(uint64_t{1})))}}), {})});
}

Bytes with_label_of(size_t length) {
  return store_of({manifest_of({0xA0}, cbor_assertion(std::string(length, 'a'), {0x01}))});
}

// The store, the manifest and `depth` - 2 superboxes in it.
Bytes nested(size_t depth) {
  Bytes inner;
  for (size_t i = 2; i < depth; ++i) {
    inner = jt::superbox("c2as", "a", {inner});
  }
  return store_of({jt::superbox("c2ma", "m", {claim_box({0xA0}), inner})});
}

struct Met {
  bool named = false;
  AssetState state = AssetState::none;
  std::string text;
};

Met validate_with(const Bytes& file, Limit limit, uint64_t value) {
  Engine engine;
  Policy policy = test::policy();
  set_limit(policy.limits, limit, value);
  Session session(engine, policy, file.size());
  test::run(session, file, {});
  Met met;
  met.state = session.verdict().state;
  for (const LimitHit& hit : session.verdict().limits) {
    if (hit.limit == limit_name(limit)) {
      met = {true, met.state, hit.text};
      EXPECT_EQ(hit.value, value);
    }
  }
  return met;
}

struct Case {
  Limit limit;
  uint64_t needed;           // the smallest value at which nothing is said
  Bytes file;                // that needs so much
  bool trust_stays = false;  // what is left out says nothing about the content
};

std::vector<Case> store_cases() {
  return {
      {Limit::jumbf_children, 40, with_free_boxes(40)},
      {Limit::jumbf_boxes, 45, with_free_boxes(40)},
      {Limit::jumbf_depth, 9, nested(9)},
      {Limit::label_bytes, 300, with_label_of(300)},
      {Limit::manifests, 5, with_manifests(5)},
      {Limit::assertions, 20, with_references(20)},
      {Limit::assertions, 20, with_redactions(20)},
      {Limit::cbor_depth, 12, with_nested_claim(12)},
      {Limit::cbor_nodes, 50, with_claim_of(50)},
      {Limit::store_bytes, with_free_boxes(3).size(), with_free_boxes(3)},
  };
}

TEST(Limits, R009_AreMetExactlyWhereTheyStandInAStore) {
  for (const Case& one : store_cases()) {
    const char* name = limit_name(one.limit);
    EXPECT_FALSE(validate_with(one.file, one.limit, one.needed).named) << name;
    const Met met = validate_with(one.file, one.limit, one.needed - 1);
    EXPECT_TRUE(met.named) << name;
    EXPECT_EQ(met.state, AssetState::invalid) << name;
    EXPECT_EQ(met.text.find("more than " + std::to_string(one.needed - 1)), 0U) << met.text;
  }
}

// The smallest value at which a sample is validated without meeting the limit.
uint64_t needed_by(const Bytes& file, Limit limit, uint64_t most) {
  uint64_t least = 0;
  while (least < most) {
    const uint64_t middle = (least + most) / 2;
    if (validate_with(file, limit, middle).named) {
      least = middle + 1;
    } else {
      most = middle;
    }
  }
  return most;
}

// R-009, T-16: a good picture for which one ceiling is too low is never vouched for in silence;
// unless all that the verdict needs was found below it, it is not vouched for at all.
TEST(Limits, R009_AreMetByAPictureToo) {
  const Bytes jpeg = sample("trusted.jpg");
  const Bytes png = sample("trusted.png");
  struct Knob {
    Limit limit;
    const Bytes& file;
    uint64_t most;
    bool needed_for_verdict = true;
  };
  for (const Knob& knob :
       {Knob{Limit::store_bytes, jpeg, jpeg.size()}, Knob{Limit::jumbf_boxes, jpeg, 1000},
        Knob{Limit::jumbf_children, jpeg, 1000}, Knob{Limit::jumbf_depth, jpeg, 16},
        Knob{Limit::label_bytes, png, 1024}, Knob{Limit::cbor_depth, png, 64},
        Knob{Limit::cbor_nodes, jpeg, 1000}, Knob{Limit::x5chain_certificates, jpeg, 16},
        Knob{Limit::certificate_bytes, jpeg, 4096, false},  // the issuer's
        Knob{Limit::x5chain_bytes, jpeg, 4096}, Knob{Limit::app11_packets, jpeg, 100},
        Knob{Limit::segments, jpeg, 1000, false},  // behind the store
        Knob{Limit::segments, png, 1000, false}, Knob{Limit::exclusions, jpeg, 64},
        Knob{Limit::work_steps, jpeg, 100000}}) {
    const char* name = limit_name(knob.limit);
    const uint64_t needed = needed_by(knob.file, knob.limit, knob.most);
    ASSERT_GT(needed, 0U) << name << " is never met";
    ASSERT_LT(needed, knob.most) << name;
    EXPECT_EQ(validate_with(knob.file, knob.limit, needed).state, AssetState::valid) << name;
    if (knob.needed_for_verdict) {
      EXPECT_NE(validate_with(knob.file, knob.limit, needed - 1).state, AssetState::valid) << name;
    }
  }
}

// The work of one validation, in steps.
uint64_t work_on(const Bytes& file) { return needed_by(file, Limit::work_steps, 100000); }

// T-16, T-62: twice as much of anything is at most 2.2 times the work.
TEST(Limits, T62_WorkGrowsInStep) {
  const std::function<Bytes(size_t)> growing[] = {with_free_boxes, with_manifests, with_references,
                                                  with_redactions, with_claim_of};
  for (const auto& file_of : growing) {
    const auto once = static_cast<double>(work_on(file_of(200)));
    const auto twice = static_cast<double>(work_on(file_of(400)));
    EXPECT_LE(twice / once, 2.2) << once << " and " << twice;
  }
}

}  // namespace
}  // namespace assay::validate
