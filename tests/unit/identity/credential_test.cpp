#include "identity/credential.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "identity/json_match.h"
#include "identity/status_list.h"
#include "support/cbor_items.h"
#include "support/hex.h"

namespace assay::identity {
namespace {

using test::array;
using test::hex;
using test::item;
using test::map;

json::Value json_of(std::string_view text) {
  auto value = json::parse(as_bytes(text), Limits());
  EXPECT_TRUE(value.ok()) << text;
  return value.ok() ? std::move(*value) : json::Value();
}

TEST(AggregationCredential, NeedsBothContextsAndBothTypes) {  // R-1133
  const auto with = [](std::string_view contexts, std::string_view types) {
    return is_aggregation_credential(json_of(R"({"@context":)" + std::string(contexts) +
                                             R"(,"type":)" + std::string(types) + "}"));
  };
  constexpr std::string_view kTypes =
      R"(["VerifiableCredential","IdentityClaimsAggregationCredential"])";
  EXPECT_TRUE(with(R"(["https://www.w3.org/ns/credentials/v2",
                       "https://cawg.io/identity/1.2/ica/context/"])",
                   kTypes));
  EXPECT_TRUE(with(R"(["https://www.w3.org/2018/credentials/v1",
                       "https://cawg.io/identity/1.1/ica/context"])",
                   kTypes));
  EXPECT_FALSE(with(R"(["https://www.w3.org/ns/credentials/v2"])", kTypes));
  EXPECT_FALSE(with(R"(["https://cawg.io/identity/1.1/ica/context/"])", kTypes));
  EXPECT_FALSE(with(R"(["https://www.w3.org/ns/credentials/v2",
                        "https://cawg.io.example/identity/1.1/ica/context/"])",
                    kTypes));
  EXPECT_FALSE(with(R"(["https://www.w3.org/ns/credentials/v2",
                        "https://cawg.io/identity/1.1/ica/context/"])",
                    R"(["VerifiableCredential"])"));
}

TEST(AggregationCredential, NamesItsIssuerInEitherForm) {  // R-1134
  EXPECT_EQ(issuer_of(json_of(R"({"issuer":"did:web:a"})")), "did:web:a");
  EXPECT_EQ(issuer_of(json_of(R"({"issuer":{"id":"did:web:b","name":"B"}})")), "did:web:b");
  EXPECT_EQ(issuer_of(json_of(R"({"issuer":"did:web:a","issuer":"did:web:b"})")), "");
  EXPECT_EQ(issuer_of(json_of(R"({"issuer":5})")), "");
}

TEST(AggregationCredential, HasAPeriodInEitherDataModel) {  // R-1141, R-1143
  const Period now = period_of(json_of(R"({"validFrom":"2026-01-01T00:00:00Z","validUntil":"x"})"));
  EXPECT_TRUE(now.has_from && now.from && now.has_until);
  EXPECT_FALSE(now.until.has_value());
  const Period old = period_of(json_of(
      R"({"issuanceDate":"2026-01-01T00:00:00Z","expirationDate":"2027-01-01T00:00:00Z"})"));
  EXPECT_TRUE(old.from && old.until);
  EXPECT_FALSE(period_of(json_of("{}")).has_from);
}

// R-1147: what each kind of identity must say.
TEST(VerifiedIdentities, MustSayWhatTheirTypeRequires) {
  struct Case {
    std::string_view members;
    bool good;
  };
  constexpr Case kCases[] = {
      {R"("type":"cawg.affiliation")", true},
      {R"("type":"")", false},
      {R"("name":"Jo")", false},
      {R"("type":"cawg.document_verification","name":"Jo")", true},
      {R"("type":"cawg.document_verification")", false},
      {R"("type":"cawg.social_media","username":"jo")", true},
      {R"("type":"cawg.social_media","name":"Jo")", false},
      {R"("type":"cawg.crypto_wallet","address":"0x1")", true},
      {R"("type":"cawg.crypto_wallet","username":"jo")", false},
      {R"("type":"cawg.web_site","uri":"https://a.example")", true},
      {R"("type":"cawg.web_site")", false},
      {R"("type":"cawg.affiliation","method":"")", false},
  };
  for (const Case& c : kCases) {
    const std::string text = "{" + std::string(c.members) +
                             R"(,"verifiedAt":"2026-01-01T00:00:00Z","provider":{"name":"P"}})";
    EXPECT_EQ(!identity_problem(json_of(text), false).has_value(), c.good) << text;
  }
  const auto wallet = json_of(R"({"type":"cawg.crypto_wallet","username":"jo",
      "verifiedAt":"2026-01-01T00:00:00Z","provider":{"name":"P"}})");
  EXPECT_FALSE(identity_problem(wallet, true).has_value());
  EXPECT_TRUE(identity_problem(json_of(R"({"type":"x","provider":{"name":"P"}})"), false));
  EXPECT_TRUE(identity_problem(
      json_of(R"({"type":"x","verifiedAt":"2026-01-01T00:00:00Z","provider":{"id":"P"}})"), false));
}

TEST(VerifiedIdentities, AreKeptInTheFormInWhichTheyMayBeShown) {  // T-14
  const auto identity = read_identity(
      json_of(R"({"type":"x","username":"a\u202eb","verifiedAt":"2026-01-01T00:00:00Z"})"));
  EXPECT_EQ(identity.username,
            "a\xEF\xBF\xBD"
            "b");
}

