// The claim signature (spec §Validate the signature; …R-616): found, parsed,
// checked. What the credential is worth is step_credential.cpp's business, when it was made
// step_time.cpp's.
#include "cose/sign1.h"
#include "validate/context.h"
#include "validate/signature_parts.h"

namespace assay::validate {
namespace {

constexpr auto kSignatureType = jumbf::type_uuid("c2cs");

// the signature box of the same manifest, whether its URI names the manifest or not;
// and its one CBOR box.
const jumbf::Box* find_signature(Context& context, ManifestResult& result) {
  const manifest::Target target = context.store.resolve(result.claim.signature, *result.manifest);
  const bool usable = target.found() && target.manifest == result.manifest &&
                      target.box->has_type(kSignatureType) && !result.claim.signature.empty();
  if (!usable) {
    return nullptr;
  }
  result.signature.url = target.url;
  const jumbf::Box* found = nullptr;
  for (const jumbf::Box* child : result.manifest->tree->children_of(*target.box)) {
    if (child->type == jumbf::fourcc("cbor")) {
      if (found != nullptr) {
        return nullptr;  // T-45: two boxes leave open which one was meant
      }
      found = child;
    }
  }
  return found;
}

// Nothing for rules whose breach the field tolerates.
std::optional<StatusCode> code_of(cose::Rule rule) {
  switch (rule) {
    case cose::Rule::alg_missing:
    case cose::Rule::alg_only_unprotected:
    case cose::Rule::alg_not_integer:
    case cose::Rule::alg_ambiguous:
    case cose::Rule::alg_not_allowed:
      return StatusCode::algorithm_unsupported;
    case cose::Rule::payload_attached:
    case cose::Rule::crit_unknown:
    case cose::Rule::crit_malformed:
      return StatusCode::claim_signature_mismatch;
    case cose::Rule::x5chain_missing:
    case cose::Rule::x5chain_ambiguous:
    case cose::Rule::x5chain_malformed:
    case cose::Rule::x5chain_limit:
      return StatusCode::signing_credential_invalid;
    case cose::Rule::timestamp_container:
      return StatusCode::time_stamp_malformed;
    case cose::Rule::revocation_container:
    case cose::Rule::pad_not_zero:
    case cose::Rule::untagged:
    case cose::Rule::x5chain_unprotected:
    case cose::Rule::x5chain_label_ignored:
    case cose::Rule::duplicate_header_label:
      break;
  }
  return std::nullopt;
}

void report_problems(Context& context, const ManifestResult& result, const cose::Sign1& sign1) {
  for (const cose::Problem& problem : sign1.problems) {
    if (const auto code = code_of(problem.rule)) {
      context.add(*code, result.signature.url, result.manifest->index, problem.explanation);
    }
  }
}

// R-613, T-68: padding that is not zero, and headers without a meaning, are content that nobody
// signed.
void note_unsigned(Context& context, const jumbf::Box& content, const cose::Sign1& sign1) {
  const uint64_t base = content.offset + (content.bytes.size() - content.payload.size());
  const auto note = [&](const Range& range, const char* kind, const char* text) {
    context.verdict.uncovered.push_back({{base + range.offset, range.length}, kind, true, text});
  };
  for (const Range& range : sign1.nonzero_padding) {
    note(range, "signaturePadding", "padding of the signature is not empty");
  }
  for (const Range& range : sign1.unknown_headers) {
    note(range, "signatureHeader", "a header beside the signature that it does not cover");
  }
}

void load_certificates(Context& context, ManifestResult& result, const cose::Sign1& sign1) {
  SignatureResult& signature = result.signature;
  for (size_t i = 0; i < sign1.x5chain.size(); ++i) {
    auto certificate = context.engine.certificates.parse(sign1.x5chain[i], context.policy.limits);
    if (certificate.ok()) {
      signature.supplied.push_back(*certificate);
    } else if (i == 0) {
      context.add(StatusCode::signing_credential_invalid, signature.url, result.manifest->index,
                  "the signing certificate cannot be read");
      return;
    }
  }
  if (!signature.supplied.empty()) {
    signature.leaf = signature.supplied.front();
  }
}

// P-10: the signature itself, whatever the credential is worth.
void verify_signature(Context& context, ManifestResult& result, const cose::Sign1& sign1) {
  SignatureResult& signature = result.signature;
  const size_t index = result.manifest->index;
  if (!signature.leaf) {
    context.add(StatusCode::claim_signature_mismatch, signature.url, index,
                "there is no certificate to check the signature with");
    return;
  }
  if (!sign1.alg || sign1.has(cose::Rule::alg_ambiguous)) {
    return;  // algorithm.unsupported says it already
  }
  if (const auto reason = cose::key_unfit(*sign1.alg, signature.leaf->public_key)) {
    context.add(StatusCode::claim_signature_mismatch, signature.url, index, *reason);
    return;
  }
  if (!pki::key_permits(*signature.leaf, *sign1.alg)) {  // the key's own PSS parameters
    context.add(StatusCode::claim_signature_mismatch, signature.url, index,
                "the key of the certificate is not for this signature algorithm");
    return;
  }
  const auto verified = cose::verify(sign1, result.claim.payload, signature.leaf->public_key,
                                     context.engine.signatures, context.budget);
  if (!verified.ok()) {
    context.add(StatusCode::general_error, context.store.url_of(*result.manifest, ""), index,
                "there are too many signatures to check");
    return;
  }
  if (*verified == crypto::Verified::yes) {
    signature.state = SignatureState::validated;
    context.add(StatusCode::claim_signature_validated, signature.url, index,
                "the claim is the one that was signed");
  } else {
    context.add(StatusCode::claim_signature_mismatch, signature.url, index,
                "the signature does not fit the claim and the certificate");
  }
}

}  // namespace

void check_signature(Context& context, ManifestResult& result) {
  const size_t index = result.manifest->index;
  result.signature.url = context.store.url_of(*result.manifest, "c2pa.signature");
  const jumbf::Box* content = find_signature(context, result);
  if (content == nullptr) {
    context.add(StatusCode::claim_signature_missing, result.signature.url, index,
                "the claim's signature is missing or ambiguous");
    return;
  }
  result.signature.state = SignatureState::mismatch;
  auto sign1 = cose::parse(content->payload, context.policy.limits, context.budget);
  if (!sign1.ok()) {
    context.add(StatusCode::claim_signature_mismatch, result.signature.url, index,
                "the signature box does not hold a COSE_Sign1");
    return;
  }
  result.signature.algorithm = std::string(sign1->alg_name);
  result.signature.iat = sign1->iat;
  report_problems(context, result, *sign1);
  note_unsigned(context, *content, *sign1);
  load_certificates(context, result, *sign1);
  check_time(context, result, *sign1);
  check_credential(context, result, *sign1);
  verify_signature(context, result, *sign1);
}

}  // namespace assay::validate
