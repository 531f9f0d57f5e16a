// Names that came along in a signed record (spec 1.0–1.4 §W3C Verifiable Credentials;
// R-1170…R-1177): the people named did not sign, and nothing here may become a signer (threat
// T-09).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/budget.h"
#include "base/bytes.h"
#include "crypto/digest.h"
#include "identity/environment.h"
#include "identity/manifest_view.h"

namespace assay::identity {

// Of the credential itself. It says nothing about the asset: a genuine credential can be copied
// into any record (R-1176).
enum class Proof : uint8_t { verified, failed, not_verified, none };

// Why a proof was not verified.
enum class ProofObstacle : uint8_t {
  none,
  canonical_rdf,     // it is over canonical RDF, which is not computed
  unsupported_kind,  // a kind of proof or algorithm that is not supported
  key_of_another,    // its key is not one of the issuer
  key_not_at_hand,   // the issuer's key would have to be fetched, or does not fit
  limit,
};

struct CheckedProof {
  Proof proof = Proof::none;
  ProofObstacle obstacle = ProofObstacle::none;
};

// The moment of the check by the credential's own dates; one that cannot be read is no excuse.
enum class OwnPeriod : uint8_t { unstated, inside, outside };

struct AttachedCredential {
  std::string url;         // of the credential, or of the assertion that states the name
  std::string kind;        // "verifiableCredential", else the part or "account" (stated_names.cpp)
  std::string field;       // that states the name; empty of a credential
  std::string subject;     // as stated inside; display form
  std::string account_of;  // of an account: whose it is said to be
  std::string issuer;
  CheckedProof proof;
  OwnPeriod period = OwnPeriod::unstated;
  // What names the subject besides, display forms: it stands nowhere in a report but here (T-09).
  std::string subject_id;
  std::vector<std::string> referenced_by;  // assertion URLs
};

// A reference to a credential from an actor in an assertion (R-1171).
struct CredentialReference {
  std::string assertion;  // URL of the assertion that holds it
  std::string url;        // as written
  std::string alg;        // empty: the claim's
  std::optional<Bytes> hash;
};

struct CredentialReferences {
  std::vector<CredentialReference> entries;
  bool complete = true;  // Limits::attached_names did not cut the list
};

// Of claims of version 1; later ones know no such thing (R-1172).
CredentialReferences credential_references(const ManifestView& view, const Limits& limits);

// Whether `hash` is that of the credential in `box`: of the box like any other, or of the
// JSON alone, as the first writers of 1.x had it. Either covers all of the credential.
bool credential_fits(const jumbf::Tree& tree, const jumbf::Box& box, crypto::DigestAlg alg,
                     ByteView hash, Budget& budget);

struct AttachedCredentials {
  std::vector<AttachedCredential> entries;
  std::vector<std::string> cut;  // URLs of assertions that name more than Limits::attached_names
};

// Names that assertions state, each once per kind, then credentials that an assertion refers to
// with the right hash, each once. Credentials that nothing refers to are unsigned data and not
// among them.
AttachedCredentials attached_credentials(const ManifestView& view, const Environment& environment);

}  // namespace assay::identity
