// Any bytes as the parts of identity statements that others wrote: DIDs, keys, DID documents,
// JSON Web Signatures, credentials and status lists; then as a whole identity assertion, and as a
// credential that an author refers to. Every reader ends, what it returns keeps its word, and no
// name stands where nothing was proven.
#include <algorithm>

#include "base/text.h"
#include "codec/json/json.h"
#include "crypto/digest.h"
#include "fuzz/require.h"
#include "identity/attached.h"
#include "identity/credential.h"
#include "identity/did.h"
#include "identity/jwk.h"
#include "identity/statement.h"
#include "identity/status_list.h"
#include "manifest/hashed_uri.h"
#include "unit/codec/jumbf/boxes.h"

namespace assay {
namespace {

using fuzz::require;
using identity::DidKeys;

void check_keys(const DidKeys& found) {
  require(found.keys.empty() == !found.problem.empty());
  for (const crypto::PublicKey& key : found.keys) {
    require(!std::holds_alternative<std::monostate>(key));
  }
}

void run_did(std::string_view text) {
  const auto did = identity::parse_did(text);
  if (!did) {
    return;
  }
  require(text == "did:" + did->method + ":" + did->id);
  check_keys(identity::keys_of_did_jwk(*did, Limits()));
  check_keys(identity::keys_of_did_key(*did));
  if (const auto url = identity::did_web_url(*did)) {
    // T-42: nothing but an https address of that host can come out.
    require(starts_with(*url, "https://") && ends_with(*url, "/did.json"));
    require(url->find_first_of("@?#%\\ ") == std::string::npos);
    require(url->find("..") == std::string::npos || did->id.find("..") != std::string::npos);
  }
}

void run_credential(const json::Value& credential) {
  static_cast<void>(identity::is_aggregation_credential(credential));
  static_cast<void>(identity::period_of(credential));
  static_cast<void>(identity::key_of_jwk(credential));
  if (!identity::identity_problem(credential, false)) {
    require(!identity::read_identity(credential).type.empty());
  }
  for (const identity::StatusEntry& entry : identity::revocation_entries(credential)) {
    require(entry.kind != identity::StatusEntry::Kind::bitstring ||
            starts_with(entry.url, "https://"));
  }
}

namespace jt = jumbf::test;
using identity::StatementState;

// One manifest "m" that holds `boxes`.
std::unique_ptr<manifest::Store> store_with(const Bytes& boxes, Budget& budget) {
  Bytes store = jt::superbox("c2pa", "c2pa", {jt::superbox("c2ma", "m", {boxes})});
  auto parsed = manifest::Store::parse(std::move(store), Limits(), budget, nullptr);
  return parsed.ok() ? std::move(*parsed) : nullptr;
}

// What every statement of the world below is examined in: nobody is trusted.
struct World {
  World() : budget(limits) { limits.status_list_inflated_bytes = 1u << 16; }

  identity::Environment environment() {
    return {trust,  issuers, limits, budget, signatures, certificates, UnixTime{1795392000},
            answers};
  }

  Limits limits;
  Budget budget;
  pki::TrustStore trust;
  std::vector<identity::TrustedIssuer> issuers;
  // Verdicts do not depend on what it remembers, and a check is slow.
  static inline crypto::SignatureMemo signatures{4096};
  static inline pki::CertificateMemo certificates{8};
  identity::Answers answers;
};

bool is_shown_form(std::string_view text) {
  return text.size() <= 480 && std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
         });
}

void check_statement(const identity::IdentityStatement& statement) {
  const bool proven = statement.state == StatementState::well_formed;
  require(statement.state != StatementState::trusted);
  require(proven || (statement.name.empty() && statement.verified.empty()));
  require(proven == statement.has(identity::Code::well_formed));
  require(!statement.has(identity::Code::trusted));
  // T-09: nothing that an issuer of one's own making says is a name.
  require(statement.verified.empty() || !statement.aggregator.empty());
  require(is_shown_form(statement.name) && is_shown_form(statement.sig_type));
  for (const identity::VerifiedIdentity& identity : statement.verified) {
    require(is_shown_form(identity.name) && is_shown_form(identity.username));
  }
}

