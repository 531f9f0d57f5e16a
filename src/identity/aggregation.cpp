// cawg.identity_claims_aggregation: an aggregator's verifiable credential about the people behind
// an asset, in a COSE envelope (R-1130…R-1155).
#include <algorithm>

#include "base/text.h"
#include "cose/sign1.h"
#include "identity/credential.h"
#include "identity/did.h"
#include "identity/json_match.h"
#include "identity/methods.h"
#include "identity/name.h"
#include "identity/status_list.h"
#include "pki/timestamp.h"

namespace assay::identity {
namespace {

class AggregationCheck {
 public:
  AggregationCheck(const ManifestView& view, const Environment& environment, IdentityStatement& out)
      : view_(view), environment_(environment), out_(out) {}

  MethodResult run(const cbor::Value& signer_payload, ByteView signature) {
    if (!open(signature)) {
      return {};
    }
    check_headers();
    check_time_stamp();
    const bool resolved = resolve_issuer();
    if (resolved) {
      check_signature();
    }
    check_period();
    check_subject(signer_payload);
    if (!check_revocation()) {
      return {};
    }
    return conclude(resolved);
  }

 private:
  // R-1130, R-1133: without these two there is nothing to look at.
  bool open(ByteView signature) {
    auto sign1 = cose::parse(signature, environment_.limits, environment_.budget);
    if (!sign1.ok()) {
      out_.add(Code::ica_invalid_cose_sign1, "the signature is no COSE_Sign1");
      return false;
    }
    sign1_ = std::move(*sign1);
    auto credential = sign1_.payload ? json::parse(*sign1_.payload, environment_.limits)
                                     : Result<json::Value>(Fault::malformed);
    if (!credential.ok() || !is_aggregation_credential(*credential)) {
      check_headers();
      out_.add(Code::ica_invalid_credential,
               "it holds no credential of an identity claims aggregator");
      return false;
    }
    credential_ = std::move(*credential);
    return true;
  }

  // R-1131, R-1132
  void check_headers() {
    if (!sign1_.alg || sign1_.has(cose::Rule::alg_ambiguous)) {
      out_.add(Code::ica_invalid_alg, "the signature's algorithm is missing or not supported");
    }
    if (sign1_.content_type != "application/vc") {
      out_.add(Code::ica_invalid_content_type, "the content type is not application/vc");
    }
  }

  // R-1140: dropped when it fails.
  void check_time_stamp() {
    std::vector<Bytes> imprints;
    for (cose::ImprintInput& input : cose::imprints_v2(sign1_)) {
      imprints.push_back(std::move(input.data));
    }
    auto pki = environment_.pki();
    for (const cose::TimestampContainer& container : sign1_.timestamps) {
      if (container.header != cose::TimestampHeader::sig_tst2) {
        continue;
      }
      const auto outcome =
          container.well_formed
              ? pki::verify_timestamp(container.tokens.front(), imprints, environment_.trust, pki)
              : pki::TimestampOutcome();
      if (outcome.trusted()) {
        attested_ = outcome.attested();
        out_.add(Code::ica_time_stamp_validated, outcome.explanation);
        return;
      }
      out_.add(Code::ica_time_stamp_invalid,
               container.well_formed ? outcome.explanation : "the time-stamp cannot be read");
    }
  }

  // R-1134…R-1138, R-1151
  bool resolve_issuer() {
    issuer_ = issuer_of(credential_);
    const auto did = parse_did(issuer_);
    if (!did) {
      out_.add(Code::ica_invalid_issuer, "the issuer is no DID");
      return false;
    }
    check_trust();
    if (did->method == "jwk") {
      return take_keys(keys_of_did_jwk(*did, environment_.limits));
    }
    if (did->method == "key") {
      return take_keys(keys_of_did_key(*did));
    }
    if (did->method == "web") {
      return resolve_web(*did);
    }
    out_.add(Code::ica_did_unsupported_method, "the issuer's kind of DID is not supported");
    return false;
  }

  // R-1138, R-1153, R-1155: an aggregator is trusted only where its exact DID is listed. Without
  // any such list there is nothing that it could be measured by.
  void check_trust() {
    const auto listed =
        std::find_if(environment_.issuers.begin(), environment_.issuers.end(),
                     [&](const TrustedIssuer& issuer) { return issuer.did == issuer_; });
    if (listed != environment_.issuers.end()) {
      list_ = shown_name(listed->list);
      trusted_ = true;
    } else if (!environment_.issuers.empty()) {
      out_.add(Code::ica_untrusted_issuer, "the aggregator is on no list you use");
    }
  }

