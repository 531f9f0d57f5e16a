// CertificateMemo: remembers certificates for the life of an engine, so that the chains of cameras
// and clocks, which repeat from file to file, are parsed once (docs/adr/0002).
#pragma once

#include <cstddef>
#include <map>

#include "base/limits.h"
#include "base/result.h"
#include "pki/certificate.h"

namespace assay::pki {

class CertificateMemo {
 public:
  // Forgets everything when `capacity` certificates are held, so hostile input cannot grow it.
  explicit CertificateMemo(size_t capacity) : capacity_(capacity) {}

  // What parse_certificate() answers, whatever was read before and under whichever limits.
  Result<CertificatePtr> parse(ByteView der, const Limits& limits);

 private:
  size_t capacity_;
  std::map<Fingerprint, CertificatePtr> known_;
};

}  // namespace assay::pki
