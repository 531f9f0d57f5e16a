#include "pki/certificate_memo.h"

namespace assay::pki {
namespace {

// Certificates in use are smaller; others are not worth the memory.
constexpr size_t kLargest = 4096;

}  // namespace

Result<CertificatePtr> CertificateMemo::parse(ByteView der, const Limits& limits) {
  if (der.size() > kLargest || der.size() > limits.certificate_bytes) {
    return parse_certificate(der, limits);
  }
  const auto known = known_.find(fingerprint_of(der));
  if (known != known_.end()) {
    ASSAY_CHECK(check_policies(*known->second, limits));
    return known->second;
  }
  auto certificate = parse_certificate(der, limits);
  if (certificate.ok()) {
    if (known_.size() >= capacity_) {
      known_.clear();
    }
    known_.emplace((*certificate)->fingerprint, *certificate);
  }
  return certificate;
}

}  // namespace assay::pki
