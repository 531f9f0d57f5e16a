// Any bytes as a trust list in either form, and as a list of allowed certificates. What is read can
// be found again, an anchor's window never ends before it begins, and what a user leaves out is
// out.
#include <algorithm>

#include "base/text.h"
#include "fuzz/require.h"
#include "validate/trust_json.h"

namespace assay {
namespace {

using fuzz::require;

void check_anchors(const pki::TrustList& list) {
  pki::TrustStore store;
  store.add_list(list);
  require(store.empty(list.info.role) == list.anchors.empty());
  for (const pki::TrustAnchor& anchor : list.anchors) {
    require(!anchor.not_before || !anchor.not_after || *anchor.not_before <= *anchor.not_after);
    const auto found = store.anchors(list.info.role, anchor.certificate->subject.comparable);
    require(std::any_of(found.begin(), found.end(), [&](const pki::AnchorRef& one) {
      return one.anchor->certificate->fingerprint == anchor.certificate->fingerprint;
    }));
  }
}

void check_leaving_out(pki::TrustList list) {
  std::vector<pki::Fingerprint> all;
  for (const pki::TrustAnchor& anchor : list.anchors) {
    all.push_back(anchor.certificate->fingerprint);
  }
  pki::leave_out(list, all);
  require(list.anchors.empty());
}

void run(ByteView input) {
  const Limits limits;
  pki::ListInfo info;
  info.role = pki::ListRole::time_stamping;
  if (const auto list = validate::read_trust_list(info, input, limits)) {
    require(list->info.digest.size() == 64);
    check_anchors(*list);
    check_leaving_out(*list);
  }
  pki::TrustStore store;
  for (const pki::Fingerprint& one : pki::fingerprints_of_allowed_list(as_text(input), limits)) {
    store.trust_entity(one, {pki::ListRole::signer, pki::EntitySource::allowed_list, {}});
    require(store.entity(one, pki::ListRole::signer) != nullptr);
    require(store.entity(one, pki::ListRole::time_stamping) == nullptr);
  }
}

}  // namespace
}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  assay::run({data, size});
  return 0;
}
