// What the signing credential is worth: certificate profile, chain of trust, validity, stapled
// revocation (spec §Validate the credential; R-701… … …R-839).
#include <cmath>

#include "pki/profile.h"
#include "validate/revocation.h"
#include "validate/signature_parts.h"

namespace assay::validate {
namespace {

// R-701…R-712. A certificate of the user's private store only keeps the rules of R-704.
void check_profile(Context& context, ManifestResult& result) {
  SignatureResult& signature = result.signature;
  const bool private_store =
      context.engine.trust.entity(signature.leaf->fingerprint, pki::ListRole::signer) != nullptr;
  signature.profile_ok = true;
  for (const pki::ProfileProblem& problem :
       pki::check_profile(*signature.leaf, pki::Role::claim_signer)) {
    if (private_store && !pki::holds_for_private_store(problem.rule)) {
      continue;
    }
    signature.profile_ok = false;
    context.add(StatusCode::signing_credential_invalid, signature.url, result.manifest->index,
                problem.explanation);
  }
}

// answers of other manifests of the store, then those stapled to this signature: the signer
// himself may have stuffed the latter, so that a limit is reached.
std::vector<ByteView> stapled_answers(const Context& context, const ManifestResult& result,
                                      const cose::Sign1& sign1) {
  std::vector<ByteView> answers = ocsp_answers_beside(context, result.manifest->index);
  answers.insert(answers.end(), sign1.ocsp_responses.begin(), sign1.ocsp_responses.end());
  return answers;
}

// What the store says about the certificate at `place` of the path.
pki::OcspOutcome ask_stapled(Context& context, const SignatureResult& signature,
                             std::span<const ByteView> answers, size_t place) {
  const auto query = revocation_query(context, signature, place, pki::OcspOrigin::stapled);
  pki::Context pki = context.pki();
  return pki::check_ocsp(answers, query, pki);
}

// a chain does not lead to its anchor through a CA that was revoked. The anchor itself is
// trusted because the list names it.
void check_issuers_revocation(Context& context, ManifestResult& result,
                              std::span<const ByteView> answers) {
  pki::ChainOutcome& chain = result.signature.chain;
  for (size_t i = 1; chain.trusted() && i + 1 < chain.path.size(); ++i) {
    if (ask_stapled(context, result.signature, answers, i).result == pki::OcspResult::revoked) {
      chain.result = pki::ChainResult::untrusted;
      chain.explanation = "The certificate of an issuing CA was revoked.";
    }
  }
}

// R-720…R-738.
void check_chain(Context& context, ManifestResult& result, std::span<const ByteView> answers) {
  SignatureResult& signature = result.signature;
  const size_t index = result.manifest->index;
  pki::ChainRequest request;
  request.leaf = signature.leaf;
  request.pool = signature.supplied;
  request.role = pki::ListRole::signer;
  request.at = evaluation_time(context, signature);
  pki::Context pki = context.pki();
  signature.chain = pki::build_chain(request, context.engine.trust, pki);
  check_issuers_revocation(context, result, answers);
  switch (signature.chain.result) {
    case pki::ChainResult::trusted:
      // Never next to signingCredential.invalid: a credential that breaks its profile is not
      // trusted.
      if (signature.profile_ok) {
        context.add(StatusCode::signing_credential_trusted, signature.url, index,
                    signature.chain.explanation);
      }
      break;
    case pki::ChainResult::profile_invalid:
      context.add(StatusCode::signing_credential_invalid, signature.url, index,
                  signature.chain.explanation);
      signature.profile_ok = false;
      break;
    case pki::ChainResult::outside_validity:
      // claimSignature.outsideValidity is the code for it when the leaf's path is at fault.
    case pki::ChainResult::untrusted:
    case pki::ChainResult::limit:
      context.add(StatusCode::signing_credential_untrusted, signature.url, index,
                  signature.chain.explanation);
      break;
  }
}

// the evaluation time against every certificate of the path.
void check_validity(Context& context, ManifestResult& result) {
  SignatureResult& signature = result.signature;
  const size_t index = result.manifest->index;
  const UnixTime at = evaluation_time(context, signature);
  const auto& path = signature.chain.path.empty() ? signature.supplied : signature.chain.path;
  const pki::Certificate* outside = pki::outside_validity(path, at);
  signature.inside_validity = outside == nullptr;
  const std::string time = format_rfc3339(at);
  if (outside == nullptr) {
    context.add(StatusCode::claim_signature_inside_validity, signature.url, index,
                (signature.attested ? "time-stamped " : "evaluated at ") + time +
                    ", inside the validity of the credential");
    return;
  }
  const bool leaf = outside == signature.leaf.get();
  context.add(StatusCode::claim_signature_outside_validity, signature.url, index,
              std::string(leaf ? "the signing certificate" : "a certificate of the chain") +
                  " is valid from " + format_rfc3339(outside->validity.not_before) + " to " +
                  format_rfc3339(outside->validity.not_after) + ", not at " + time +
                  (signature.attested ? "" : "; no recognised time-stamp proves an earlier time"));
}

// the signer's own word about the time; never decides anything.
void check_claimed_time(Context& context, const ManifestResult& result) {
  const SignatureResult& signature = result.signature;
  if (!signature.iat || !std::isfinite(*signature.iat) || std::fabs(*signature.iat) > 1e12) {
    return;
  }
  const UnixTime claimed{static_cast<int64_t>(std::floor(*signature.iat))};
  const auto& path = signature.chain.path.empty() ? signature.supplied : signature.chain.path;
  const bool before_stamp = !signature.attested || claimed <= evaluation_time(context, signature);
  const bool inside = pki::outside_validity(path, claimed) == nullptr && before_stamp;
  context.add(inside ? StatusCode::time_of_signing_inside_validity
                     : StatusCode::time_of_signing_outside_validity,
              signature.url, result.manifest->index,
              "the signer claims to have signed at " + format_rfc3339(claimed));
}

// R-830…R-838 for what the store supplies. Without a decision the session may ask online.
void check_stapled_revocation(Context& context, ManifestResult& result, const cose::Sign1& sign1,
                              std::span<const ByteView> answers) {
  SignatureResult& signature = result.signature;
  // where nobody can be asked and the signer supplied nothing, there is nothing to check.
  if (pki::names_ocsp_responder(*signature.leaf) || !sign1.ocsp_responses.empty()) {
    signature.revocation = Revocation::not_checked;
  }
  if (answers.empty()) {
    return;
  }
  signature.ocsp = ask_stapled(context, signature, answers, 0);
  record_revocation(context, result);
}

}  // namespace

void check_credential(Context& context, ManifestResult& result, const cose::Sign1& sign1) {
  if (!result.signature.leaf) {
    return;
  }
  const std::vector<ByteView> answers = stapled_answers(context, result, sign1);
  check_profile(context, result);
  check_chain(context, result, answers);
  check_validity(context, result);
  check_claimed_time(context, result);
  check_stapled_revocation(context, result, sign1, answers);
}

}  // namespace assay::validate
