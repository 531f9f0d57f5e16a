#include "validate/identity_trust.h"

#include "validate/trust_json.h"

namespace assay::validate {

IdentityListSize add_identity_list(Engine& engine, pki::ListInfo info, ByteView file,
                                   const Limits& limits) {
  info.role = pki::ListRole::identity;
  if (info.purposes.empty()) {
    info.purposes = {std::string(pki::kEkuDocumentSigning), std::string(pki::kEkuEmailProtection)};
  }
  const std::string name = info.name;
  IdentityListSize size;
  for (identity::TrustedIssuer& issuer : identity::issuers_of_list(as_text(file), name, limits)) {
    engine.issuers.push_back(std::move(issuer));
    ++size.issuers;
  }
  auto list = read_trust_list(std::move(info), file, limits);
  if (!list.ok()) {
    return size;
  }
  for (const pki::TrustAnchor& anchor : list->anchors) {
    if (!anchor.certificate->is_ca()) {
      engine.trust.trust_entity(anchor.certificate->fingerprint,
                                {pki::ListRole::identity, pki::EntitySource::allowed_list, name});
    }
  }
  size.anchors = list->anchors.size();
  size.digest = list->info.digest;
  engine.trust.add_list(std::move(*list));
  return size;
}

}  // namespace assay::validate
