// Any bytes as a certificate: views stay inside its copy, names match themselves, every check ends.
#include "fuzz/require.h"
#include "pki/certificate.h"
#include "pki/profile.h"

namespace assay {
namespace {

using fuzz::require;

bool inside(ByteView inner, const Bytes& outer) {
  return inner.empty() ||
         (inner.data() >= outer.data() &&
          inner.data() - outer.data() <= static_cast<std::ptrdiff_t>(outer.size() - inner.size()));
}

void check_name(const pki::Name& name, const Bytes& der) {
  require(inside(name.encoded, der));
  require(pki::in_subtree(name, name));
  const auto again = pki::parse_name(name.encoded);
  require(again.ok() && equal(again->comparable, name.comparable));
  static_cast<void>(name.text());
}

void run(ByteView input) {
  const auto certificate = pki::parse_certificate(input, Limits());
  if (!certificate) {
    return;
  }
  const pki::Certificate& c = **certificate;
  require(equal(c.der, input));
  require(inside(c.tbs, c.der) && inside(c.spki, c.der) && inside(c.signature, c.der));
  check_name(c.subject, c.der);
  check_name(c.issuer, c.der);
  require(std::holds_alternative<std::monostate>(c.public_key) == !c.key_problem.empty());
  for (const auto role : {pki::Role::claim_signer, pki::Role::intermediate,
                          pki::Role::time_stamping, pki::Role::ocsp_responder}) {
    for (const auto& problem : pki::check_profile(c, role)) {
      require(!problem.explanation.empty());
    }
  }
}

}  // namespace
}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  assay::run({data, size});
  return 0;
}
