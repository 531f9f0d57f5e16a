#include "manifest/claim.h"

#include <gtest/gtest.h>

#include "manifest/ingredient.h"
#include "manifest/stores.h"

namespace assay::manifest {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)
using assay::test::array;
using assay::test::item;
using assay::test::map;
using Pairs = std::vector<std::pair<const char*, Bytes>>;

Bytes reference() {
  return map({{"url", item("self#jumbf=c2pa.assertions/a")}, {"hash", item(Bytes{1})}});
}

Pairs complete() {
  return {{"instanceID", item("xmp:iid:1")},
          {"signature", item("self#jumbf=c2pa.signature")},
          {"created_assertions", array({reference()})},
          {"claim_generator_info", map({{"name", item("test")}})}};
}

ClaimResult read(std::initializer_list<Bytes> boxes) {
  static std::vector<std::unique_ptr<ParsedStore>> kept;
  kept.push_back(std::make_unique<ParsedStore>(store_of({jt::superbox("c2ma", "m", boxes)})));
  ParsedStore& parsed = *kept.back();
  return read_claim(*parsed.store, *parsed.store->active(), parsed.limits, parsed.budget);
}

TEST(Claim, ReadsVersionTwo) {
  const ClaimResult result = read({claim_box(map(complete()))});
  ASSERT_EQ(result.state, ClaimState::ok);
  EXPECT_TRUE(result.claim.problems.empty());
  EXPECT_EQ(result.claim.version, 2);
  EXPECT_EQ(result.claim.signature, "self#jumbf=c2pa.signature");
  ASSERT_EQ(result.claim.references.size(), 1U);
  EXPECT_EQ(result.claim.references[0].origin, Origin::created);
  EXPECT_EQ(result.claim.generators.at(0).name, "test");
}

// T-16: references that name nothing cost more memory than their byte in the file, so that the
// claim is refused without reading all of them; a few are shown like others.
TEST(Claim, T16_ReadsNoEndOfBrokenReferences) {
  const auto claim_of = [](size_t broken) {
    std::vector<Bytes> references(broken, map({}));
    references.push_back(reference());
    Pairs fields = complete();
    fields[2].second = array(references);
    return read({claim_box(map(fields))}).claim;
  };
  const size_t most = Limits().malformed_references;
  EXPECT_TRUE(claim_of(most).problems.empty());
  EXPECT_EQ(claim_of(most).references.size(), most + 1);
  EXPECT_EQ(claim_of(most + 1).problems.size(), 1U);
  EXPECT_EQ(claim_of(10 * most).references.size(), most + 1);
}

// each required field, missing or of the wrong type, is a problem.
TEST(Claim, NeedsEveryRequiredFieldOfVersionTwo) {
  for (size_t missing = 0; missing < complete().size(); ++missing) {
    Pairs fields = complete();
    const std::string name = fields[missing].first;
    fields[missing].second = item(7);
    EXPECT_FALSE(read({claim_box(map(fields))}).claim.problems.empty()) << name << " as a number";
    fields.erase(fields.begin() + static_cast<ptrdiff_t>(missing));
    EXPECT_FALSE(read({claim_box(map(fields))}).claim.problems.empty()) << "no " << name;
  }
  Pairs empty = complete();
  empty[2].second = array({});
  EXPECT_FALSE(read({claim_box(map(empty))}).claim.problems.empty());
}

// R-302, T-51: nothing is read from a key that occurs twice.
TEST(Claim, ReportsDuplicateKeys) {
  Pairs twice = complete();
  twice.emplace_back("signature", item("self#jumbf=c2pa.other"));
  const ClaimResult result = read({claim_box(map(twice))});
  EXPECT_FALSE(result.claim.problems.empty());
  EXPECT_TRUE(result.claim.signature.empty());
}