bool matches(const Bytes& cbor, std::string_view json, std::string_view alg = "sha256") {
  Budget budget{Limits()};
  const auto document = cbor::Document::parse(cbor, Limits(), budget);
  EXPECT_TRUE(document.ok());
  return matches_json(document->root(), json_of(json), alg, budget);
}

TEST(JsonMatch, ComparesValuesInAnyOrderOfMembers) {  // R-1145
  const Bytes payload =
      map({{"a", item("x")}, {"b", array({item(uint64_t{1}), item(hex("ff00"))})}});
  EXPECT_TRUE(matches(payload, R"({"a":"x","b":[1,"/wA="]})"));
  EXPECT_TRUE(matches(payload, R"({"b":[1,"/wA="],"a":"x"})"));
  EXPECT_FALSE(matches(payload, R"({"a":"x"})"));
  EXPECT_FALSE(matches(payload, R"({"a":"x","b":[1,"/wA="],"c":null})"));
  EXPECT_FALSE(matches(payload, R"({"a":"x","b":["/wA=",1]})"));
  EXPECT_FALSE(matches(payload, R"({"a":"x","b":[1,"/wA"]})"));
  EXPECT_FALSE(matches(payload, R"({"a":"x","b":[2,"/wA="]})"));
  EXPECT_FALSE(matches(payload, R"({"a":"y","b":[1,"/wA="]})"));
  EXPECT_FALSE(matches(payload, R"({"a":"x","a":"x","b":[1,"/wA="]})"));
  EXPECT_FALSE(matches(payload, "5"));
}

TEST(JsonMatch, TakesBytesAsArraysLikeOlderAggregators) {  // R-1145
  const Bytes bytes = item(hex("ff00"));
  EXPECT_TRUE(matches(bytes, "[255,0]"));
  EXPECT_TRUE(matches(bytes, "[47,119,65,61]"));  // "/wA="
  EXPECT_FALSE(matches(bytes, "[255,1]"));
  EXPECT_FALSE(matches(bytes, "[255]"));
  EXPECT_FALSE(matches(bytes, "[47,119,65]"));
}

TEST(JsonMatch, LetsAReferenceSpellOutTheClaimsAlgorithm) {  // R-409, R-1145
  const Bytes reference = map({{"url", item("u")}, {"hash", item(hex("ff"))}});
  constexpr std::string_view kSpelledOut = R"({"url":"u","hash":"/w==","alg":"sha256"})";
  EXPECT_TRUE(matches(reference, R"({"url":"u","hash":"/w=="})"));
  EXPECT_TRUE(matches(reference, kSpelledOut));
  EXPECT_FALSE(matches(reference, kSpelledOut, "sha384"));
  EXPECT_FALSE(matches(reference, R"({"url":"u","hash":"/w==","more":"sha256"})"));
  EXPECT_FALSE(matches(map({{"url", item("u")}}), R"({"url":"u","alg":"sha256"})"));
}

TEST(StatusEntry, IsEachOneForRevocation) {  // R-1144
  const auto entries = revocation_entries(json_of(R"({"credentialStatus":[
      {"type":"BitstringStatusListEntry","statusPurpose":"suspension"},
      {"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"94567",
       "statusListCredential":"https://a.example/1"},
      {"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":7,
       "statusListCredential":"https://a.example/2"}]})"));
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].kind, StatusEntry::Kind::bitstring);
  EXPECT_EQ(entries[0].index, 94567u);
  EXPECT_EQ(entries[0].url, "https://a.example/1");
  EXPECT_EQ(entries[1].index, 7u);
}

TEST(StatusEntry, IsNotGuessedAt) {  // R-1144
  const auto is_unsupported = [](std::string_view status) {
    const auto entries =
        revocation_entries(json_of(R"({"credentialStatus":)" + std::string(status) + "}"));
    return entries.size() == 1 && entries.front().kind == StatusEntry::Kind::unsupported;
  };
  EXPECT_TRUE(revocation_entries(json_of("{}")).empty());
  EXPECT_TRUE(is_unsupported(R"({"statusPurpose":"revocation","type":"Other"})"));
  EXPECT_TRUE(is_unsupported(R"({"statusPurpose":"revocation","type":"BitstringStatusListEntry",
                     "statusListIndex":"-1","statusListCredential":"https://a.example/1"})"));
  EXPECT_TRUE(is_unsupported(R"({"statusPurpose":"revocation","type":"BitstringStatusListEntry",
                     "statusListIndex":"1","statusListCredential":"file:///etc/passwd"})"));
  EXPECT_TRUE(is_unsupported(R"({"statusPurpose":"revocation","type":"BitstringStatusListEntry",
                     "statusSize":2,"statusListIndex":"1",
                     "statusListCredential":"https://a.example/1"})"));
  // Older kinds do not say what they are for; what cannot be read may say it was withdrawn.
  EXPECT_TRUE(is_unsupported(R"({"id":"https://a.example/1","type":"RevocationList2020Status"})"));
  EXPECT_TRUE(is_unsupported(R"("https://a.example/status/1")"));
  EXPECT_TRUE(is_unsupported(R"([1])"));
  EXPECT_TRUE(is_unsupported(R"({"statusPurpose":"suspension"},"credentialStatus":[])"));
  EXPECT_TRUE(is_unsupported("[{},{},{},{},{},{},{},{},{}]"));
}

}  // namespace
}  // namespace assay::identity
