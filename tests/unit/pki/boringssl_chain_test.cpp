// R-701…, T-69, T-70: BoringSSL's path validation cases, among them those for the C2PA
// purposes. Only the verdict is compared.
#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

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
  bool only_purpose = false;  // invalid, and nothing but a TLS purpose is wrong
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
  Case one{value_of(text, "chain"), value_of(text, "last_cert_trust"), value_of(text, "utc_time"),
           value_of(text, "key_purpose")};
  for (size_t error = text.find("ERROR: "); error != std::string_view::npos;
       error = text.find("ERROR: ")) {
    text = text.substr(error + 7);
    const std::string line(text.substr(0, text.find('\n')));
    const bool purpose = line.find("Auth") != std::string::npos ||
                         line.find("extended key usage") != std::string::npos;
    one.only_purpose = (one.only_purpose || one.valid) && purpose;
    one.valid = false;
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

// trust in the last certificate itself, which says nothing about what it issued.
bool entity_accepted(const std::vector<CertificatePtr>& chain, UnixTime time, Bench& bench) {
  TrustStore store;
  store.trust_entity(chain.back()->fingerprint, {});
  const ChainRequest request{chain.front(), {}, ListRole::signer, time, CaRules::rfc5280, {}};
  return build_chain(request, store, bench.context).trusted();
}

std::vector<CertificatePtr> read_chain(const std::string& path) {
  const auto pem = assay::test::read_whole(path);
  EXPECT_TRUE(pem.has_value()) << path;
  std::vector<CertificatePtr> chain;
  for (const PemBlock& block : pem_blocks(as_text(pem.value_or(Bytes())))) {
    const auto parsed = parse_certificate(block.content, Limits());
    if (!parsed) {
      return {};
    }
    chain.push_back(*parsed);
  }
  return chain;
}

bool accepted(const std::string& path, const Case& one, std::string& detail) {
  const std::vector<CertificatePtr> chain = read_chain(path);
  if (chain.empty()) {
    detail = "a certificate is malformed";
    return false;
  }
  const std::vector<CertificatePtr> pool =
      chain.size() < 3 ? std::vector<CertificatePtr>()
                       : std::vector<CertificatePtr>(chain.begin() + 1, chain.end() - 1);
  std::vector<CertificatePtr> anchors;
  if (starts_with(one.trust, "TRUSTED_ANCHOR")) {
    anchors.push_back(chain.back());
  }
  Bench bench;
  const UnixTime time = time_of(one.time);
  const auto outcome = plain_chain(chain.front(), pool, anchors, time, bench);
  detail = describe(outcome);
  const auto role = role_of(one.purpose);
  const bool end_entity_only = one.purpose.find("STRICT") != std::string::npos;
  bool profile = true;
  bool private_profile = true;
  for (const ProfileProblem& problem :
       check_profile(*chain.front(), role.value_or(Role::claim_signer))) {
    detail += "\n  " + problem.explanation;
    const bool always = holds_for_private_store(problem.rule);  // keys and algorithms
    const bool ca = end_entity_only && problem.rule == ProfileRule::basic_constraints;
    profile = profile && !(role || always || ca);
    private_profile = private_profile && !always;
  }
  const bool entity = one.trust.find("LEAF") != std::string::npos && private_profile &&
                      entity_accepted(chain, time, bench);
  return entity || (profile && outcome.trusted());
}

// Why a case does not apply; empty when it does. A TLS purpose is never asked for, so what is
// valid for TLS must be accepted, and what only lacks the purpose says nothing.
std::string_view not_applicable(const Case& one) {
  if (one.trust == "TRUSTED_LEAF_REQUIRE_SELF_SIGNED") {
    return "a certificate listed by the user need not be self-signed (R-735)";
  }
  if (one.purpose == "MLS_CLIENT_AUTH") {
    return "the rules of a messaging service decide";
  }
  if (!role_of(one.purpose) && one.only_purpose) {
    return "only a TLS purpose is missing (R-711, R-730)";
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
    {"issuer-and-subject-not-byte-for-byte-equal/", "signed with SHA-1 (R-701)"},
    {"intermediate-eku-server-gated-crypto/sha1", "signed with SHA-1 (R-701)"},
    {"many-names/ok-all-types", "more comparisons than limits.name_comparisons"},
    {"target-unknown-critical-extension/target_only", "R-712 is not for listed leaves (R-704)"},
    {"target-msapplicationpolicies-and-eku/", "unknown critical extension (R-712)"},
    {"intermediate-eku-c2patimestamping/c2patimestamp", "the purpose is critical (RFC 3161 §2.3)"},
}};

TEST(BoringSsl, VerifyCertificateChain) {
  ASSAY_NEEDS_SUITES(folder);
  const std::string suite = folder + "boringssl/pki/testdata/verify_certificate_chain_unittest/";
  assay::test::Tally tally("BoringSSL verify_certificate_chain");
  std::set<std::string_view> needed;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(suite)) {
    if (entry.path().extension() != ".test") {
      continue;
    }
    const auto text = assay::test::read_whole(entry.path().string());
    const Case one = read_case(as_text(*text));
    const std::string name = std::filesystem::relative(entry.path(), suite).string();
    if (const std::string_view reason = not_applicable(one); !reason.empty()) {
      tally.skip(reason);
      continue;
    }
    std::string detail;
    const std::string chain = (entry.path().parent_path() / one.chain).string();
    const bool agrees = accepted(chain, one, detail) == one.valid;
    if (agrees) {
      tally.run();
      continue;
    }
    const auto argued = std::find_if(
        kDisagreements.begin(), kDisagreements.end(),
        [&](const Disagreement& disagreement) { return starts_with(name, disagreement.prefix); });
    EXPECT_NE(argued, kDisagreements.end()) << name << " " << one.purpose << "\n" << detail;
    if (argued != kDisagreements.end()) {
      needed.insert(argued->prefix);
      tally.skip("disagrees: " + std::string(argued->reason));
    }
  }
  for (const Disagreement& disagreement : kDisagreements) {
    EXPECT_EQ(needed.count(disagreement.prefix), 1U) << disagreement.prefix << " is not needed";
  }
}

}  // namespace
}  // namespace assay::pki::test
