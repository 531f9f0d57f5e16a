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
  bool only_purpose = true;  // nothing but a TLS purpose is wrong
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
           value_of(text, "key_purpose"), true, true};
  for (size_t error = text.find("ERROR: "); error != std::string_view::npos;
       error = text.find("ERROR: ")) {
    one.valid = false;
    text = text.substr(error + 7);
    const std::string line(text.substr(0, text.find('\n')));
    one.only_purpose = one.only_purpose && line.find("EKU") != std::string::npos;
    one.only_purpose = one.only_purpose || line.find("extended key usage") != std::string::npos;
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
  const auto outcome = plain_chain(chain.front(), pool,
                                   {chain.back()}, time_of(one.time), bench);
  detail = describe(outcome);
  if (const auto role = role_of(one.purpose)) {
    for (const ProfileProblem& problem : check_profile(*chain.front(), *role)) {
      detail += "\n  " + problem.explanation;
      return false;
    }
  }
  return outcome.trusted();
}

TEST(BoringSsl, VerifyCertificateChain) {
  ASSAY_NEEDS_SUITES(folder);
  const std::string suite =
      folder + "boringssl/pki/testdata/verify_certificate_chain_unittest/";
  assay::test::Tally tally{"BoringSSL verify_certificate_chain"};
  for (const auto& entry : std::filesystem::recursive_directory_iterator(suite)) {
    if (entry.path().extension() != ".test") {
      continue;
    }
    const auto text = assay::test::read_whole(entry.path().string());
    const Case one = read_case(as_text(*text));
    std::string detail;
    const std::string name = std::filesystem::relative(entry.path(), suite).string();
    const std::string chain = (entry.path().parent_path() / one.chain).string();
    EXPECT_EQ(accepted(chain, one, detail), one.valid) << "CASE " << name << " " << one.purpose << " " << one.trust << "\n" << detail;
    ++tally.run;
  }
}

}  // namespace
}  // namespace assay::pki::test
