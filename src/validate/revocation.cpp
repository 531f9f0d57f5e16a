#include "validate/revocation.h"

#include <array>

namespace assay::validate {

pki::OcspQuery revocation_query(const Context& context, const SignatureResult& signature,
                                size_t place, pki::OcspOrigin origin) {
  const auto& path = signature.chain.path;
  pki::OcspQuery query;
  query.subject = place == 0 ? signature.leaf.get() : path[place].get();
  if (place == 0) {
    query.issuer = signature.chain.leaf_issuer.get();
  } else if (place + 1 < path.size()) {
    query.issuer = path[place + 1].get();
  }
  query.attested = signature.attested ? signature.timestamp->attested() : std::optional<UnixTime>();
  query.now = context.policy.now;
  query.origin = origin;
  query.pool = signature.supplied;
  return query;
}

std::optional<OnlineRevocation> online_revocation_request(const ManifestResult& result) {
  const SignatureResult& signature = result.signature;
  const bool open = signature.revocation == Revocation::not_checked && signature.leaf &&
                    signature.chain.leaf_issuer && !signature.leaf->extensions.ocsp_urls.empty();
  if (!open) {
    return std::nullopt;
  }
  return OnlineRevocation{signature.leaf->extensions.ocsp_urls.front(),
                          pki::ocsp_request(*signature.leaf, *signature.chain.leaf_issuer)};
}

void check_online_revocation(Context& context, ManifestResult& result, ByteView answer) {
  SignatureResult& signature = result.signature;
  const auto query = revocation_query(context, signature, 0, pki::OcspOrigin::online);
  pki::Context pki = context.pki();
  const std::array<ByteView, 1> answers = {answer};
  signature.ocsp = pki::check_ocsp(answers, query, pki);
  record_revocation(context, result);
}

void record_revocation(Context& context, ManifestResult& result) {
  SignatureResult& signature = result.signature;
  const size_t index = result.manifest->index;
  switch (signature.ocsp.result) {
    case pki::OcspResult::good:
      signature.revocation = Revocation::not_revoked;
      context.add(StatusCode::ocsp_not_revoked, signature.url, index, signature.ocsp.explanation);
      break;
    case pki::OcspResult::revoked:
      signature.revocation = Revocation::revoked;
      context.add(StatusCode::ocsp_revoked, signature.url, index, signature.ocsp.explanation);
      break;
    case pki::OcspResult::unknown:
      signature.revocation = Revocation::unknown;
      context.add(StatusCode::ocsp_unknown, signature.url, index, signature.ocsp.explanation);
      break;
    case pki::OcspResult::no_information:
      break;
  }
}

void record_unchecked_revocation(Context& context) {
  for (ManifestResult& result : context.verdict.manifests) {
    if (result.signature.revocation != Revocation::not_checked) {
      continue;
    }
    bool failed = false;
    for (const NetworkUse& use : context.verdict.network) {
      const bool own = use.kind == ResourceKind::ocsp && &result == context.verdict.active();
      failed = failed || (own && use.outcome != NetworkUse::Outcome::not_allowed);
    }
    context.add(failed ? StatusCode::ocsp_inaccessible : StatusCode::ocsp_skipped,
                result.signature.url, result.manifest->index,
                failed ? "the responder gave no usable answer about the signing certificate"
                       : "whether the signing certificate was revoked was not checked");
  }
}

}  // namespace assay::validate
