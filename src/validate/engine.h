// Engine: what outlives a session: the trust configuration, parsed once, and the memory of verified
// signatures and of certificates. Policy: the inputs of one validation.
#pragma once

#include <string>
#include <vector>

#include "base/limits.h"
#include "base/time.h"
#include "crypto/signature_memo.h"
#include "identity/environment.h"
#include "pki/certificate_memo.h"
#include "pki/trust_store.h"

namespace assay::validate {

struct Engine {
  pki::TrustStore trust;
  std::vector<identity::TrustedIssuer> issuers;  // aggregators of identity claims (R-1138)
  crypto::SignatureMemo signatures{Limits().remembered_signatures};
  pki::CertificateMemo certificates{Limits().remembered_certificates};
};

struct Policy {
  UnixTime now;              // never read from a clock
  std::string media_type;    // declared by the host; breaks ties between text kinds
  bool has_sidecar = false;  // the host can supply a side-car store
  // Where the server that the asset came from says its store is: the target of a Link header with
  // the relation c2pa-manifest, absolute; empty if it says nothing.
  std::string linked_store;
  Limits limits;
};

}  // namespace assay::validate
