// Trust lists for identities (R-1122, R-1138): kept apart from those of claim signers.
#pragma once

#include "base/bytes.h"
#include "pki/trust_store.h"
#include "validate/engine.h"

namespace assay::validate {

struct IdentityListSize {
  size_t anchors = 0;  // certificates, of authorities and of holders
  size_t issuers = 0;  // DIDs of aggregators
  std::string digest;
};

// A file of certificates (PEM or JSON) and lines with DIDs. Certificates that are no CA's are
// trusted as they stand (R-1123), the others as anchors. Without a word about purposes the list is
// for signing documents, and for e-mail certificates as far as R-1123 goes.
IdentityListSize add_identity_list(Engine& engine, pki::ListInfo info, ByteView file,
                                   const Limits& limits);

}  // namespace assay::validate
