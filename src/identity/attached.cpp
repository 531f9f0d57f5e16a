#include "identity/attached.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "cose/sign1.h"
#include "crypto/digest.h"
#include "identity/credential.h"
#include "identity/data_integrity.h"
#include "identity/did.h"
#include "identity/jwk.h"
#include "identity/name.h"
#include "identity/stated_names.h"
#include "manifest/assertion.h"

namespace assay::identity {
namespace {

void read_names(const json::Value& credential, AttachedCredential& out) {
  if (const json::Value* subject = credential.get("credentialSubject")) {
    out.subject_id = shown_name(text_member(*subject, "id"));
    out.subject = shown_name(text_member(*subject, "name"));
    if (out.subject.empty()) {
      out.subject = out.subject_id;
    }
  }
  out.issuer = shown_name(issuer_of(credential));
}

OwnPeriod own_period(const json::Value& credential, UnixTime now) {
  const Period period = period_of(credential);
  if (!period.has_from && !period.has_until) {
    return OwnPeriod::unstated;
  }
  const bool begun = !period.has_from || (period.from && *period.from <= now);
  const bool over = period.has_until && !(period.until && now <= *period.until);
  return begun && !over ? OwnPeriod::inside : OwnPeriod::outside;
}

// RFC 7519 §4.1.4, §4.1.5: what the token says beside the credential in it.
OwnPeriod token_period(const json::Value& payload, UnixTime now) {
  const json::Value* from = payload.get("nbf");
  const json::Value* until = payload.get("exp");
  if (from == nullptr && until == nullptr) {
    return OwnPeriod::unstated;
  }
  const auto time = static_cast<double>(now.seconds);
  const bool begun = from == nullptr || (from->as_double() && *from->as_double() <= time);
  const bool over = until != nullptr && !(until->as_double() && time <= *until->as_double());
  return begun && !over ? OwnPeriod::inside : OwnPeriod::outside;
}

// R-1174: the credential's own signature. A key that is named must be one of the issuer.
CheckedProof check_jws(const Jws& jws, std::string_view issuer, const Environment& environment) {
  const std::string_view key_id = text_member(jws.header, "kid");
  if (!jws.alg) {
    return {Proof::not_verified, ProofObstacle::unsupported_kind};
  }
  if (starts_with(key_id, "did:") && key_id.substr(0, key_id.find('#')) != issuer) {
    return {Proof::not_verified, ProofObstacle::key_of_another};
  }
  const DidKeys found = offline_keys(issuer, environment.limits);
  if (found.keys.empty()) {
    return {Proof::not_verified, ProofObstacle::key_not_at_hand};
  }
  for (const crypto::PublicKey& key : found.keys) {
    if (cose::key_unfit(*jws.alg, key)) {
      continue;
    }
    const auto verified = environment.signatures.verify(*jws.alg, key, as_bytes(jws.signed_text),
                                                        jws.signature, environment.budget);
    if (!verified.ok()) {
      return {Proof::not_verified, ProofObstacle::limit};
    }
    if (*verified == crypto::Verified::yes) {
      return {Proof::verified, ProofObstacle::none};
    }
  }
  return {Proof::failed, ProofObstacle::none};
}

// VC-JWT: the credential under `vc` (data model 1.1), or the payload itself (2.0). Only what the
// signature covers is read.
void read_jwt(const Jws& jws, const Environment& environment, AttachedCredential& out) {
  const json::Value* inner = jws.payload.get("vc");
  const json::Value& credential = inner != nullptr ? *inner : jws.payload;
  read_names(credential, out);
  const std::string_view by = text_member(jws.payload, "iss");
  const std::string issuer(by.empty() ? issuer_of(credential) : by);
  out.issuer = shown_name(issuer);
  if (out.subject.empty()) {
    out.subject = shown_name(text_member(jws.payload, "sub"));
  }
  out.proof = check_jws(jws, issuer, environment);
  out.period =
      std::max(own_period(credential, environment.now), token_period(jws.payload, environment.now));
}

// A credential is JSON-LD with Data Integrity proofs; or a JWT, as a JSON text, as the `jwt` of a
// proof, or bare.
void read_credential(ByteView bytes, const Environment& environment, AttachedCredential& out) {
  const auto parsed = json::parse(bytes, environment.limits);
  std::string_view compact = as_text(bytes);
  const json::Value* proof = nullptr;
  if (parsed.ok()) {
    proof = parsed->get("proof");
    compact = parsed->as_text().value_or(proof == nullptr ? std::string_view()
                                                          : text_member(*proof, "jwt"));
  }
  if (const auto jws = parse_jws(compact, environment.limits)) {
    read_jwt(*jws, environment, out);
    return;
  }
  if (parsed.ok()) {
    read_names(*parsed, out);
    out.period = own_period(*parsed, environment.now);
  }
  if (proof != nullptr) {
    out.proof = check_data_integrity(*parsed, *proof, issuer_of(*parsed), environment);
  }
}

class Attachments {
 public:
  Attachments(const ManifestView& view, const Environment& environment)
      : view_(view), environment_(environment) {}

