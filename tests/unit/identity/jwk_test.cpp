#include "identity/jwk.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace assay::identity {
namespace {

crypto::PublicKey key_in(std::string_view text) {
  const auto jwk = json::parse(as_bytes(text), Limits());
  EXPECT_TRUE(jwk.ok());
  return key_of_jwk(*jwk);
}

bool is_key(const crypto::PublicKey& key) { return !std::holds_alternative<std::monostate>(key); }

TEST(Jwk, ReadsAnEd25519Key) {
  // RFC 8037 appendix A.2
  const auto key =
      key_in(R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})");
  const auto* ed25519 = std::get_if<crypto::Ed25519Key>(&key);
  ASSERT_NE(ed25519, nullptr);
  EXPECT_EQ(to_hex(ed25519->bytes),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
}

TEST(Jwk, ReadsAnEcKeyWithFullCoordinatesOnly) {
  // RFC 7517 appendix A.1
  constexpr std::string_view kX = "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4";
  constexpr std::string_view kY = "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM";
  const auto text = [](std::string_view crv, std::string_view x, std::string_view y) {
    return R"({"kty":"EC","crv":")" + std::string(crv) + R"(","x":")" + std::string(x) +
           R"(","y":")" + std::string(y) + R"("})";
  };
  const auto key = key_in(text("P-256", kX, kY));
  const auto* ec = std::get_if<crypto::EcKey>(&key);
  ASSERT_NE(ec, nullptr);
  EXPECT_EQ(ec->curve, crypto::Curve::p256);
  EXPECT_EQ(ec->point.size(), 65u);
  EXPECT_EQ(ec->point.front(), 0x04);
  EXPECT_FALSE(is_key(key_in(text("P-384", kX, kY))));
  EXPECT_FALSE(is_key(key_in(text("P-256", kX.substr(4), kY))));
  EXPECT_FALSE(is_key(key_in(text("secp256k1", kX, kY))));
}

TEST(Jwk, ReadsAnRsaKeyWithoutLeadingZeros) {
  const auto key = key_in(R"({"kty":"RSA","n":"AP__","e":"AQAB"})");
  const auto* rsa = std::get_if<crypto::RsaKey>(&key);
  ASSERT_NE(rsa, nullptr);
  EXPECT_EQ(to_hex(rsa->modulus), "ffff");
  EXPECT_EQ(to_hex(rsa->exponent), "010001");
}

TEST(Jwk, RefusesOtherKindsAndAmbiguousMembers) {
  EXPECT_FALSE(is_key(key_in(R"({"kty":"oct","k":"AAAA"})")));
  EXPECT_FALSE(is_key(key_in(R"({"kty":"OKP","crv":"X25519",
      "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})")));
  EXPECT_FALSE(is_key(key_in(R"({"kty":"OKP","crv":"Ed25519","x":"AAAA"})")));
  EXPECT_FALSE(is_key(key_in(R"({"kty":"OKP","kty":"OKP","crv":"Ed25519",
      "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})")));
  EXPECT_FALSE(is_key(key_in("[]")));
}

// did:jwk: a key for encryption is no method for assertions.
TEST(Jwk, IsOneForSignaturesUnlessItSaysOtherwise) {  // R-1137
  const auto with = [](std::string_view member) {
    return key_in(R"({"kty":"OKP","crv":"Ed25519",)" + std::string(member) +
                  R"("x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})");
  };
  EXPECT_TRUE(is_key(with(R"("use":"sig",)")));
  EXPECT_TRUE(is_key(with(R"("key_ops":["verify"],)")));
  EXPECT_FALSE(is_key(with(R"("use":"enc",)")));
  EXPECT_FALSE(is_key(with(R"("use":["sig"],)")));
  EXPECT_FALSE(is_key(with(R"("use":"sig","use":"enc",)")));
  EXPECT_FALSE(is_key(with(R"("key_ops":["deriveKey"],)")));
  EXPECT_FALSE(is_key(with(R"("key_ops":"verify",)")));
}

TEST(Jws, TakesThreePartsApart) {
  // {"alg":"ES256"} . {"a":1} . 0xff
  const auto jws = parse_jws("eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ._w", Limits());
  ASSERT_TRUE(jws.has_value());
  EXPECT_EQ(jws->signed_text, "eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ");
  EXPECT_EQ(to_hex(jws->signature), "ff");
  ASSERT_NE(jws->payload.get("a"), nullptr);
  EXPECT_EQ(jws->payload.get("a")->as_int(), 1);
  ASSERT_TRUE(jws->alg.has_value());
  EXPECT_EQ(jws->alg->scheme, crypto::Scheme::ecdsa);
}

TEST(Jws, RefusesOtherShapes) {
  for (const std::string_view text :
       {"", "a", "a.b", "eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ", "eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ._w._w",
        "e30.WzFd._w", "!.eyJhIjoxfQ._w", "eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.!"}) {
    EXPECT_FALSE(parse_jws(text, Limits()).has_value()) << text;
  }
}

TEST(Jws, NamesNoAlgorithmForNoneHmacOrCriticalExtensions) {
  // {"alg":"none"}, {"alg":"HS256"}, {"alg":"RS256"}, {"alg":"ES256","crit":["b64"]}
  for (const std::string_view header :
       {"eyJhbGciOiJub25lIn0", "eyJhbGciOiJIUzI1NiJ9", "eyJhbGciOiJSUzI1NiJ9",
        "eyJhbGciOiJFUzI1NiIsImNyaXQiOlsiYjY0Il19"}) {
    const auto jws = parse_jws(std::string(header) + ".eyJhIjoxfQ.", Limits());
    ASSERT_TRUE(jws.has_value()) << header;
    EXPECT_FALSE(jws->alg.has_value()) << header;
  }
}

}  // namespace
}  // namespace assay::identity
