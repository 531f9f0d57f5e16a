// T-76, T-77: only a token that fits this signature, of an authority on the list, says a time.
#include "pki/timestamp.h"

#include <algorithm>

#include "codec/der/definite.h"
#include "codec/der/reader.h"
#include "pki/cms.h"
#include "pki/critical.h"
#include "pki/oids.h"
#include "pki/profile.h"

namespace assay::pki {
namespace {

struct TstInfo {
  std::string imprint_hash;  // dotted OID
  ByteView imprint;
  UnixTime gen_time;
  bool unknown_critical = false;  // carries a critical extension, and we know none
};

// TSTInfo ::= SEQUENCE { version, policy, messageImprint, serialNumber, genTime, accuracy,
// ordering,
//                        nonce, tsa [0], extensions [1] }; of what is behind genTime only a
// critical extension matters, which changes what the token means.
Result<TstInfo> parse_tst_info(ByteView content) {
  der::Reader outer(content);
  ASSAY_TRY(in, outer.enter(der::kSequence));
  ASSAY_CHECK(outer.finish());
  TstInfo out;
  ASSAY_TRY(version, in.small_integer());
  if (version != 1) {
    return Fault::malformed;
  }
  ASSAY_TRY(policy, in.oid());
  static_cast<void>(policy);
  ASSAY_TRY(imprint, in.enter(der::kSequence));
  ASSAY_TRY(algorithm_element, imprint.element(der::kSequence));
  ASSAY_TRY(algorithm, parse_algorithm(algorithm_element.encoded));
  out.imprint_hash = algorithm.oid;
  ASSAY_TRY(hash, imprint.octet_string());
  out.imprint = hash;
  ASSAY_CHECK(imprint.finish());
  ASSAY_TRY(serial, in.integer());
  static_cast<void>(serial);
  ASSAY_TRY(time, in.generalized_time());
  out.gen_time = time;
  while (!in.at_end()) {
    ASSAY_TRY(field, in.any());
    if (field.tag == der::context_constructed(1)) {
      ASSAY_TRY(unknown, has_unknown_critical(field.content, ""));
      out.unknown_critical = unknown;
    }
  }
  return out;
}

// TimeStampResp ::= SEQUENCE { status PKIStatusInfo, timeStampToken OPTIONAL }: the token, when the
// authority granted it (PKIStatus 0 or 1; R-803).
Result<ByteView> token_of_response(der::Reader& in) {
  ASSAY_TRY(info, in.enter(der::kSequence));
  ASSAY_TRY(status, info.small_integer());
  if (status > 1) {
    return Fault::malformed;
  }
  ASSAY_TRY(token, in.element(der::kSequence));
  ASSAY_CHECK(in.finish());
  return token.encoded;
}

// Either form is accepted in either header: a token starts with an OID, a response with a SEQUENCE.
Result<ByteView> find_token(ByteView bytes, bool& was_response) {
  der::Reader outer(bytes);
  ASSAY_TRY(in, outer.enter(der::kSequence));
  ASSAY_CHECK(outer.finish());
  was_response = in.next_is(der::kSequence);
  return was_response ? token_of_response(in) : Result<ByteView>(bytes);
}

class Verification {
 public:
  Verification(std::span<const Bytes> candidates, const TrustStore& store, Context& context)
      : candidates_(candidates), store_(store), context_(context) {}

  TimestampOutcome run(ByteView bytes) {
    const bool readable = read(bytes);
    if (readable && algorithms() && signature() && imprint() && authority()) {
      out_.result = TimestampResult::trusted;
      out_.explanation = "The time-stamp comes from a trusted authority.";
    }
    return std::move(out_);
  }

 private:
  bool fail(TimestampResult result, std::string explanation) {
    out_.result = result;
    out_.explanation = std::move(explanation);
    return false;
  }

  Result<SignedData> signed_data(ByteView bytes) {
    ASSAY_TRY(token, find_token(bytes, out_.was_response));
    return parse_signed_data(token, context_.limits, context_.certificates);
  }

  // A token need not be DER but where it is hashed (RFC 5652 §2).
  bool read(ByteView bytes) {
    auto data = signed_data(bytes);
    if (data.fault() == Fault::malformed) {
      auto definite = der::to_definite(bytes);
      definite_ = definite ? std::move(*definite) : Bytes();
      data = signed_data(definite_);
    }
    if (!data) {
      return fail(TimestampResult::malformed, "The time-stamp token cannot be read.");
    }
    data_ = std::move(*data);
    if (data_.version != 3 || data_.content_type != oid::kTstInfo) {
      return fail(TimestampResult::malformed, "The token is not an RFC 3161 time-stamp.");
    }
    const auto info = parse_tst_info(data_.content);
    if (!info) {
      return fail(TimestampResult::malformed, "The content of the time-stamp cannot be read.");
    }
    info_ = *info;
    out_.claimed_time = info_.gen_time;
    if (info_.unknown_critical) {
      return fail(TimestampResult::untrusted,
                  "The time-stamp contains an unknown critical extension.");
    }
    return true;
  }

