// R-701…, T-70: x509-limbo, whose cases are RFC 5280 paths of TLS servers and clients.
#include <algorithm>
#include <array>
#include <set>

#include "pki/chains.h"
#include "pki/profile.h"
#include "support/suites.h"

namespace assay::pki::test {
namespace {

using assay::test::text_of;

std::vector<CertificatePtr> certificates(const json::Value& list) {
  std::vector<CertificatePtr> out;
  for (const json::Value& pem : list.items()) {
    for (const PemBlock& block : pem_blocks(pem.as_text().value_or(""))) {
      if (auto parsed = parse_certificate(block.content, Limits())) {
        out.push_back(std::move(*parsed));
      }
    }
  }
  return out;
}

struct Verdict {
  bool path = false;     // RFC 5280 alone
  bool profile = false;  // leaf and CA certificates also keep the certificate profile
  std::string detail;
};

bool is_about_purpose(const json::Value& test) {
  return starts_with(text_of(test, "id"), "webpki::eku::");
}

Verdict judge(const json::Value& test) {
  const auto anchors = certificates(*test.get("trusted_certs"));
  const auto pool = certificates(*test.get("untrusted_intermediates"));
  const auto leaf_pem = pem_blocks(text_of(test, "peer_certificate"));
  const auto leaf = parse_certificate(leaf_pem.at(0).content, Limits());
  if (!leaf) {
    return {false, false, "the leaf is malformed"};
  }
  Bench bench;
  const std::string text = text_of(test, "validation_time");
  const UnixTime time = at(text.empty() ? "2026-11-23T00:00:00Z" : text);
  const auto outcome = plain_chain(*leaf, pool, anchors, time, bench);
  Verdict verdict{outcome.trusted(), outcome.trusted(), describe(outcome)};
  for (size_t i = 0; i < outcome.path.size(); ++i) {
    const Role role = i == 0 ? Role::claim_signer : Role::intermediate;
    for (const ProfileProblem& problem : check_profile(*outcome.path[i], role)) {
      // TLS certificates need no purpose of ours, unless the case is about purposes.
      const bool other_use =
          i == 0 && problem.rule == ProfileRule::extended_key_usage && !is_about_purpose(test);
      verdict.profile = verdict.profile && other_use;
    }
  }
  return verdict;
}

bool is_costly(const json::Value& test) {
  const auto& features = test.get("features")->items();
  return std::any_of(features.begin(), features.end(), [](const json::Value& feature) {
    return feature.as_text() == "denial-of-service";
  });
}

bool expects_success(const json::Value& test) {
  return text_of(test, "expected_result") == "SUCCESS";
}

// What a failure is about that a C2PA certificate is never asked for. A case that must succeed
// always applies.
std::string_view not_applicable(const json::Value& test) {
  if (expects_success(test)) {
    return {};
  }
  const std::string id = text_of(test, "id");
  for (const json::Value& feature : test.get("features")->items()) {
    if (feature.as_text() == "has-crl") {
      return "only a CRL decides, and CRLs are never used (R-839)";
    }
    if (feature.as_text() == "max-chain-depth") {
      return "the caller's own limit of the chain's length";
    }
  }
  const bool host = starts_with(id, "webpki::cn::") || starts_with(id, "webpki::san::");
  return host ? "the host name of a TLS server decides" : "";
}

// Where limbo and assay disagree, and why that is right.
struct Disagreement {
  std::string_view id;
  std::string_view reason;
};
constexpr std::array<Disagreement, 17> kDisagreements = {{
    {"rfc5280::aki::critical-aki", "criticality binds the CA (RFC 5280 §4.2.1.1)"},
    {"rfc5280::ski::critical-ski", "criticality binds the CA (RFC 5280 §4.2.1.2)"},
    {"rfc5280::nc::permitted-dns-match-noncritical", "criticality binds the CA (§4.2.1.10)"},
    {"rfc5280::pc::ica-noncritical-pc", "criticality binds the CA (§4.2.1.11)"},
    {"rfc5280::root-non-critical-basic-constraints", "criticality binds the CA (§4.2.1.9)"},
    {"rfc5280::san::noncritical-with-empty-subject", "criticality binds the CA (§4.2.1.6)"},
    {"rfc5280::san::underscore-dns", "no host name is looked at"},
    {"rfc5280::san::ip-in-dns", "no host name is looked at"},
    {"rfc5280::eku::ee-wrong-eku", "no TLS purpose is looked at"},
    {"webpki::eku::ee-critical-eku", "nothing forbids it (§4.2.1.12)"},
    {"webpki::eku::root-has-eku", "purposes of CA certificates are ignored (R-711)"},
    {"rfc5280::serial::zero", "users handle such certificates gracefully (§4.1.2.2)"},
    {"webpki::aki::root-with-aki-missing-keyidentifier", "an anchor's own AKI decides nothing"},
    {"webpki::aki::root-with-aki-all-fields", "an anchor's own AKI decides nothing"},
    {"webpki::aki::root-with-aki-ski-mismatch", "an anchor's own AKI decides nothing"},
    {"webpki::forbidden-rsa-not-divisible-by-8-in-root", "R-703 asks for 2048 bits only"},
    {"webpki::forbidden-rsa-key-not-divisible-by-8-in-leaf", "R-703 asks for 2048 bits only"},
}};

TEST(Limbo, PathsAndProfiles) {
  ASSAY_NEEDS_SUITES(folder);
  const auto root = assay::test::read_json(folder + "x509-limbo/limbo.json");
  ASSERT_TRUE(root.has_value());
  assay::test::Tally tally("x509-limbo");
  std::set<std::string_view> needed;
  for (const json::Value& test : root->get("testcases")->items()) {
    const std::string id = text_of(test, "id");
    if (const std::string_view reason = not_applicable(test); !reason.empty()) {
      tally.skip(reason);
      continue;
    }
    const Verdict verdict = judge(test);
    // Refusing by a limit is as good as deciding cheaply.
    const bool agrees = expects_success(test)
                            ? verdict.path
                            : !(verdict.path && verdict.profile && !is_costly(test));
    if (agrees) {
      tally.run();
      continue;
    }
    const auto argued =
        std::find_if(kDisagreements.begin(), kDisagreements.end(),
                     [&](const Disagreement& disagreement) { return disagreement.id == id; });
    EXPECT_NE(argued, kDisagreements.end()) << id << "\n" << verdict.detail;
    if (argued != kDisagreements.end()) {
      needed.insert(argued->id);
      tally.skip("disagrees: " + std::string(argued->reason));
    }
  }
  for (const Disagreement& disagreement : kDisagreements) {
    EXPECT_EQ(needed.count(disagreement.id), 1U) << disagreement.id << " is not needed";
  }
}

}  // namespace
}  // namespace assay::pki::test
