// Any bytes as a COSE_Sign1: views stay inside, lists keep their limits, nothing verifies that
// breaks a rule.
#include "cose/sign1.h"
#include "fuzz/require.h"

namespace assay {
namespace {

using fuzz::require;

bool inside(ByteView inner, ByteView outer) {
  return inner.empty() ||
         (inner.data() >= outer.data() &&
          inner.data() - outer.data() <= static_cast<std::ptrdiff_t>(outer.size() - inner.size()));
}

void check(const cose::Sign1& sign1, ByteView input, const Limits& limits) {
  require(inside(sign1.protected_bytes, input) && inside(sign1.signature, input));
  require(sign1.x5chain.size() <= limits.x5chain_certificates);
  for (const ByteView certificate : sign1.x5chain) {
    require(!certificate.empty() && inside(certificate, input));
  }
  for (const auto& container : sign1.timestamps) {
    require(!container.well_formed || container.tokens.size() == 1);
    require(container.well_formed || sign1.has(cose::Rule::timestamp_container));
  }
  require(sign1.ocsp_responses.size() <= limits.ocsp_answers);
  for (const Range& range : sign1.nonzero_padding) {
    require(range.length > 0 && range.end() <= input.size());
    require(input[static_cast<size_t>(range.offset)] != 0);
  }
  require(sign1.payload_nil != sign1.has(cose::Rule::payload_attached));
  require(!sign1.alg || sign1.alg_id);
  for (const cose::Problem& problem : sign1.problems) {
    require(!problem.explanation.empty());
  }
}

void run(ByteView input) {
  const Limits limits;
  Budget budget(limits);
  const auto sign1 = cose::parse(input, limits, budget);
  if (!sign1) {
    return;
  }
  check(*sign1, input, limits);
  crypto::SignatureMemo memo(4);
  const auto answer =
      cose::verify(*sign1, input, crypto::PublicKey(crypto::Ed25519Key()), memo, budget);
  require(answer.ok() && *answer != crypto::Verified::yes);
  require(cose::imprints_v2(*sign1).size() == 3);
}

}  // namespace
}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  assay::run({data, size});
  return 0;
}
