// Names that came along in a signed record (spec 1.0–1.4 §W3C Verifiable Credentials;
// R-1170…R-1177): the people named did not sign, and nothing here may become a signer (threat
// T-09).
#pragma once

#include <string>
#include <vector>

#include "codec/json/json.h"
#include "identity/manifest_view.h"

namespace assay::identity {

enum class Proof : uint8_t { verified, failed, not_verified, none };

struct AttachedCredential {
  std::string url;      // of the credential, or of the assertion that states the name
  std::string kind;     // "verifiableCredential", "creativeWorkAuthor"
  std::string subject;  // as stated inside; display form
  std::string issuer;
  Proof proof = Proof::none;
  std::vector<std::string> referenced_by;  // assertion URLs
};

// Credentials that an assertion refers to with the right hash, and authors named in CreativeWork
// assertions. Credentials that nothing refers to are unsigned data and not among them.
std::vector<AttachedCredential> attached_credentials(const ManifestView& view,
                                                     const Limits& limits);

}  // namespace assay::identity
