// R-701…, T-69, T-70: BoringSSL's path validation cases, among them those for the C2PA
// purposes. Only the verdict is compared.
#include <algorithm>
#include <array>
#include <filesystem>

#include "pki/chains.h"
#include "pki/profile.h"
#include "support/suites.h"

namespace assay::pki::test {
namespace {

struct Case {
  std::string chain;
  std::string trust;
  std::string time;
  std::string purpose;
  bool valid = true;
  bool only_purpose = false;  // nothing but a TLS purpose is wrong
};

std::string value_of(std::string_view text, std::string_view key) {
  const size_t begin = text.find(std::string(key) + ": ");
  if (begin == std::string_view::npos) {
    return {};
  }
  text = text.substr(begin + key.size() + 2);
  return std::string(text.substr(0, text.find('\n')));
}

Case read_case(std::string_view text) {
  Case one{value_of(text, "chain"),
           value_of(text, "last_cert_trust"),
           value_of(text, "utc_time"),
           value_of(text, "key_purpose"),
           true,
           true};
  bool first = true;
  for (size_t error = text.find("ERROR: "); error != std::string_view::npos;
       error = text.find("ERROR: ")) {
    one.valid = false;
    text = text.substr(error + 7);
    const std::string line(text.substr(0, text.find('\n')));
    const bool purpose = line.find("EKU") != std::string::npos ||
                         line.find("extended key usage") != std::string::npos;
    one.only_purpose = (one.only_purpose || first) && purpose;
    first = false;
  }
  return one;
}

// YYMMDDHHMMSSZ, all after 2000; DEFAULT is BoringSSL's.
UnixTime time_of(std::string text) {
  if (text == "DEFAULT") {
    text = "211005120000Z";
  }
  const auto two = [&](size_t offset) { return text.substr(offset, 2); };
  return at("20" + two(0) + "-" + two(2) + "-" + two(4) + "T" + two(6) + ":" + two(8) + ":" +
            two(10) + "Z");
}

std::optional<Role> role_of(const std::string& purpose) {
  if (purpose == "C2PA_MANIFEST") {
    return Role::claim_signer;
  }
  return purpose == "C2PA_TIMESTAMPING" ? std::optional(Role::time_stamping) : std::nullopt;
}

bool accepted(const std::string& path, const Case& one, std::string& detail) {
  const auto pem = assay::test::read_whole(path);
  EXPECT_TRUE(pem.has_value()) << path;
  std::vector<CertificatePtr> chain;
  for (const PemBlock& block : pem_blocks(as_text(pem.value_or(Bytes())))) {
    const auto parsed = parse_certificate(block.content, Limits());
    if (!parsed) {
      detail = "a certificate is malformed";
      return false;
    }
    chain.push_back(*parsed);
  }
  const std::vector<CertificatePtr> pool =
      chain.size() < 3 ? std::vector<CertificatePtr>()
                       : std::vector<CertificatePtr>(chain.begin() + 1, chain.end() - 1);
  Bench bench;
  const auto outcome = plain_chain(chain.front(), pool, {chain.back()}, time_of(one.time), bench);
  detail = describe(outcome);
  const auto role = role_of(one.purpose);
  for (const ProfileProblem& problem :
       check_profile(*chain.front(), role.value_or(Role::claim_signer))) {
    detail += "\n  " + problem.explanation;
    if (role || holds_for_private_store(problem.rule)) {  // keys and algorithms: always
      return false;
    }
  }
  return outcome.trusted();
}

// Why a case does not apply; empty when it does.
std::string not_applicable(const std::string& name, const Case& one) {
  if (!starts_with(one.trust, "TRUSTED_ANCHOR") || one.trust == "TRUSTED_ANCHOR_OR_LEAF") {
    return "only anchors are trusted, never by being the leaf (R-722)";
  }
  const bool tls = !role_of(one.purpose) && one.purpose != "ANY_EKU";
  const bool about_purpose = name.find("eku") != std::string::npos || one.only_purpose;
  if (tls && (about_purpose || one.purpose != "SERVER_AUTH")) {
    return "a TLS purpose decides";
  }
  return {};
}

struct Disagreement {
  std::string_view prefix;
  std::string_view reason;
};
constexpr std::array<Disagreement, 18> kDisagreements = {{
    {"root-lacks-basic-constraints/", "an anchor is a CA certificate (R-722)"},
    {"root-basic-constraints-ca-false/main", "an anchor is a CA certificate (R-722)"},
    {"root-lacks-keycertsign-key-usage/main", "an anchor is a CA certificate (R-722)"},
    {"violates-pathlen-1-from-root/main", "the anchor's path length counts (R-721)"},
    {"expired-root/not-after.test", "the anchor's validity counts (R-721)"},
    {"expired-root/not-before.test", "the anchor's validity counts (R-721)"},
    {"expired-root/not-after-ta-with-constraints", "the anchor's validity counts (R-721)"},
    {"policies-inhibit-anypolicy-by-root-fail/ta-", "the anchor is no part of §6.1's path"},
    {"policies-inhibit-mapping-by-root-fail/ta-", "the anchor is no part of §6.1's path"},
    {"policies-required-by-root-fail/ta-", "the anchor is no part of §6.1's path"},
    {"policies-on-root-wrong/ta-", "the anchor is no part of §6.1's path"},
    {"policy-mappings-on-root-fail/ta-", "the anchor is no part of §6.1's path"},
    {"root-eku-clientauth/", "purposes of CA certificates are ignored (R-711)"},
    {"issuer-and-subject-not-byte-for-byte-equal/", "signed with SHA-1 (R-701)"},
    {"intermediate-eku-server-gated-crypto/sha1", "signed with SHA-1 (R-701)"},
    {"many-names/ok-all-types", "more comparisons than limits.name_comparisons"},
    {"target-msapplicationpolicies-and-eku/", "unknown critical extension (R-712)"},
    {"intermediate-eku-c2patimestamping/c2patimestamp", "the purpose is critical (RFC 3161 §2.3)"},
}};

bool known_disagreement(const std::string& name) {
  return std::any_of(
      kDisagreements.begin(), kDisagreements.end(),
      [&](const Disagreement& disagreement) { return starts_with(name, disagreement.prefix); });
}

TEST(BoringSsl, VerifyCertificateChain) {
  ASSAY_NEEDS_SUITES(folder);
  const std::string suite = folder + "boringssl/pki/testdata/verify_certificate_chain_unittest/";
  assay::test::Tally tally{"BoringSSL verify_certificate_chain"};
  for (const auto& entry : std::filesystem::recursive_directory_iterator(suite)) {
    if (entry.path().extension() != ".test") {
      continue;
    }
    const auto text = assay::test::read_whole(entry.path().string());
    const Case one = read_case(as_text(*text));
    const std::string name = std::filesystem::relative(entry.path(), suite).string();
    if (known_disagreement(name) || !not_applicable(name, one).empty()) {
      ++tally.skipped;
      continue;
    }
    std::string detail;
    const std::string chain = (entry.path().parent_path() / one.chain).string();
    EXPECT_EQ(accepted(chain, one, detail), one.valid) << name << " " << one.purpose << "\n"
                                                       << detail;
    ++tally.run;
  }
}

}  // namespace
}  // namespace assay::pki::test
