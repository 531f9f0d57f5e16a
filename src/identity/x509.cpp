// cawg.x509.cose: an identity proven by a certificate (R-1120…R-1127). Trust comes from identity
// lists only; the lists of claim signers play no part (T-09).
#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "cose/sign1.h"
#include "identity/methods.h"
#include "identity/name.h"
#include "pki/ocsp.h"
#include "pki/profile.h"
#include "pki/timestamp.h"

namespace assay::identity {
namespace {

Code code_of(pki::TimestampResult result) {
  switch (result) {
    case pki::TimestampResult::trusted:
      return Code::x509_time_stamp_trusted;
    case pki::TimestampResult::malformed:
      return Code::x509_time_stamp_malformed;
    case pki::TimestampResult::mismatch:
      return Code::x509_time_stamp_mismatch;
    case pki::TimestampResult::untrusted:
      return Code::x509_time_stamp_untrusted;
    case pki::TimestampResult::outside_validity:
      break;
  }
  return Code::x509_time_stamp_outside_validity;
}

// R-1123: the policies of S/MIME certificates whose subject was checked.
bool has_sponsor_policy(const pki::Certificate& leaf) {
  constexpr std::array<std::string_view, 6> kPolicies = {"2.23.140.1.5.2.2", "2.23.140.1.5.2.3",
                                                         "2.23.140.1.5.3.2", "2.23.140.1.5.3.3",
                                                         "2.23.140.1.5.4.2", "2.23.140.1.5.4.3"};
  if (!leaf.extensions.policies) {
    return false;
  }
  const auto& policies = leaf.extensions.policies->policies;
  return std::any_of(policies.begin(), policies.end(), [&](const std::string& policy) {
    return std::find(kPolicies.begin(), kPolicies.end(), policy) != kPolicies.end();
  });
}

// "Jo Example, Example Press": person and organization, as far as the certificate names them
// (R-1127).
std::string subject_name(const pki::Name& subject) {
  const std::string person = shown_name(subject.common_name());
  std::string organization = shown_name(subject.organization());
  if (person.empty() || person == organization) {
    return organization;
  }
  return organization.empty() ? person : person + ", " + organization;
}

class X509Check {
 public:
  X509Check(const ManifestView& view, const Environment& environment, IdentityStatement& out)
      : view_(view), environment_(environment), pki_(environment.pki()), out_(out) {}

  MethodResult run(const cbor::Value& signer_payload, ByteView signature) {
    auto sign1 = cose::parse(signature, environment_.limits, environment_.budget);
    if (!sign1.ok()) {
      out_.add(Code::x509_signature_mismatch, "the signature is no COSE_Sign1");
      return {};
    }
    sign1_ = std::move(*sign1);
    if (!sign1_.alg || sign1_.has(cose::Rule::alg_ambiguous)) {
      out_.add(Code::x509_algorithm_unsupported, "the signature's algorithm is not supported");
      return {};
    }
    if (!load_certificates() || !verify(signer_payload)) {
      return {};
    }
    check_time();
    collect_answers();
    check_chain();
    check_validity();
    check_revocation();
    return conclude();
  }

 private:
  bool load_certificates() {
    for (const ByteView der : sign1_.x5chain) {
      auto certificate = environment_.certificates.parse(der, environment_.limits);
      if (certificate.ok()) {
        supplied_.push_back(*certificate);
      } else if (supplied_.empty()) {
        break;
      }
    }
    if (supplied_.empty()) {
      out_.add(Code::x509_signature_mismatch,
               "there is no certificate to check the signature with");
      return false;
    }
    leaf_ = supplied_.front();
    return true;
  }

  // R-1120: the payload as it is stored, else as it should have been encoded.
  bool verify(const cbor::Value& signer_payload) {
    if (const auto reason = cose::key_unfit(*sign1_.alg, leaf_->public_key)) {
      out_.add(Code::x509_signature_mismatch, *reason);
      return false;
    }
    if (!pki::key_permits(*leaf_, *sign1_.alg)) {  // the key's own PSS parameters
      out_.add(Code::x509_signature_mismatch,
               "the key of the certificate is not for this signature algorithm");
      return false;
    }
    const Bytes stored = to_bytes(signer_payload.encoded());
    const Bytes deterministic = cbor::deterministic(signer_payload);
    for (const Bytes& payload : {stored, deterministic}) {
      const auto verified = cose::verify(sign1_, payload, leaf_->public_key,
                                         environment_.signatures, environment_.budget);
      if (!verified.ok()) {
        out_.limited = true;
        return false;
      }
      if (*verified == crypto::Verified::yes) {
        out_.add(Code::x509_signature_validated, "the statement is the one that was signed");
        return true;
      }
    }
    out_.add(Code::x509_signature_mismatch,
             "the signature does not fit the statement and the certificate");
    return false;
  }

