// R-831…R-834: BoringSSL's OCSP answers, made for 2017-03-05.
#include <array>

#include "pki/chains.h"
#include "pki/ocsp.h"
#include "pki/ocsp_parse.h"
#include "support/suites.h"

namespace assay::pki::test {
namespace {

struct Row {
  const char* file;
  OcspResult result;
};

// Times: the suite asks on 2017-03-05; without nextUpdate an answer covers a day, so here
// the signature is taken to be of 2017-03-01T12:00.
constexpr std::array<Row, 32> kRows = {{
    {"good_response.pem", OcspResult::good},
    {"good_response_next_update.pem", OcspResult::good},
    {"good_response_sha256.pem", OcspResult::good},
    {"no_response.pem", OcspResult::no_information},
    {"missing_response.pem", OcspResult::no_information},
    {"other_response.pem", OcspResult::no_information},
    {"multiple_response.pem", OcspResult::unknown},
    {"multiple_response_good_revoked.pem", OcspResult::revoked},
    {"revoke_response.pem", OcspResult::revoked},
    {"revoke_response_reason.pem", OcspResult::revoked},
    {"unknown_response.pem", OcspResult::unknown},
    {"bad_status.pem", OcspResult::no_information},
    {"bad_ocsp_type.pem", OcspResult::no_information},
    {"bad_signature.pem", OcspResult::no_information},
    {"malformed_request.pem", OcspResult::no_information},
    {"invalid_response.pem", OcspResult::no_information},
    {"invalid_response_data.pem", OcspResult::no_information},
    {"ocsp_sign_direct.pem", OcspResult::good},
    {"ocsp_sign_indirect.pem", OcspResult::good},
    {"ocsp_sign_indirect_missing.pem", OcspResult::no_information},
    {"ocsp_sign_bad_indirect.pem", OcspResult::no_information},
    {"ocsp_extra_certs.pem", OcspResult::good},
    {"has_version.pem", OcspResult::good},
    {"has_extension.pem", OcspResult::good},
    {"has_single_extension.pem", OcspResult::good},
    {"has_critical_single_extension.pem", OcspResult::no_information},
    {"has_critical_response_extension.pem", OcspResult::no_information},
    {"has_critical_ct_extension.pem", OcspResult::good},
    {"responder_name.pem", OcspResult::good},
    {"responder_id.pem", OcspResult::good},
    {"future_response.pem", OcspResult::no_information},
    {"stale_response.pem", OcspResult::good},
}};

struct Answer {
  OcspOutcome outcome;
  bool sha1 = false;  // most of the suite is signed with SHA-1, which R-701 does not allow
};

Answer ask(const std::string& path) {
  const auto file = assay::test::read_whole(path);
  EXPECT_TRUE(file.has_value()) << path;
  CertificatePtr subject;
  CertificatePtr issuer;
  Bytes response;
  for (const PemBlock& block : pem_blocks(as_text(file.value_or(Bytes())))) {
    if (block.label == "OCSP RESPONSE") {
      response = block.content;
      continue;
    }
    const auto parsed = parse_certificate(block.content, Limits());
    if (block.label == "CERTIFICATE" && parsed) {
      subject = *parsed;
    } else if (block.label == "CA CERTIFICATE" && parsed) {
      issuer = *parsed;
    }
  }
  EXPECT_TRUE(subject && issuer) << path;
  if (!subject || !issuer) {
    return {};
  }
  const std::vector<ByteView> responses = {ByteView(response)};
  Bench bench;
  const OcspQuery query{subject.get(),
                        issuer.get(),
                        at("2017-03-01T12:00:00Z"),
                        at("2017-03-05T00:00:00Z"),
                        OcspOrigin::stapled,
                        {}};
  const auto parsed = parse_ocsp(response, Limits());
  return {check_ocsp(responses, query, bench.context),
          parsed && !signature_algorithm(parsed->signature_algorithm)};
}

TEST(BoringSsl, Ocsp) {
  ASSAY_NEEDS_SUITES(folder);
  const std::string suite = folder + "boringssl/pki/testdata/ocsp_unittest/";
  assay::test::Tally tally("BoringSSL ocsp");
  for (const Row& row : kRows) {
    const Answer answer = ask(suite + row.file);
    EXPECT_EQ(answer.outcome.result, answer.sha1 ? OcspResult::no_information : row.result)
        << row.file << ": " << answer.outcome.explanation;
    if (answer.sha1 && row.result != OcspResult::no_information) {
      tally.skip("signed with SHA-1, so refused whatever it says (R-701)");
    } else {
      tally.run();
    }
  }
}

}  // namespace
}  // namespace assay::pki::test
