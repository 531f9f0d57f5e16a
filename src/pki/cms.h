// CMS SignedData (RFC 5652 §5) as far as time-stamp tokens use it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/limits.h"
#include "pki/certificate.h"
#include "pki/certificate_memo.h"

namespace assay::pki {

// ESSCertID / ESSCertIDv2 of the signer's certificate (RFC 2634 §5.4.1, RFC 5035 §4).
struct SigningCertificateId {
  std::optional<crypto::DigestAlg> hash;  // nothing for a hash that we do not know
  ByteView value;
};

struct SignerInfo {
  // Either issuer and serial number, or a key identifier.
  std::optional<Name> issuer;
  ByteView serial;
  std::optional<ByteView> key_id;

  AlgorithmIdentifier digest_algorithm;
  AlgorithmIdentifier signature_algorithm;
  ByteView signature;
  Bytes signed_attributes;  // as a SET OF: the bytes that are signed (§5.4)
  std::string content_type;
  ByteView message_digest;
  std::optional<SigningCertificateId> signing_certificate;
};

// One SignerInfo; views point into the parsed bytes.
struct SignedData {
  uint64_t version = 0;
  std::string content_type;  // eContentType
  ByteView content;          // eContent octets
  std::vector<CertificatePtr> certificates;
  SignerInfo signer;
};

// ContentInfo holding SignedData with exactly one SignerInfo that has signed attributes.
Result<SignedData> parse_signed_data(ByteView content_info, const Limits& limits,
                                     CertificateMemo& certificates);

// signatureAlgorithm and digestAlgorithm combined: rsaEncryption takes its hash from the latter
// (RFC 3370 §3.2).
std::optional<crypto::SigAlg> signer_algorithm(const SignerInfo& signer);

// The certificate that the SignerInfo names.
CertificatePtr find_signer(const SignedData& data);

}  // namespace assay::pki
