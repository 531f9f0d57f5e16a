// Credentials that old claims attach to actors (spec 1.0–1.4 §W3C Verifiable Credentials; R-1172):
// a reference that does not fit is a broken part of the record, whatever the credential is worth.
#include "base/text.h"
#include "identity/attached.h"
#include "validate/context.h"
#include "validate/identity_run.h"

namespace assay::validate {
namespace {

bool fits_as_credential(Context& context, const ManifestResult& result,
                        const identity::CredentialReference& reference,
                        const manifest::Target& target) {
  const auto alg = resolve_alg(reference.alg, result.claim.alg);
  return alg && reference.hash && target.manifest != nullptr &&
         starts_with(target.path, "c2pa.credentials/") &&
         identity::credential_fits(*target.manifest->tree, *target.box, *alg, *reference.hash,
                                   context.budget);
}

void check_credential_reference(Context& context, const ManifestResult& result,
                                const identity::CredentialReference& reference) {
  manifest::HashedUri uri;
  uri.present = true;
  uri.url = reference.url;
  uri.alg = reference.alg;
  if (reference.hash) {
    uri.hash = ByteView(*reference.hash);
  }
  // A credential's label names its subject, who stands in no explanation (T-09). A redaction list
  // excuses nothing: it is for assertions (R-1177).
  const CheckedReference checked = check_reference(context, uri, result, result.claim.alg);
  const size_t index = result.manifest->index;
  switch (checked.state) {
    case ReferenceState::match:
      context.referred_credentials.insert(checked.target.box);
      return;
    case ReferenceState::external:
      return;
    case ReferenceState::missing:
      context.add(StatusCode::hashed_uri_missing, reference.assertion, index,
                  "refers to a credential that does not exist or is ambiguous");
      return;
    case ReferenceState::mismatch:
      if (fits_as_credential(context, result, reference, checked.target)) {
        context.referred_credentials.insert(checked.target.box);
        return;
      }
      // R-1175: also a credential that was zeroed while the reference to it stayed.
      context.add(StatusCode::hashed_uri_mismatch, reference.assertion, index,
                  "refers to a credential that differs from what was meant");
      return;
    case ReferenceState::unsupported_algorithm:
      context.add(StatusCode::algorithm_unsupported, reference.assertion, index,
                  "no supported hash algorithm is given for a credential");
      return;
  }
}

}  // namespace

void check_attached_credentials(Context& context, ManifestResult& result) {
  const auto view = identity_view(context, result);
  const auto references = identity::credential_references(view, context.policy.limits);
  for (const identity::CredentialReference& reference : references.entries) {
    check_credential_reference(context, result, reference);
  }
  if (!references.complete) {
    context.add(StatusCode::general_error, context.store.url_of(*result.manifest, ""),
                result.manifest->index, "there are too many references to credentials to check");
  }
}

}  // namespace assay::validate