  // R-1124: an own time-stamp over this signature; else the claim's, which came later than both.
  void check_time() {
    attested_ = view_.attested;
    std::vector<Bytes> imprints;
    for (cose::ImprintInput& input : cose::imprints_v2(sign1_)) {
      imprints.push_back(std::move(input.data));
    }
    for (const cose::TimestampContainer& container : sign1_.timestamps) {
      if (container.header != cose::TimestampHeader::sig_tst2) {
        continue;
      }
      if (!container.well_formed) {
        out_.add(Code::x509_time_stamp_malformed, "the time-stamp cannot be read");
        continue;
      }
      const pki::TimestampOutcome outcome =
          pki::verify_timestamp(container.tokens.front(), imprints, environment_.trust, pki_);
      if (outcome.credential_invalid) {
        out_.add(Code::x509_time_stamp_credential_invalid, outcome.explanation);
      }
      out_.add(code_of(outcome.result), outcome.explanation);
      if (outcome.trusted()) {
        out_.add(Code::x509_time_stamp_validated, "the time-stamp belongs to this signature");
        attested_ = outcome.attested();
        return;
      }
    }
  }

  UnixTime evaluation_time() const { return attested_.value_or(environment_.now); }

  // R-1121, R-1122
  void check_chain() {
    pki::ChainRequest request;
    request.leaf = leaf_;
    request.pool = supplied_;
    request.role = pki::ListRole::identity;
    request.at = evaluation_time();
    chain_ = pki::build_chain(request, environment_.trust, pki_);
    const auto problems = pki::check_profile(*leaf_, pki::Role::identity_signer);
    std::string reason = chain_.explanation;
    trusted_ = chain_.trusted();
    if (trusted_ && is_issuer_revoked()) {
      trusted_ = false;
      reason = "the certificate of an issuing CA was revoked";
    }
    const auto broken = std::find_if(problems.begin(), problems.end(), [&](const auto& problem) {
      return !chain_.entity || pki::holds_for_private_store(problem.rule);
    });
    if (trusted_ && broken != problems.end()) {
      trusted_ = false;
      reason = broken->explanation;
    }
    if (trusted_ && !purpose_fits()) {
      trusted_ = false;
      reason = "the certificate is not for signing documents, nor a verified e-mail certificate";
    }
    out_.add(trusted_ ? Code::x509_credential_trusted : Code::x509_credential_untrusted, reason);
  }

  // R-1122: documentSigning, or another purpose that the list is for. R-1123: e-mail certificates
  // until the end of March 2027, with one of the policies.
  bool purpose_fits() const {
    const bool own_choice =
        chain_.entity && chain_.entity->source == pki::EntitySource::address_book;
    if (own_choice || leaf_->has_purpose(pki::kEkuDocumentSigning)) {
      return true;
    }
    const auto listed = [&](const std::string& purpose) {
      return purpose != pki::kEkuEmailProtection && leaf_->has_purpose(purpose);
    };
    if (chain_.list &&
        std::any_of(chain_.list->purposes.begin(), chain_.list->purposes.end(), listed)) {
      return true;
    }
    constexpr UnixTime kEndOfInterim{1806537599};  // 2027-03-31T23:59:59Z
    return leaf_->has_purpose(pki::kEkuEmailProtection) && has_sponsor_policy(*leaf_) &&
           evaluation_time() <= kEndOfInterim;
  }

