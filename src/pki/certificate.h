// X.509 certificates (RFC 5280 §4): what is written in them. Whether it is acceptable is decided by
// profile.h, whether it is trusted by chain.h.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/limits.h"
#include "base/result.h"
#include "base/time.h"
#include "crypto/signature.h"
#include "pki/name.h"

namespace assay::pki {

using Fingerprint = std::array<uint8_t, 32>;  // SHA-256

// The OIDs of key purposes, dotted.
inline constexpr std::string_view kEkuAny = "2.5.29.37.0";
inline constexpr std::string_view kEkuEmailProtection = "1.3.6.1.5.5.7.3.4";
inline constexpr std::string_view kEkuTimeStamping = "1.3.6.1.5.5.7.3.8";
inline constexpr std::string_view kEkuOcspSigning = "1.3.6.1.5.5.7.3.9";
inline constexpr std::string_view kEkuDocumentSigning = "1.3.6.1.5.5.7.3.36";
inline constexpr std::string_view kEkuC2paClaimSigning = "1.3.6.1.4.1.62558.2.1";
inline constexpr std::string_view kPolicyAny = "2.5.29.32.0";

struct Validity {
  UnixTime not_before;
  UnixTime not_after;
  // Both ends belong to the period (RFC 5280 §4.1.2.5).
  bool contains(UnixTime time) const { return not_before <= time && time <= not_after; }
};

// AlgorithmIdentifier ::= SEQUENCE { algorithm OID, parameters ANY OPTIONAL }
struct AlgorithmIdentifier {
  ByteView encoded;
  std::string oid;
  std::optional<ByteView> parameters;  // encoded
};

// RSASSA-PSS-params (RFC 4055 §3.1) as they stand; an absent field is nullopt, not its default.
struct PssParameters {
  std::optional<std::string> hash;      // dotted OID
  std::optional<std::string> mask_gen;  // dotted OID
  std::optional<std::string> mgf_hash;
  std::optional<uint64_t> salt_length;
  std::optional<uint64_t> trailer_field;
};

struct BasicConstraints {
  bool critical = false;
  bool ca = false;
  std::optional<uint64_t> path_length;
};

enum class KeyUsageBit : uint8_t {
  digital_signature = 0,
  content_commitment = 1,
  key_encipherment = 2,
  data_encipherment = 3,
  key_agreement = 4,
  key_cert_sign = 5,
  crl_sign = 6,
  encipher_only = 7,
  decipher_only = 8,
};

struct KeyUsage {
  bool critical = false;
  uint16_t bits = 0;
  bool has(KeyUsageBit bit) const { return (bits >> static_cast<unsigned>(bit) & 1U) != 0; }
};

struct ExtendedKeyUsage {
  bool critical = false;
  std::vector<std::string> purposes;  // dotted
};

enum class GeneralNameKind : uint8_t {
  other_name = 0,
  rfc822 = 1,
  dns = 2,
  x400 = 3,
  directory = 4,
  edi_party = 5,
  uri = 6,
  ip = 7,
  registered_id = 8,
};
inline constexpr size_t kGeneralNameKinds = 9;

struct GeneralName {
  GeneralNameKind kind = GeneralNameKind::other_name;
  ByteView content;
  std::optional<Name> directory;  // kind directory only
};

struct NameConstraints {
  bool critical = false;
  std::vector<GeneralName> permitted;
  std::vector<GeneralName> excluded;
};

struct CertificatePolicies {
  bool critical = false;
  std::vector<std::string> policies;  // dotted
};

struct PolicyMapping {
  std::string issuer_domain;
  std::string subject_domain;
};

struct PolicyConstraints {
  bool critical = false;
  std::optional<uint64_t> require_explicit_policy;
  std::optional<uint64_t> inhibit_policy_mapping;
};

struct Extensions {
  std::optional<BasicConstraints> basic_constraints;
  std::optional<KeyUsage> key_usage;
  std::optional<ExtendedKeyUsage> extended_key_usage;
  std::optional<ByteView> subject_key_id;
  bool has_authority_key_id = false;
  std::optional<ByteView> authority_key_id;  // keyIdentifier of the AuthorityKeyIdentifier
  std::vector<GeneralName> subject_alt_names;
  bool subject_alt_name_critical = false;
  std::optional<NameConstraints> name_constraints;
  std::optional<CertificatePolicies> policies;
  std::vector<PolicyMapping> policy_mappings;
  std::optional<PolicyConstraints> policy_constraints;
  std::optional<uint64_t> inhibit_any_policy;
  std::vector<std::string> ocsp_urls;  // AIA id-ad-ocsp, as written; never fetched by the core
  bool ocsp_no_check = false;
  std::vector<std::string> unknown_critical;  // dotted OIDs
  // C2PA extensions 1.3.6.1.4.1.62558.3 and .4, for display only.
  std::optional<std::string> c2pa_assurance_level;  // dotted OID of the level
  std::optional<std::string> c2pa_cpl_record;       // conforming products list record id
};

// Certificate owns its bytes; all views point into them. Shared, immutable.
struct Certificate {
  Bytes der;
  Fingerprint fingerprint{};  // of der

