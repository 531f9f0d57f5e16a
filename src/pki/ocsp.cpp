// T-04, T-73: a revoked key, and good answers from before that.
#include "pki/ocsp.h"

#include <algorithm>

#include "pki/ocsp_parse.h"
#include "pki/profile.h"

namespace assay::pki {
namespace {

using crypto::DigestAlg;

constexpr int64_t kDay = 86400;
constexpr size_t kBytesPerStep = 16;  // of an answer, counted as work
// CRLReason (RFC 5280 §5.3.1)
constexpr uint64_t kCertificateHold = 6;
constexpr uint64_t kRemoveFromCrl = 8;

// by CertID, never by position.
bool names_certificate(const CertId& id, const OcspQuery& query) {
  return id.hash && equal(id.serial, query.subject->serial) &&
         equal(id.issuer_name_hash, crypto::digest(*id.hash, query.subject->issuer.encoded)) &&
         equal(id.issuer_key_hash, crypto::digest(*id.hash, query.issuer->public_key_bits));
}

bool is_responder(const BasicResponse& response, const Certificate& candidate) {
  if (response.responder_name) {
    return equal(response.responder_name->comparable, candidate.subject.comparable);
  }
  return equal(response.responder_key_hash,
               crypto::digest(DigestAlg::sha1, candidate.public_key_bits));
}

// RFC 6960 §4.2.2.2 and the profile, except for fields that say nothing about authorisation:
// leaving them out must not silence a responder that reports a revocation.
bool may_answer(const Certificate& responder) {
  const auto problems = check_profile(responder, Role::ocsp_responder);
  return std::all_of(problems.begin(), problems.end(), [&](const ProfileProblem& problem) {
    return problem.rule == ProfileRule::authority_key_id ||
           (problem.rule == ProfileRule::key_usage && !responder.extensions.key_usage);
  });
}

class Responses {
 public:
  Responses(const OcspQuery& query, Context& context) : query_(query), context_(context) {}

  OcspOutcome run(std::span<const ByteView> responses) {
    for (const ByteView response : responses) {
      if (out_.result == OcspResult::revoked || out_.limited) {
        break;
      }
      examine(response);
    }
    if (out_.result == OcspResult::no_information) {
      out_.explanation = out_.ignored.empty() ? "There is no revocation answer."
                                              : "No revocation answer could be used.";
    }
    return std::move(out_);
  }

 private:
  void ignore(std::string reason) { out_.ignored.push_back(std::move(reason)); }

  void limit() {
    out_.limited = true;
    ignore("There are more revocation answers than this validator reads.");
  }

  void examine(ByteView bytes) {
    if (!context_.budget.spend(bytes.size() / kBytesPerStep + 1)) {
      limit();
      return;
    }
    const auto response = parse_ocsp(bytes, context_.limits);
    if (!response) {
      ignore("A revocation answer cannot be read or says that the responder failed.");
      return;
    }
    const bool about_subject =
        std::any_of(response->answers.begin(), response->answers.end(),
                    [&](const auto& answer) { return names_certificate(answer.id, query_); });
    if (!about_subject) {
      ignore("A revocation answer is about another certificate.");
      return;
    }
    if (context_.limits.exceeded(Limit::ocsp_answers, ++about_subject_)) {
      limit();
      return;
    }
    if (response->unknown_critical || !authorised(*response)) {
      ignore("A revocation answer is not signed by a responder of the certificate's issuer.");
      return;
    }
    for (const SingleResponse& answer : response->answers) {
      if (names_certificate(answer.id, query_)) {
        weigh(answer, response->produced_at);
      }
    }
  }

  // the issuer itself, or a delegate that the issuer certified directly for this purpose.
  bool authorised(const BasicResponse& response) {
    if (is_responder(response, *query_.issuer) && signed_by(response, *query_.issuer)) {
      return true;
    }
    const auto speaks = [&](const CertificatePtr& candidate) {
      return is_responder(response, *candidate) && is_delegate(*candidate, response.produced_at) &&
             signed_by(response, *candidate);
    };
    return std::any_of(response.certificates.begin(), response.certificates.end(), speaks) ||
           std::any_of(query_.pool.begin(), query_.pool.end(), speaks);  // T-71
  }

  bool is_delegate(const Certificate& candidate, UnixTime produced_at) {
    const bool is_subject = equal(candidate.spki, query_.subject->spki);  // T-72
    const bool fits = !is_subject && candidate.validity.contains(produced_at) &&
                      equal(candidate.issuer.comparable, query_.issuer->subject.comparable) &&
                      may_answer(candidate);
    return fits && key_permits(*query_.issuer, *candidate.signature_scheme) &&
           verifies(*candidate.signature_scheme, query_.issuer->public_key, candidate.tbs,
                    candidate.signature);
  }

  bool signed_by(const BasicResponse& response, const Certificate& responder) {
    if (equal(responder.spki, query_.subject->spki)) {  // T-72: nobody vouches for himself
      return false;
    }
    const auto algorithm = signature_algorithm(response.signature_algorithm);
    return algorithm && key_permits(responder, *algorithm) &&
           verifies(*algorithm, responder.public_key, response.signed_data, response.signature);
  }

