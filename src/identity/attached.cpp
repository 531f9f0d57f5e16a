#include "identity/attached.h"

#include "base/text.h"
#include "crypto/digest.h"
#include "manifest/assertion.h"
#include "manifest/hashed_uri.h"

namespace assay::identity {
namespace {

constexpr size_t kNameBytes = 480;

std::string display(std::string_view text) { return display_text(text, kNameBytes); }

std::string text_of(const json::Value* value) {
  const auto text = value == nullptr ? std::nullopt : value->as_text();
  return text ? display(*text) : std::string();
}

// A reference to a credential found in JSON: `{url, alg?, hash}` with the hash in base64 (R-305,
// R-1171).
struct JsonReference {
  std::string url;
  std::string alg;
  Bytes hash;
};

std::vector<JsonReference> credential_references(const json::Value& actor) {
  std::vector<JsonReference> out;
  const json::Value* list = actor.get("credential");
  if (list == nullptr) {
    return out;
  }
  for (const json::Value& entry : list->items()) {
    const json::Value* url = entry.get("url");
    const json::Value* hash = entry.get("hash");
    const auto encoded = hash == nullptr ? std::nullopt : hash->as_text();
    const auto bytes = encoded ? from_base64(*encoded) : std::nullopt;
    if (url != nullptr && url->as_text() && bytes) {
      const json::Value* alg = entry.get("alg");
      const auto alg_text = alg == nullptr ? std::nullopt : alg->as_text();
      out.push_back({std::string(*url->as_text()),
                     alg_text ? std::string(*alg_text) : std::string(), *bytes});
    }
  }
  return out;
}

// The credential behind a reference, if the hash fits (R-1172).
void add_credential(const ManifestView& view, const AssertionView& assertion,
                    const JsonReference& reference, const Limits& limits,
                    std::vector<AttachedCredential>& out) {
  const manifest::Target target = view.store->resolve(reference.url, *view.manifest);
  const auto alg =
      crypto::digest_alg_from_name(reference.alg.empty() ? view.claim->alg : reference.alg);
  const bool fits = target.found() && target.manifest == view.manifest && alg &&
                    equal(crypto::digest(*alg, target.box->payload), reference.hash);
  if (!fits) {
    return;
  }
  AttachedCredential credential;
  credential.url = target.url;
  credential.kind = "verifiableCredential";
  credential.proof = Proof::not_verified;
  credential.referenced_by.push_back(assertion.url);
  const auto content = manifest::content_of(*view.manifest->tree, *target.box);
  const auto parsed = json::parse(content.bytes, limits);
  if (parsed.ok()) {
    const json::Value* subject = parsed->get("credentialSubject");
    credential.subject = text_of(subject == nullptr ? nullptr : subject->get("name"));
    if (credential.subject.empty() && subject != nullptr) {
      credential.subject = text_of(subject->get("id"));
    }
    const json::Value* issuer = parsed->get("issuer");
    credential.issuer = text_of(issuer);
    if (credential.issuer.empty() && issuer != nullptr) {
      credential.issuer = text_of(issuer->get("id"));
    }
  }
  out.push_back(std::move(credential));
}

void add_author(const ManifestView& view, const AssertionView& assertion, const json::Value& author,
                const Limits& limits, std::vector<AttachedCredential>& out) {
  const std::string name = text_of(author.get("name"));
  if (!name.empty()) {
    AttachedCredential attached;
    attached.url = assertion.url;
    attached.kind = "creativeWorkAuthor";
    attached.subject = name;
    attached.referenced_by.push_back(assertion.url);
    out.push_back(std::move(attached));
  }
  for (const JsonReference& reference : credential_references(author)) {
    add_credential(view, assertion, reference, limits, out);
  }
}

}  // namespace

std::vector<AttachedCredential> attached_credentials(const ManifestView& view,
                                                     const Limits& limits) {
  std::vector<AttachedCredential> out;
  for (const AssertionView& assertion : view.assertions) {
    if (assertion.base_label != "stds.schema-org.CreativeWork" || assertion.json == nullptr) {
      continue;
    }
    const json::Value* author = assertion.json->get("author");
    if (author == nullptr) {
      continue;
    }
    if (author->is(json::Type::object)) {
      add_author(view, assertion, *author, limits, out);
    }
    for (const json::Value& entry : author->items()) {
      add_author(view, assertion, entry, limits, out);
    }
  }
  return out;
}

}  // namespace assay::identity
