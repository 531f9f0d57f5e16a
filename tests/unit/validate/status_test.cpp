#include "validate/status.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "validate/finding.h"

namespace assay::validate {
namespace {

constexpr StatusCode kAll[] = {
#define ASSAY_STATUS(id, text, kind) StatusCode::id,
#include "validate/status.def"
#undef ASSAY_STATUS
};

TEST(Status, EveryCodeHasATextOfItsOwn) {
  std::set<std::string_view> seen;
  for (const StatusCode code : kAll) {
    EXPECT_TRUE(seen.insert(status_text(code)).second) << status_text(code);
    EXPECT_FALSE(status_text(code).empty());
  }
}

// P-8, A-20, A-21, A-32: codes of older texts, and one nobody can check, are not there; what is
// there is spelt as in the tables.
TEST(Status, NoCodeThatWasWithdrawn) {
  const std::set<std::string_view> never = {"assertion.external-reference.created",
                                            "assertion.metadata.disallowed",
                                            "manifest.unreferenced"};
  for (const StatusCode code : kAll) {
    const std::string text(status_text(code));
    EXPECT_EQ(never.count(text), 0U) << text;
    if (text.find("timestamp") != std::string::npos) {
      EXPECT_TRUE(text == "assertion.timestamp.malformed" ||
                  text.rfind("manifest.timestamp.", 0) == 0)
          << text;
    }
  }
  EXPECT_EQ(status_text(StatusCode::time_stamp_trusted), "timeStamp.trusted");
}

// time-stamp codes and an unknown certificate never fail a manifest.
TEST(Status, KindsFollowTheNewestTables) {
  EXPECT_EQ(status_kind(StatusCode::time_stamp_mismatch), StatusKind::informational);
  EXPECT_EQ(status_kind(StatusCode::time_stamp_untrusted), StatusKind::informational);
  EXPECT_EQ(status_kind(StatusCode::ocsp_unknown), StatusKind::informational);
  EXPECT_EQ(status_kind(StatusCode::ocsp_revoked), StatusKind::failure);
  EXPECT_EQ(status_kind(StatusCode::signing_credential_untrusted), StatusKind::failure);
  EXPECT_EQ(status_kind(StatusCode::data_hash_match), StatusKind::success);
}

// R-1014.
TEST(Findings, KeepTheSameCodeAboutTheSameThingOnce) {
  Findings findings;
  findings.add(StatusCode::assertion_missing, "a", 0, "first");
  findings.add(StatusCode::assertion_missing, "a", 0, "again");
  findings.add(StatusCode::assertion_missing, "b", 0, "");
  findings.add(StatusCode::assertion_missing, "a", 1, "");
  findings.add(StatusCode::assertion_missing, "a", std::nullopt, "");
  ASSERT_EQ(findings.all().size(), 4U);
  EXPECT_EQ(findings.all()[0].explanation, "first");
  EXPECT_TRUE(findings.has(StatusCode::assertion_missing, 1));
  EXPECT_FALSE(findings.has(StatusCode::assertion_missing, 2));
  EXPECT_FALSE(findings.has(StatusCode::claim_missing));
}

}  // namespace
}  // namespace assay::validate
