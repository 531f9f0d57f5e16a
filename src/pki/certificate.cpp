#include "pki/certificate.h"

#include <algorithm>

#include "base/text.h"
#include "codec/der/reader.h"
#include "pki/extensions.h"

namespace assay::pki {
namespace {

constexpr size_t kLongestSerial = 20;  // RFC 5280 §4.1.2.2

// Version ::= INTEGER { v1(0), v2(1), v3(2) }; DER leaves the default out.
Result<unsigned> take_version(der::Reader& tbs) {
  ASSAY_TRY(field, tbs.take_if(der::context_constructed(0)));
  if (!field) {
    return 1U;
  }
  der::Reader in(*field);
  ASSAY_TRY(number, in.small_integer());
  ASSAY_CHECK(in.finish());
  if (number != 1 && number != 2) {
    return Fault::malformed;
  }
  return static_cast<unsigned>(number) + 1;
}

Result<ByteView> take_serial(der::Reader& tbs) {
  ASSAY_TRY(serial, tbs.integer());
  const bool padded = serial[0] == 0 && serial.size() > 1;
  if (serial.size() - (padded ? 1 : 0) > kLongestSerial) {
    return Fault::limit;
  }
  return serial;
}

Result<Validity> take_validity(der::Reader& tbs) {
  ASSAY_TRY(in, tbs.enter(der::kSequence));
  ASSAY_TRY(not_before, in.time());
  ASSAY_TRY(not_after, in.time());
  ASSAY_CHECK(in.finish());
  return Validity{not_before, not_after};
}

Result<AlgorithmIdentifier> take_algorithm(der::Reader& in) {
  ASSAY_TRY(element, in.element(der::kSequence));
  return parse_algorithm(element.encoded);
}

Status take_public_key(der::Reader& tbs, Certificate& out) {
  ASSAY_TRY(element, tbs.element(der::kSequence));
  out.spki = element.encoded;
  der::Reader in(element.content);
  ASSAY_TRY(algorithm, take_algorithm(in));
  ASSAY_TRY(bits, in.whole_bytes());
  ASSAY_CHECK(in.finish());
  out.key_algorithm = std::move(algorithm);
  out.public_key_bits = bits;
  out.public_key = parse_public_key(out.spki, out.key_problem);
  return {};
}

// issuerUniqueID [1], subjectUniqueID [2] IMPLICIT BIT STRING, extensions [3] EXPLICIT
Status take_optional_fields(der::Reader& tbs, Certificate& out) {
  ASSAY_TRY(issuer_id, tbs.take_if(der::context(1)));
  ASSAY_TRY(subject_id, tbs.take_if(der::context(2)));
  out.issuer_unique_id = issuer_id.has_value();
  out.subject_unique_id = subject_id.has_value();
  if ((issuer_id || subject_id) && out.version == 1) {
    return Fault::malformed;
  }
  ASSAY_TRY(extensions, tbs.take_if(der::context_constructed(3)));
  if (extensions) {
    if (out.version != 3) {
      return Fault::malformed;
    }
    ASSAY_TRY(parsed, parse_extensions(*extensions));
    out.extensions = std::move(parsed);
  }
  return tbs.finish();
}

// TBSCertificate ::= SEQUENCE { version [0], serialNumber, signature, issuer, validity, subject,
//                               subjectPublicKeyInfo, issuerUniqueID, subjectUniqueID, extensions }
Status parse_tbs(ByteView content, Certificate& out) {
  der::Reader tbs(content);
  ASSAY_TRY(version, take_version(tbs));
  out.version = version;
  ASSAY_TRY(serial, take_serial(tbs));
  out.serial = serial;
  ASSAY_TRY(inner, take_algorithm(tbs));
  out.inner_signature_algorithm = std::move(inner);
  ASSAY_TRY(issuer, tbs.element(der::kSequence));
  ASSAY_TRY(issuer_name, parse_name(issuer.encoded));
  out.issuer = std::move(issuer_name);
  ASSAY_TRY(validity, take_validity(tbs));
  out.validity = validity;
  ASSAY_TRY(subject, tbs.element(der::kSequence));
  ASSAY_TRY(subject_name, parse_name(subject.encoded));
  out.subject = std::move(subject_name);
  ASSAY_CHECK(take_public_key(tbs, out));
  return take_optional_fields(tbs, out);
}

// Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue BIT STRING }
Status parse_into(Certificate& out) {
  der::Reader outer{ByteView(out.der)};
  ASSAY_TRY(in, outer.enter(der::kSequence));
  ASSAY_CHECK(outer.finish());
  ASSAY_TRY(tbs, in.element(der::kSequence));
  out.tbs = tbs.encoded;
  ASSAY_TRY(algorithm, take_algorithm(in));
  out.signature_algorithm = std::move(algorithm);
  ASSAY_TRY(signature, in.whole_bytes());
  out.signature = signature;
  ASSAY_CHECK(in.finish());
  out.pss = parse_pss_parameters(out.signature_algorithm);
  out.signature_scheme = signature_algorithm(out.signature_algorithm);
  return parse_tbs(tbs.content, out);
}

}  // namespace

bool Certificate::has_purpose(std::string_view eku) const {
  if (!extensions.extended_key_usage) {
    return false;
  }
  const auto& purposes = extensions.extended_key_usage->purposes;
  return std::find(purposes.begin(), purposes.end(), eku) != purposes.end();
}

std::string Certificate::serial_hex() const { return to_hex(serial); }

Result<CertificatePtr> parse_certificate(ByteView der, const Limits& limits) {
  if (der.size() > limits.certificate_bytes) {
    return limits.refuse(Limit::certificate_bytes);
  }
  auto certificate = std::make_shared<Certificate>();
  certificate->der = to_bytes(der);
  ASSAY_CHECK(parse_into(*certificate));
  ASSAY_CHECK(check_policies(*certificate, limits));
  certificate->fingerprint = fingerprint_of(der);
  return CertificatePtr(std::move(certificate));
}

Status check_policies(const Certificate& certificate, const Limits& limits) {
  const Extensions& extensions = certificate.extensions;
  const size_t policies = extensions.policies ? extensions.policies->policies.size() : 0;
  if (std::max(policies, extensions.policy_mappings.size()) > limits.certificate_policies) {
    return limits.refuse(Limit::certificate_policies);
  }
  return {};
}

Fingerprint fingerprint_of(ByteView der) {
  const Bytes hash = crypto::digest(crypto::DigestAlg::sha256, der);
  Fingerprint out{};
  std::copy(hash.begin(), hash.end(), out.begin());
  return out;
}

std::string fingerprint_hex(const Fingerprint& fingerprint) { return to_hex(fingerprint); }

}  // namespace assay::pki
