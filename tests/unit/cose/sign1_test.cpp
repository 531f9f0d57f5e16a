#include "cose/sign1.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "codec/cbor/cbor.h"
#include "support/hex.h"

namespace assay::cose::test {
namespace {

using assay::test::hex;

// A CBOR map from encoded keys and values.
Bytes map(const std::vector<std::pair<Bytes, Bytes>>& entries) {
  Bytes out;
  cbor::write_head(out, 5, entries.size());
  for (const auto& [key, value] : entries) {
    append(out, key);
    append(out, value);
  }
  return out;
}

Bytes text(std::string_view value) {
  Bytes out;
  cbor::write_text(out, value);
  return out;
}

Bytes bstr(const Bytes& value) {
  Bytes out;
  cbor::write_bytes(out, value);
  return out;
}

Bytes array(const std::vector<Bytes>& items) {
  Bytes out;
  cbor::write_array(out, items.size());
  for (const Bytes& item : items) {
    append(out, item);
  }
  return out;
}

const Bytes kAlg = hex("01");
const Bytes kCrit = hex("02");
const Bytes kX5chain = hex("18 21");
const Bytes kEs256 = hex("26");
const Bytes kNil = hex("f6");
const Bytes kCertificate = bstr({0x30, 0x00});

using Entries = std::vector<std::pair<Bytes, Bytes>>;

struct Shape {
  Entries protected_entries = {{kAlg, kEs256}, {kX5chain, kCertificate}};
  Entries unprotected_entries = {};
  Bytes payload = kNil;
  Bytes signature = Bytes(64, 7);
  Bytes tag = hex("d2");
};

Bytes encode(const Shape& shape) {
  Bytes out = shape.tag;
  append(out, array({bstr(map(shape.protected_entries)), map(shape.unprotected_entries),
                     shape.payload, bstr(shape.signature)}));
  return out;
}

// Keeps the bytes that the views of the Sign1 point into.
struct Parsed {
  Bytes bytes;
  Result<Sign1> sign1;
  const Sign1* operator->() const { return &*sign1; }
};

Parsed read(Bytes bytes, const Limits& limits = Limits()) {
  Parsed out{std::move(bytes), Fault::none};
  Budget budget(limits);
  out.sign1 = parse(out.bytes, limits, budget);
  return out;
}

Parsed read(const Shape& shape) {
  Parsed out = read(encode(shape));
  EXPECT_TRUE(out.sign1.ok());
  return out;
}

std::vector<Rule> rules(const Parsed& parsed) {
  std::vector<Rule> out;
  for (const Problem& problem : parsed->problems) {
    EXPECT_FALSE(problem.explanation.empty());
    out.push_back(problem.rule);
  }
  return out;
}

using Rules = std::vector<Rule>;

TEST(Sign1, ReadsTheParts) {
  const Parsed parsed = read(Shape());
  EXPECT_EQ(rules(parsed), Rules());
  EXPECT_TRUE(parsed->tagged);
  EXPECT_TRUE(parsed->payload_nil);
  EXPECT_EQ(parsed->alg_id, -7);
  EXPECT_EQ(parsed->alg_name, "ES256");
  EXPECT_EQ(parsed->alg->hash, crypto::DigestAlg::sha256);
  EXPECT_EQ(parsed->alg->encoding, crypto::EcdsaEncoding::p1363);
  ASSERT_EQ(parsed->x5chain.size(), 1U);
  EXPECT_EQ(to_bytes(parsed->x5chain[0]), hex("3000"));
  EXPECT_EQ(parsed->x5chain_bucket, Bucket::protected_header);
  EXPECT_EQ(parsed->signature.size(), 64U);
  EXPECT_EQ(to_bytes(parsed->protected_bytes), map(Shape().protected_entries));
}

TEST(Sign1, UntaggedIsTolerated) {  // R-601, T-67
  Shape shape;
  shape.tag = {};
  EXPECT_EQ(rules(read(shape)), Rules{Rule::untagged});
}

TEST(Sign1, OtherShapesAreRefused) {
  const char* broken[] = {
      "",                         // nothing
      "d1 84 40 a0 f6 40",        // tag of COSE_Mac0
      "d2 d2 84 40 a0 f6 40",     // tagged twice
      "d8 12 84 40 a0 f6 40",     // tag 18 in two bytes
      "d2 83 40 a0 f6",           // three elements
      "d2 85 40 a0 f6 40 40",     // five
      "d2 84 a0 a0 f6 40",        // protected bucket is a map
      "d2 84 41 80 a0 f6 40",     // protected bstr holds an array
      "d2 84 42 a0 a0 a0 f6 40",  // bytes behind the protected map
      "d2 84 40 40 f6 40",        // unprotected bucket is a bstr
      "d2 84 40 a0 60 40",        // payload is text
      "d2 84 40 a0 f6 60",        // signature is text
      "d2 84 40 a0 f6 40 00",     // bytes behind the end
      "d2 84 40 a0 f6 42 00",     // cut off
  };
  for (const char* bytes : broken) {
    EXPECT_FALSE(read(hex(bytes)).sign1.ok()) << bytes;
  }
  EXPECT_TRUE(read(hex("d2 84 40 a0 f6 40")).sign1.ok());  // empty protected header
}

TEST(Sign1, PayloadHasToBeNil) {  // R-602, T-64
  for (const Bytes& payload : {hex("40"), hex("43 010203")}) {
    Shape shape;
    shape.payload = payload;
    const Parsed parsed = read(shape);
    EXPECT_EQ(rules(parsed), Rules{Rule::payload_attached});
    EXPECT_FALSE(parsed->payload_nil);
  }
}

TEST(Sign1, AlgorithmRules) {  // T-67
  struct Row {
    Entries protected_entries;
    Entries unprotected_entries;
    Rule rule;
  };
  const std::pair<Bytes, Bytes> chain = {kX5chain, kCertificate};
  const Row rows[] = {
      {{chain}, {}, Rule::alg_missing},
      {{chain}, {{kAlg, kEs256}}, Rule::alg_only_unprotected},
      {{{kAlg, kEs256}, chain}, {{kAlg, kEs256}}, Rule::alg_ambiguous},
      {{{kAlg, text("ES256")}, chain}, {}, Rule::alg_not_integer},
      {{{kAlg, hex("28")}, chain}, {}, Rule::alg_not_allowed},       // -9, fully specified ESP256
      {{{kAlg, hex("39 0100")}, chain}, {}, Rule::alg_not_allowed},  // -257, RS256
      {{{kAlg, hex("38 2e")}, chain}, {}, Rule::alg_not_allowed},    // -47, ES256K
  };
  for (const Row& row : rows) {
    Shape shape;
    shape.protected_entries = row.protected_entries;
    shape.unprotected_entries = row.unprotected_entries;
    const Parsed parsed = read(shape);
    EXPECT_TRUE(parsed->has(row.rule));
    EXPECT_FALSE(parsed->alg.has_value());
  }
}

TEST(Sign1, EveryAllowedAlgorithm) {
  const std::pair<const char*, const char*> names[] = {
      {"26", "ES256"},    {"38 22", "ES384"}, {"38 23", "ES512"}, {"38 24", "PS256"},
      {"38 25", "PS384"}, {"38 26", "PS512"}, {"27", "EdDSA"},
  };
  for (const auto& [code, name] : names) {
    Shape shape;
    shape.protected_entries = {{kAlg, hex(code)}, {kX5chain, kCertificate}};
    EXPECT_EQ(read(shape)->alg_name, name);
  }
  Shape pss;
  pss.protected_entries = {{kAlg, hex("38 25")}, {kX5chain, kCertificate}};
  EXPECT_EQ(read(pss)->alg->salt_length, 48U);
  EXPECT_EQ(read(pss)->alg->mgf_hash, crypto::DigestAlg::sha384);
}

TEST(Sign1, CertificateChainRules) {  // T-65
  const std::pair<Bytes, Bytes> alg = {kAlg, kEs256};
  const std::pair<Bytes, Bytes> by_number = {kX5chain, kCertificate};
  const std::pair<Bytes, Bytes> by_text = {text("x5chain"), bstr({0x30, 0x01, 0x00})};
  struct Row {
    Entries protected_entries;
    Entries unprotected_entries;
    Rules rules;
    size_t certificates;
  };
  const Row rows[] = {
      {{alg}, {}, {Rule::x5chain_missing}, 0},
      {{alg}, {by_number}, {Rule::x5chain_unprotected}, 1},
      {{alg, by_text}, {}, {}, 1},
      {{alg, by_number, by_text}, {}, {Rule::x5chain_label_ignored}, 1},
      {{alg, by_number}, {by_text}, {Rule::x5chain_label_ignored}, 1},
      {{alg, by_number}, {by_number}, {Rule::x5chain_ambiguous}, 0},
      {{alg, by_text}, {by_text}, {Rule::x5chain_ambiguous}, 0},
      {{alg, by_number, by_number}, {}, {Rule::x5chain_ambiguous, Rule::duplicate_header_label}, 0},
      {{alg, {kX5chain, array({})}}, {}, {Rule::x5chain_malformed}, 0},
      {{alg, {kX5chain, bstr({})}}, {}, {Rule::x5chain_malformed}, 0},
      {{alg, {kX5chain, text("-----BEGIN")}}, {}, {Rule::x5chain_malformed}, 0},
      {{alg, {kX5chain, array({kCertificate, text("x")})}}, {}, {Rule::x5chain_malformed}, 0},
      {{alg, {kX5chain, array({kCertificate})}}, {}, {}, 1},
      {{alg, {kX5chain, array({kCertificate, kCertificate})}}, {}, {}, 2},
      {{alg, {kX5chain, array(std::vector<Bytes>(16, kCertificate))}}, {}, {}, 16},
      {{alg, {kX5chain, array(std::vector<Bytes>(17, kCertificate))}},
       {},
       {Rule::x5chain_limit},
       0},
      {{alg, {kX5chain, array(std::vector<Bytes>(300, kCertificate))}},
       {},
       {Rule::x5chain_limit},
       0},
      {{alg, {kX5chain, bstr(Bytes(65536, 0x30))}}, {}, {Rule::x5chain_limit}, 0},
  };
  for (size_t i = 0; i < std::size(rows); ++i) {
    Shape shape;
    shape.protected_entries = rows[i].protected_entries;
    shape.unprotected_entries = rows[i].unprotected_entries;
    const Parsed parsed = read(shape);
    EXPECT_EQ(rules(parsed), rows[i].rules) << i;
    EXPECT_EQ(parsed->x5chain.size(), rows[i].certificates) << i;
  }
}

TEST(Sign1, NumberedLabelWinsOverText) {
  Shape shape;
  shape.protected_entries = {{kAlg, kEs256}, {text("x5chain"), bstr({0x31, 0x00})}};
  shape.unprotected_entries = {{kX5chain, kCertificate}};
  EXPECT_EQ(to_bytes(read(shape)->x5chain[0]), hex("3000"));
}

TEST(Sign1, CriticalHeaders) {  // R-611, T-67
  const auto with_crit = [](const Bytes& crit) {
    Shape shape;
    shape.protected_entries.emplace_back(kCrit, crit);
    return rules(read(shape));
  };
  EXPECT_EQ(with_crit(array({hex("01")})), Rules());
  EXPECT_EQ(with_crit(array({hex("18 21")})), Rules());
  EXPECT_EQ(with_crit(array({hex("18 63")})), Rules{Rule::crit_unknown});
  EXPECT_EQ(with_crit(array({hex("01"), text("future")})), Rules{Rule::crit_unknown});
  EXPECT_EQ(with_crit(array({hex("03")})), Rules{Rule::crit_unknown});  // listed but absent
  EXPECT_EQ(with_crit(array({})), Rules{Rule::crit_malformed});
  EXPECT_EQ(with_crit(hex("01")), Rules{Rule::crit_malformed});
  Shape shape;
  shape.unprotected_entries = {{kCrit, array({hex("01")})}};
  EXPECT_EQ(rules(read(shape)), Rules{Rule::crit_malformed});
}

Bytes container(const std::vector<Bytes>& tokens) {
  std::vector<Bytes> entries;
  for (const Bytes& token : tokens) {
    entries.push_back(map({{text("val"), bstr(token)}}));
  }
  return map({{text("tstTokens"), array(entries)}});
}

TEST(Sign1, TimestampContainers) {
  Shape shape;
  shape.unprotected_entries = {{text("sigTst"), container({{1}})},
                               {text("sigTst2"), container({{2}})}};
  const Parsed both = read(shape);
  EXPECT_EQ(rules(both), Rules());
  ASSERT_EQ(both->timestamps.size(), 2U);
  EXPECT_EQ(both->timestamps[0].header, TimestampHeader::sig_tst2);
  EXPECT_EQ(to_bytes(both->timestamps[0].tokens.at(0)), Bytes{2});
  EXPECT_TRUE(both->timestamps[1].well_formed);

  const Bytes broken[] = {container({}),
                          container({{1}, {2}}),
                          text("token"),
                          map({}),
                          map({{text("tstTokens"), array({text("x")})}}),
                          map({{text("tstTokens"), array({map({{text("val"), text("x")}})})}})};
  for (const Bytes& value : broken) {
    shape.unprotected_entries = {{text("sigTst2"), value}};
    const Parsed parsed = read(shape);
    EXPECT_EQ(rules(parsed), Rules{Rule::timestamp_container});
    EXPECT_FALSE(parsed->timestamps.at(0).well_formed);
  }
  shape.unprotected_entries = {{text("sigTst2"), container({{1}})}};
  shape.protected_entries.emplace_back(text("sigTst2"), container({{1}}));
  EXPECT_EQ(rules(read(shape)), Rules{Rule::timestamp_container});
}

TEST(Sign1, RevocationAnswers) {
  Shape shape;
  const auto answers = [&](const Bytes& value) {
    shape.unprotected_entries = {{text("rVals"), value}};
    return read(shape);
  };
  const Parsed good = answers(map({{text("ocspVals"), array({bstr({1}), bstr({2})})}}));
  EXPECT_EQ(rules(good), Rules());
  EXPECT_EQ(good->ocsp_responses.size(), 2U);
  EXPECT_EQ(rules(answers(map({}))), Rules{Rule::revocation_container});
  const Parsed mixed = answers(map({{text("ocspVals"), array({text("x"), bstr({2})})}}));
  EXPECT_EQ(rules(mixed), Rules{Rule::revocation_container});
  EXPECT_EQ(mixed->ocsp_responses.size(), 1U);
  const std::vector<Bytes> many(33, bstr({1}));
  const Parsed limited = answers(map({{text("ocspVals"), array(many)}}));
  EXPECT_EQ(rules(limited), Rules{Rule::revocation_container});
  EXPECT_EQ(limited->ocsp_responses.size(), 32U);
}

TEST(Sign1, PaddingThatIsNotZero) {  // R-613, T-68
  Shape shape;
  shape.unprotected_entries = {{text("pad"), bstr(Bytes(8, 0))}};
  EXPECT_EQ(rules(read(shape)), Rules());
  shape.unprotected_entries = {{text("pad"), bstr({0, 0, 5, 0})}, {text("pad2"), bstr({9})}};
  const Parsed parsed = read(shape);
  EXPECT_EQ(rules(parsed), Rules{Rule::pad_not_zero});
  ASSERT_EQ(parsed->nonzero_padding.size(), 2U);
  EXPECT_EQ(parsed.bytes.at(static_cast<size_t>(parsed->nonzero_padding[0].offset)), 5);
  EXPECT_EQ(parsed->nonzero_padding[0].length, 2U);
  EXPECT_EQ(parsed.bytes.at(static_cast<size_t>(parsed->nonzero_padding[1].offset)), 9);
}

TEST(Sign1, SigningTimeAndContentType) {
  Shape shape;
  shape.protected_entries.emplace_back(text("iat"), hex("1a 66000000"));
  shape.protected_entries.emplace_back(hex("03"), text("application/x"));
  EXPECT_EQ(read(shape)->iat, 1711276032.0);
  EXPECT_EQ(read(shape)->content_type, "application/x");
  Shape claims;
  claims.protected_entries.emplace_back(hex("0f"), map({{hex("06"), hex("18 64")}}));
  EXPECT_EQ(read(claims)->iat, 100.0);
  Shape unprotected;
  unprotected.unprotected_entries = {{text("iat"), hex("18 64")}};
  EXPECT_FALSE(read(unprotected)->iat.has_value());
}

TEST(Sign1, SigStructureKeepsTheProtectedBytes) {
  EXPECT_EQ(sig_structure(kSignature1, hex("a10126"), hex("0102")),
            hex("84 6a 5369676e617475726531 43 a10126 40 42 0102"));
  EXPECT_EQ(sig_structure(kSignature1, {}, {}), hex("84 6a 5369676e617475726531 40 40 40"));
}

TEST(Sign1, ImprintForms) {
  Shape shape;
  shape.protected_entries = {};
  shape.signature = hex("aabb");
  const Parsed parsed = read(shape);
  const std::string head = "84 70 436f756e7465725369676e6174757265 41a0 40 ";
  const auto v2 = imprints_v2(*parsed.sign1);
  ASSERT_EQ(v2.size(), 3U);
  EXPECT_EQ(v2[0].data, hex(head + "43 42aabb"));
  EXPECT_EQ(v2[1].data, hex(head + "42 aabb"));
  EXPECT_EQ(v2[2].data, hex("aabb"));
  const auto v1 = imprints_v1(*parsed.sign1, hex("0102"));
  ASSERT_EQ(v1.size(), 1U);
  EXPECT_EQ(v1[0].data, hex(head + "42 0102"));
}

TEST(Sign1, VerifiesADetachedSignature) {  // R-615, with the key of RFC 8032 §7.1 test 1
  const Parsed parsed = read(
      hex("d28448a201271821423000a0f65840c6ed8b15a06ade588d27badb8043f1f4f45f8ece4fa19267f2effdb802"
          "10041f5b4c658bb49904bbe2b8dd8abbfcb7b81a9159118edec59f2f08537055b2be08"));
  crypto::Ed25519Key key;
  const Bytes bytes = hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  std::copy(bytes.begin(), bytes.end(), key.bytes.begin());
  const Limits limits;
  crypto::SignatureMemo memo(16);
  Budget budget(limits);
  EXPECT_EQ(*verify(*parsed.sign1, as_bytes("claim"), key, memo, budget), crypto::Verified::yes);
  EXPECT_EQ(*verify(*parsed.sign1, as_bytes("Claim"), key, memo, budget), crypto::Verified::no);
  Limits none;
  none.signature_checks = 0;
  Budget empty(none);
  // What the engine remembers does not stretch another validation's budget.
  EXPECT_EQ(verify(*parsed.sign1, as_bytes("claim"), key, memo, empty).fault(), Fault::limit);
  EXPECT_TRUE(verify(*parsed.sign1, as_bytes("claim"), key, memo, budget).ok());
}

TEST(Sign1, VerifyRefusesWhatForbidsProcessing) {  // T-64
  const Limits limits;
  crypto::SignatureMemo memo(16);
  const auto answer = [&](const Shape& shape, const crypto::PublicKey& key) {
    const Parsed parsed = read(shape);
    Budget budget(limits);
    return *verify(*parsed.sign1, as_bytes("claim"), key, memo, budget);
  };
  crypto::EcKey key{crypto::Curve::p256, Bytes(65, 4)};
  EXPECT_EQ(answer(Shape(), key), crypto::Verified::no);
  EXPECT_EQ(answer(Shape(), crypto::Ed25519Key()), crypto::Verified::unsupported);
  Shape attached;
  attached.payload = bstr(to_bytes(as_bytes("claim")));
  EXPECT_EQ(answer(attached, key), crypto::Verified::no);
  Shape critical;
  critical.protected_entries.emplace_back(kCrit, array({hex("18 63")}));
  EXPECT_EQ(answer(critical, key), crypto::Verified::no);
  Shape no_alg;
  no_alg.protected_entries = {{kX5chain, kCertificate}};
  EXPECT_EQ(answer(no_alg, key), crypto::Verified::unsupported);
}

TEST(Sign1, KeysHaveToFitTheAlgorithm) {
  const crypto::SigAlg es256{
      crypto::Scheme::ecdsa, crypto::DigestAlg::sha256, crypto::DigestAlg::sha256, 0, {}};
  const crypto::SigAlg ps256{
      crypto::Scheme::rsa_pss, crypto::DigestAlg::sha256, crypto::DigestAlg::sha256, 32, {}};
  const crypto::EcKey p521{crypto::Curve::p521, Bytes(133, 4)};
  EXPECT_FALSE(key_unfit(es256, p521).has_value());  // an ES algorithm names a hash, not a curve
  EXPECT_TRUE(key_unfit(ps256, p521).has_value());
  const auto rsa = [](size_t bytes) { return crypto::RsaKey{Bytes(bytes, 0xff), {1, 0, 1}}; };
  EXPECT_FALSE(key_unfit(ps256, rsa(256)).has_value());
  EXPECT_FALSE(key_unfit(ps256, rsa(512)).has_value());
  EXPECT_TRUE(key_unfit(ps256, rsa(255)).has_value());
  EXPECT_TRUE(key_unfit(ps256, rsa(1024)).has_value());
  EXPECT_TRUE(key_unfit(es256, rsa(256)).has_value());
  Shape shape;
  shape.protected_entries = {{kAlg, hex("27")}, {kX5chain, kCertificate}};
  const crypto::SigAlg eddsa = *read(shape)->alg;
  EXPECT_EQ(eddsa.scheme, crypto::Scheme::ed25519);
  EXPECT_FALSE(key_unfit(eddsa, crypto::Ed25519Key{}).has_value());
  EXPECT_TRUE(key_unfit(eddsa, p521).has_value());
}

}  // namespace
}  // namespace assay::cose::test
