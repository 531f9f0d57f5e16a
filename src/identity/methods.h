// The two signature types of identity assertions. Each appends its findings to the statement and
// fills in what it proves; the state is concluded by statement.cpp.
#pragma once

#include "codec/cbor/cbor.h"
#include "identity/environment.h"
#include "identity/manifest_view.h"
#include "identity/statement.h"

namespace assay::identity {

// What a method concludes besides its findings. Only what the findings bear out may be shown.
struct MethodResult {
  bool signature_good = false;
  bool trusted = false;
  std::string name;
  std::string vouched_by;
  std::string aggregator;
  std::vector<VerifiedIdentity> verified;
};

// cawg.x509.cose (R-1120…R-1127).
MethodResult check_x509(const cbor::Value& signer_payload, ByteView signature,
                        const ManifestView& view, const Environment& environment,
                        IdentityStatement& out);

// cawg.identity_claims_aggregation (R-1130…R-1155).
MethodResult check_aggregation(const cbor::Value& signer_payload, ByteView signature,
                               const ManifestView& view, const Environment& environment,
                               IdentityStatement& out);

}  // namespace assay::identity
