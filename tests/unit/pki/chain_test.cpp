#include "pki/chain.h"

#include <algorithm>

#include "pki/named.h"

namespace assay::pki::test {
namespace {

ChainOutcome chain(const std::string& leaf, const std::vector<std::string>& pool,
                   UnixTime time = kNow) {
  Bench bench;
  return signer_chain(leaf, pool, test_store(), bench, time);
}

bool has_rule(const ChainOutcome& outcome, PathRule rule) {
  return std::any_of(outcome.errors.begin(), outcome.errors.end(), [&](const auto& list) {
    return std::any_of(list.begin(), list.end(),
                       [&](const PathError& error) { return error.rule == rule; });
  });
}

TEST(Chain, LeadsToTheAnchor) {
  const ChainOutcome outcome = chain("leaf", {"issuing"});
  EXPECT_EQ(outcome.result, ChainResult::trusted) << describe(outcome);
  ASSERT_EQ(outcome.path.size(), 3U);
  EXPECT_EQ(outcome.path[2]->fingerprint, cert("root")->fingerprint);
  ASSERT_TRUE(outcome.list.has_value());
  EXPECT_EQ(outcome.list->name, "test list");
}

TEST(Chain, PoolNeedsNoOrderAndMayHoldAnything) {  // R-609, T-70
  EXPECT_TRUE(
      chain("leaf", {"root", "tsa", "fake_root", "leaf", "fake_issuing", "issuing"}).trusted());
}

TEST(Chain, MissingIssuerIsUntrusted) {
  const ChainOutcome outcome = chain("leaf", {});
  EXPECT_EQ(outcome.result, ChainResult::untrusted);
  EXPECT_TRUE(has_rule(outcome, PathRule::no_issuer));
  EXPECT_EQ(outcome.path.size(), 1U);
}

TEST(Chain, IssuersOfTheSameNameButAnotherKeyDoNotHelp) {  // T-70, T-06
  EXPECT_EQ(chain("fake_leaf", {"fake_issuing", "fake_root"}).result, ChainResult::untrusted);
  EXPECT_EQ(chain("fake_leaf", {"issuing"}).result, ChainResult::untrusted);
  EXPECT_EQ(chain("leaf", {"fake_issuing"}).result, ChainResult::untrusted);
  EXPECT_EQ(chain("self_signed", {"issuing"}).result, ChainResult::untrusted);
}

TEST(Chain, CrossSignedIssuersAreAllTried) {
  EXPECT_TRUE(chain("leaf", {"cross_issuing", "issuing"}).trusted());
  EXPECT_EQ(chain("leaf", {"cross_issuing"}).result, ChainResult::untrusted);
}

TEST(Chain, IntermediateMayBeTheAnchor) {  // R-721, T-75
  TrustStore store;
  store.add_list(list_of({cert("issuing")}, ListRole::signer, {std::string(kEkuC2paClaimSigning)}));
  Bench bench;
  const ChainOutcome outcome = signer_chain("leaf", {}, store, bench);
  EXPECT_TRUE(outcome.trusted()) << describe(outcome);
  EXPECT_EQ(outcome.path.size(), 2U);
}

TEST(Chain, PathLengthOfAnAnchorCounts) {  // R-721, T-70
  EXPECT_TRUE(has_rule(chain("leaf_below_sub", {"sub_issuing", "issuing"}), PathRule::path_length));
  TrustStore store;
  store.add_list(list_of({cert("issuing")}, ListRole::signer, {std::string(kEkuC2paClaimSigning)}));
  Bench bench;
  const ChainOutcome outcome = signer_chain("leaf_below_sub", {"sub_issuing"}, store, bench);
  EXPECT_EQ(outcome.result, ChainResult::untrusted);
  EXPECT_TRUE(has_rule(outcome, PathRule::path_length)) << describe(outcome);
}

TEST(Chain, LeafOnAnAnchorListIsNotTrustedByThat) {
  TrustStore store;
  store.add_list(list_of({cert("leaf"), cert("self_signed")}, ListRole::signer,
                         {std::string(kEkuC2paClaimSigning)}));
  Bench bench;
  EXPECT_EQ(signer_chain("leaf", {}, store, bench).result, ChainResult::untrusted);
  EXPECT_EQ(signer_chain("self_signed", {"self_signed"}, store, bench).result,
            ChainResult::untrusted);
}

TEST(Chain, OnlyListsForAPurposeOfTheLeafCount) {  // P-12, T-69
  EXPECT_TRUE(chain("leaf", {"issuing"}).trusted());
  for (const char* name : {"leaf_email", "leaf_document", "leaf_server", "leaf_no_eku"}) {
    const ChainOutcome outcome = chain(name, {"issuing"});
    EXPECT_EQ(outcome.result, ChainResult::untrusted) << name;
    EXPECT_TRUE(has_rule(outcome, PathRule::no_purpose)) << name;
  }
  TrustStore store;
  store.add_list(list_of({cert("root")}, ListRole::signer, {std::string(kEkuEmailProtection)}));
  Bench bench;
  EXPECT_TRUE(signer_chain("leaf_email", {"issuing"}, store, bench).trusted());
  EXPECT_FALSE(signer_chain("leaf_document", {"issuing"}, store, bench).trusted());
}

TEST(Chain, ListsOfOtherRolesDoNotCount) {
  TrustStore store;
  store.add_list(list_of({cert("root")}, ListRole::time_stamping));
  store.add_list(list_of({cert("root")}, ListRole::identity, {std::string(kEkuC2paClaimSigning)}));
  Bench bench;
  EXPECT_FALSE(signer_chain("leaf", {"issuing"}, store, bench).trusted());
}

TEST(Chain, TimesOfEveryCertificateCount) {
  EXPECT_EQ(chain("leaf_expired", {"issuing"}).result, ChainResult::outside_validity);
  EXPECT_EQ(chain("leaf_not_yet", {"issuing"}).result, ChainResult::outside_validity);
  EXPECT_EQ(chain("leaf", {"issuing_expired"}).result, ChainResult::outside_validity);
  const UnixTime before_expiry = at("2023-06-01T00:00:00Z");
  EXPECT_TRUE(chain("leaf_expired", {"issuing"}, before_expiry).trusted());
  EXPECT_TRUE(chain("leaf", {"issuing_expired"}, before_expiry).trusted());
  EXPECT_EQ(chain("leaf", {"issuing"}, at("2019-12-31T23:59:59Z")).result,
            ChainResult::outside_validity);
  EXPECT_TRUE(chain("leaf", {"issuing"}, at("2020-01-01T00:00:00Z")).trusted());
  EXPECT_TRUE(chain("leaf", {"issuing"}, at("2040-01-01T00:00:00Z")).trusted());
  EXPECT_EQ(chain("leaf", {"issuing"}, at("2040-01-01T00:00:01Z")).result,
            ChainResult::outside_validity);
}

TEST(Chain, AnchorWindow) {
  TrustList list = list_of({cert("root")}, ListRole::signer, {std::string(kEkuC2paClaimSigning)});
  list.anchors[0].not_before = at("2025-01-01T00:00:00Z");
  list.anchors[0].not_after = at("2026-01-01T00:00:00Z");
  TrustStore store;
  store.add_list(list);
  const auto result_at = [&](const char* time) {
    Bench bench;
    return signer_chain("leaf", {"issuing"}, store, bench, at(time)).result;
  };
  EXPECT_EQ(result_at("2025-06-01T00:00:00Z"), ChainResult::trusted);
  EXPECT_EQ(result_at("2024-12-31T00:00:00Z"), ChainResult::untrusted);
  EXPECT_EQ(result_at("2026-01-02T00:00:00Z"), ChainResult::untrusted);
}

TEST(Chain, RulesForIssuers) {  // R-701…R-712, T-70
  struct Row {
    const char* issuer;
    ChainResult result;
    PathRule rule;
  };
  const Row rows[] = {
      {"issuing_no_ski", ChainResult::profile_invalid, PathRule::profile},
      {"issuing_no_cert_sign", ChainResult::untrusted, PathRule::key_cert_sign},
      {"issuing_not_ca", ChainResult::untrusted, PathRule::not_a_ca},
      {"issuing_no_constraints", ChainResult::untrusted, PathRule::not_a_ca},
      {"issuing_unknown_critical", ChainResult::untrusted, PathRule::critical_extension},
      {"issuing_permits_other_name", ChainResult::untrusted, PathRule::name_constraints},
      {"issuing_excludes_name", ChainResult::untrusted, PathRule::name_constraints},
      {"issuing_requires_policy", ChainResult::untrusted, PathRule::policy},
  };
  for (const Row& row : rows) {
    const ChainOutcome outcome = chain("leaf", {row.issuer});
    EXPECT_EQ(outcome.result, row.result) << row.issuer << "\n" << describe(outcome);
    EXPECT_TRUE(has_rule(outcome, row.rule)) << row.issuer << "\n" << describe(outcome);
    EXPECT_TRUE(chain("leaf", {row.issuer, "issuing"}).trusted()) << row.issuer;
  }
  EXPECT_TRUE(chain("leaf", {"issuing_permits_name"}).trusted());
  EXPECT_TRUE(chain("leaf", {"issuing_excludes_email"}).trusted());
  EXPECT_TRUE(
      has_rule(chain("leaf_email_name", {"issuing_excludes_email"}), PathRule::name_constraints));
}

TEST(Chain, RulesForLeaves) {
  EXPECT_TRUE(has_rule(chain("leaf_unknown_critical", {"issuing"}), PathRule::critical_extension));
  EXPECT_TRUE(has_rule(chain("leaf_name_constraints", {"issuing"}), PathRule::name_constraints));
  EXPECT_TRUE(has_rule(chain("leaf_sha1", {"issuing"}), PathRule::unsupported_signature));
  EXPECT_TRUE(has_rule(chain("leaf_inner_differs", {"issuing"}), PathRule::unsupported_signature));
  EXPECT_FALSE(chain("leaf_broken_signature", {"issuing"}).trusted());
}

TEST(Chain, LoopsEnd) {  // T-70
  EXPECT_EQ(chain("loop_leaf", {"loop_a", "loop_b", "loop_a", "loop_b"}).result,
            ChainResult::untrusted);
}

TEST(Chain, LimitsStopTheSearch) {
  Bench nodes;
  nodes.limits.path_nodes = 1;
  EXPECT_EQ(signer_chain("leaf", {"issuing"}, test_store(), nodes).result, ChainResult::limit);
  Bench two;
  two.limits.path_nodes = 2;
  EXPECT_TRUE(signer_chain("leaf", {"issuing"}, test_store(), two).trusted());
  Bench checks;
  checks.limits.signature_checks = 1;
  checks.budget = Budget(checks.limits);
  EXPECT_EQ(signer_chain("leaf", {"issuing"}, test_store(), checks).result, ChainResult::limit);
}

TEST(Chain, NothingIsCheckedTwice) {  // docs/adr/0002
  Bench bench;
  const TrustStore store = test_store();
  EXPECT_TRUE(signer_chain("leaf", {"issuing"}, store, bench).trusted());
  const uint64_t checks = bench.signatures.checks();
  EXPECT_EQ(checks, 2U);
  EXPECT_TRUE(signer_chain("leaf", {"issuing"}, store, bench).trusted());
  EXPECT_EQ(bench.signatures.checks(), checks);
}

TEST(Chain, ListedEntityIsTrustedByItself) {
  TrustStore store;
  const Fingerprint fingerprint = cert("self_signed")->fingerprint;
  store.trust_entity(fingerprint, {ListRole::signer, EntitySource::address_book, "my camera"});
  Bench bench;
  const ChainOutcome outcome = signer_chain("self_signed", {}, store, bench);
  EXPECT_TRUE(outcome.trusted());
  EXPECT_EQ(outcome.entity->label, "my camera");
  EXPECT_FALSE(outcome.list.has_value());
  EXPECT_EQ(signer_chain("self_signed", {}, store, bench, at("2050-01-01T00:00:00Z")).result,
            ChainResult::outside_validity);
  // Never for time-stamps, not even by asking for it, and never for another role.
  store.trust_entity(fingerprint, {ListRole::time_stamping, EntitySource::address_book, ""});
  const ChainRequest stamping{cert("self_signed"), {}, ListRole::time_stamping, kNow};
  EXPECT_FALSE(build_chain(stamping, store, bench.context).trusted());
  const ChainRequest identity{cert("self_signed"), {}, ListRole::identity, kNow};
  EXPECT_FALSE(build_chain(identity, store, bench.context).trusted());
}

TEST(Chain, IssuerOfAListedEntityIsKnown) {  // R-735, T-04: so that its revocation can be seen
  TrustStore store;
  store.trust_entity(cert("leaf")->fingerprint, {ListRole::signer, EntitySource::address_book, ""});
  Bench bench;
  const ChainOutcome outcome = signer_chain("leaf", {"fake_issuing", "issuing"}, store, bench);
  EXPECT_TRUE(outcome.trusted());
  EXPECT_EQ(outcome.path.size(), 1U);
  ASSERT_NE(outcome.leaf_issuer, nullptr);
  EXPECT_EQ(outcome.leaf_issuer->fingerprint, cert("issuing")->fingerprint);
  EXPECT_EQ(signer_chain("leaf", {"fake_issuing"}, store, bench).leaf_issuer, nullptr);
  // Nobody is taken for the issuer whose signature was not verified.
  EXPECT_EQ(signer_chain("leaf_sha1", {"issuing"}, test_store(), bench).leaf_issuer, nullptr);
}

TEST(Chain, ListedEntityIsNoIssuer) {
  TrustStore store;
  store.trust_entity(cert("issuing")->fingerprint,
                     {ListRole::signer, EntitySource::allowed_list, ""});
  Bench bench;
  EXPECT_FALSE(signer_chain("leaf", {"issuing"}, store, bench).trusted());
}

TEST(Chain, SwitchesTakeEffect) {  // T-06
  TrustList list;
  list.info.role = ListRole::time_stamping;
  list.anchors = {{cert("root"), {}, {}}, {cert("issuing"), {}, {}}};
  const std::vector<Fingerprint> off = {cert("root")->fingerprint, cert("leaf")->fingerprint};
  leave_out(list, off);
  ASSERT_EQ(list.anchors.size(), 1U);
  EXPECT_EQ(list.anchors[0].certificate->fingerprint, cert("issuing")->fingerprint);
}

TEST(Chain, OutsideValidityNamesTheCertificate) {
  const std::vector<CertificatePtr> path = {cert("leaf"), cert("issuing_expired")};
  EXPECT_EQ(outside_validity(path, kNow), path[1].get());
  EXPECT_EQ(outside_validity(path, at("2023-01-01T00:00:00Z")), nullptr);
}

}  // namespace
}  // namespace assay::pki::test
