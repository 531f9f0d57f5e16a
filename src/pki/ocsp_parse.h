// What is written in an OCSP response (RFC 6960 §4.2.1). Views point into the parsed bytes.
#pragma once

#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/limits.h"
#include "pki/certificate.h"

namespace assay::pki {

// CertID ::= SEQUENCE { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber }
struct CertId {
  std::optional<crypto::DigestAlg> hash;
  ByteView issuer_name_hash;
  ByteView issuer_key_hash;
  ByteView serial;
};

enum class CertStatus : uint8_t { good, revoked, unknown };

struct SingleResponse {
  CertId id;
  CertStatus status = CertStatus::unknown;
  UnixTime revoked_at;  // status revoked only
  std::optional<uint64_t> reason;
  UnixTime this_update;
  std::optional<UnixTime> next_update;
  bool unknown_critical = false;  // carries a critical extension that we do not know
};

struct BasicResponse {
  ByteView signed_data;  // tbsResponseData, header included
  std::optional<Name> responder_name;
  ByteView responder_key_hash;  // SHA-1; empty when named by name
  UnixTime produced_at;
  std::vector<SingleResponse> answers;
  bool unknown_critical = false;
  AlgorithmIdentifier signature_algorithm;
  ByteView signature;
  std::vector<CertificatePtr> certificates;
};

// OCSPResponse with status successful and an id-pkix-ocsp-basic answer; Fault::unsupported for any
// other status or type.
Result<BasicResponse> parse_ocsp(ByteView bytes, const Limits& limits);

}  // namespace assay::pki
