// NIST PKITS (RFC 5280 §6), as laid out in BoringSSL's tree. Cases that only a CRL decides
// are skipped: CRLs are never used.
#include <algorithm>
#include <array>

#include "pki/chains.h"
#include "support/suites.h"

namespace assay::pki::test {
namespace {

constexpr std::string_view kPolicyArc = "2.16.840.1.101.3.2.1.48.";

struct Case {
  std::string number;
  std::vector<std::string> certificates;  // anchor first
  bool valid = false;
  PolicyInputs policy;
};

// The text between the first `open` and the next `close`.
std::string_view between(std::string_view text, std::string_view open, std::string_view close) {
  const size_t begin = text.find(open);
  if (begin == std::string_view::npos) {
    return {};
  }
  text = text.substr(begin + open.size());
  return text.substr(0, text.find(close));
}

std::vector<std::string> quoted(std::string_view text) {
  std::vector<std::string> out;
  for (size_t open = text.find('"'); open != std::string_view::npos; open = text.find('"')) {
    text = text.substr(open + 1);
    const size_t close = text.find('"');
    out.emplace_back(text.substr(0, close));
    text = text.substr(close + 1);
  }
  return out;
}

// "anyPolicy,NIST-test-policy-1" to OIDs.
std::vector<std::string> policies(std::string_view names) {
  std::vector<std::string> out;
  while (!names.empty()) {
    const size_t comma = std::min(names.find(','), names.size());
    const std::string_view name = names.substr(0, comma);
    constexpr std::string_view kPrefix = "NIST-test-policy-";
    out.push_back(starts_with(name, kPrefix)
                      ? std::string(kPolicyArc) + std::string(name.substr(kPrefix.size()))
                      : std::string(kPolicyAny));
    names = names.substr(std::min(comma + 1, names.size()));
  }
  return out;
}

std::vector<Case> read_cases(std::string_view text) {
  constexpr std::string_view kStart = "WRAPPED_TYPED_TEST_P(";
  std::vector<Case> cases;
  for (size_t begin = text.find(kStart); begin != std::string_view::npos;
       begin = text.find(kStart)) {
    text = text.substr(begin + kStart.size());
    const std::string_view body = text.substr(0, text.find("RunTest("));
    Case one;
    one.number = between(body, "test_number = \"", "\"");
    if (one.number.empty()) {  // the macro's own definition
      continue;
    }
    one.certificates = quoted(between(body, "certs[] = {", "}"));
    one.valid = body.find("should_validate = true") != std::string_view::npos;
    if (const auto set = quoted(between(body, "SetInitialPolicySet(", ")")); !set.empty()) {
      one.policy.initial_policies = policies(set.front());
    }
    const auto is_set = [&](std::string_view call) {
      return body.find(std::string(call) + "(true)") != std::string_view::npos;
    };
    one.policy.require_explicit = is_set("SetInitialExplicitPolicy");
    one.policy.inhibit_mapping = is_set("SetInitialPolicyMappingInhibit");
    one.policy.inhibit_any = is_set("SetInitialInhibitAnyPolicy");
    cases.push_back(std::move(one));
  }
  return cases;
}

bool decided_by_crl(const Case& one) {
  constexpr std::array<std::string_view, 3> kSections = {"4.4.", "4.14.", "4.15."};
  constexpr std::array<std::string_view, 5> kCases = {"4.5.2", "4.5.5", "4.5.7", "4.7.4", "4.7.5"};
  const auto in_section = [&](std::string_view section) {
    return starts_with(one.number, section);
  };
  return !one.valid && (std::any_of(kSections.begin(), kSections.end(), in_section) ||
                        std::find(kCases.begin(), kCases.end(), one.number) != kCases.end());
}

// DSA is not allowed, so these two cannot be accepted.
bool uses_dsa(const Case& one) { return one.number == "4.1.4" || one.number == "4.1.5"; }

CertificatePtr load(const std::string& folder, const std::string& name) {
  const auto der = assay::test::read_whole(folder + "certs/" + name + ".crt");
  EXPECT_TRUE(der.has_value()) << name;
  const auto parsed = parse_certificate(der.value_or(Bytes()), Limits());
  return parsed ? *parsed : nullptr;
}

bool accepted(const std::string& folder, const Case& one, std::string& detail) {
  std::vector<CertificatePtr> chain;
  for (const std::string& name : one.certificates) {
    chain.push_back(load(folder, name));
    if (chain.back() == nullptr) {
      detail = name + " is malformed";
      return false;
    }
  }
  Bench bench;
  const auto outcome = plain_chain(chain.back(), {chain.begin() + 1, chain.end() - 1},
                                   {chain.front()}, at("2011-04-15T00:00:00Z"), bench, one.policy);
  detail = describe(outcome);
  return outcome.trusted();
}

TEST(Pkits, EveryCaseThatNoCrlDecides) {
  ASSAY_NEEDS_SUITES(folder);
  const std::string suite = folder + "boringssl/pki/testdata/nist-pkits/";
  const auto text = assay::test::read_whole(suite + "pkits_testcases-inl.h");
  ASSERT_TRUE(text.has_value());
  assay::test::Tally tally("NIST PKITS");
  for (const Case& one : read_cases(as_text(*text))) {
    if (decided_by_crl(one)) {
      tally.skip("only a CRL decides, and CRLs are never used (R-839)");
      continue;
    }
    std::string detail;
    EXPECT_EQ(accepted(suite, one, detail), one.valid && !uses_dsa(one)) << one.number << "\n"
                                                                         << detail;
    tally.run();
  }
}

}  // namespace
}  // namespace assay::pki::test
