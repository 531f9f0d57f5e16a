// R-605, R-606, R-607, R-701, T-67: the Wycheproof, CCTV and speccheck vectors.
#include <algorithm>
#include <array>

#include "crypto/signature.h"
#include "support/suites.h"

namespace assay::crypto {
namespace {

using test::bytes_field;
using test::number_of;
using test::text_of;

std::optional<DigestAlg> hash_named(std::string_view name) {
  if (name == "SHA-256") {
    return DigestAlg::sha256;
  }
  if (name == "SHA-384") {
    return DigestAlg::sha384;
  }
  if (name == "SHA-512") {
    return DigestAlg::sha512;
  }
  return name == "SHA-1" ? std::optional(DigestAlg::sha1) : std::nullopt;
}

Bytes magnitude(Bytes value) {
  const auto first = std::find_if(value.begin(), value.end(), [](uint8_t b) { return b != 0; });
  value.erase(value.begin(), first);
  return value;
}

std::optional<Curve> curve_named(std::string_view name) {
  if (name == "secp256r1") {
    return Curve::p256;
  }
  if (name == "secp384r1") {
    return Curve::p384;
  }
  return name == "secp521r1" ? std::optional(Curve::p521) : std::nullopt;
}

PublicKey key_of(const json::Value& group) {
  // Signatures that are to be made bring their private key, which contains the public one.
  const char* holder = group.get("publicKey") != nullptr ? "publicKey" : "privateKey";
  const json::Value& key = *group.get(holder);
  if (key.get("modulus") != nullptr) {
    return RsaKey{magnitude(bytes_field(key, "modulus")),
                  magnitude(bytes_field(key, "publicExponent"))};
  }
  if (key.get("pk") != nullptr) {
    Ed25519Key ed25519;
    const Bytes bytes = bytes_field(key, "pk");
    std::copy_n(bytes.begin(), ed25519.bytes.size(), ed25519.bytes.begin());
    return ed25519;
  }
  const auto curve = curve_named(text_of(key, "curve"));
  return curve ? PublicKey(EcKey{*curve, bytes_field(key, "uncompressed")}) : PublicKey();
}

std::optional<SigAlg> algorithm_of(const json::Value& group) {
  const std::string type = text_of(group, "type");
  if (type == "EddsaVerify") {
    return SigAlg{Scheme::ed25519, DigestAlg::sha512, DigestAlg::sha512, 0, {}};
  }
  const auto hash = hash_named(text_of(group, "sha"));
  if (!hash) {
    return std::nullopt;
  }
  if (starts_with(type, "RsassaPkcs1")) {
    return SigAlg{Scheme::rsa_pkcs1, *hash, *hash, 0, {}};
  }
  if (starts_with(type, "RsassaPss")) {
    const auto mgf = hash_named(text_of(group, "mgfSha"));
    return mgf ? std::optional(SigAlg{Scheme::rsa_pss,
                                      *hash,
                                      *mgf,
                                      static_cast<size_t>(number_of(group, "sLen")),
                                      {}})
               : std::nullopt;
  }
  const bool p1363 = type == "EcdsaP1363Verify";
  return SigAlg{Scheme::ecdsa, *hash, *hash, 0, p1363 ? EcdsaEncoding::p1363 : EcdsaEncoding::der};
}

// SHA-1 anywhere, and keys outside 2048..4096 bits, are refused whatever the signature is.
bool refused(const SigAlg& alg, const PublicKey& key) {
  const bool rsa = std::holds_alternative<RsaKey>(key);
  return alg.hash == DigestAlg::sha1 || alg.mgf_hash == DigestAlg::sha1 ||
         (rsa && (key_bits(key) < 2048 || key_bits(key) > 4096));
}

void check_case(const std::string& name, const json::Value& test, const SigAlg& alg,
                const PublicKey& key, test::Tally& tally) {
  const Verified answer = verify(alg, key, bytes_field(test, "msg"), bytes_field(test, "sig"));
  const std::string expected = text_of(test, "result");
  const std::string where =
      name + " #" + std::to_string(number_of(test, "tcId")) + " " + text_of(test, "comment");
  if (refused(alg, key)) {
    EXPECT_NE(answer, Verified::yes) << where;
  } else if (expected == "valid") {
    EXPECT_EQ(answer, Verified::yes) << where;
  } else if (expected == "invalid") {
    EXPECT_NE(answer, Verified::yes) << where;
  } else {
    tally.skip("either answer is acceptable");
    return;
  }
  tally.run();
}

void run_file(const std::string& folder, const std::string& name, test::Tally& tally) {
  const auto root = test::read_json(folder + "wycheproof/testvectors_v1/" + name);
  ASSERT_TRUE(root.has_value()) << name;
  for (const json::Value& group : root->get("testGroups")->items()) {
    const auto alg = algorithm_of(group);
    const PublicKey key = key_of(group);
    for (const json::Value& test : group.get("tests")->items()) {
      if (!alg || std::holds_alternative<std::monostate>(key)) {
        tally.skip("a hash or curve that no algorithm of C2PA uses");
        continue;
      }
      check_case(name, test, *alg, key, tally);
    }
  }
}

constexpr std::array<const char*, 50> kFiles = {
    "ecdsa_secp256r1_sha256_p1363_test.json",
    "ecdsa_secp256r1_sha512_p1363_test.json",
    "ecdsa_secp384r1_sha384_p1363_test.json",
    "ecdsa_secp384r1_sha512_p1363_test.json",
    "ecdsa_secp521r1_sha512_p1363_test.json",
    "ecdsa_secp256r1_sha256_test.json",
    "ecdsa_secp256r1_sha512_test.json",
    "ecdsa_secp384r1_sha256_test.json",
    "ecdsa_secp384r1_sha384_test.json",
    "ecdsa_secp384r1_sha512_test.json",
    "ecdsa_secp521r1_sha512_test.json",
    "ecdsa_secp256k1_sha256_test.json",
    "ecdsa_secp256k1_sha256_p1363_test.json",
    "ed25519_test.json",
    "rsa_pss_2048_sha1_mgf1_20_test.json",
    "rsa_pss_2048_sha1_mgf1_20_params_test.json",
    "rsa_pss_2048_sha256_mgf1_0_test.json",
    "rsa_pss_2048_sha256_mgf1_0_params_test.json",
    "rsa_pss_2048_sha256_mgf1_32_test.json",
    "rsa_pss_2048_sha256_mgf1_32_params_test.json",
    "rsa_pss_2048_sha256_mgf1sha1_20_test.json",
    "rsa_pss_2048_sha384_mgf1_48_test.json",
    "rsa_pss_2048_sha512_mgf1sha256_32_params_test.json",
    "rsa_pss_2048_sha512_256_mgf1_32_test.json",
    "rsa_pss_3072_sha256_mgf1_32_test.json",
    "rsa_pss_3072_sha256_mgf1_32_params_test.json",
    "rsa_pss_4096_sha256_mgf1_32_test.json",
    "rsa_pss_4096_sha384_mgf1_48_test.json",
    "rsa_pss_4096_sha512_mgf1_32_test.json",
    "rsa_pss_4096_sha512_mgf1_32_params_test.json",
    "rsa_pss_4096_sha512_mgf1_64_test.json",
    "rsa_pss_4096_sha512_mgf1_64_params_test.json",
    "rsa_pss_misc_test.json",
    "rsa_pss_misc_params_test.json",
    "rsa_pkcs1_2048_sig_gen_test.json",
    "rsa_pkcs1_3072_sig_gen_test.json",
    "rsa_pkcs1_4096_sig_gen_test.json",
    "rsa_signature_2048_sha224_test.json",
    "rsa_signature_2048_sha256_test.json",
    "rsa_signature_2048_sha384_test.json",
    "rsa_signature_2048_sha512_test.json",
    "rsa_signature_3072_sha256_test.json",
    "rsa_signature_3072_sha384_test.json",
    "rsa_signature_3072_sha512_test.json",
    "rsa_signature_4096_sha256_test.json",
    "rsa_signature_4096_sha384_test.json",
    "rsa_signature_4096_sha512_test.json",
    "rsa_signature_8192_sha256_test.json",
    "rsa_signature_8192_sha384_test.json",
    "rsa_signature_8192_sha512_test.json",
};

TEST(Wycheproof, EveryApplicableFile) {
  ASSAY_NEEDS_SUITES(folder);
  test::Tally tally("Wycheproof, " + std::to_string(kFiles.size()) + " files");
  for (const char* name : kFiles) {
    run_file(folder, name, tally);
  }
}

Verified verify_ed25519(const Bytes& key, ByteView message, ByteView signature) {
  Ed25519Key ed25519;
  EXPECT_EQ(key.size(), ed25519.bytes.size());
  std::copy_n(key.begin(), ed25519.bytes.size(), ed25519.bytes.begin());
  return verify({Scheme::ed25519, DigestAlg::sha512, DigestAlg::sha512, 0, {}}, ed25519, message,
                signature);
}

// The strict rule: low-order and non-canonical points and cofactored-only signatures are refused.
TEST(Cctv, Ed25519StrictRule) {
  ASSAY_NEEDS_SUITES(folder);
  const auto root = test::read_json(folder + "cctv/ed25519/ed25519vectors.json");
  ASSERT_TRUE(root.has_value());
  test::Tally tally("CCTV Ed25519");
  for (const json::Value& test : root->items()) {
    bool strict = true;
    const json::Value* flags = test.get("flags");
    for (const json::Value& flag : flags != nullptr ? flags->items() : std::vector<json::Value>()) {
      const std::string_view name = flag.as_text().value_or("");
      strict = strict && (name == "low_order_component_A" || name == "low_order_component_R");
    }
    const std::string message = text_of(test, "msg");
    EXPECT_EQ(verify_ed25519(bytes_field(test, "key"), as_bytes(message), bytes_field(test, "sig")),
              strict ? Verified::yes : Verified::no)
        << number_of(test, "number");
    tally.run();
  }
}

// Case 3 is the only one that a strict, cofactorless verifier accepts besides 2 (mixed-order A, R).
TEST(Speccheck, Ed25519StrictRule) {
  ASSAY_NEEDS_SUITES(folder);
  const auto root = test::read_json(folder + "speccheck/cases.json");
  ASSERT_TRUE(root.has_value());
  test::Tally tally("ed25519-speccheck");
  size_t index = 0;
  for (const json::Value& test : root->items()) {
    const bool accepted = index == 3;
    EXPECT_EQ(verify_ed25519(bytes_field(test, "pub_key"), bytes_field(test, "message"),
                             bytes_field(test, "signature")),
              accepted ? Verified::yes : Verified::no)
        << index;
    ++index;
    tally.run();
  }
}

}  // namespace
}  // namespace assay::crypto