  bool take_keys(DidKeys found) {
    keys_ = std::move(found.keys);
    if (keys_.empty()) {
      out_.add(Code::ica_invalid_did_document, found.problem);
    }
    return !keys_.empty();
  }

  // R-1109, R-1136, T-42: only the host fetches, and only if it was allowed to.
  bool resolve_web(const Did& did) {
    const auto url = did_web_url(did);
    if (!url) {
      out_.add(Code::ica_did_unavailable, "the issuer's did:web names no address");
      return false;
    }
    host_ = shown_name(std::string_view(did.id).substr(0, did.id.find(':')));
    out_.wanted.push_back({ResourceKind::did_document, *url});
    const auto answer = environment_.answers.find(*url);
    if (answer == environment_.answers.end() ||
        answer->second.state == Answer::State::not_allowed) {
      out_.add(Code::network_traffic_blocked,
               "the aggregator's key was not fetched, because that was not allowed");
      return false;
    }
    if (answer->second.state == Answer::State::failed) {
      out_.add(Code::ica_did_unavailable, "the aggregator's key could not be fetched");
      return false;
    }
    return take_keys(keys_of_did_document(answer->second.body, issuer_, environment_.limits));
  }

  // R-1139
  void check_signature() {
    if (!sign1_.alg) {
      return;  // cawg.ica.invalid_alg says it already
    }
    const bool readable =
        !sign1_.has(cose::Rule::crit_unknown) && !sign1_.has(cose::Rule::crit_malformed);
    const Bytes message =
        cose::sig_structure(cose::kSignature1, sign1_.protected_bytes, *sign1_.payload);
    for (const crypto::PublicKey& key : keys_) {
      if (!readable || cose::key_unfit(*sign1_.alg, key)) {
        continue;
      }
      const auto verified = environment_.signatures.verify(*sign1_.alg, key, message,
                                                           sign1_.signature, environment_.budget);
      if (!verified.ok()) {
        out_.limited = true;
        return;
      }
      if (*verified == crypto::Verified::yes) {
        signed_ = true;
        return;
      }
    }
    out_.add(Code::ica_signature_mismatch,
             "the signature does not fit the credential and the aggregator's key");
  }

  // R-1141…R-1143: against now, the claim's time-stamp and the own one.
  void check_period() {
    std::vector<UnixTime> times = {environment_.now};
    for (const auto& time : {view_.attested, attested_}) {
      if (time) {
        times.push_back(*time);
      }
    }
    const Period period = period_of(credential_);
    if (!period.has_from) {
      out_.add(Code::ica_valid_from_missing, "the credential does not say since when it is valid");
    } else if (!period.from || std::any_of(times.begin(), times.end(),
                                           [&](UnixTime time) { return time < *period.from; })) {
      out_.add(Code::ica_valid_from_invalid, "the credential was not valid yet");
    }
    if (period.has_until &&
        (!period.until || std::any_of(times.begin(), times.end(),
                                      [&](UnixTime time) { return *period.until < time; }))) {
      out_.add(Code::ica_valid_until_invalid, "the credential is no longer valid");
    }
  }

  // R-1145…R-1147. The first is what ties a credential to this asset (R-1153, T-09).
  void check_subject(const cbor::Value& signer_payload) {
    const json::Value* subject = credential_.get("credentialSubject");
    const json::Value* asset = subject == nullptr ? nullptr : subject->get("c2paAsset");
    const bool same = asset != nullptr && !subject->has_duplicate("c2paAsset") &&
                      matches_json(signer_payload, *asset, view_.claim->alg, environment_.budget);
    if (!same) {
      out_.add(Code::ica_signer_payload_mismatch, "the credential is about something else");
    }
    const json::Value* identities =
        subject == nullptr ? nullptr : subject->get("verifiedIdentities");
    if (identities == nullptr || identities->items().empty()) {
      out_.add(Code::ica_verified_identities_missing, "the credential names no identities");
      return;
    }
    const bool old_form = is_old_aggregation(credential_);
    for (const json::Value& entry : identities->items()) {
      if (const auto problem = identity_problem(entry, old_form)) {
        out_.add(Code::ica_verified_identities_invalid, *problem);
        return;
      }
      if (!environment_.limits.exceeded(Limit::verified_identities, verified_.size() + 1)) {
        verified_.push_back(read_identity(entry));
      }
    }
  }