  // R-1125
  void check_validity() {
    const auto& path = chain_.path.empty() ? supplied_ : chain_.path;
    const std::string time = format_rfc3339(evaluation_time());
    if (pki::outside_validity(path, evaluation_time()) == nullptr) {
      out_.add(Code::x509_inside_validity, (attested_ ? "time-stamped " : "evaluated at ") + time +
                                               ", inside the validity of the credential");
    } else {
      out_.add(Code::x509_outside_validity, "the credential is not valid at " + time);
    }
    if (!sign1_.iat || !std::isfinite(*sign1_.iat) || std::fabs(*sign1_.iat) > 1e12) {
      return;
    }
    const UnixTime claimed{static_cast<int64_t>(std::floor(*sign1_.iat))};
    const bool inside =
        pki::outside_validity(path, claimed) == nullptr && (!attested_ || claimed <= *attested_);
    out_.add(inside ? Code::x509_time_of_signing_inside : Code::x509_time_of_signing_outside,
             "claimed to be signed at " + format_rfc3339(claimed));
  }

  // R-1126: what other manifests of the store hold, then what is stapled to this signature.
  void collect_answers() {
    answers_ = view_.ocsp_answers;
    answers_.insert(answers_.end(), sign1_.ocsp_responses.begin(), sign1_.ocsp_responses.end());
  }

  // About the certificate at `place` of the path; nothing is asked online.
  pki::OcspOutcome ask_stapled(size_t place) {
    pki::OcspQuery query;
    query.subject = place == 0 ? leaf_.get() : chain_.path[place].get();
    if (place == 0) {
      query.issuer = chain_.leaf_issuer.get();
    } else if (place + 1 < chain_.path.size()) {
      query.issuer = chain_.path[place + 1].get();
    }
    query.attested = attested_;
    query.now = environment_.now;
    query.pool = supplied_;
    return pki::check_ocsp(answers_, query, pki_);
  }

  // R-839, R-1126: no chain leads to its anchor through a CA that was revoked.
  bool is_issuer_revoked() {
    for (size_t i = 1; i + 1 < chain_.path.size(); ++i) {
      if (ask_stapled(i).result == pki::OcspResult::revoked) {
        return true;
      }
    }
    return false;
  }

  void check_revocation() {
    const bool can_be_asked = pki::names_ocsp_responder(*leaf_);
    if (answers_.empty() && !can_be_asked) {
      return;
    }
    const pki::OcspOutcome outcome = ask_stapled(0);
    switch (outcome.result) {
      case pki::OcspResult::good:
        out_.add(Code::x509_ocsp_not_revoked, outcome.explanation);
        break;
      case pki::OcspResult::revoked:
        out_.add(Code::credential_revoked, outcome.explanation);
        break;
      case pki::OcspResult::unknown:
        out_.add(Code::x509_ocsp_unknown, outcome.explanation);
        break;
      case pki::OcspResult::no_information:
        if (can_be_asked) {  // of the others there is nothing to know
          out_.add(Code::x509_ocsp_skipped, "whether the certificate was revoked was not checked");
        }
        break;
    }
  }

  MethodResult conclude() const {
    MethodResult result;
    result.signature_good = true;
    result.trusted = trusted_;
    // T-66: a certificate that neither the signature covers nor a list vouches for can be exchanged
    // for any other with the same key.
    const bool is_covered = sign1_.x5chain_bucket == cose::Bucket::protected_header;
    result.name = trusted_ || is_covered ? subject_name(leaf_->subject) : std::string();
    if (!trusted_) {
      result.vouched_by = "on no list you use";
    } else if (chain_.entity) {
      const bool own = chain_.entity->source == pki::EntitySource::address_book;
      result.vouched_by =
          own ? "on your own list of certificates" : "named on " + shown_name(chain_.entity->label);
    } else if (chain_.list && !chain_.path.empty()) {
      result.vouched_by = "vouched for by " + subject_name(chain_.path.back()->subject) + ", on " +
                          shown_name(chain_.list->name);
    }
    return result;
  }

  const ManifestView& view_;
  const Environment& environment_;
  pki::Context pki_;
  IdentityStatement& out_;
  cose::Sign1 sign1_;
  std::vector<pki::CertificatePtr> supplied_;
  pki::CertificatePtr leaf_;
  std::vector<ByteView> answers_;
  std::optional<UnixTime> attested_;
  pki::ChainOutcome chain_;
  bool trusted_ = false;
};

}  // namespace

MethodResult check_x509(const cbor::Value& signer_payload, ByteView signature,
                        const ManifestView& view, const Environment& environment,
                        IdentityStatement& out) {
  return X509Check(view, environment, out).run(signer_payload, signature);
}

}  // namespace assay::identity
