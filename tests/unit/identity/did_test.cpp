#include "identity/did.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "identity/environment.h"

namespace assay::identity {
namespace {

Did did_of(std::string_view text) {
  const auto did = parse_did(text);
  EXPECT_TRUE(did.has_value()) << text;
  return did.value_or(Did());
}

TEST(Did, TakesMethodAndIdentifierApart) {  // R-1134
  const Did did = did_of("did:web:aggregator.example:people");
  EXPECT_EQ(did.method, "web");
  EXPECT_EQ(did.id, "aggregator.example:people");
}

TEST(Did, RefusesWhatIsNoDid) {  // R-1134
  for (const std::string_view text :
       {"", "did", "did:", "did:web", "did:web:", "did::x", "not-did:jwk:abc", "DID:web:x",
        "did:Web:x", "did:web:x/y", "did:web:x#key-0", "did:web:x?y", "did:web:x y"}) {
    EXPECT_FALSE(parse_did(text).has_value()) << text;
  }
}

TEST(DidWeb, NamesTheAddressOfTheDocument) {  // R-1151
  EXPECT_EQ(did_web_url(did_of("did:web:aggregator.example")),
            "https://aggregator.example/.well-known/did.json");
  EXPECT_EQ(did_web_url(did_of("did:web:aggregator.example:a:b")),
            "https://aggregator.example/a/b/did.json");
  EXPECT_EQ(did_web_url(did_of("did:web:aggregator.example%3A8443:a")),
            "https://aggregator.example:8443/a/did.json");
}

TEST(DidWeb, RefusesWhatCouldBecomeAnotherAddress) {  // T-42
  for (const std::string_view text :
       {"did:web:x%2Fy", "did:web:user%40x.example", "did:web:x%3A", "did:web:x%3Aab",
        "did:web:x::y", "did:web:x:..:y", "did:web:x:a%2F..%2Fb", "did:web:.x", "did:web:x_y",
        "did:web:x:"}) {
    EXPECT_FALSE(did_web_url(did_of(text)).has_value()) << text;
  }
}

TEST(DidJwk, CarriesItsKey) {  // R-1151
  // {"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
  const auto found = keys_of_did_jwk(
      did_of("did:jwk:eyJrdHkiOiJPS1AiLCJjcnYiOiJFZDI1NTE5IiwieCI6IjExcVlBWUt4Q3JmVlNfN1R5V1FIT2c3"
             "aGN2UGFwaU1scndJYWFQY0hVUm8ifQ"),
      Limits());
  ASSERT_EQ(found.keys.size(), 1u);
  EXPECT_TRUE(std::holds_alternative<crypto::Ed25519Key>(found.keys.front()));
  const auto broken = keys_of_did_jwk(did_of("did:jwk:bm90LWEta2V5"), Limits());
  EXPECT_TRUE(broken.keys.empty());
  EXPECT_FALSE(broken.problem.empty());
}

TEST(DidKey, CarriesAnEd25519Key) {
  const auto found =
      keys_of_did_key(did_of("did:key:z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw"));
  ASSERT_EQ(found.keys.size(), 1u);
  // The key of RFC 8037 appendix A.2.
  EXPECT_EQ(to_hex(std::get<crypto::Ed25519Key>(found.keys.front()).bytes),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
}

TEST(DidKey, RefusesOtherKindsAndBrokenText) {
  for (const std::string_view text :
       {"did:key:z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMs",
        "did:key:6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw", "did:key:z0OIl", "did:key:z",
        "did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169"}) {
    const auto found = keys_of_did_key(did_of(text));
    EXPECT_TRUE(found.keys.empty()) << text;
    EXPECT_FALSE(found.problem.empty()) << text;
  }
  EXPECT_TRUE(keys_of_did_key({"key", "z" + std::string(4000, 'z')}).keys.empty());
}

constexpr std::string_view kDid = "did:web:aggregator.example";
constexpr std::string_view kMethod =
    R"({"id":"#k","type":"JsonWebKey","publicKeyJwk":{"kty":"OKP","crv":"Ed25519",
        "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}})";

DidKeys keys_in(const std::string& members) {
  const std::string text = R"({"id":"did:web:aggregator.example",)" + members + "}";
  return keys_of_did_document(as_bytes(text), kDid, Limits());
}

TEST(DidDocument, FindsMethodsThatAreEmbeddedOrReferredTo) {  // R-1137
  const std::string method(kMethod);
  EXPECT_EQ(keys_in(R"("assertionMethod":[)" + method + "]").keys.size(), 1u);
  const std::string listed = R"("verificationMethod":[)" + method + "],";
  EXPECT_EQ(keys_in(listed + R"("assertionMethod":["#k"])").keys.size(), 1u);
  EXPECT_EQ(keys_in(listed + R"("assertionMethod":["did:web:aggregator.example#k"])").keys.size(),
            1u);
}

TEST(DidDocument, AcceptsNoMethodOfAnotherPurposeKindOrSubject) {  // R-1137
  const std::string method(kMethod);
  EXPECT_TRUE(keys_in(R"("authentication":[)" + method + "]").keys.empty());
  const std::string listed = R"("verificationMethod":[)" + method + "],";
  EXPECT_TRUE(keys_in(listed + R"("assertionMethod":["#other"])").keys.empty());
  EXPECT_TRUE(keys_in(listed + R"("assertionMethod":["did:web:other.example#k"])").keys.empty());
  std::string other = method;
  other.replace(other.find("JsonWebKey\""), 10, "Multikey__");
  EXPECT_TRUE(keys_in(R"("assertionMethod":[)" + other + "]").keys.empty());
  const std::string foreign =
      R"({"id":"did:web:other.example","assertionMethod":[)" + method + "]}";
  EXPECT_TRUE(keys_of_did_document(as_bytes(foreign), kDid, Limits()).keys.empty());
  EXPECT_FALSE(keys_of_did_document(as_bytes("{"), kDid, Limits()).problem.empty());
}

TEST(TrustedIssuers, AreTheLinesThatAreDids) {  // R-1138
  const auto issuers = issuers_of_list(
      "# comment\ndid:web:a.example\r\n-----BEGIN CERTIFICATE-----\ndid:web:b.example/path\n"
      "did:jwk:abc",
      "list", Limits());
  ASSERT_EQ(issuers.size(), 2u);
  EXPECT_EQ(issuers[0].did, "did:web:a.example");
  EXPECT_EQ(issuers[1].did, "did:jwk:abc");
  EXPECT_EQ(issuers[1].list, "list");
}

}  // namespace
}  // namespace assay::identity
