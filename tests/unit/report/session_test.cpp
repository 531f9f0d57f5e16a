// The session as a host sees it: needs, refusals, and the same report however the bytes arrive.
#include "validate/session.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "report/hosts.h"
#include "support/corpus.h"
#include "validate/trust_json.h"

namespace assay::validate {
namespace {

using test::policy;
using test::report_on;

Bytes sample(const std::string& name) {
  const char* source = std::getenv("ASSAY_SOURCE_DIR");
  auto bytes =
      test::read_whole(std::string(source != nullptr ? source : ".") + "/tests/samples/" + name);
  EXPECT_TRUE(bytes.has_value()) << name;
  return bytes.value_or(Bytes());
}

void trust(Engine& engine, const std::string& file, pki::ListRole role) {
  pki::ListInfo info;
  info.name = file;
  info.role = role;
  info.purposes = {std::string(pki::kEkuC2paClaimSigning)};
  auto list = read_trust_list(info, sample(file), Limits());
  ASSERT_TRUE(list.ok());
  engine.trust.add_list(std::move(*list));
}

class Samples : public ::testing::Test {
 protected:
  void SetUp() override {
    trust(engine, "test-root.pem", pki::ListRole::signer);
    trust(engine, "test-tsa-root.pem", pki::ListRole::time_stamping);
  }
  Engine engine;
};

TEST_F(Samples, GiveTheSameReportHoweverTheBytesArrive) {
  for (const char* name : {"trusted.jpg", "trusted.png", "pixels-changed.jpg", "no-credentials.jpg",
                           "assertion-removed.png", "unlisted-signer.jpg"}) {
    const Bytes file = sample(name);
    const std::string whole = report_on(engine, file, {});
    EXPECT_NE(whole.find("\"schema\":\"assay-report/1\""), std::string::npos);
    EXPECT_EQ(whole, report_on(engine, file, {65536, false, true})) << name << " in windows";
    EXPECT_EQ(whole, report_on(engine, file, {997, true, true}))
        << name << " in odd pieces, hashed by the host";
    EXPECT_EQ(whole, report_on(engine, file, {}))
        << name << " a second time, with what the engine remembers";
  }
}

bool says(const std::string& report, std::string_view text) {
  return report.find(text) != std::string::npos;
}

// T-53, T-30: one changed or added byte of the content.
TEST_F(Samples, NoticeChangedAndAddedContent) {
  const Bytes good = sample("trusted.png");
  ASSERT_TRUE(says(report_on(engine, good, {}), "\"state\":\"trusted\""));
  Bytes changed = good;
  changed[changed.size() - 20] ^= 1;
  EXPECT_TRUE(says(report_on(engine, changed, {}), "assertion.dataHash.mismatch"));
  Bytes longer = good;
  longer.push_back(0);
  EXPECT_TRUE(says(report_on(engine, longer, {}), "assertion.dataHash.mismatch"));
}

// R-1005, T-03: the signature over a changed picture is good, and says nothing about this file.
TEST_F(Samples, AttributeNothingThatWasRefused) {
  EXPECT_TRUE(says(report_on(engine, sample("trusted.jpg"), {}), "\"signer\":{"));
  const std::string report = report_on(engine, sample("pixels-changed.jpg"), {});
  EXPECT_TRUE(says(report, "claimSignature.validated"));
  EXPECT_LT(report.find("\"signer\":null"), report.find("\"manifests\""));
}

// T-80: whatever the host refuses, there is a report, and it vouches for nothing.
TEST_F(Samples, SayWhatWasNotSupplied) {
  const Bytes file = sample("trusted.jpg");
  const std::string report = report_on(engine, file, {0, false, false});
  EXPECT_TRUE(says(report, "\"state\":\"none\""));
  EXPECT_TRUE(says(report, "\"headline\":\"unchecked\""));
  EXPECT_TRUE(says(report, "\"limit\":\"bytes\""));
}

TEST_F(Samples, BeforeTheContentIsHashedTheReportIsPartial) {
  const Bytes file = sample("trusted.jpg");
  Session session(engine, policy(), file.size());
  while (true) {
    const std::vector<Need> needs = session.step();
    ASSERT_FALSE(session.done());
    if (needs.front().kind == Need::Kind::digest) {
      break;
    }
    session.supply_bytes(0, file);
  }
  EXPECT_TRUE(session.awaits_content());
  const std::string early = report::to_json(session, false);
  EXPECT_TRUE(says(early, "\"pending\":true"));
  EXPECT_TRUE(says(early, "\"headline\":\"partial\""));
  EXPECT_TRUE(says(early, "\"trust\":\"recognised\""));
  EXPECT_TRUE(says(early, "\"content\":\"notChecked\""));
  EXPECT_FALSE(says(early, "\"state\":\"trusted\""));
  EXPECT_FALSE(says(early, "\"state\":\"valid\""));
}

// R-1001, T-80: whenever it is asked for, a report before the end is no verdict, unless what failed
// stays failed; and the end is the same as without asking.
TEST_F(Samples, NoReportBeforeTheEndVouches) {
  for (const char* name : {"trusted.jpg", "trusted.png", "pixels-changed.jpg",
                           "assertion-removed.png", "unlisted-signer.jpg"}) {
    const Bytes file = sample(name);
    Session session(engine, policy(), file.size());
    bool failed = false;
    while (!session.step().empty()) {
      for (const Need& need : std::vector<Need>(session.step())) {
        const std::string early = report::to_json(session, false);
        EXPECT_TRUE(says(early, "\"pending\":true")) << name;
        EXPECT_FALSE(says(early, "\"state\":\"trusted\"")) << name;
        EXPECT_FALSE(says(early, "\"state\":\"valid\"")) << name;
        EXPECT_FALSE(says(early, "\"integrity\":\"intact\"")) << name;
        failed = failed || says(early, "\"headline\":\"invalid\"");
        test::answer(session, need, file, {997, true, true});
      }
    }
    const std::string last = report::to_json(session, false);
    EXPECT_EQ(last, report_on(engine, file, {}));
    EXPECT_FALSE(says(last, "\"pending\"")) << name;
    EXPECT_TRUE(!failed || says(last, "\"state\":\"invalid\"")) << name;
    EXPECT_EQ(failed, name == std::string_view("assertion-removed.png")) << name;
  }
}

// A digest of the wrong size is no digest: the core computes it from bytes.
TEST_F(Samples, AWrongDigestFromTheHostIsNeverAMatch) {
  const Bytes file = sample("trusted.jpg");
  Session session(engine, policy(), file.size());
  for (size_t round = 0; round < 1000 && !session.done(); ++round) {
    for (const Need& need : std::vector<Need>(session.step())) {
      if (need.kind == Need::Kind::digest) {
        session.supply(need.id, Bytes(31));
      } else {
        test::answer(session, need, file, {});
      }
    }
  }
  EXPECT_EQ(session.verdict().state, AssetState::trusted);
}

// the evaluation time is an input; after the certificate ends only the time-stamp saves it.
TEST_F(Samples, JudgeAtTheTimeThatIsGiven) {
  const Bytes file = sample("unlisted-signer.jpg");
  Policy late = policy();
  late.now = *parse_rfc3339("2099-01-01T00:00:00Z");
  Session session(engine, late, file.size());
  while (!session.done()) {
    for (const Need& need : std::vector<Need>(session.step())) {
      test::answer(session, need, file, {});
    }
  }
  EXPECT_EQ(session.verdict().state, AssetState::invalid);
  EXPECT_TRUE(session.verdict().findings.has(StatusCode::claim_signature_outside_validity));
}

TEST(Session, AnEmptyFileHasNoCredentials) {
  Engine engine;
  Session session(engine, policy(), 0);
  EXPECT_TRUE(session.step().empty());
  EXPECT_TRUE(session.done());
  EXPECT_EQ(session.verdict().state, AssetState::none);
}

}  // namespace
}  // namespace assay::validate
