#include "pki/trust_store.h"

#include "pki/named.h"

namespace assay::pki::test {
namespace {

std::string pem(const std::string& name) {
  return "-----BEGIN CERTIFICATE-----\n" + to_base64(named(name)) + "\n-----END CERTIFICATE-----\n";
}

TEST(TrustStore, PemWithTextBetweenTheBlocks) {
  const std::string file = "Subject CN=one\n" + pem("root") + "Subject CN=two\n\n" +
                           pem("issuing") +
                           "-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n" +
                           "-----BEGIN CERTIFICATE-----\nAAAA";
  ListInfo info;
  info.name = "bundle";
  const TrustList list = list_from_pem(info, as_bytes(file), Limits());
  ASSERT_EQ(list.anchors.size(), 2U);
  EXPECT_EQ(list.anchors[0].certificate->fingerprint, cert("root")->fingerprint);
  EXPECT_EQ(list.unreadable, 1U);
  EXPECT_EQ(list.info.digest,
            to_hex(crypto::digest(crypto::DigestAlg::sha256, as_bytes(file))));
}

TEST(TrustStore, ServicesKeepTheirWindows) {
  const ListedService services[] = {
      {named("root"), true, at("2025-01-01T00:00:00Z"), at("2026-01-01T00:00:00Z")},
      {named("root"), false, at("2026-01-01T00:00:00Z"), std::nullopt},
      {named("issuing"), true, at("2025-01-01T00:00:00Z"), std::nullopt},
      {Bytes{1, 2, 3}, true, std::nullopt, std::nullopt},
  };
  const TrustList list = list_from_services({}, services, Limits());
  ASSERT_EQ(list.anchors.size(), 2U);
  EXPECT_EQ(list.unreadable, 1U);
  EXPECT_TRUE(list.anchors[0].usable_at(at("2025-06-01T00:00:00Z")));
  EXPECT_FALSE(list.anchors[0].usable_at(at("2024-06-01T00:00:00Z")));
  EXPECT_FALSE(list.anchors[0].usable_at(at("2026-06-01T00:00:00Z")));
  EXPECT_TRUE(list.anchors[1].usable_at(at("2036-06-01T00:00:00Z")));
}

TEST(TrustStore, AllowedListsOfBothForms) {
  const Bytes hash = crypto::digest(crypto::DigestAlg::sha256, named("leaf"));
  const std::string text =
      "# comment\n" + to_base64(hash) + "\n" + pem("self_signed") + "not base64!\nAAAA\n";
  const auto fingerprints = fingerprints_of_allowed_list(text, Limits());
  ASSERT_EQ(fingerprints.size(), 2U);
  EXPECT_EQ(fingerprints[0], cert("self_signed")->fingerprint);
  EXPECT_EQ(fingerprints[1], cert("leaf")->fingerprint);
}

TEST(TrustStore, AnchorsAreFoundBySubjectAndRole) {
  const TrustStore store = test_store();
  const Bytes subject = cert("root")->subject.comparable;
  EXPECT_EQ(store.anchors(ListRole::signer, subject).size(), 1U);
  EXPECT_TRUE(store.anchors(ListRole::time_stamping, subject).empty());
  EXPECT_TRUE(store.anchors(ListRole::signer, cert("leaf")->subject.comparable).empty());
  EXPECT_FALSE(store.empty(ListRole::signer));
  EXPECT_TRUE(store.empty(ListRole::identity));
}

}  // namespace
}  // namespace assay::pki::test
