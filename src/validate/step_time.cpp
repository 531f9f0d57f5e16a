// When the claim was signed, as far as a time-stamp authority tells (spec §Validate the time-stamp;
// R-801…R-826). All informational; the first failure drops a token.
#include "base/text.h"
#include "validate/signature_parts.h"

namespace assay::validate {
namespace {

StatusCode code_of(pki::TimestampResult result) {
  switch (result) {
    case pki::TimestampResult::trusted:
      return StatusCode::time_stamp_trusted;
    case pki::TimestampResult::malformed:
      return StatusCode::time_stamp_malformed;
    case pki::TimestampResult::mismatch:
      return StatusCode::time_stamp_mismatch;
    case pki::TimestampResult::untrusted:
      return StatusCode::time_stamp_untrusted;
    case pki::TimestampResult::outside_validity:
      return StatusCode::time_stamp_outside_validity;
  }
  return StatusCode::time_stamp_malformed;
}

std::vector<Bytes> bytes_of(const std::vector<cose::ImprintInput>& inputs) {
  std::vector<Bytes> out;
  out.reserve(inputs.size());
  for (const cose::ImprintInput& input : inputs) {
    out.push_back(input.data);
  }
  return out;
}

// R-806, P-3: what was accepted beside the proper imprint.
std::string_view tolerated_imprint(cose::ImprintForm form) {
  switch (form) {
    case cose::ImprintForm::signature_bytes:
      return ", though it was made over the signature without its CBOR head";
    case cose::ImprintForm::bare_signature:
      return ", though it was made over the bare signature";
    case cose::ImprintForm::claim:
    case cose::ImprintForm::signature_bstr:
      break;
  }
  return "";
}

// the first version holds the whole answer of the authority, the second the token alone.
std::string_view tolerated_wrapping(const pki::TimestampOutcome& outcome,
                                    cose::ImprintForm proper) {
  const bool first_version = proper == cose::ImprintForm::claim;
  if (outcome.was_response == first_version) {
    return "";
  }
  return first_version ? ", though it came without the answer around it"
                       : ", though it came with the whole answer around it";
}

std::string tolerated(const pki::TimestampOutcome& outcome,
                      const std::vector<cose::ImprintInput>& imprints) {
  std::string out(tolerated_imprint(imprints[outcome.imprint.value_or(0)].form));
  return out.append(tolerated_wrapping(outcome, imprints.front().form));
}

// Tries one token. True when it may decide the time.
bool try_token(Context& context, ManifestResult& result, ByteView token,
               const std::vector<cose::ImprintInput>& inputs) {
  const size_t index = result.manifest->index;
  const std::string& url = result.signature.url;
  pki::Context pki = context.pki();
  pki::TimestampOutcome outcome =
      pki::verify_timestamp(token, bytes_of(inputs), context.engine.trust, pki);
  if (outcome.credential_invalid) {
    context.add(StatusCode::time_stamp_credential_invalid, url, index, outcome.explanation);
  }
  context.add(code_of(outcome.result), url, index, outcome.explanation);
  const bool trusted = outcome.trusted();
  if (trusted) {
    context.add(StatusCode::time_stamp_validated, url, index,
                "the time-stamp belongs to this signature" + tolerated(outcome, inputs));
  }
  if (trusted || !result.signature.timestamp) {
    result.signature.timestamp = std::move(outcome);
  }
  result.signature.attested = trusted;
  return trusted;
}

}  // namespace

UnixTime evaluation_time(const Context& context, const SignatureResult& signature) {
  const auto attested =
      signature.attested ? signature.timestamp->attested() : std::optional<UnixTime>();
  return attested.value_or(context.policy.now);
}

void check_time(Context& context, ManifestResult& result, const cose::Sign1& sign1) {
  // the header's token first, then those of time-stamp assertions, until one passes.
  for (const cose::TimestampContainer& container : sign1.timestamps) {
    if (!container.well_formed) {
      continue;  // reported as timeStamp.malformed already
    }
    const bool first_version = container.header == cose::TimestampHeader::sig_tst;
    const auto imprints =
        first_version ? cose::imprints_v1(sign1, result.claim.payload) : cose::imprints_v2(sign1);
    if (try_token(context, result, container.tokens.front(), imprints)) {
      return;
    }
  }
  const auto found = context.timestamps.find(result.manifest->label);
  if (found == context.timestamps.end()) {
    return;
  }
  const auto imprints = cose::imprints_v2(sign1);
  size_t tried = 0;
  for (const ByteView token : found->second) {
    if (context.policy.limits.exceeded(Limit::timestamp_tokens, ++tried) ||
        try_token(context, result, token, imprints)) {
      return;
    }
  }
}

}  // namespace assay::validate