  ByteView tbs;  // TBSCertificate, header included: the bytes that are signed
  unsigned version = 1;
  ByteView serial;  // INTEGER content as it stands
  Name issuer;
  Name subject;
  Validity validity;
  ByteView spki;             // SubjectPublicKeyInfo, header included
  ByteView public_key_bits;  // content of the subjectPublicKey BIT STRING
  AlgorithmIdentifier key_algorithm;
  crypto::PublicKey public_key;  // monostate when the kind is not supported
  std::string key_problem;       // why, in plain English
  bool issuer_unique_id = false;
  bool subject_unique_id = false;
  Extensions extensions;

  AlgorithmIdentifier signature_algorithm;        // outer
  AlgorithmIdentifier inner_signature_algorithm;  // of the TBSCertificate
  std::optional<PssParameters> pss;               // of signature_algorithm
  // Nothing when does not allow it.
  std::optional<crypto::SigAlg> signature_scheme;
  ByteView signature;

  bool is_ca() const { return extensions.basic_constraints && extensions.basic_constraints->ca; }
  // Issuer equals subject (RFC 5280 §6.1); says nothing about who signed.
  bool self_issued() const { return equal(issuer.comparable, subject.comparable); }
  bool has_purpose(std::string_view eku) const;
  std::string serial_hex() const;
};

using CertificatePtr = std::shared_ptr<const Certificate>;

// Copies `der`. Strict DER, exactly one certificate; Fault::limit above limits.certificate_bytes.
// A key or signature algorithm that is not supported is no parse error.
Result<CertificatePtr> parse_certificate(ByteView der, const Limits& limits);
// Fault::limit above limits.certificate_policies.
Status check_policies(const Certificate& certificate, const Limits& limits);
Fingerprint fingerprint_of(ByteView der);

// SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }.
// monostate with the reason in `problem` for kinds that are not supported.
crypto::PublicKey parse_public_key(ByteView spki, std::string& problem);

Result<AlgorithmIdentifier> parse_algorithm(ByteView encoded);
// Nothing when the parameters are no RSASSA-PSS-params.
std::optional<PssParameters> parse_pss_parameters(const AlgorithmIdentifier& algorithm);
// The hash behind a dotted OID, SHA-1 included.
std::optional<crypto::DigestAlg> digest_from_oid(std::string_view oid);
// The signature algorithms of; ECDSA with DER encoded signatures.
std::optional<crypto::SigAlg> signature_algorithm(const AlgorithmIdentifier& algorithm);
// Whether an id-RSASSA-PSS key's own parameters permit `alg` (RFC 4055 §1.2; R-606). Other keys
// restrict nothing.
bool key_permits(const Certificate& certificate, const crypto::SigAlg& alg);

std::string fingerprint_hex(const Fingerprint& fingerprint);

}  // namespace assay::pki
