// Any bytes as a revocation answer about one fixed certificate: an answer decides only if somebody
// with the issuer's key made it, so a fuzzer never gets further than no information.
#include "fuzz/pki_seed.h"
#include "fuzz/require.h"
#include "pki/ocsp.h"
#include "pki/ocsp_parse.h"

namespace assay {
namespace {

void run(ByteView input) {
  static const auto subject = pki::parse_certificate(*from_base64(fuzz::kLeaf), Limits());
  static const auto issuer = pki::parse_certificate(*from_base64(fuzz::kIssuing), Limits());
  fuzz::require(subject.ok() && issuer.ok());
  const Limits limits;
  Budget budget(limits);
  crypto::SignatureMemo memo(64);
  pki::CertificateMemo certificates(8);
  pki::Context context{limits, budget, memo, certificates};
  const UnixTime now{1795392000};
  const std::vector<ByteView> responses = {input, input};
  for (const auto origin : {pki::OcspOrigin::stapled, pki::OcspOrigin::online}) {
    const pki::OcspQuery query{subject->get(), issuer->get(), now, now, origin};
    const auto outcome = pki::check_ocsp(responses, query, context);
    const bool decided = outcome.result != pki::OcspResult::no_information;
    fuzz::require(!decided || outcome.this_update.has_value());
    fuzz::require(!outcome.explanation.empty() && outcome.ignored.size() <= 2 * 64);
  }
  fuzz::require(memo.checks() <= limits.signature_checks);
}

}  // namespace
}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  assay::run({data, size});
  return 0;
}
