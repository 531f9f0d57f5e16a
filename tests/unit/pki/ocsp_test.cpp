// T-04, T-71…T-75: answers about "leaf" for the week from 2025-06-01.
#include "pki/ocsp.h"

#include "codec/der/reader.h"
#include "pki/named.h"

namespace assay::pki::test {
namespace {

struct Asked {
  std::optional<UnixTime> attested = UnixTime{1748779200};  // 2025-06-01T12:00:00Z
  UnixTime now = kNow;
  OcspOrigin origin = OcspOrigin::stapled;
};

OcspOutcome ask(const std::vector<std::string>& names, const Asked& asked = {}) {
  std::vector<ByteView> responses;
  for (const std::string& name : names) {
    responses.emplace_back(named(name));
  }
  const CertificatePtr subject = cert("leaf");
  const CertificatePtr issuer = cert("issuing");
  Bench bench;
  const OcspQuery query{subject.get(), issuer.get(), asked.attested, asked.now, asked.origin, {}};
  return check_ocsp(responses, query, bench.context);
}

TEST(Ocsp, AuthorisedAnswersDecide) {
  for (const char* name : {"ocsp_good", "ocsp_good_by_name", "ocsp_good_by_issuer",
                           "ocsp_good_sha256", "ocsp_remove_from_crl"}) {
    EXPECT_EQ(ask({name}).result, OcspResult::good) << name;
  }
  for (const char* name :
       {"ocsp_revoked", "ocsp_revoked_by_issuer", "ocsp_other_first", "ocsp_on_hold"}) {
    EXPECT_EQ(ask({name}).result, OcspResult::revoked) << name;
  }
  EXPECT_EQ(ask({"ocsp_unknown"}).result, OcspResult::unknown);  // R-838, P-11
  EXPECT_EQ(ask({"ocsp_revoked"}).reason, 1U);
  EXPECT_EQ(ask({"ocsp_revoked"}).revoked_at, at("2025-05-01T00:00:00Z"));
}

TEST(Ocsp, UnusableAnswersAreNoInformation) {  // T-72, T-74
  for (const char* name :
       {"ocsp_by_leaf", "ocsp_by_no_purpose", "ocsp_by_stranger", "ocsp_by_expired", "ocsp_broken",
        "ocsp_try_later", "ocsp_no_responder", "ocsp_other_certificate", "leaf"}) {
    const OcspOutcome outcome = ask({name});
    EXPECT_EQ(outcome.result, OcspResult::no_information) << name;
    EXPECT_EQ(outcome.ignored.size(), 1U) << name;
  }
  EXPECT_EQ(ask({}).result, OcspResult::no_information);
}

TEST(Ocsp, RevokedWinsWhereverItStands) {  // T-71
  EXPECT_EQ(ask({"ocsp_good", "ocsp_revoked"}).result, OcspResult::revoked);
  EXPECT_EQ(ask({"ocsp_revoked", "ocsp_good"}).result, OcspResult::revoked);
  EXPECT_EQ(ask({"ocsp_broken", "ocsp_unknown", "ocsp_good"}).result, OcspResult::good);
}

TEST(Ocsp, GoodNeedsAnAttestedTimeItCovers) {  // T-73
  Asked asked;
  asked.attested = std::nullopt;
  EXPECT_EQ(ask({"ocsp_good"}, asked).result, OcspResult::no_information);
  asked.attested = at("2025-05-01T00:00:00Z");  // before thisUpdate: produced after signing
  EXPECT_EQ(ask({"ocsp_good"}, asked).result, OcspResult::good);
  asked.attested = at("2025-06-08T00:00:00Z");
  EXPECT_EQ(ask({"ocsp_good"}, asked).result, OcspResult::good);
  asked.attested = at("2025-06-08T00:00:01Z");  // an old answer replayed
  EXPECT_EQ(ask({"ocsp_good"}, asked).result, OcspResult::no_information);
  asked.attested = at("2025-06-02T00:00:00Z");  // no nextUpdate: a day after producedAt
  EXPECT_EQ(ask({"ocsp_good_no_next"}, asked).result, OcspResult::good);
  asked.attested = at("2025-06-02T00:00:01Z");
  EXPECT_EQ(ask({"ocsp_good_no_next"}, asked).result, OcspResult::no_information);
}

TEST(Ocsp, AnswersFromTheFutureAreIgnored) {  // T-74
  Asked asked;
  asked.now = at("2025-05-31T23:59:59Z");
  EXPECT_EQ(ask({"ocsp_good"}, asked).result, OcspResult::no_information);
  EXPECT_EQ(ask({"ocsp_revoked"}, asked).result, OcspResult::no_information);
}

TEST(Ocsp, RevocationAfterTheAttestedTime) {  // A-18, T-04
  EXPECT_EQ(ask({"ocsp_revoked_later"}).result, OcspResult::good);
  Asked asked;
  asked.attested = at("2025-06-05T00:00:00Z");
  EXPECT_EQ(ask({"ocsp_revoked_later"}, asked).result, OcspResult::revoked);
  asked.attested = std::nullopt;  // nothing says that the signature is older
  EXPECT_EQ(ask({"ocsp_revoked_later"}, asked).result, OcspResult::revoked);
}

TEST(Ocsp, AnOldRevocationStillCountsUnlessItWasAHold) {
  Asked asked;
  asked.attested = at("2026-01-01T00:00:00Z");
  EXPECT_EQ(ask({"ocsp_revoked"}, asked).result, OcspResult::revoked);
  EXPECT_EQ(ask({"ocsp_on_hold"}, asked).result, OcspResult::no_information);
}

TEST(Ocsp, OnlineUsesTheCurrentTimeWhenNothingAttestsAnother) {
  Asked asked;
  asked.origin = OcspOrigin::online;
  asked.attested = std::nullopt;
  asked.now = at("2025-06-03T00:00:00Z");
  EXPECT_EQ(ask({"ocsp_good"}, asked).result, OcspResult::good);
  EXPECT_EQ(ask({"ocsp_revoked"}, asked).result, OcspResult::revoked);
  asked.now = kNow;
  EXPECT_EQ(ask({"ocsp_good"}, asked).result, OcspResult::no_information);
}

TEST(Ocsp, WithoutAnIssuerNothingIsKnown) {  // T-75
  const Bytes& bytes = named("ocsp_revoked");
  const std::vector<ByteView> responses = {ByteView(bytes)};
  const CertificatePtr subject = cert("leaf");
  Bench bench;
  const OcspQuery query{subject.get(), nullptr, kNow, kNow, OcspOrigin::stapled, {}};
  EXPECT_EQ(check_ocsp(responses, query, bench.context).result, OcspResult::no_information);
}

TEST(Ocsp, ResponderMayBeFoundBesideTheAnswer) {  // T-71
  const Bytes& bytes = named("ocsp_no_responder");
  const std::vector<ByteView> responses = {ByteView(bytes)};
  const CertificatePtr subject = cert("leaf");
  const CertificatePtr issuer = cert("issuing");
  const std::vector<CertificatePtr> pool = {subject, cert("responder")};
  Bench bench;
  OcspQuery query{subject.get(), issuer.get(), kNow, kNow, OcspOrigin::stapled, {}};
  EXPECT_EQ(check_ocsp(responses, query, bench.context).result, OcspResult::no_information);
  query.pool = pool;
  EXPECT_EQ(check_ocsp(responses, query, bench.context).result, OcspResult::revoked);
}

TEST(Ocsp, AnswersAboutOthersDoNotCrowdOutARevocation) {  // T-04, R-831
  const Bytes& other = named("ocsp_other_certificate");
  std::vector<ByteView> responses(60, ByteView(other));
  responses.insert(responses.begin(), 60, ByteView(named("leaf")));
  responses.emplace_back(named("ocsp_revoked"));
  const CertificatePtr subject = cert("leaf");
  const CertificatePtr issuer = cert("issuing");
  const OcspQuery query{subject.get(), issuer.get(), kNow, kNow, OcspOrigin::stapled, {}};
  Bench bench;
  const OcspOutcome outcome = check_ocsp(responses, query, bench.context);
  EXPECT_EQ(outcome.result, OcspResult::revoked);
  EXPECT_FALSE(outcome.limited);
}

TEST(Ocsp, TheNumberOfAnswersIsLimited) {
  const Bytes& broken = named("ocsp_broken");
  const Bytes& revoked = named("ocsp_revoked");
  std::vector<ByteView> responses(32, ByteView(broken));
  responses.back() = revoked;
  const CertificatePtr subject = cert("leaf");
  const CertificatePtr issuer = cert("issuing");
  const OcspQuery query{subject.get(), issuer.get(), kNow, kNow, OcspOrigin::stapled, {}};
  Bench bench;
  EXPECT_EQ(check_ocsp(responses, query, bench.context).result, OcspResult::revoked);
  responses.insert(responses.begin(), ByteView(broken));
  const OcspOutcome outcome = check_ocsp(responses, query, bench.context);
  EXPECT_EQ(outcome.result, OcspResult::no_information);
  EXPECT_TRUE(outcome.limited);
}

TEST(Ocsp, RequestNamesTheCertificate) {
  const Bytes request = ocsp_request(*cert("leaf"), *cert("issuing"));
  der::Reader reader{ByteView(request)};
  auto in = reader.enter(der::kSequence);
  for (int depth = 0; depth < 4 && in; ++depth) {
    in = in->enter(der::kSequence);
  }
  ASSERT_TRUE(in.ok());
  EXPECT_TRUE(in->enter(der::kSequence).ok());
  EXPECT_EQ(in->octet_string()->size(), 20U);
  EXPECT_EQ(in->octet_string()->size(), 20U);
  EXPECT_TRUE(equal(*in->integer(), cert("leaf")->serial));
  EXPECT_TRUE(names_ocsp_responder(*cert("leaf_ocsp_url")));
  EXPECT_FALSE(names_ocsp_responder(*cert("leaf")));
}

}  // namespace
}  // namespace assay::pki::test