// The claim lists whatever the statement refers to, so that its signature is what decides.
void run_statement(ByteView input) {
  World world;
  const auto document = cbor::Document::parse(input, world.limits, world.budget);
  const auto store = store_with(jt::superbox("c2as", "c2pa.assertions", {}), world.budget);
  if (!document.ok() || !store) {
    return;
  }
  manifest::Claim claim;
  claim.version = 2;
  claim.alg = "sha256";
  const cbor::Value references =
      document->root().get("signer_payload").get("referenced_assertions");
  for (size_t i = 0; i < references.size() && i < 64; ++i) {
    claim.references.push_back(
        {manifest::Origin::created, manifest::parse_hashed_uri(references.at(i))});
  }
  identity::ManifestView view;
  view.store = store.get();
  view.manifest = store->active();
  view.claim = &claim;
  view.history = {{view.manifest, &claim}};
  view.binding_url = "self#jumbf=/c2pa/m/c2pa.assertions/c2pa.hash.data";
  view.assertions.push_back({"cawg.identity", "cawg.identity", "u", document->root(), nullptr});
  const auto first = identity::examine_statements(view, world.environment());
  require(first.size() == 1);
  check_statement(first.front());
  for (const identity::ResourceRequest& wanted : first.front().wanted) {
    require(starts_with(wanted.url, "https://"));
    world.answers[wanted.url] = {identity::Answer::State::supplied, to_bytes(input)};
  }
  if (!world.answers.empty()) {
    check_statement(identity::examine_statements(view, world.environment()).front());
  }
}

// T-09: as the credential of an author, whose name then stands in its place and nowhere else.
void run_attached(ByteView input) {
  World world;
  const Bytes box = jt::superbox("json", "id", {jt::box("json", to_bytes(input))});
  const auto store = store_with(jt::superbox("c2vc", "c2pa.credentials", {box}), world.budget);
  if (!store) {
    return;
  }
  const Bytes payload(box.begin() + 8, box.end());
  json::Value reference = json::Value::object();
  reference.set("url", json::Value::string("self#jumbf=c2pa.credentials/id"));
  reference.set("hash",
                json::Value::string(to_base64(crypto::digest(crypto::DigestAlg::sha256, payload))));
  json::Value author = json::Value::object();
  author.set("credential", json::Value::array()).push(std::move(reference));
  json::Value work = json::Value::object();
  work.set("author", json::Value::array()).push(std::move(author));
  manifest::Claim claim;
  claim.version = 1;
  claim.alg = "sha256";
  identity::ManifestView view;
  view.store = store.get();
  view.manifest = store->active();
  view.claim = &claim;
  view.assertions.push_back(
      {"stds.schema-org.CreativeWork", "stds.schema-org.CreativeWork", "u", {}, &work});
  const auto attached = identity::attached_credentials(view, world.environment()).entries;
  require(attached.size() == 1 && attached.front().kind == "verifiableCredential");
  require(is_shown_form(attached.front().subject) && is_shown_form(attached.front().issuer));
  const identity::CheckedProof& proof = attached.front().proof;
  require((proof.proof == identity::Proof::not_verified) ==
          (proof.obstacle != identity::ProofObstacle::none));
}

void run(ByteView input) {
  run_statement(input);
  run_attached(input);
  const std::string_view text = as_text(input);
  run_did(text);
  check_keys(identity::keys_of_did_document(input, "did:web:a", Limits()));
  if (const auto jws = identity::parse_jws(text, Limits())) {
    require(starts_with(text, jws->signed_text));
    run_credential(jws->payload);
  }
  const auto json = json::parse(input, Limits());
  if (json.ok()) {
    run_credential(*json);
  }
  World world;
  const identity::StatusEntry entry{identity::StatusEntry::Kind::bitstring, "https://a", 10};
  // Without a key nothing proves that a credential still holds.
  require(identity::listed_status(input, entry, "did:web:a", {}, world.environment()) !=
          identity::ListedStatus::not_revoked);
}

}  // namespace
}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  assay::run({data, size});
  return 0;
}