// T-45.
TEST(Claim, IsOneBoxWithOneCborItem) {
  EXPECT_EQ(read({assertions_box({})}).state, ClaimState::missing);
  EXPECT_EQ(read({claim_box({0xA0}, "c2pa.claim.v3")}).state, ClaimState::missing);
  EXPECT_EQ(read({claim_box({0xA0}), claim_box({0xA0}, "c2pa.claim")}).state, ClaimState::multiple);
  EXPECT_EQ(read({claim_box({0xA0}), claim_box({0xA0}, "c2pa.claim.v2__1")}).state,
            ClaimState::multiple);
  EXPECT_EQ(read({claim_box({0xA1})}).state, ClaimState::cbor_invalid);
  EXPECT_EQ(read({claim_box({0xA0, 0x00})}).state, ClaimState::cbor_invalid);
  EXPECT_EQ(read({jt::superbox("c2cl", "c2pa.claim.v2",
                               {jt::box("cbor", {0xA0}), jt::box("cbor", {0xA0})})})
                .state,
            ClaimState::cbor_invalid);
  EXPECT_EQ(read({jt::superbox("c2as", "c2pa.claim.v2", {jt::box("cbor", {0xA0})})}).state,
            ClaimState::missing);
}

// version 1 insists on assertions and signature only.
TEST(Claim, ReadsVersionOne) {
  const Pairs fields = {{"signature", item("self#jumbf=c2pa.signature")},
                        {"assertions", array({reference()})},
                        {"claim_generator", item("tool/1.0")}};
  const ClaimResult result = read({claim_box(map(fields), "c2pa.claim")});
  EXPECT_EQ(result.claim.version, 1);
  EXPECT_TRUE(result.claim.problems.empty());
  EXPECT_EQ(result.claim.references.at(0).origin, Origin::listed);
  EXPECT_EQ(result.claim.generator_text, "tool/1.0");
  const Pairs without = {{"signature", item("self#jumbf=c2pa.signature")}};
  EXPECT_FALSE(read({claim_box(map(without), "c2pa.claim")}).claim.problems.empty());
}

Ingredient ingredient_of(const Pairs& fields, std::string_view label) {
  static std::vector<Bytes> kept;
  kept.push_back(map(fields));
  const Limits limits;
  Budget budget(limits);
  static std::vector<cbor::Document> documents;
  documents.push_back(*cbor::Document::parse(kept.back(), limits, budget));
  return read_ingredient(documents.back().root(), label);
}

// only version 3 knows it.
TEST(Ingredient, SaysThatItWasFoundBySoftBinding) {
  const std::vector<Bytes> names(kMostAlgorithms + 1, item("org.example.mark"));
  const Pairs fields = {{"softBindingsMatched", Bytes{0xF5}},
                        {"softBindingAlgorithmsMatched", array(names)}};
  const Ingredient third = ingredient_of(fields, "c2pa.ingredient.v3");
  EXPECT_TRUE(third.soft_bindings_matched);
  ASSERT_EQ(third.soft_binding_algorithms.size(), kMostAlgorithms);
  EXPECT_EQ(third.soft_binding_algorithms[0], "org.example.mark");
  EXPECT_FALSE(ingredient_of(fields, "c2pa.ingredient.v2").soft_bindings_matched);
  EXPECT_FALSE(ingredient_of({}, "c2pa.ingredient.v3").soft_bindings_matched);
}

//

TEST(Ingredient, StatesItsRelationshipAndResults) {
  EXPECT_TRUE(
      ingredient_of({{"relationship", item("parentOf")}}, "c2pa.ingredient.v2").problems.empty());
  EXPECT_FALSE(
      ingredient_of({{"relationship", item("childOf")}}, "c2pa.ingredient.v2").problems.empty());
  EXPECT_FALSE(ingredient_of({}, "c2pa.ingredient").problems.empty());
  const Pairs third = {{"relationship", item("parentOf")}, {"activeManifest", reference()}};
  EXPECT_FALSE(ingredient_of(third, "c2pa.ingredient.v3").problems.empty());
  Pairs with_results = third;
  with_results.emplace_back("validationResults", map({}));
  EXPECT_TRUE(ingredient_of(with_results, "c2pa.ingredient.v3").problems.empty());
  with_results.emplace_back("digitalSourceType", item("x"));
  EXPECT_FALSE(ingredient_of(with_results, "c2pa.ingredient.v3").problems.empty());
}

}  // namespace
}  // namespace assay::manifest
