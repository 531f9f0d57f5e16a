// R-701…, T-70: x509-limbo, whose cases are RFC 5280 paths of TLS servers and clients.
#include <algorithm>
#include <array>

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
      // TLS certificates need no key usage or purpose of ours.
      const bool other_use = i == 0 && (problem.rule == ProfileRule::extended_key_usage);
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

// Groups that test what a C2PA certificate is never asked for.
std::optional<std::string> skipped(const json::Value& test) {
  const std::string id = text_of(test, "id");
  for (const json::Value& feature : test.get("features")->items()) {
    const std::string_view name = feature.as_text().value_or("");
    if (name == "has-crl" || name == "max-chain-depth") {
      return std::string(name);
    }
  }
  if (starts_with(id, "webpki::cn::") || starts_with(id, "webpki::san::") ||
      starts_with(id, "webpki::eku::")) {
    return "names and purposes of TLS servers";
  }
  return std::nullopt;
}

// Where limbo and assay disagree, and why that is right.
struct Disagreement {
  std::string_view id;
  std::string_view reason;
};
constexpr std::array<Disagreement, 16> kDisagreements = {{
    {"rfc5280::aki::critical-aki", "criticality binds the CA (RFC 5280 §4.2.1.1)"},
    {"rfc5280::ski::critical-ski", "criticality binds the CA (RFC 5280 §4.2.1.2)"},
    {"rfc5280::nc::permitted-dns-match-noncritical", "criticality binds the CA (§4.2.1.10)"},
    {"rfc5280::pc::ica-noncritical-pc", "criticality binds the CA (§4.2.1.11)"},
    {"rfc5280::root-non-critical-basic-constraints", "criticality binds the CA (§4.2.1.9)"},
    {"rfc5280::san::noncritical-with-empty-subject", "criticality binds the CA (§4.2.1.6)"},
    {"rfc5280::san::underscore-dns", "no host name is looked at"},
    {"rfc5280::san::ip-in-dns", "no host name is looked at"},
    {"rfc5280::eku::ee-wrong-eku", "no TLS purpose is looked at"},
    {"rfc5280::ca-as-leaf-wrong-san", "no host name is looked at"},
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
  assay::test::Tally tally{"x509-limbo"};
  for (const json::Value& test : root->get("testcases")->items()) {
    const std::string id = text_of(test, "id");
    const bool known =
        std::any_of(kDisagreements.begin(), kDisagreements.end(),
                    [&](const Disagreement& disagreement) { return disagreement.id == id; });
    if (known || skipped(test)) {
      ++tally.skipped;
      continue;
    }
    const Verdict verdict = judge(test);
    if (text_of(test, "expected_result") == "SUCCESS") {
      EXPECT_TRUE(verdict.path) << id << "\n" << verdict.detail;
    } else {
      // Refusing by a limit is as good as deciding cheaply.
      EXPECT_FALSE(verdict.path && verdict.profile && !is_costly(test)) << id << "\n"
                                                                        << verdict.detail;
    }
    ++tally.run;
  }
}

}  // namespace
}  // namespace assay::pki::test
