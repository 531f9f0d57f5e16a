// Revocation that the store does not settle by itself (R-835…R-841): what a host may ask online.
#pragma once

#include <optional>
#include <string>

#include "validate/context.h"

namespace assay::validate {

struct OnlineRevocation {
  std::string url;  // from the certificate: untrusted
  Bytes body;       // OCSPRequest in DER
};

// Nothing when the certificate names no responder, its issuer is not known, or the answer is there.
std::optional<OnlineRevocation> online_revocation_request(const ManifestResult& result);
void check_online_revocation(Context& context, ManifestResult& result, ByteView answer);
// everything still open is said to be unchecked.
void record_unchecked_revocation(Context& context);

// Turns signature.ocsp into a finding, if it says anything.
void record_revocation(Context& context, ManifestResult& result);

}  // namespace assay::validate