  void add_names(const AssertionView& assertion) {
    read_stated_names(assertion,
                      [&](StatedName stated) { return add_name(assertion, std::move(stated)); });
  }

  // R-1172: only where the hash fits; the mismatch is a finding about the claim.
  void add_reference(const CredentialReference& reference) {
    const manifest::Target target = view_.store->resolve(reference.url, *view_.manifest);
    const auto alg =
        crypto::digest_alg_from_name(reference.alg.empty() ? view_.claim->alg : reference.alg);
    const bool fits = target.found() && target.manifest != nullptr && alg && reference.hash &&
                      starts_with(target.path, "c2pa.credentials/") &&
                      credential_fits(*target.manifest->tree, *target.box, *alg, *reference.hash,
                                      environment_.budget);
    if (!fits) {
      return;
    }
    auto& entries = out_.entries;
    const auto known = std::find_if(entries.begin(), entries.end(),
                                    [&](const auto& entry) { return entry.url == target.url; });
    if (known != entries.end()) {
      refer(*known, reference.assertion);
      return;
    }
    if (!has_room_for(reference.assertion)) {
      return;
    }
    AttachedCredential attached;
    attached.url = target.url;
    attached.kind = "verifiableCredential";
    attached.referenced_by.push_back(reference.assertion);
    const auto content = manifest::content_of(*target.manifest->tree, *target.box);
    read_credential(content.bytes, environment_, attached);
    entries.push_back(std::move(attached));
  }

  AttachedCredentials take() { return std::move(out_); }

 private:
  // One entry for what several fields or assertions say alike. False where the list is full.
  bool add_name(const AssertionView& assertion, StatedName stated) {
    // Display forms hold no control characters.
    const std::string key =
        std::string(stated.kind) + '\n' + stated.name + '\n' + stated.account_of;
    const auto known = positions_.find(key);
    if (known != positions_.end()) {
      refer(out_.entries[known->second], assertion.url);
      return true;
    }
    if (!has_room_for(assertion.url)) {
      return false;
    }
    positions_.emplace(key, out_.entries.size());
    AttachedCredential attached;
    attached.url = assertion.url;
    attached.kind = stated.kind;
    attached.field = stated.field;
    attached.subject = std::move(stated.name);
    attached.account_of = std::move(stated.account_of);
    attached.referenced_by.push_back(assertion.url);
    out_.entries.push_back(std::move(attached));
    return true;
  }

  static void refer(AttachedCredential& attached, const std::string& url) {
    auto& by = attached.referenced_by;
    if (std::find(by.begin(), by.end(), url) == by.end()) {
      by.push_back(url);
    }
  }

  bool has_room_for(const std::string& assertion) {
    const bool room = !environment_.limits.exceeded(Limit::attached_names, out_.entries.size() + 1);
    if (!room && (out_.cut.empty() || out_.cut.back() != assertion)) {
      out_.cut.push_back(assertion);
    }
    return room;
  }

  const ManifestView& view_;
  const Environment& environment_;
  std::map<std::string, size_t> positions_;  // of names in the list
  AttachedCredentials out_;
};

}  // namespace

bool credential_fits(const jumbf::Tree& tree, const jumbf::Box& box, crypto::DigestAlg alg,
                     ByteView hash, Budget& budget) {
  if (!budget.spend(box.payload.size() / 32 + 1)) {
    return false;
  }
  const auto content = manifest::content_of(tree, box);
  const bool json = content.kind == manifest::ContentKind::json;
  return equal(crypto::digest(alg, box.payload), hash) ||
         (json && equal(crypto::digest(alg, content.bytes), hash));
}

AttachedCredentials attached_credentials(const ManifestView& view, const Environment& environment) {
  Attachments attachments(view, environment);
  for (const AssertionView& assertion : view.assertions) {
    attachments.add_names(assertion);
  }
  const auto references = credential_references(view, environment.limits);
  for (const CredentialReference& reference : references.entries) {
    attachments.add_reference(reference);
  }
  return attachments.take();
}

}  // namespace assay::identity
