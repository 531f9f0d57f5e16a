#include "pki/ocsp_parse.h"

#include "codec/der/reader.h"
#include "pki/critical.h"
#include "pki/oids.h"

namespace assay::pki {
namespace {

constexpr std::string_view kOcspNonce = "1.3.6.1.5.5.7.48.1.2";

Result<AlgorithmIdentifier> take_algorithm(der::Reader& in) {
  ASSAY_TRY(element, in.element(der::kSequence));
  return parse_algorithm(element.encoded);
}

// Extensions inside an EXPLICIT field: whether one is critical and not the nonce.
Result<bool> unknown_critical(ByteView field) {
  der::Reader outer(field);
  ASSAY_TRY(list, outer.take(der::kSequence));
  ASSAY_CHECK(outer.finish());
  return has_unknown_critical(list, kOcspNonce);
}

Result<CertId> take_cert_id(der::Reader& in) {
  ASSAY_TRY(id, in.enter(der::kSequence));
  CertId out;
  ASSAY_TRY(algorithm, take_algorithm(id));
  out.hash = digest_from_oid(algorithm.oid);
  ASSAY_TRY(name_hash, id.octet_string());
  out.issuer_name_hash = name_hash;
  ASSAY_TRY(key_hash, id.octet_string());
  out.issuer_key_hash = key_hash;
  ASSAY_TRY(serial, id.integer());
  out.serial = serial;
  ASSAY_CHECK(id.finish());
  return out;
}

// RevokedInfo ::= SEQUENCE { revocationTime, revocationReason [0] EXPLICIT CRLReason OPTIONAL }
Status take_revoked(ByteView content, SingleResponse& out) {
  der::Reader in(content);
  ASSAY_TRY(time, in.generalized_time());
  out.revoked_at = time;
  ASSAY_TRY(field, in.take_if(der::context_constructed(0)));
  if (field) {
    der::Reader inner(*field);
    ASSAY_TRY(reason, inner.enumerated());
    ASSAY_CHECK(inner.finish());
    out.reason = reason;
  }
  return in.finish();
}

// CertStatus ::= CHOICE { good [0] NULL, revoked [1] RevokedInfo, unknown [2] NULL }, IMPLICIT
Status take_status(der::Reader& in, SingleResponse& out) {
  ASSAY_TRY(element, in.any());
  if (element.tag == der::context_constructed(1)) {
    out.status = CertStatus::revoked;
    return take_revoked(element.content, out);
  }
  const bool good = element.tag == der::context(0);
  if ((!good && element.tag != der::context(2)) || !element.content.empty()) {
    return Fault::malformed;
  }
  out.status = good ? CertStatus::good : CertStatus::unknown;
  return {};
}

// SingleResponse ::= SEQUENCE { certID, certStatus, thisUpdate, nextUpdate [0] EXPLICIT OPTIONAL,
//                               singleExtensions [1] EXPLICIT OPTIONAL }
Result<SingleResponse> take_answer(der::Reader& list) {
  ASSAY_TRY(in, list.enter(der::kSequence));
  SingleResponse out;
  ASSAY_TRY(id, take_cert_id(in));
  out.id = id;
  ASSAY_CHECK(take_status(in, out));
  ASSAY_TRY(this_update, in.generalized_time());
  out.this_update = this_update;
  ASSAY_TRY(next, in.take_if(der::context_constructed(0)));
  if (next) {
    der::Reader inner(*next);
    ASSAY_TRY(time, inner.generalized_time());
    ASSAY_CHECK(inner.finish());
    out.next_update = time;
  }
  ASSAY_TRY(extensions, in.take_if(der::context_constructed(1)));
  if (extensions) {
    ASSAY_TRY(unknown, unknown_critical(*extensions));
    out.unknown_critical = unknown;
  }
  ASSAY_CHECK(in.finish());
  return out;
}

// ResponderID ::= CHOICE { byName [1] EXPLICIT Name, byKey [2] EXPLICIT OCTET STRING }
Status take_responder(der::Reader& in, BasicResponse& out) {
  ASSAY_TRY(element, in.any());
  if (element.tag == der::context_constructed(1)) {
    ASSAY_TRY(name, parse_name(element.content));
    out.responder_name = std::move(name);
    return {};
  }
  if (element.tag != der::context_constructed(2)) {
    return Fault::malformed;
  }
  der::Reader inner(element.content);
  ASSAY_TRY(hash, inner.octet_string());
  out.responder_key_hash = hash;
  return inner.finish();
}

// ResponseData ::= SEQUENCE { version [0] EXPLICIT DEFAULT v1, responderID, producedAt, responses,
//                             responseExtensions [1] EXPLICIT OPTIONAL }
Status take_response_data(der::Reader& basic, const Limits& limits, BasicResponse& out) {
  ASSAY_TRY(element, basic.element(der::kSequence));
  out.signed_data = element.encoded;
  der::Reader in(element.content);
  ASSAY_TRY(version, in.take_if(der::context_constructed(0)));
  if (version) {
    der::Reader inner(*version);
    ASSAY_TRY(number, inner.small_integer());
    if (number != 0 || !inner.at_end()) {
      return Fault::unsupported;
    }
  }
  ASSAY_CHECK(take_responder(in, out));
  ASSAY_TRY(produced, in.generalized_time());
  out.produced_at = produced;
  ASSAY_TRY(list, in.enter(der::kSequence));
  while (!list.at_end()) {
    if (out.answers.size() >= limits.ocsp_single_responses) {
      return limits.refuse(Limit::ocsp_single_responses);
    }
    ASSAY_TRY(answer, take_answer(list));
    out.answers.push_back(answer);
  }
  ASSAY_TRY(extensions, in.take_if(der::context_constructed(1)));
  if (extensions) {
    ASSAY_TRY(unknown, unknown_critical(*extensions));
    out.unknown_critical = unknown;
  }
  return in.finish();
}

// certs [0] EXPLICIT SEQUENCE OF Certificate; one that cannot be read cannot authorise anything.
Status take_certificates(ByteView field, const Limits& limits, BasicResponse& out) {
  der::Reader outer(field);
  ASSAY_TRY(list, outer.enter(der::kSequence));
  ASSAY_CHECK(outer.finish());
  for (size_t count = 0; !list.at_end(); ++count) {
    if (count >= limits.x5chain_certificates) {
      return limits.refuse(Limit::x5chain_certificates);
    }
    ASSAY_TRY(element, list.any());
    if (auto certificate = parse_certificate(element.encoded, limits)) {
      out.certificates.push_back(std::move(*certificate));
    }
  }
  return {};
}

// BasicOCSPResponse ::= SEQUENCE { tbsResponseData, signatureAlgorithm, signature, certs [0] }
Result<BasicResponse> parse_basic(ByteView bytes, const Limits& limits) {
  der::Reader outer(bytes);
  ASSAY_TRY(in, outer.enter(der::kSequence));
  ASSAY_CHECK(outer.finish());
  BasicResponse out;
  ASSAY_CHECK(take_response_data(in, limits, out));
  ASSAY_TRY(algorithm, take_algorithm(in));
  out.signature_algorithm = std::move(algorithm);
  ASSAY_TRY(signature, in.whole_bytes());
  out.signature = signature;
  ASSAY_TRY(certificates, in.take_if(der::context_constructed(0)));
  if (certificates) {
    ASSAY_CHECK(take_certificates(*certificates, limits, out));
  }
  ASSAY_CHECK(in.finish());
  return out;
}

}  // namespace

// OCSPResponse ::= SEQUENCE { responseStatus ENUMERATED, responseBytes [0] EXPLICIT SEQUENCE {
//                             responseType OID, response OCTET STRING } OPTIONAL }
Result<BasicResponse> parse_ocsp(ByteView bytes, const Limits& limits) {
  if (limits.exceeded(Limit::ocsp_bytes, bytes.size())) {
    return Fault::limit;
  }
  der::Reader outer(bytes);
  ASSAY_TRY(in, outer.enter(der::kSequence));
  ASSAY_CHECK(outer.finish());
  ASSAY_TRY(status, in.enumerated());
  if (status != 0) {
    return Fault::unsupported;
  }
  ASSAY_TRY(wrapped, in.enter(der::context_constructed(0)));
  ASSAY_CHECK(in.finish());
  ASSAY_TRY(content, wrapped.enter(der::kSequence));
  ASSAY_CHECK(wrapped.finish());
  ASSAY_TRY(type, content.oid());
  if (der::oid_text(type) != oid::kOcspBasic) {
    return Fault::unsupported;
  }
  ASSAY_TRY(response, content.octet_string());
  ASSAY_CHECK(content.finish());
  return parse_basic(response, limits);
}

}  // namespace assay::pki