  // R-1144: false when the credential was withdrawn. A list is only asked for when the credential
  // is known to be the aggregator's.
  bool check_revocation() {
    bool standing = true;
    for (const StatusEntry& entry : revocation_entries(credential_)) {
      standing = (!signed_ || check_status(entry)) && standing;
    }
    return standing;
  }

  bool check_status(const StatusEntry& entry) {
    if (entry.kind == StatusEntry::Kind::unsupported) {
      out_.add(Code::ica_revocation_unsupported, "its way of revocation is not supported");
      return true;
    }
    out_.wanted.push_back({ResourceKind::status_list, entry.url});
    const auto answer = environment_.answers.find(entry.url);
    if (answer == environment_.answers.end() ||
        answer->second.state == Answer::State::not_allowed) {
      out_.add(Code::network_traffic_blocked,
               "whether it was withdrawn was not asked, because that was not allowed");
      return true;
    }
    const ListedStatus status =
        answer->second.state == Answer::State::failed
            ? ListedStatus::unavailable
            : listed_status(answer->second.body, entry, issuer_, keys_, environment_);
    return record(status);
  }

  bool record(ListedStatus status) {
    switch (status) {
      case ListedStatus::not_revoked:
        out_.add(Code::ica_not_revoked, "the credential was not withdrawn");
        break;
      case ListedStatus::revoked:
        out_.add(Code::ica_revoked, "the credential was withdrawn");
        return false;
      case ListedStatus::unsupported:
        out_.add(Code::ica_revocation_unsupported,
                 "the list of withdrawn credentials has no proof that can be checked");
        break;
      case ListedStatus::unavailable:
        out_.add(Code::ica_revocation_unavailable,
                 "the list of withdrawn credentials could not be read");
        break;
    }
    return true;
  }

  MethodResult conclude(bool resolved) {
    const bool failed = std::any_of(
        out_.findings.begin(), out_.findings.end(),
        [](const Finding& finding) { return code_kind(finding.code) == Kind::failure; });
    if (resolved && signed_ && !failed) {  // R-1148
      out_.add(Code::ica_credential_valid, "the credential is valid");
    }
    MethodResult result;
    if (!signed_) {
      return result;
    }
    result.signature_good = true;
    result.trusted = trusted_;
    if (trusted_) {
      result.aggregator = host_.empty() ? shown_name(issuer_) : host_;
      result.vouched_by = result.aggregator + ", on " + list_;
      result.name = actor_name();
      result.verified = std::move(verified_);
    } else if (!host_.empty()) {
      // The host's own key signed it: that much is proven, and R-1154 shows it with its source.
      result.aggregator = host_;
      result.vouched_by = host_ + ", on no list you use";
      result.verified = std::move(verified_);
    } else {
      // R-1153: anybody can make such an issuer, so nothing of what it says may stand as a name.
      result.vouched_by = "on no list you use";
    }
    return result;
  }

  // A person's name before an account's.
  std::string actor_name() const {
    for (const VerifiedIdentity& identity : verified_) {
      if (identity.type == "cawg.document_verification") {
        return identity.name;
      }
    }
    for (const VerifiedIdentity& identity : verified_) {
      if (!identity.username.empty()) {
        return identity.username;
      }
      if (!identity.name.empty()) {
        return identity.name;
      }
    }
    return {};
  }

  const ManifestView& view_;
  const Environment& environment_;
  IdentityStatement& out_;
  cose::Sign1 sign1_;
  json::Value credential_;
  std::string issuer_;
  std::string host_;  // of a did:web
  std::string list_;
  std::vector<crypto::PublicKey> keys_;
  std::optional<UnixTime> attested_;
  std::vector<VerifiedIdentity> verified_;
  bool trusted_ = false;
  bool signed_ = false;
};

}  // namespace

MethodResult check_aggregation(const cbor::Value& signer_payload, ByteView signature,
                               const ManifestView& view, const Environment& environment,
                               IdentityStatement& out) {
  return AggregationCheck(view, environment, out).run(signer_payload, signature);
}

}  // namespace assay::identity
