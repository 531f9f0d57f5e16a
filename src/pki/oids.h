// Object identifiers, dotted, under the names of the documents that define them.
#pragma once

#include <string_view>

namespace assay::pki::oid {

// Signatures and keys (RFC 3279, 4055, 5480, 5758, 8410)
inline constexpr std::string_view kRsaEncryption = "1.2.840.113549.1.1.1";
inline constexpr std::string_view kMgf1 = "1.2.840.113549.1.1.8";
inline constexpr std::string_view kRsassaPss = "1.2.840.113549.1.1.10";
inline constexpr std::string_view kSha256WithRsa = "1.2.840.113549.1.1.11";
inline constexpr std::string_view kSha384WithRsa = "1.2.840.113549.1.1.12";
inline constexpr std::string_view kSha512WithRsa = "1.2.840.113549.1.1.13";
inline constexpr std::string_view kEcPublicKey = "1.2.840.10045.2.1";
inline constexpr std::string_view kEcdsaWithSha256 = "1.2.840.10045.4.3.2";
inline constexpr std::string_view kEcdsaWithSha384 = "1.2.840.10045.4.3.3";
inline constexpr std::string_view kEcdsaWithSha512 = "1.2.840.10045.4.3.4";
inline constexpr std::string_view kPrime256v1 = "1.2.840.10045.3.1.7";
inline constexpr std::string_view kSecp384r1 = "1.3.132.0.34";
inline constexpr std::string_view kSecp521r1 = "1.3.132.0.35";
inline constexpr std::string_view kEd25519 = "1.3.101.112";

// Hashes
inline constexpr std::string_view kSha1 = "1.3.14.3.2.26";
inline constexpr std::string_view kSha256 = "2.16.840.1.101.3.4.2.1";
inline constexpr std::string_view kSha384 = "2.16.840.1.101.3.4.2.2";
inline constexpr std::string_view kSha512 = "2.16.840.1.101.3.4.2.3";

// Extensions (RFC 5280 §4.2, RFC 6960 §4.2.2.2.1)
inline constexpr std::string_view kSubjectKeyId = "2.5.29.14";
inline constexpr std::string_view kKeyUsage = "2.5.29.15";
inline constexpr std::string_view kSubjectAltName = "2.5.29.17";
inline constexpr std::string_view kBasicConstraints = "2.5.29.19";
inline constexpr std::string_view kNameConstraints = "2.5.29.30";
inline constexpr std::string_view kCertificatePolicies = "2.5.29.32";
inline constexpr std::string_view kCpsQualifier = "1.3.6.1.5.5.7.2.1";
inline constexpr std::string_view kUserNoticeQualifier = "1.3.6.1.5.5.7.2.2";
inline constexpr std::string_view kPolicyMappings = "2.5.29.33";
inline constexpr std::string_view kAuthorityKeyId = "2.5.29.35";
inline constexpr std::string_view kPolicyConstraints = "2.5.29.36";
inline constexpr std::string_view kExtendedKeyUsage = "2.5.29.37";
inline constexpr std::string_view kInhibitAnyPolicy = "2.5.29.54";
inline constexpr std::string_view kAuthorityInfoAccess = "1.3.6.1.5.5.7.1.1";
inline constexpr std::string_view kOcspNoCheck = "1.3.6.1.5.5.7.48.1.5";
inline constexpr std::string_view kAdOcsp = "1.3.6.1.5.5.7.48.1";
inline constexpr std::string_view kC2paAssuranceLevel = "1.3.6.1.4.1.62558.3";
inline constexpr std::string_view kC2paConformingProduct = "1.3.6.1.4.1.62558.4";

// Name attributes (RFC 5280 appendix A, RFC 2985)
inline constexpr std::string_view kCommonName = "2.5.4.3";
inline constexpr std::string_view kSerialNumber = "2.5.4.5";
inline constexpr std::string_view kCountry = "2.5.4.6";
inline constexpr std::string_view kLocality = "2.5.4.7";
inline constexpr std::string_view kState = "2.5.4.8";
inline constexpr std::string_view kOrganization = "2.5.4.10";
inline constexpr std::string_view kOrganizationalUnit = "2.5.4.11";
inline constexpr std::string_view kOrganizationId = "2.5.4.97";
inline constexpr std::string_view kEmailAddress = "1.2.840.113549.1.9.1";
inline constexpr std::string_view kDomainComponent = "0.9.2342.19200300.100.1.25";

// CMS, time-stamps, OCSP (RFC 5652, 3161, 5035, 6960)
inline constexpr std::string_view kSignedData = "1.2.840.113549.1.7.2";
inline constexpr std::string_view kTstInfo = "1.2.840.113549.1.9.16.1.4";
inline constexpr std::string_view kContentType = "1.2.840.113549.1.9.3";
inline constexpr std::string_view kMessageDigest = "1.2.840.113549.1.9.4";
inline constexpr std::string_view kSigningCertificate = "1.2.840.113549.1.9.16.2.12";
inline constexpr std::string_view kSigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
inline constexpr std::string_view kOcspBasic = "1.3.6.1.5.5.7.48.1.1";

}  // namespace assay::pki::oid
