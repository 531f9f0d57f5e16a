// Several certificates at once, each behind a two-byte length: the first is the leaf, the last the
// anchor, all are in the pool; a byte that is left over says what is asked of policies. The search
// ends within its limits, and name matching is consistent.
#include "fuzz/require.h"
#include "pki/chain.h"
#include "pki/name_constraints.h"

namespace assay {
namespace {

using fuzz::require;

std::vector<pki::CertificatePtr> certificates(ByteReader& reader) {
  std::vector<pki::CertificatePtr> out;
  while (out.size() < 32) {
    const auto length = reader.be16();
    const auto bytes = length ? reader.take(*length) : Result<ByteView>(Fault::truncated);
    if (!bytes) {
      break;
    }
    if (auto parsed = pki::parse_certificate(*bytes, Limits())) {
      out.push_back(std::move(*parsed));
    }
  }
  return out;
}

void check_constraints(const pki::Certificate& certificate) {
  const auto& constraints = certificate.extensions.name_constraints;
  if (!constraints) {
    return;
  }
  for (const pki::GeneralName& base : constraints->permitted) {
    const bool whole_kind = base.kind == pki::GeneralNameKind::directory;
    require(!whole_kind || pki::name_matches(base, base, false) == true);
  }
}

pki::PolicyInputs policy_inputs(uint8_t wish) {
  pki::PolicyInputs inputs;
  inputs.require_explicit = (wish & 1) != 0;
  inputs.inhibit_mapping = (wish & 2) != 0;
  inputs.inhibit_any = (wish & 4) != 0;
  return inputs;
}

void run(ByteView input) {
  ByteReader reader(input);
  const auto all = certificates(reader);
  const auto wish = reader.u8();
  if (all.empty()) {
    return;
  }
  for (const pki::CertificatePtr& certificate : all) {
    check_constraints(*certificate);
  }
  pki::TrustList list;
  list.info.role = pki::ListRole::time_stamping;
  list.anchors.push_back({all.back(), std::nullopt, std::nullopt});
  pki::TrustStore store;
  store.add_list(list);
  const Limits limits;
  Budget budget(limits);
  crypto::SignatureMemo memo(64);
  pki::CertificateMemo certificates(8);
  pki::Context context{limits, budget, memo, certificates};
  const pki::ChainRequest request{all.front(),
                                  all,
                                  pki::ListRole::time_stamping,
                                  all.front()->validity.not_before,
                                  pki::CaRules::rfc5280,
                                  policy_inputs(wish ? *wish : uint8_t{0})};
  const auto outcome = pki::build_chain(request, store, context);
  require(!outcome.path.empty() && outcome.errors.size() == outcome.path.size());
  require(outcome.path.size() <= limits.x5chain_certificates + 2);
  require(memo.checks() <= limits.signature_checks);
  if (outcome.trusted()) {
    require(outcome.path.back()->fingerprint == all.back()->fingerprint);
    require(outcome.path.size() > 1);
  }
}

}  // namespace
}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  assay::run({data, size});
  return 0;
}
