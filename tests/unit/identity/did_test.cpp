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

// The vectors of the did:key specification, points as another implementation expands them.
TEST(DidKey, CarriesACompressedPoint) {  // R-1174
  struct Vector {
    std::string_view did;
    crypto::Curve curve;
    std::string_view point;
  };
  const std::vector<Vector> vectors = {
      {"did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169", crypto::Curve::p256,
       "047f235830dd3defa722ef1aa249d6a0ddbba4f990b0817538933f573640653542856da88d335f1fb25b8bcfbe"
       "089528dce09b1f7cb99fdd60f88300f4c2cc6d35"},
      {"did:key:zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv", crypto::Curve::p256,
       "048a0ac59a2d3086e8a12a78fd4773a6d52a0ca61ef6c1419e15a05bcc6dafce7b79fb17e5bd74c7cca3cab8f8"
       "9f2de919f2dc63b5dbcb52b382a39daa7b2b2483"},
      {"did:key:z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9",
       crypto::Curve::p384,
       "049489d3c65f1f8cb2a9fd40abc48d160e495a862fbbfbfe896ed8878e246f32f85e76129574705f8b61c263cb"
       "7f409c9ccba375202fb6997c47ade113056ecade605cc34a86af70961c2b3eca5d3dc824112dcc9f1afed786a0"
       "278073aee7566f"},
      {"did:key:z82LkvCwHNreneWpsgPEbV3gu1C6NFJEBg4srfJ5gdxEsMGRJUz2sG9FE42shbn2xkZJh54",
       crypto::Curve::p384,
       "04080fa23681c383594bf29bd7dddd6ebc4c7355f0b3ed19fab56efcd546fc2b932b0dfd8830fc8bd114c389a2"
       "c70b52532a99eb9fc0e45d40f781ee261718be0caaf40d83b62ae25dc0d06b8732d1b5f31add614c64188f2943"
       "df263f1d60d97f"},
      {"did:key:z2J9gaYxrKVpdoG9A4gRnmpnRCcxU6agDtFVVBVdn1JedouoZN7SzcyREXXzWgt3gGiwpoHq7K68X4m32D"
       "8HgzG8wv3sY5j7",
       crypto::Curve::p521,
       "040125073ccca272143441b1d9f687cdc7f978cbb96e9dc9f97de28ba373a92769d26d9a02ee67dfa258f9bb2e"
       "ece8a48a5c59a7356c46278d883ab8d9e3baaac2ac92016f738880b865041548d98b969e7dc982ab8d1634fd5a"
       "8ef86388610f6d6293eb68129496810877a708fefca70b3959599b56a6038cdc73e160481ac10ef4dd18c2"},
      {"did:key:z2J9gcGdb2nEyMDmzQYv2QZQcM1vXktvy1Pw4MduSWxGabLZ9XESSWLQgbuPhwnXN7zP7HpTzWqrMTzaY5"
       "zWe6hpzJ2jnw4f",
       crypto::Curve::p521,
       "04010832172e84c07dffbbf2973f0f1a4d74d8ed6495cad99bb89785a6ae14e8b8a9c6d4a60497bf8e34739acf"
       "6ab9b9f09bf7c6a0731096f435bf34b660bbac47657401bd3a302720a06edd33623e569a5d2d5d64de50e87873"
       "2fc98a8755f3f4e44a763bb66ed10c1de885737d98bd2b428c0ee776db0767194a54b45ba4668d0478ed79"}};
  for (const Vector& vector : vectors) {
    const auto found = keys_of_did_key(did_of(vector.did));
    ASSERT_EQ(found.keys.size(), 1u) << vector.did;
    const auto& key = std::get<crypto::EcKey>(found.keys.front());
    EXPECT_EQ(key.curve, vector.curve);
    EXPECT_EQ(to_hex(key.point), vector.point);
  }
}

TEST(DidKey, RefusesOtherKindsAndBrokenText) {
  for (const std::string_view text :
       {"did:key:z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMs",
        "did:key:6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw", "did:key:z0OIl", "did:key:z",
        // A P-256 point cut short, and a secp256k1 key.
        "did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU21",
        "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme"}) {
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
