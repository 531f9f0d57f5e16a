// T-76, T-77: time-stamps by an authority of the test list, stamped at 2025-06-01T12:00:00Z.
#include "pki/timestamp.h"

#include "codec/der/reader.h"
#include "pki/named.h"

namespace assay::pki::test {
namespace {

TimestampOutcome verify(const std::string& name, const std::vector<Bytes>& candidates = {
                                                     Bytes{1}, to_bytes(as_bytes("stamped"))}) {
  Bench bench;
  return verify_timestamp(named(name), candidates, test_store(), bench.context);
}

TEST(Timestamp, TrustedTokenAttestsItsTime) {
  const TimestampOutcome outcome = verify("token");
  EXPECT_EQ(outcome.result, TimestampResult::trusted) << outcome.explanation;
  EXPECT_EQ(outcome.attested(), at("2025-06-01T12:00:00Z"));
  EXPECT_EQ(outcome.imprint, 1U);
  EXPECT_FALSE(outcome.was_response);
  EXPECT_EQ(outcome.authority->fingerprint, cert("tsa")->fingerprint);
}

TEST(Timestamp, ResponsesAreUnwrapped) {
  EXPECT_TRUE(verify("response").trusted());
  EXPECT_TRUE(verify("response").was_response);
  EXPECT_TRUE(verify("response_with_mods").trusted());
  EXPECT_EQ(verify("response_rejected").result, TimestampResult::malformed);
}

// `bytes`, an element of DER, as a streaming encoder writes it: no length known in advance, and the
// content of [0] EXPLICIT OCTET STRING in two pieces.
Bytes streamed(ByteView bytes, size_t depth = 0) {
  der::Reader in(bytes);
  Bytes out;
  while (!in.at_end()) {
    const der::Element element = *in.any();
    const bool constructed = (element.tag & 0x20) != 0;
    if (constructed && depth < 4) {
      append(out, Bytes{element.tag, 0x80});
      append(out, streamed(element.content, depth + 1));
      append(out, Bytes{0, 0});
    } else if (element.tag == der::kOctetString && depth == 4 && element.content.size() > 20) {
      append(out, Bytes{0x24, 0x80, 0x04, 10});
      append(out, element.content.first(10));
      append(out, Bytes{0x04, 0x81, static_cast<uint8_t>(element.content.size() - 10)});
      append(out, element.content.subspan(10));
      append(out, Bytes{0, 0});
    } else {
      append(out, element.encoded);
    }
  }
  return out;
}

// RFC 5652 §2: BER, as many authorities write it.
TEST(Timestamp, R803_TokensOfStreamingEncodersAreRead) {
  const std::vector<Bytes> candidates = {to_bytes(as_bytes("stamped"))};
  const TrustStore store = test_store();
  for (const char* name : {"token", "response"}) {
    const Bytes token = streamed(named(name));
    ASSERT_NE(token, named(name));
    Bench bench;
    const TimestampOutcome outcome = verify_timestamp(token, candidates, store, bench.context);
    EXPECT_TRUE(outcome.trusted()) << name << ": " << outcome.explanation;
    EXPECT_EQ(outcome.attested(), at("2025-06-01T12:00:00Z"));
    Bytes changed = token;
    changed[changed.size() / 2] ^= 1;
    EXPECT_FALSE(verify_timestamp(changed, candidates, store, bench.context).trusted());
    for (size_t size = 0; size < token.size(); size += 5) {
      const ByteView cut = ByteView(token).first(size);
      EXPECT_FALSE(verify_timestamp(cut, candidates, store, bench.context).trusted()) << size;
    }
  }
}

TEST(Timestamp, EveryFailureDropsTheToken) {
  struct Row {
    const char* name;
    TimestampResult result;
    bool credential_invalid;
  };
  const Row rows[] = {
      {"token_version_1", TimestampResult::malformed, false},
      {"token_other_content", TimestampResult::malformed, false},
      {"token_two_signers", TimestampResult::malformed, false},
      {"token_sha1_signature", TimestampResult::untrusted, false},
      {"token_wrong_digest", TimestampResult::mismatch, false},
      {"token_changed", TimestampResult::mismatch, false},
      {"token_broken_signature", TimestampResult::mismatch, false},
      {"token_no_imprint", TimestampResult::malformed, false},
      {"token_sha1_imprint", TimestampResult::untrusted, false},
      {"token_critical_extension", TimestampResult::untrusted, false},  // RFC 3161 §2.4.2
      {"token_other_data", TimestampResult::mismatch, false},
      {"token_no_certificates", TimestampResult::untrusted, false},
      {"token_other_ess", TimestampResult::untrusted, false},
      {"token_unlisted", TimestampResult::untrusted, false},
      {"token_under_signer_root", TimestampResult::untrusted, false},
      {"token_no_eku", TimestampResult::untrusted, true},
      {"token_eku_not_critical", TimestampResult::untrusted, true},
      {"token_mixed_eku", TimestampResult::untrusted, true},
      {"token_tsa_expired", TimestampResult::outside_validity, false},
  };
  for (const Row& row : rows) {
    const TimestampOutcome outcome = verify(row.name);
    EXPECT_EQ(outcome.result, row.result) << row.name << ": " << outcome.explanation;
    EXPECT_EQ(outcome.credential_invalid, row.credential_invalid) << row.name;
    EXPECT_FALSE(outcome.explanation.empty()) << row.name;
    EXPECT_EQ(outcome.attested(), std::nullopt) << row.name;
  }
}

TEST(Timestamp, OtherHashesAndAttributes) {
  EXPECT_TRUE(verify("token_sha512").trusted());
  EXPECT_TRUE(verify("token_extension").trusted());               // one that is not critical
  const TimestampOutcome outcome = verify("token_signing_time");  // not signingTime
  EXPECT_EQ(outcome.attested(), at("2025-06-01T12:00:00Z"));
}

TEST(Timestamp, NothingToCompareIsAMismatch) {
  EXPECT_EQ(verify("token", {}).result, TimestampResult::mismatch);
}

TEST(Timestamp, CutAndChangedTokensAreNeverTrusted) {
  const Bytes& whole = named("token");
  const std::vector<Bytes> candidates = {to_bytes(as_bytes("stamped"))};
  const TrustStore store = test_store();
  for (size_t size = 0; size < whole.size(); size += 7) {
    Bench bench;
    EXPECT_FALSE(
        verify_timestamp(ByteView(whole).first(size), candidates, store, bench.context).trusted())
        << size;
  }
}

}  // namespace
}  // namespace assay::pki::test
