#include "identity/attached.h"

#include <algorithm>

#include "base/text.h"
#include "cose/sign1.h"
#include "crypto/digest.h"
#include "identity/credential.h"
#include "identity/data_integrity.h"
#include "identity/did.h"
#include "identity/jwk.h"
#include "identity/name.h"
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

  void add_author(const AssertionView& assertion, const json::Value& author) {
    const std::string name = shown_name(text_member(author, "name"));
    if (name.empty() || !has_room()) {
      return;
    }
    AttachedCredential attached;
    attached.url = assertion.url;
    attached.kind = "creativeWorkAuthor";
    attached.subject = name;
    attached.referenced_by.push_back(assertion.url);
    out_.push_back(std::move(attached));
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
    const auto known = std::find_if(out_.begin(), out_.end(),
                                    [&](const auto& entry) { return entry.url == target.url; });
    if (known != out_.end()) {
      auto& by = known->referenced_by;
      if (std::find(by.begin(), by.end(), reference.assertion) == by.end()) {
        by.push_back(reference.assertion);
      }
      return;
    }
    if (!has_room()) {
      return;
    }
    AttachedCredential attached;
    attached.url = target.url;
    attached.kind = "verifiableCredential";
    attached.referenced_by.push_back(reference.assertion);
    const auto content = manifest::content_of(*target.manifest->tree, *target.box);
    read_credential(content.bytes, environment_, attached);
    out_.push_back(std::move(attached));
  }

  std::vector<AttachedCredential> take() { return std::move(out_); }

 private:
  bool has_room() const {
    return !environment_.limits.exceeded(Limit::attached_names, out_.size() + 1);
  }

  const ManifestView& view_;
  const Environment& environment_;
  std::vector<AttachedCredential> out_;
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

std::vector<AttachedCredential> attached_credentials(const ManifestView& view,
                                                     const Environment& environment) {
  Attachments attachments(view, environment);
  for (const AssertionView& assertion : view.assertions) {
    const bool is_work =
        assertion.base_label == "stds.schema-org.CreativeWork" && assertion.json != nullptr;
    const json::Value* author = is_work ? assertion.json->get("author") : nullptr;
    if (author == nullptr) {
      continue;
    }
    if (author->is(json::Type::object)) {
      attachments.add_author(assertion, *author);
    }
    for (const json::Value& entry : author->items()) {
      attachments.add_author(assertion, entry);
    }
  }
  const auto references = credential_references(view, environment.limits);
  for (const CredentialReference& reference : references.entries) {
    attachments.add_reference(reference);
  }
  return attachments.take();
}

}  // namespace assay::identity
