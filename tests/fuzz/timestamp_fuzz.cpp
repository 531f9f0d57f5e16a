// Any bytes as a time-stamp: without a trust list nothing is ever trusted or attested, and work is
// bounded.
#include "fuzz/require.h"
#include "pki/timestamp.h"

namespace assay {
namespace {

void run(ByteView input) {
  const Limits limits;
  Budget budget(limits);
  crypto::SignatureMemo memo(16);
  pki::CertificateMemo certificates(8);
  pki::Context context{limits, budget, memo, certificates};
  const std::vector<Bytes> candidates = {to_bytes(as_bytes("stamped")), Bytes()};
  const auto outcome = pki::verify_timestamp(input, candidates, pki::TrustStore(), context);
  fuzz::require(!outcome.trusted() && !outcome.attested());
  fuzz::require(!outcome.explanation.empty());
  fuzz::require(memo.checks() <= limits.signature_checks);
}

}  // namespace
}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  assay::run({data, size});
  return 0;
}
