// What validation found out, as plain data for report/. Views point into the Store, which the
// Verdict shares.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/checked.h"
#include "base/time.h"
#include "container/carrier.h"
#include "identity/attached.h"
#include "identity/statement.h"
#include "manifest/assertion.h"
#include "manifest/claim.h"
#include "manifest/ingredient.h"
#include "manifest/store.h"
#include "pki/chain.h"
#include "pki/ocsp.h"
#include "pki/timestamp.h"
#include "validate/finding.h"
#include "validate/stream_result.h"

namespace assay::validate {

enum class Integrity : uint8_t {
  ok,
  mismatch,
  missing,      // not there, or ambiguous
  redacted,     // declared as removed by a later manifest
  outside,      // a reference into another manifest
  unsupported,  // no supported hash algorithm is given
};

// Whether a session key proved that it belongs to whoever signed the claim.
enum class KeyBinding : uint8_t { proven, failed, not_checked };

struct AssertionResult {
  std::string label;
  std::string base_label;
  std::string url;  // absolute
  manifest::Origin origin = manifest::Origin::created;
  Integrity integrity = Integrity::missing;
  const jumbf::Box* box = nullptr;
  manifest::AssertionContent content;
  manifest::ParsedContent parsed;        // only when integrity is ok
  std::vector<KeyBinding> session_keys;  // of c2pa.session-keys, one per key as far as it was read
};

struct IngredientResult {
  size_t assertion = 0;  // index into ManifestResult::assertions
  manifest::Ingredient data;
  std::optional<size_t> manifest;  // index of the ingredient's manifest in the store
  enum class Link : uint8_t { ok, mismatch, missing, redacted, no_manifest };
  Link link = Link::no_manifest;
};

enum class SignatureState : uint8_t { missing, mismatch, validated };

enum class Revocation : uint8_t { not_applicable, not_checked, not_revoked, revoked, unknown };

// The claim signer and everything that speaks for or against the credential.
struct SignatureResult {
  SignatureState state = SignatureState::missing;
  std::string url;
  std::string algorithm;
  pki::CertificatePtr leaf;
  std::vector<pki::CertificatePtr> supplied;  // x5chain as parsed, leaf first
  bool profile_ok = false;
  pki::ChainOutcome chain;
  bool inside_validity = false;
  Revocation revocation = Revocation::not_applicable;
  pki::OcspOutcome ocsp;
  bool attested = false;                           // a trusted time-stamp decided the time
  std::optional<pki::TimestampOutcome> timestamp;  // the trusted one, else the first that was tried
  std::optional<double> iat;                       // claimed by the signer, decides nothing
};

enum class ManifestState : uint8_t { invalid, well_formed, valid, trusted };

struct ManifestResult {
  const manifest::Manifest* manifest = nullptr;
  bool reached = false;  // from the active manifest, through ingredients
  size_t depth = 0;
  manifest::ClaimState claim_state = manifest::ClaimState::missing;
  manifest::Claim claim;
  std::vector<AssertionResult> assertions;
  std::vector<IngredientResult> ingredients;
  std::vector<std::string> names_cut;  // identity::AttachedCredentials::cut
  SignatureResult signature;
  ManifestState state = ManifestState::invalid;
};

// Statements by others than the claim signer, and names that came along: types of their own, so
// that neither can be taken for a finding or for the signer (T-09).
struct IdentityResult {
  size_t manifest = 0;  // index in the store
  identity::IdentityStatement statement;
};

struct AttachedResult {
  size_t manifest = 0;
  identity::AttachedCredential credential;
};

enum class ContentState : uint8_t { verified, mismatch, not_checked, not_applicable };

struct LimitHit {
  std::string limit;
  uint64_t value = 0;
  std::string text;
};

enum class ResourceKind : uint8_t {
  sidecar,
  remote_manifest,
  ocsp,
  did_document,
  status_list,
  brotli
};

// As the report and the hosts name it: "ocsp", "didDocument"…
std::string_view resource_kind_name(ResourceKind kind);

struct NetworkUse {
  ResourceKind kind = ResourceKind::remote_manifest;
  std::string url;
  enum class Outcome : uint8_t { not_allowed, failed, used };
  Outcome outcome = Outcome::not_allowed;
};

enum class Presence : uint8_t { embedded, sidecar, remote, unreachable, multiple, broken, none };

struct Verdict {
  AssetState state = AssetState::none;
  bool complete = false;  // false in a report that is asked for before the session is done
  Presence presence = Presence::none;
  std::string presence_note;  // why it is broken, or what else was noticed
  std::shared_ptr<const manifest::Store> store;
  const container::Carrier* carrier = nullptr;
  // Same order as Store::manifests(); `order` is the order in which they are shown: active first.
  std::vector<ManifestResult> manifests;
  std::vector<size_t> order;
  Findings findings;
  ContentState content = ContentState::not_applicable;
  // From the active manifest to the one whose hard binding speaks for the asset.
  std::vector<size_t> binding_chain;
  std::vector<IdentityResult> identities;
  std::vector<AttachedResult> attached;
  std::vector<UncoveredBytes> uncovered;
  std::vector<LimitHit> limits;
  std::vector<NetworkUse> network;
  // The asset is the initialisation segment of a stream, of which segments were checked, too.
  std::optional<StreamResult> stream;

  const ManifestResult* active() const {
    return order.empty() ? nullptr : &manifests[order.front()];
  }
};

}  // namespace assay::validate
