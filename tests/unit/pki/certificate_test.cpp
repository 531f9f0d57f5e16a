#include "pki/certificate.h"

#include "pki/certificate_memo.h"
#include "pki/named.h"

namespace assay::pki::test {
namespace {

TEST(Certificate, Fields) {
  const CertificatePtr leaf = cert("leaf");
  EXPECT_EQ(leaf->version, 3U);
  EXPECT_EQ(leaf->subject.common_name(), "Example Press camera 1");
  EXPECT_EQ(leaf->subject.organization(), "Example Press (TEST)");
  EXPECT_EQ(leaf->subject.country(), "XX");
  EXPECT_EQ(leaf->subject.text(), "CN=Example Press camera 1, O=Example Press (TEST), C=XX");
  EXPECT_EQ(leaf->issuer.common_name(), "assay TEST issuing CA");
  EXPECT_EQ(leaf->validity.not_before, at("2020-01-01T00:00:00Z"));
  EXPECT_EQ(leaf->validity.not_after, at("2040-01-01T00:00:00Z"));
  EXPECT_EQ(crypto::key_name(leaf->public_key), "P-256");
  EXPECT_TRUE(leaf->has_purpose(kEkuC2paClaimSigning));
  EXPECT_FALSE(leaf->has_purpose(kEkuTimeStamping));
  EXPECT_FALSE(leaf->is_ca());
  EXPECT_FALSE(leaf->self_issued());
  EXPECT_TRUE(cert("root")->self_issued());
  EXPECT_EQ(cert("issuing")->extensions.basic_constraints->path_length, 0U);
  EXPECT_TRUE(cert("issuing")->extensions.key_usage->has(KeyUsageBit::key_cert_sign));
  EXPECT_EQ(cert("leaf_ocsp_url")->extensions.ocsp_urls,
            std::vector<std::string>{"http://ocsp.example.test/"});
  EXPECT_TRUE(cert("responder")->extensions.ocsp_no_check);
  EXPECT_EQ(cert("leaf_unknown_critical")->extensions.unknown_critical,
            std::vector<std::string>{"1.3.6.1.4.1.55555.9"});
  EXPECT_TRUE(
      equal(*leaf->extensions.authority_key_id, *cert("issuing")->extensions.subject_key_id));
  const Bytes hash = crypto::digest(crypto::DigestAlg::sha256, named("leaf"));
  EXPECT_EQ(fingerprint_hex(leaf->fingerprint), to_hex(hash));
}

TEST(Certificate, KeysThatAreNotSupportedAreNamed) {
  const CertificatePtr leaf = cert("leaf_secp256k1");
  EXPECT_TRUE(std::holds_alternative<std::monostate>(leaf->public_key));
  EXPECT_FALSE(leaf->key_problem.empty());
  EXPECT_EQ(crypto::key_name(cert("leaf_ed25519")->public_key), "Ed25519");
  EXPECT_EQ(crypto::key_name(cert("leaf_rsa_2048")->public_key), "RSA-2048");
}

TEST(Certificate, SignatureAlgorithms) {
  EXPECT_FALSE(cert("leaf_sha1")->signature_scheme.has_value());
  EXPECT_EQ(cert("leaf")->signature_scheme->encoding, crypto::EcdsaEncoding::der);
}

TEST(Certificate, EveryCutIsRefused) {
  const Bytes& whole = named("leaf");
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(parse_certificate(ByteView(whole).first(size), Limits()).ok()) << size;
  }
  Bytes longer = whole;
  longer.push_back(0);
  EXPECT_FALSE(parse_certificate(longer, Limits()).ok());
}

TEST(Certificate, SizeLimit) {
  Limits limits;
  const Bytes& whole = named("leaf");
  limits.certificate_bytes = static_cast<uint32_t>(whole.size());
  EXPECT_TRUE(parse_certificate(whole, limits).ok());
  --limits.certificate_bytes;
  EXPECT_EQ(parse_certificate(whole, limits).fault(), Fault::limit);
}

TEST(CertificateMemo, AnswersAsIfItHadReadTheBytes) {  // docs/adr/0002
  CertificateMemo memo(2);
  Limits limits;
  const Bytes& whole = named("leaf");
  const auto first = memo.parse(whole, limits);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(*memo.parse(whole, limits), *first);
  Bytes other = whole;
  other.back() ^= 1;
  EXPECT_NE(*memo.parse(other, limits), *first);
  other.push_back(0);
  EXPECT_FALSE(memo.parse(other, limits).ok());
  limits.certificate_bytes = static_cast<uint32_t>(whole.size()) - 1;
  EXPECT_EQ(memo.parse(whole, limits).fault(), Fault::limit);
}

TEST(CertificateMemo, StaysBounded) {
  CertificateMemo memo(2);
  const Limits limits;
  const CertificatePtr first = *memo.parse(named("leaf"), limits);
  for (const char* name : {"issuing", "root"}) {
    EXPECT_TRUE(memo.parse(named(name), limits).ok());
  }
  EXPECT_EQ(first.use_count(), 1);
}

// No single changed byte leaves a certificate both readable and signed.
TEST(Certificate, EveryChangedByteBreaksTheChain) {  // T-70, R-10
  const Bytes& whole = named("leaf");
  const TrustStore store = test_store();
  const std::vector<CertificatePtr> pool = {cert("issuing")};
  Bench bench;
  bench.limits.signature_checks = 1u << 20;
  bench.budget = Budget(bench.limits);
  for (size_t i = 0; i < whole.size(); ++i) {
    Bytes changed = whole;
    changed[i] ^= 0x01;
    const auto parsed = parse_certificate(changed, bench.limits);
    if (!parsed) {
      continue;
    }
    const ChainRequest request{*parsed, pool, ListRole::signer, kNow};
    EXPECT_FALSE(build_chain(request, store, bench.context).trusted()) << i;
  }
}

Bytes der_string(uint8_t tag, std::string_view text) {
  Bytes out = {tag, static_cast<uint8_t>(text.size())};
  append(out, as_bytes(text));
  return out;
}

Bytes wrap(uint8_t tag, const Bytes& content) {
  Bytes out = {tag, static_cast<uint8_t>(content.size())};
  append(out, content);
  return out;
}

// A name with one CN of the given string type.
Bytes name_bytes(uint8_t tag, std::string_view text) {
  Bytes pair = {0x06, 0x03, 0x55, 0x04, 0x03};
  append(pair, der_string(tag, text));
  return wrap(0x30, wrap(0x31, wrap(0x30, pair)));
}

TEST(Name, Comparison) {  // RFC 5280 §7.1
  const Bytes plain = name_bytes(0x13, "Example CA");
  const auto same = [&](uint8_t tag, std::string_view text) {
    const Bytes other = name_bytes(tag, text);
    return equal(parse_name(plain)->comparable, parse_name(other)->comparable);
  };
  EXPECT_TRUE(same(0x13, "Example CA"));
  EXPECT_TRUE(same(0x0c, "Example CA"));
  EXPECT_TRUE(same(0x13, "  EXAMPLE   ca "));
  EXPECT_FALSE(same(0x13, "ExampleCA"));
  EXPECT_FALSE(same(0x13, "Example CB"));
  EXPECT_FALSE(same(0x0c, "Ex\xc3\xa4mple CA"));
}

TEST(Name, MalformedNames) {
  EXPECT_TRUE(parse_name(Bytes{0x30, 0x00})->empty());
  EXPECT_FALSE(parse_name(Bytes{0x30, 0x02, 0x31, 0x00}).ok());  // an RDN without attributes
  EXPECT_FALSE(parse_name(Bytes{0x31, 0x00}).ok());
  EXPECT_FALSE(parse_name(Bytes{0x30, 0x00, 0x00}).ok());
  EXPECT_FALSE(parse_name(Bytes{}).ok());
}

}  // namespace
}  // namespace assay::pki::test
