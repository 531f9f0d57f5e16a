#include "manifest/store.h"

#include <gtest/gtest.h>

#include "manifest/stores.h"

namespace assay::manifest {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)
using State = Target::State;

Bytes small_manifest(std::string_view label) {
  return jt::superbox("c2ma", label,
                      {claim_box({0xA0}), assertions_box({cbor_assertion("a", {0x01})})});
}

// the last manifest is active; other superboxes are skipped when it is chosen.
TEST(Store, TheLastManifestIsActive) {
  const ParsedStore parsed(store_of({small_manifest("one"), small_manifest("two"),
                                     jt::superbox("c2tm", "withdrawn", {jt::box("free", {})}),
                                     jt::superbox("uuid", "other", {jt::box("free", {})})}));
  ASSERT_NE(parsed.store, nullptr);
  ASSERT_EQ(parsed.store->manifests().size(), 2U);
  EXPECT_EQ(parsed.store->active()->label, "two");
}

// the legacy type counts as standard.
TEST(Store, ReadsTheLegacyTypeAsStandard) {
  const ParsedStore parsed(store_of({jt::superbox("c2md", "old", {claim_box({0xA0})})}));
  ASSERT_NE(parsed.store->active(), nullptr);
  EXPECT_EQ(parsed.store->active()->kind, ManifestKind::standard);
}

TEST(Store, KnowsWhatIsNoManifestStore) {
  EXPECT_FALSE(ParsedStore(jt::superbox("c2pa", "other", {})).store->is_manifest_store());
  EXPECT_FALSE(ParsedStore(jt::superbox("c2as", "c2pa", {})).store->is_manifest_store());
  EXPECT_TRUE(ParsedStore(store_of({})).store->is_manifest_store());
}

TEST(Store, ResolvesRelativeAndAbsolutePaths) {
  const ParsedStore parsed(store_of({small_manifest("one"), small_manifest("two")}));
  const Store& store = *parsed.store;
  const Manifest& two = *store.active();
  const Target own = store.resolve("self#jumbf=c2pa.assertions/a", two);
  ASSERT_TRUE(own.found());
  EXPECT_EQ(own.url, "self#jumbf=/c2pa/two/c2pa.assertions/a");
  EXPECT_EQ(own.manifest, &two);
  const Target other = store.resolve("self#jumbf=/c2pa/one/c2pa.assertions/a", two);
  ASSERT_TRUE(other.found());
  EXPECT_EQ(other.manifest->label, "one");
  EXPECT_NE(other.box, own.box);
  EXPECT_EQ(store.resolve("self#jumbf=/c2pa/one", two).box, store.manifests()[0].stored);
  EXPECT_EQ(store.resolve("self#jumbf=c2pa.assertions/b", two).state, State::missing);
  EXPECT_EQ(store.resolve("self#jumbf=/c2pa/three/x", two).state, State::missing);
  EXPECT_EQ(store.resolve("https://example.org/x", two).state, State::external);
  EXPECT_EQ(store.resolve("self#jumbf=c2pa.assertions/../a", two).state, State::missing);
}

// percent-encoding is tried only where the literal label does not exist.
TEST(Store, DecodesPercentOnlyIfTheLiteralFails) {
  const auto with = [](std::initializer_list<Bytes> assertions) {
    return store_of({jt::superbox("c2ma", "m", {assertions_box(assertions)})});
  };
  const ParsedStore plain(with({cbor_assertion("a b", {0x01})}));
  const Target decoded =
      plain.store->resolve("self#jumbf=c2pa.assertions/a%20b", *plain.store->active());
  ASSERT_TRUE(decoded.found());
  EXPECT_EQ(decoded.path, "c2pa.assertions/a b");  // T-60: one name, whatever the spelling
  EXPECT_EQ(decoded.url, "self#jumbf=/c2pa/m/c2pa.assertions/a b");
  EXPECT_FALSE(
      plain.store->resolve("self#jumbf=c2pa.assertions%2Fa%20b", *plain.store->active()).found());
  const ParsedStore both(with({cbor_assertion("a b", {0x01}), cbor_assertion("a%20b", {0x02})}));
  const Target literal =
      both.store->resolve("self#jumbf=c2pa.assertions/a%20b", *both.store->active());
  ASSERT_TRUE(literal.found());
  EXPECT_EQ(literal.box->label(), "a%20b");
}

// T-44, T-46: an ambiguous label resolves to nothing, first or last.
TEST(Store, NeverPicksOneOfTwo) {
  const ParsedStore labels(store_of({jt::superbox(
      "c2ma", "m", {assertions_box({cbor_assertion("a", {0x01}), cbor_assertion("a", {0x02})})})}));
  EXPECT_EQ(labels.store->resolve("self#jumbf=c2pa.assertions/a", *labels.store->active()).state,
            State::ambiguous);
  const ParsedStore manifests(store_of({small_manifest("m"), small_manifest("m")}));
  EXPECT_EQ(
      manifests.store->resolve("self#jumbf=c2pa.assertions/a", *manifests.store->active()).state,
      State::ambiguous);
  EXPECT_TRUE(manifests.store->is_duplicate_label("m"));
  EXPECT_EQ(manifests.store->find("m"), nullptr);
}

// ids in the credential store are URIs with slashes.
TEST(Store, TakesTheRestOfACredentialPathAsOneLabel) {
  const ParsedStore parsed(
      store_of({jt::superbox("c2ma", "m",
                             {jt::superbox("c2vc", "c2pa.credentials",
                                           {jt::superbox("json", "https://example.org/a/b",
                                                         {jt::box("json", {'1'})})})})}));
  EXPECT_TRUE(
      parsed.store
          ->resolve("self#jumbf=c2pa.credentials/https://example.org/a/b", *parsed.store->active())
          .found());
}

// what a compressed manifest inflates to must be one manifest of the same label.
TEST(Store, AcceptsOnlyTheManifestThatTheContainerNames) {
  const auto inflated = [](Bytes bytes) {
    ParsedStore parsed(store_of({jt::superbox("c2cm", "m", {jt::box("brob", {0x01})})}));
    EXPECT_EQ(parsed.store->active()->inflation, Inflation::wanted);
    parsed.store->supply_inflated(0, std::move(bytes), parsed.limits, parsed.budget);
    return std::pair(parsed.store->active()->inflation, parsed.store->active()->box != nullptr);
  };
  EXPECT_EQ(inflated(small_manifest("m")), std::pair(Inflation::done, true));
  EXPECT_EQ(inflated(small_manifest("n")), std::pair(Inflation::failed, false));
  EXPECT_EQ(inflated(jt::superbox("c2cm", "m", {jt::box("brob", {0x01})})),
            std::pair(Inflation::failed, false));
  EXPECT_EQ(inflated(jt::join({small_manifest("m"), {0x00}})), std::pair(Inflation::failed, false));
  EXPECT_EQ(inflated({0x00, 0x01}), std::pair(Inflation::failed, false));
}

TEST(Store, RefusesMoreManifestsThanTheLimit) {
  Limits limits;
  limits.manifests = 1;
  Budget budget(limits);
  EXPECT_TRUE(Store::parse(store_of({small_manifest("a")}), limits, budget, nullptr).ok());
  EXPECT_EQ(
      Store::parse(store_of({small_manifest("a"), small_manifest("b")}), limits, budget, nullptr)
          .fault(),
      Fault::limit);
}

}  // namespace
}  // namespace assay::manifest
