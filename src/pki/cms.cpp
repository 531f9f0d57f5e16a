#include "pki/cms.h"

#include "codec/der/reader.h"
#include "pki/oids.h"

namespace assay::pki {
namespace {

Result<AlgorithmIdentifier> take_algorithm(der::Reader& in) {
  ASSAY_TRY(element, in.element(der::kSequence));
  return parse_algorithm(element.encoded);
}

// EncapsulatedContentInfo ::= SEQUENCE { eContentType, eContent [0] EXPLICIT OCTET STRING }
Status take_content(der::Reader& in, SignedData& out) {
  ASSAY_TRY(info, in.enter(der::kSequence));
  ASSAY_TRY(type, info.oid());
  out.content_type = der::oid_text(type);
  ASSAY_TRY(wrapped, info.enter(der::context_constructed(0)));
  ASSAY_TRY(content, wrapped.octet_string());
  out.content = content;
  ASSAY_CHECK(wrapped.finish());
  return info.finish();
}

// CertificateSet ::= SET OF CertificateChoices; only the plain Certificate is used. One that cannot
// be read is left out: it cannot help to build a chain.
Status take_certificates(ByteView content, const Limits& limits, CertificateMemo& memo,
                         SignedData& out) {
  der::Reader set(content);
  for (size_t count = 0; !set.at_end(); ++count) {
    if (count >= limits.x5chain_certificates) {
      return limits.refuse(Limit::x5chain_certificates);
    }
    ASSAY_TRY(choice, set.any());
    if (choice.tag != der::kSequence) {
      continue;
    }
    if (auto certificate = memo.parse(choice.encoded, limits)) {
      out.certificates.push_back(std::move(*certificate));
    }
  }
  return {};
}

// SignerIdentifier ::= CHOICE { issuerAndSerialNumber, subjectKeyIdentifier [0] }
Status take_signer_id(der::Reader& in, SignerInfo& out) {
  ASSAY_TRY(key_id, in.take_if(der::context(0)));
  if (key_id) {
    out.key_id = key_id;
    return {};
  }
  ASSAY_TRY(pair, in.enter(der::kSequence));
  ASSAY_TRY(issuer, pair.element(der::kSequence));
  ASSAY_TRY(name, parse_name(issuer.encoded));
  out.issuer = std::move(name);
  ASSAY_TRY(serial, pair.integer());
  out.serial = serial;
  return pair.finish();
}

// SigningCertificate(V2) ::= SEQUENCE { certs SEQUENCE OF ESSCertID(v2), policies OPTIONAL }; the
// first entry is the signer's certificate.
Status take_signing_certificate(der::Reader& values, bool v2, SignerInfo& out) {
  ASSAY_TRY(outer, values.enter(der::kSequence));
  ASSAY_TRY(list, outer.enter(der::kSequence));
  ASSAY_TRY(first, list.enter(der::kSequence));
  SigningCertificateId id;
  id.hash = v2 ? crypto::DigestAlg::sha256 : crypto::DigestAlg::sha1;
  if (v2 && first.next_is(der::kSequence)) {
    ASSAY_TRY(algorithm, take_algorithm(first));
    id.hash = digest_from_oid(algorithm.oid);
  }
  ASSAY_TRY(hash, first.octet_string());
  id.value = hash;
  if (v2 || !out.signing_certificate) {  // version 2 is the stronger statement
    out.signing_certificate = id;
  }
  return {};
}

// Attribute ::= SEQUENCE { attrType, attrValues SET OF ANY }
Status take_attribute(der::Reader& set, SignerInfo& out, bool& has_digest) {
  ASSAY_TRY(in, set.enter(der::kSequence));
  ASSAY_TRY(type_bytes, in.oid());
  ASSAY_TRY(values, in.enter(der::kSet));
  ASSAY_CHECK(in.finish());
  const std::string type = der::oid_text(type_bytes);
  if (type == oid::kContentType) {
    ASSAY_TRY(value, values.oid());
    if (!out.content_type.empty()) {
      return Fault::malformed;
    }
    out.content_type = der::oid_text(value);
    return values.finish();
  }
  if (type == oid::kMessageDigest) {
    ASSAY_TRY(value, values.octet_string());
    if (has_digest) {
      return Fault::malformed;
    }
    has_digest = true;
    out.message_digest = value;
    return values.finish();
  }
  if (type == oid::kSigningCertificate || type == oid::kSigningCertificateV2) {
    return take_signing_certificate(values, type == oid::kSigningCertificateV2, out);
  }
  return {};
}

Status take_signed_attributes(der::Reader& in, SignerInfo& out) {
  ASSAY_TRY(element, in.element(der::context_constructed(0)));
  out.signed_attributes = to_bytes(element.encoded);
  out.signed_attributes.front() = der::kSet;  // §5.4: the signature is over the SET OF tag
  der::Reader set(element.content);
  bool has_digest = false;
  while (!set.at_end()) {
    ASSAY_CHECK(take_attribute(set, out, has_digest));
  }
  return has_digest && !out.content_type.empty() ? Status() : Status(Fault::malformed);
}

// SignerInfo ::= SEQUENCE { version, sid, digestAlgorithm, signedAttrs [0] IMPLICIT,
//                           signatureAlgorithm, signature OCTET STRING, unsignedAttrs [1] IMPLICIT
//                           }
Status take_signer(der::Reader& set, SignerInfo& out) {
  ASSAY_TRY(in, set.enter(der::kSequence));
  ASSAY_TRY(version, in.small_integer());
  if (version != 1 && version != 3) {
    return Fault::malformed;
  }
  ASSAY_CHECK(take_signer_id(in, out));
  ASSAY_TRY(digest, take_algorithm(in));
  out.digest_algorithm = std::move(digest);
  ASSAY_CHECK(take_signed_attributes(in, out));
  ASSAY_TRY(algorithm, take_algorithm(in));
  out.signature_algorithm = std::move(algorithm);
  ASSAY_TRY(signature, in.octet_string());
  out.signature = signature;
  ASSAY_TRY(unsigned_attributes, in.take_if(der::context_constructed(1)));
  static_cast<void>(unsigned_attributes);
  return in.finish();
}

}  // namespace

// SignedData ::= SEQUENCE { version, digestAlgorithms SET, encapContentInfo,
//                           certificates [0] IMPLICIT, crls [1] IMPLICIT, signerInfos SET }
Result<SignedData> parse_signed_data(ByteView content_info, const Limits& limits,
                                     CertificateMemo& certificates) {
  der::Reader outer(content_info);
  ASSAY_TRY(info, outer.enter(der::kSequence));
  ASSAY_CHECK(outer.finish());
  ASSAY_TRY(type, info.oid());
  if (der::oid_text(type) != oid::kSignedData) {
    return Fault::malformed;
  }
  ASSAY_TRY(wrapped, info.enter(der::context_constructed(0)));
  ASSAY_CHECK(info.finish());
  ASSAY_TRY(in, wrapped.enter(der::kSequence));
  ASSAY_CHECK(wrapped.finish());

  SignedData out;
  ASSAY_TRY(version, in.small_integer());
  out.version = version;
  ASSAY_TRY(digests, in.take(der::kSet));
  static_cast<void>(digests);  // a hint for one-pass readers
  ASSAY_CHECK(take_content(in, out));
  ASSAY_TRY(supplied, in.take_if(der::context_constructed(0)));
  if (supplied) {
    ASSAY_CHECK(take_certificates(*supplied, limits, certificates, out));
  }
  ASSAY_TRY(revocation_lists, in.take_if(der::context_constructed(1)));
  static_cast<void>(revocation_lists);  // CRLs are never used
  ASSAY_TRY(signers, in.enter(der::kSet));
  ASSAY_CHECK(in.finish());
  ASSAY_CHECK(take_signer(signers, out.signer));
  ASSAY_CHECK(signers.finish());  // one SignerInfo
  return out;
}

std::optional<crypto::SigAlg> signer_algorithm(const SignerInfo& signer) {
  const auto hash = digest_from_oid(signer.digest_algorithm.oid);
  if (!hash || *hash == crypto::DigestAlg::sha1) {
    return std::nullopt;
  }
  if (signer.signature_algorithm.oid == oid::kRsaEncryption) {
    return crypto::SigAlg{crypto::Scheme::rsa_pkcs1, *hash, *hash, 0, crypto::EcdsaEncoding::der};
  }
  return signature_algorithm(signer.signature_algorithm);
}

CertificatePtr find_signer(const SignedData& data) {
  const SignerInfo& signer = data.signer;
  for (const CertificatePtr& certificate : data.certificates) {
    const auto& own_id = certificate->extensions.subject_key_id;
    const bool by_key = signer.key_id && own_id && equal(*signer.key_id, *own_id);
    const bool by_name = signer.issuer &&
                         equal(signer.issuer->comparable, certificate->issuer.comparable) &&
                         equal(signer.serial, certificate->serial);
    if (by_key || by_name) {
      return certificate;
    }
  }
  return nullptr;
}

}  // namespace assay::pki