  bool verifies(const crypto::SigAlg& algorithm, const crypto::PublicKey& key, ByteView message,
                ByteView signature) {
    const auto answer =
        context_.signatures.verify(algorithm, key, message, signature, context_.budget);
    return answer && *answer == crypto::Verified::yes;
  }

  // the signature was made before this answer, or while it was current.
  bool covers(const SingleResponse& answer, UnixTime produced_at, UnixTime time) const {
    const UnixTime end = answer.next_update.value_or(UnixTime{produced_at.seconds + kDay});
    return time <= end;
  }

  void weigh(const SingleResponse& answer, UnixTime produced_at) {
    if (answer.unknown_critical) {
      ignore("A revocation answer contains an unknown critical extension.");
      return;
    }
    if (query_.now < answer.this_update) {  // T-74
      ignore("A revocation answer lies in the future.");
      return;
    }
    const bool online = query_.origin == OcspOrigin::online;
    const auto time = query_.attested || !online ? query_.attested : std::optional(query_.now);
    const bool current = time && covers(answer, produced_at, *time);
    const bool revoked =
        answer.status == CertStatus::revoked && answer.reason != kRemoveFromCrl;
    if (revoked) {
      weigh_revoked(answer, current);
    } else if (answer.status == CertStatus::unknown) {
      settle(OcspResult::unknown, answer, "The responder does not know the certificate.");
    } else if (current) {
      settle(OcspResult::good, answer, "The certificate was not revoked.");
    } else {  // stale, or nothing attests when the signature was made
      ignore(time ? "A revocation answer is older than the signature."
                  : "Without a trusted time-stamp a stapled revocation answer proves nothing.");
    }
  }

  // A revocation is final, so an old answer still counts; only a hold may have been lifted since.
  void weigh_revoked(const SingleResponse& answer, bool current) {
    if (query_.attested && *query_.attested < answer.revoked_at) {
      if (current) {
        settle(OcspResult::good, answer, "The certificate was revoked only after it had signed.");
      } else {
        ignore("A revocation answer is older than the signature.");
      }
      return;
    }
    if (answer.reason == kCertificateHold && !current) {
      ignore("An old revocation answer says that the certificate was on hold.");
      return;
    }
    settle(OcspResult::revoked, answer, "The certificate was revoked.");
  }

  static int rank(OcspResult result) {
    switch (result) {
      case OcspResult::no_information:
        return 0;
      case OcspResult::unknown:
        return 1;
      case OcspResult::good:
        return 2;
      case OcspResult::revoked:
        break;
    }
    return 3;
  }

  void settle(OcspResult result, const SingleResponse& answer, std::string explanation) {
    if (rank(result) <= rank(out_.result)) {  // T-71: revoked wins
      return;
    }
    out_.result = result;
    out_.explanation = std::move(explanation);
    out_.this_update = answer.this_update;
    out_.next_update = answer.next_update;
    out_.revoked_at = std::nullopt;
    out_.reason = std::nullopt;
    if (answer.status == CertStatus::revoked) {
      out_.revoked_at = answer.revoked_at;
      out_.reason = answer.reason;
    }
  }

  const OcspQuery& query_;
  Context& context_;
  OcspOutcome out_;
  size_t about_subject_ = 0;
};

void wrap(Bytes& content, uint8_t tag) {
  Bytes out = {tag};
  if (content.size() >= 0x80) {
    out.push_back(0x82);
    append_be16(out, static_cast<uint16_t>(content.size()));
  } else {
    out.push_back(static_cast<uint8_t>(content.size()));
  }
  append(out, content);
  content = std::move(out);
}

void append_primitive(Bytes& out, uint8_t tag, ByteView content) {
  Bytes element = to_bytes(content);
  wrap(element, tag);
  append(out, element);
}

}  // namespace

OcspOutcome check_ocsp(std::span<const ByteView> responses, const OcspQuery& query,
                       Context& context) {
  if (query.issuer == nullptr) {
    OcspOutcome outcome;
    outcome.explanation = "The issuer of the certificate is not known.";
    return outcome;
  }
  return Responses(query, context).run(responses);
}

bool names_ocsp_responder(const Certificate& certificate) {
  return !certificate.extensions.ocsp_urls.empty();
}

// OCSPRequest ::= SEQUENCE { tbsRequest SEQUENCE { requestList SEQUENCE OF SEQUENCE { CertID } } }
Bytes ocsp_request(const Certificate& subject, const Certificate& issuer) {
  constexpr std::array<uint8_t, 11> kSha1Algorithm = {0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e,
                                                      0x03, 0x02, 0x1a, 0x05, 0x00};
  Bytes request = to_bytes(kSha1Algorithm);
  append_primitive(request, 0x04, crypto::digest(DigestAlg::sha1, subject.issuer.encoded));
  append_primitive(request, 0x04, crypto::digest(DigestAlg::sha1, issuer.public_key_bits));
  append_primitive(request, 0x02, subject.serial);
  constexpr int kNesting = 5;  // CertID, Request, requestList, tbsRequest, OCSPRequest
  for (int i = 0; i < kNesting; ++i) {
    wrap(request, 0x30);
  }
  return request;
}

}  // namespace assay::pki
