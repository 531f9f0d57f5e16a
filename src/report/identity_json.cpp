// Identity statements and attached credentials: built apart from the signer, from types of their
// own (T-09).
#include "identity/attached.h"
#include "identity/statement.h"
#include "report/json_parts.h"

namespace assay::report {
namespace {

using validate::ManifestResult;

identity::ManifestView view_of(const ManifestResult& result, const validate::Verdict& verdict) {
  identity::ManifestView view;
  view.store = verdict.store.get();
  view.manifest = result.manifest;
  view.claim = &result.claim;
  for (const validate::AssertionResult& assertion : result.assertions) {
    if (assertion.integrity == validate::Integrity::ok) {
      const json::Value* json = assertion.parsed.json ? &*assertion.parsed.json : nullptr;
      view.assertions.push_back(
          {assertion.label, assertion.base_label, assertion.url, assertion.parsed.root(), json});
    }
  }
  return view;
}

std::string_view state_name(identity::StatementState state) {
  switch (state) {
    case identity::StatementState::trusted:
      return "trusted";
    case identity::StatementState::well_formed:
      return "wellFormed";
    case identity::StatementState::failed:
      return "failed";
    case identity::StatementState::not_checked:
      break;
  }
  return "notChecked";
}

std::string_view proof_name(identity::Proof proof) {
  switch (proof) {
    case identity::Proof::verified:
      return "verified";
    case identity::Proof::failed:
      return "failed";
    case identity::Proof::not_verified:
      return "notVerified";
    case identity::Proof::none:
      break;
  }
  return "none";
}

json::Value strings(const std::vector<std::string>& texts) {
  json::Value out = json::Value::array();
  for (const std::string& text : texts) {
    out.push(json::Value::string(text));
  }
  return out;
}

json::Value statement_json(const identity::IdentityStatement& statement, int64_t manifest) {
  json::Value out = json::Value::object();
  out.set("url", json::Value::string(statement.url));
  out.set("manifest", json::Value::integer(manifest));
  out.set("kind", json::Value::string(statement.sig_type));
  out.set("state", json::Value::string(state_name(statement.state)));
  out.set("name", json::Value::string(statement.name));
  out.set("vouchedBy", json::Value::string(""));
  out.set("roles", strings(statement.roles));
  out.set("referencedAssertions", strings(statement.referenced_assertions));
  out.set("coversContent", json::Value::boolean(statement.covers_content));
  out.set("verified", json::Value::array());
  out.set("statuses", json::Value::array());
  return out;
}

json::Value credential_json(const identity::AttachedCredential& credential, int64_t manifest) {
  json::Value out = json::Value::object();
  out.set("url", json::Value::string(credential.url));
  out.set("manifest", json::Value::integer(manifest));
  out.set("kind", json::Value::string(credential.kind));
  out.set("subject", json::Value::string(credential.subject));
  out.set_text("issuer", credential.issuer);
  out.set("proof", json::Value::string(proof_name(credential.proof)));
  out.set("referencedBy", strings(credential.referenced_by));
  return out;
}

}  // namespace

json::Value identities_json(const validate::Session& session) {
  const validate::Verdict& verdict = session.verdict();
  json::Value out = json::Value::array();
  for (const size_t index : verdict.order) {
    const ManifestResult& result = verdict.manifests[index];
    if (result.reached) {
      for (const auto& statement : identity::identity_statements(view_of(result, verdict))) {
        out.push(statement_json(statement, shown_index(verdict, index)));
      }
    }
  }
  return out;
}

json::Value attached_json(const validate::Session& session) {
  const validate::Verdict& verdict = session.verdict();
  json::Value out = json::Value::array();
  for (const size_t index : verdict.order) {
    const ManifestResult& result = verdict.manifests[index];
    if (result.reached && result.manifest->tree != nullptr) {
      const auto view = view_of(result, verdict);
      for (const auto& credential : identity::attached_credentials(view, session.policy().limits)) {
        out.push(credential_json(credential, shown_index(verdict, index)));
      }
    }
  }
  return out;
}

}  // namespace assay::report
