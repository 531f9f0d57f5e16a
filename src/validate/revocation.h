// Revocation that the store does not settle by itself (R-835…R-841): what a host may ask online.
#pragma once

#include <optional>
#include <string>

#include "pki/ocsp.h"
#include "validate/context.h"

namespace assay::validate {

struct OnlineRevocation {
  std::string url;  // from the certificate: untrusted
  Bytes body;       // OCSPRequest in DER
};

// About the certificate at `place` of the chain (0: the signer's), asked of the one above it. The
// certificates beside the answers may be the signature's own (T-71).
pki::OcspQuery revocation_query(const Context& context, const SignatureResult& signature,
                                size_t place, pki::OcspOrigin origin);

// Nothing when the certificate names no responder, its issuer is not known, or the answer is there.
std::optional<OnlineRevocation> online_revocation_request(const ManifestResult& result);
void check_online_revocation(Context& context, ManifestResult& result, ByteView answer);
// everything still open is said to be unchecked.
void record_unchecked_revocation(Context& context);

// Turns signature.ocsp into a finding, if it says anything.
void record_revocation(Context& context, ManifestResult& result);

}  // namespace assay::validate