  //
  bool algorithms() {
    algorithm_ = signer_algorithm(data_.signer);
    if (!algorithm_) {
      return fail(TimestampResult::untrusted,
                  "The time-stamp is signed with an algorithm that is not accepted.");
    }
    out_.authority = find_signer(data_);
    if (out_.authority == nullptr) {
      return fail(TimestampResult::untrusted,
                  "The time-stamp does not contain the certificate of its authority.");
    }
    return true;
  }

  //
  bool signature() {
    const SignerInfo& signer = data_.signer;
    const auto hash = digest_from_oid(signer.digest_algorithm.oid);
    if (signer.content_type != oid::kTstInfo ||
        !equal(crypto::digest(*hash, data_.content), signer.message_digest)) {
      return fail(TimestampResult::mismatch, "The time-stamp was changed after it was signed.");
    }
    if (!key_permits(*out_.authority, *algorithm_)) {
      return fail(TimestampResult::untrusted,
                  "The key of the time-stamp authority is not for this signature algorithm.");
    }
    const auto answer =
        context_.signatures.verify(*algorithm_, out_.authority->public_key,
                                   signer.signed_attributes, signer.signature, context_.budget);
    if (!answer || *answer == crypto::Verified::unsupported) {
      return fail(TimestampResult::untrusted, answer
                                                  ? "The time-stamp authority's key is of a "
                                                    "kind that is not supported."
                                                  : "The limit of signature checks was reached.");
    }
    if (*answer != crypto::Verified::yes) {
      return fail(TimestampResult::mismatch, "The signature of the time-stamp is not valid.");
    }
    return names_this_certificate();
  }

  // RFC 5816: the token says which certificate signed it; another one with the same key will not
  // do.
  bool names_this_certificate() {
    const auto& id = data_.signer.signing_certificate;
    if (id && (!id->hash || !equal(crypto::digest(*id->hash, out_.authority->der), id->value))) {
      return fail(TimestampResult::untrusted,
                  "The time-stamp names another certificate than the one that signed it.");
    }
    return true;
  }

  //
  bool imprint() {
    const auto hash = digest_from_oid(info_.imprint_hash);
    if (!hash || *hash == crypto::DigestAlg::sha1) {
      return fail(TimestampResult::untrusted,
                  "The time-stamp uses a hash algorithm that is not accepted.");
    }
    for (size_t i = 0; i < candidates_.size(); ++i) {
      if (equal(crypto::digest(*hash, candidates_[i]), info_.imprint)) {
        out_.imprint = i;
        return true;
      }
    }
    return fail(TimestampResult::mismatch, "The time-stamp was made for something else.");
  }

  //
  bool authority() {
    out_.chain = build_chain({.leaf = out_.authority,
                              .pool = data_.certificates,
                              .role = ListRole::time_stamping,
                              .at = info_.gen_time},
                             store_, context_);
    const auto problems = check_profile(*out_.authority, Role::time_stamping);
    if (!problems.empty()) {
      out_.credential_invalid = true;
      return fail(TimestampResult::untrusted, problems.front().explanation);
    }
    switch (out_.chain.result) {
      case ChainResult::trusted:
        return true;
      case ChainResult::outside_validity:
        return fail(TimestampResult::outside_validity,
                    "The time-stamp is outside the validity of its authority's certificates.");
      case ChainResult::profile_invalid:
        out_.credential_invalid = true;
        break;
      case ChainResult::untrusted:
      case ChainResult::limit:
        break;
    }
    return fail(TimestampResult::untrusted,
                "The time-stamp authority is not on a trust list: " + out_.chain.explanation);
  }

  std::span<const Bytes> candidates_;
  const TrustStore& store_;
  Context& context_;
  Bytes definite_;  // the token, when it came in BER; data_ points into it
  SignedData data_;
  TstInfo info_;
  std::optional<crypto::SigAlg> algorithm_;
  TimestampOutcome out_;
};

}  // namespace

TimestampOutcome verify_timestamp(ByteView token, std::span<const Bytes> candidates,
                                  const TrustStore& store, Context& context) {
  return Verification(candidates, store, context).run(token);
}

}  // namespace assay::pki
