#include "crypto/signature.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "crypto/signature_memo.h"
#include "crypto/signatures.h"
#include "support/hex.h"

namespace assay::crypto::test {
namespace {

using assay::test::hex;

const ByteView kMessage = as_bytes("assay signs nothing");

SigAlg ecdsa(DigestAlg hash, EcdsaEncoding encoding) {
  return {Scheme::ecdsa, hash, hash, 0, encoding};
}

struct Ec {
  EcKey key;
  DigestAlg hash;
  Bytes der;
  Bytes p1363;
};

std::vector<Ec> ec_vectors() {
  return {
      {{Curve::p256, hex(kP256.point)}, DigestAlg::sha256, hex(kP256.der), hex(kP256.p1363)},
      {{Curve::p384, hex(kP384.point)}, DigestAlg::sha384, hex(kP384.der), hex(kP384.p1363)},
      {{Curve::p521, hex(kP521.point)}, DigestAlg::sha512, hex(kP521.der), hex(kP521.p1363)},
  };
}

TEST(Signature, EcdsaBothEncodings) {
  for (const Ec& ec : ec_vectors()) {
    const SigAlg raw = ecdsa(ec.hash, EcdsaEncoding::p1363);
    const SigAlg der = ecdsa(ec.hash, EcdsaEncoding::der);
    EXPECT_EQ(verify(raw, ec.key, kMessage, ec.p1363), Verified::yes);
    EXPECT_EQ(verify(der, ec.key, kMessage, ec.der), Verified::yes);
    EXPECT_EQ(verify(raw, ec.key, kMessage, ec.der), Verified::no);  // T-67: never sniffed
    EXPECT_EQ(verify(der, ec.key, kMessage, ec.p1363), Verified::no);
    EXPECT_EQ(verify(raw, ec.key, as_bytes("assay signs nothinG"), ec.p1363), Verified::no);
  }
}

TEST(Signature, EcdsaRanges) {  // R-607, T-67
  for (const Ec& ec : ec_vectors()) {
    const SigAlg raw = ecdsa(ec.hash, EcdsaEncoding::p1363);
    const size_t width = field_size(ec.key.curve);
    for (size_t half = 0; half < 2; ++half) {
      for (const uint8_t fill : {uint8_t{0x00}, uint8_t{0xff}}) {
        Bytes changed = ec.p1363;
        std::fill_n(changed.begin() + static_cast<std::ptrdiff_t>(half * width), width, fill);
        EXPECT_EQ(verify(raw, ec.key, kMessage, changed), Verified::no);
      }
    }
    Bytes longer = ec.p1363;
    longer.push_back(0);
    EXPECT_EQ(verify(raw, ec.key, kMessage, longer), Verified::no);
    longer.push_back(0);  // even again, but not the size of the curve
    EXPECT_EQ(verify(raw, ec.key, kMessage, longer), Verified::no);
    EXPECT_EQ(verify(raw, ec.key, kMessage, ByteView(ec.p1363).first(2 * width - 2)), Verified::no);
    EXPECT_EQ(verify(raw, ec.key, kMessage, {}), Verified::no);
  }
}

TEST(Signature, EcdsaDerIsStrict) {  // T-67
  const Ec ec = ec_vectors()[0];
  const SigAlg der = ecdsa(ec.hash, EcdsaEncoding::der);
  Bytes trailing = ec.der;
  trailing.push_back(0);
  EXPECT_EQ(verify(der, ec.key, kMessage, trailing), Verified::no);
  Bytes long_form = {0x30, 0x81};
  append(long_form, ByteView(ec.der).subspan(1));
  EXPECT_EQ(verify(der, ec.key, kMessage, long_form), Verified::no);
  for (size_t size = 0; size < ec.der.size(); ++size) {
    EXPECT_EQ(verify(der, ec.key, kMessage, ByteView(ec.der).first(size)), Verified::no);
  }
}

TEST(Signature, EcdsaKeys) {
  Ec ec = ec_vectors()[0];
  const SigAlg raw = ecdsa(ec.hash, EcdsaEncoding::p1363);
  EcKey off_curve = ec.key;
  off_curve.point.back() ^= 1;
  EXPECT_EQ(verify(raw, off_curve, kMessage, ec.p1363), Verified::no);
  EcKey compressed{Curve::p256, Bytes(ec.key.point.begin(), ec.key.point.begin() + 33)};
  compressed.point[0] = 0x02;
  EXPECT_EQ(verify(raw, compressed, kMessage, ec.p1363), Verified::unsupported);
  const EcKey other_curve{Curve::p384, ec.key.point};
  EXPECT_EQ(verify(raw, other_curve, kMessage, ec.p1363), Verified::unsupported);
}

RsaKey rsa_key() { return {hex(kRsaModulus), {0x01, 0x00, 0x01}}; }

SigAlg pss(DigestAlg hash, size_t salt) { return {Scheme::rsa_pss, hash, hash, salt, {}}; }

TEST(Signature, RsaPss) {
  const RsaKey key = rsa_key();
  const Bytes signature = hex(kRsaPssSha256);
  EXPECT_EQ(verify(pss(DigestAlg::sha256, 32), key, kMessage, signature), Verified::yes);
  EXPECT_EQ(verify(pss(DigestAlg::sha256, 31), key, kMessage, signature), Verified::no);
  EXPECT_EQ(verify(pss(DigestAlg::sha256, 33), key, kMessage, signature), Verified::no);
  EXPECT_EQ(verify(pss(DigestAlg::sha384, 32), key, kMessage, signature), Verified::no);
  EXPECT_EQ(verify(pss(DigestAlg::sha256, SIZE_MAX), key, kMessage, signature), Verified::no);
  EXPECT_EQ(verify(pss(DigestAlg::sha512, 0), key, kMessage, hex(kRsaPssSha512WithoutSalt)),
            Verified::yes);
  SigAlg other_mgf = pss(DigestAlg::sha256, 32);
  other_mgf.mgf_hash = DigestAlg::sha512;
  EXPECT_EQ(verify(other_mgf, key, kMessage, signature), Verified::no);
  Bytes changed = signature;
  changed[100] ^= 1;
  EXPECT_EQ(verify(pss(DigestAlg::sha256, 32), key, kMessage, changed), Verified::no);
  EXPECT_EQ(verify(pss(DigestAlg::sha256, 32), key, kMessage, ByteView(signature).first(255)),
            Verified::no);
}

TEST(Signature, RsaPkcs1) {
  const RsaKey key = rsa_key();
  const Bytes signature = hex(kRsaPkcs1Sha384);
  const SigAlg alg{Scheme::rsa_pkcs1, DigestAlg::sha384, DigestAlg::sha384, 0, {}};
  EXPECT_EQ(verify(alg, key, kMessage, signature), Verified::yes);
  EXPECT_EQ(verify(pss(DigestAlg::sha384, 48), key, kMessage, signature), Verified::no);
  SigAlg other = alg;
  other.hash = DigestAlg::sha256;
  EXPECT_EQ(verify(other, key, kMessage, signature), Verified::no);
  EXPECT_EQ(verify(alg, key, as_bytes("x"), signature), Verified::no);
}

TEST(Signature, RsaKeysOutsideTheSupportedRange) {
  const SigAlg alg = pss(DigestAlg::sha256, 32);
  const auto with = [&](Bytes modulus, Bytes exponent) {
    const Bytes signature(modulus.size(), 1);
    return verify(alg, RsaKey{std::move(modulus), std::move(exponent)}, kMessage, signature);
  };
  EXPECT_EQ(with(Bytes(128, 0xff), {3}), Verified::unsupported);   // 1024 bits
  EXPECT_EQ(with(Bytes(1024, 0xff), {3}), Verified::unsupported);  // 8192 bits
  Bytes even(256, 0xff);
  even.back() = 0xfe;
  EXPECT_EQ(with(even, {3}), Verified::unsupported);
  EXPECT_EQ(with(Bytes(256, 0xff), {1}), Verified::unsupported);
  EXPECT_EQ(with(Bytes(256, 0xff), {2}), Verified::unsupported);
  EXPECT_EQ(with(Bytes(256, 0xff), {}), Verified::unsupported);
  EXPECT_EQ(with(Bytes(256, 0xff), Bytes(9, 0xff)), Verified::unsupported);
  EXPECT_EQ(with({}, {3}), Verified::unsupported);
  EXPECT_EQ(with(Bytes(256, 0xff), {3}), Verified::no);
}

TEST(Signature, Sha1AndWrongKeysAreUnsupported) {  // T-19, T-67
  const Ec ec = ec_vectors()[0];
  EXPECT_EQ(verify(ecdsa(DigestAlg::sha1, EcdsaEncoding::p1363), ec.key, kMessage, ec.p1363),
            Verified::unsupported);
  SigAlg sha1_mask = pss(DigestAlg::sha256, 32);
  sha1_mask.mgf_hash = DigestAlg::sha1;
  EXPECT_EQ(verify(sha1_mask, rsa_key(), kMessage, hex(kRsaPssSha256)), Verified::unsupported);
  EXPECT_EQ(verify(pss(DigestAlg::sha256, 32), ec.key, kMessage, ec.p1363), Verified::unsupported);
  EXPECT_EQ(verify({Scheme::ed25519}, ec.key, kMessage, ec.p1363), Verified::unsupported);
  EXPECT_EQ(verify(ecdsa(ec.hash, EcdsaEncoding::p1363), PublicKey(), kMessage, ec.p1363),
            Verified::unsupported);
}

TEST(Signature, Ed25519) {  // R-607; RFC 8032 §7.1 test 3
  Ed25519Key key;
  const Bytes bytes = hex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
  std::copy(bytes.begin(), bytes.end(), key.bytes.begin());
  const Bytes signature =
      hex("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
          "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
  const SigAlg alg{Scheme::ed25519};
  EXPECT_EQ(verify(alg, key, hex("af82"), signature), Verified::yes);
  EXPECT_EQ(verify(alg, key, hex("af83"), signature), Verified::no);
  EXPECT_EQ(verify(alg, key, hex("af82"), ByteView(signature).first(63)), Verified::no);
  Bytes malleable = signature;  // S + L is the same point equation, but not canonical
  const Bytes order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  unsigned carry = 0;
  for (size_t i = 0; i < 32; ++i) {
    carry += malleable[32 + i] + unsigned{order[i]};
    malleable[32 + i] = static_cast<uint8_t>(carry);
    carry >>= 8;
  }
  EXPECT_EQ(verify(alg, key, hex("af82"), malleable), Verified::no);
  Ed25519Key small_order;
  small_order.bytes[0] = 1;  // the neutral element: any signature with R = 1, S = 0 would verify
  Bytes trivial(64, 0);
  trivial[0] = 1;
  EXPECT_EQ(verify(alg, small_order, hex("af82"), trivial), Verified::no);
}

TEST(Signature, KeyNames) {
  EXPECT_EQ(key_name(rsa_key()), "RSA-2048");
  EXPECT_EQ(key_name(EcKey{Curve::p521, {}}), "P-521");
  EXPECT_EQ(key_name(Ed25519Key()), "Ed25519");
  EXPECT_EQ(key_name(PublicKey()), "unsupported");
  EXPECT_EQ(key_bits(RsaKey{{0x7f, 0xff}, {3}}), 15U);
}

TEST(SignatureMemo, AnswersOnceForEverythingThatMatters) {  // docs/adr/0002
  const Limits limits;
  Budget budget(limits);
  SignatureMemo memo(8);
  const Ec ec = ec_vectors()[0];
  const SigAlg raw = ecdsa(ec.hash, EcdsaEncoding::p1363);
  EXPECT_EQ(*memo.verify(raw, ec.key, kMessage, ec.p1363, budget), Verified::yes);
  EXPECT_EQ(*memo.verify(raw, ec.key, kMessage, ec.p1363, budget), Verified::yes);
  EXPECT_EQ(memo.checks(), 1U);
  EXPECT_EQ(memo.hits(), 1U);
  const EcKey other = ec_vectors()[1].key;
  SigAlg other_hash = raw;
  other_hash.hash = DigestAlg::sha512;
  const SigAlg der = ecdsa(ec.hash, EcdsaEncoding::der);
  EXPECT_NE(*memo.verify(raw, other, kMessage, ec.p1363, budget), Verified::yes);
  EXPECT_NE(*memo.verify(raw, ec.key, as_bytes("x"), ec.p1363, budget), Verified::yes);
  EXPECT_NE(*memo.verify(raw, ec.key, kMessage, ec.der, budget), Verified::yes);
  EXPECT_NE(*memo.verify(other_hash, ec.key, kMessage, ec.p1363, budget), Verified::yes);
  EXPECT_NE(*memo.verify(der, ec.key, kMessage, ec.p1363, budget), Verified::yes);
  EXPECT_EQ(memo.checks(), 6U);
}

// The same validation costs the same whatever the engine saw before.
TEST(SignatureMemo, BudgetCountsEveryQuestionOnce) {
  Limits limits;
  limits.signature_checks = 1;
  SignatureMemo memo(8);
  const Ec ec = ec_vectors()[0];
  const SigAlg raw = ecdsa(ec.hash, EcdsaEncoding::p1363);
  for (int validation = 0; validation < 2; ++validation) {
    Budget budget(limits);
    EXPECT_TRUE(memo.verify(raw, ec.key, kMessage, ec.p1363, budget).ok());
    EXPECT_TRUE(memo.verify(raw, ec.key, kMessage, ec.p1363, budget).ok());
    EXPECT_EQ(memo.verify(raw, ec.key, as_bytes("x"), ec.p1363, budget).fault(), Fault::limit);
  }
  EXPECT_EQ(memo.checks(), 1U);
}

TEST(SignatureMemo, StaysBounded) {
  const Limits limits;
  Budget budget(limits);
  SignatureMemo memo(2);
  const Ec ec = ec_vectors()[0];
  const SigAlg raw = ecdsa(ec.hash, EcdsaEncoding::p1363);
  for (const char* message : {"a", "b", "c"}) {
    EXPECT_TRUE(memo.verify(raw, ec.key, as_bytes(message), ec.p1363, budget).ok());
  }
  EXPECT_TRUE(memo.verify(raw, ec.key, as_bytes("a"), ec.p1363, budget).ok());
  EXPECT_EQ(memo.checks(), 4U);  // "a" had to be forgotten
}

}  // namespace
}  // namespace assay::crypto::test
