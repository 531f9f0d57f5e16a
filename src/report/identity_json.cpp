// Identity statements and attached credentials: built apart from the signer, from types of their
// own (T-09).
#include "identity/attached.h"
#include "identity/statement.h"
#include "report/json_parts.h"
#include "report/sentence.h"

namespace assay::report {
namespace {

using validate::AttachedResult;
using validate::IdentityResult;
using validate::Verdict;

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

// Empty when there was no obstacle.
std::string_view obstacle_name(identity::ProofObstacle obstacle) {
  switch (obstacle) {
    case identity::ProofObstacle::canonical_rdf:
      return "canonicalRdf";
    case identity::ProofObstacle::unsupported_kind:
      return "unsupportedKind";
    case identity::ProofObstacle::key_of_another:
      return "keyOfAnother";
    case identity::ProofObstacle::key_not_at_hand:
      return "keyNotAtHand";
    case identity::ProofObstacle::limit:
      return "limit";
    case identity::ProofObstacle::none:
      break;
  }
  return {};
}

// Empty when the credential states none.
std::string_view period_name(identity::OwnPeriod period) {
  switch (period) {
    case identity::OwnPeriod::inside:
      return "inside";
    case identity::OwnPeriod::outside:
      return "outside";
    case identity::OwnPeriod::unstated:
      break;
  }
  return {};
}

json::Value strings(const std::vector<std::string>& texts) {
  json::Value out = json::Value::array();
  for (const std::string& text : texts) {
    out.push(json::Value::string(text));
  }
  return out;
}

json::Value status_json(const identity::Finding& finding, std::string_view url, int64_t manifest,
                        const Limits& limits) {
  json::Value out = json::Value::object();
  out.set("code", json::Value::string(identity::code_text(finding.code)));
  out.set("kind", json::Value::string(identity::kind_name(identity::code_kind(finding.code))));
  out.set("url", shown(url, limits));
  out.set("manifest", json::Value::integer(manifest));
  out.set("explanation", shown(as_sentence(finding.explanation), limits));
  return out;
}

void push_statuses(const IdentityResult& result, const Verdict& verdict, const Limits& limits,
                   json::Value& out) {
  const int64_t manifest = shown_index(verdict, result.manifest);
  for (const identity::Finding& finding : result.statement.findings) {
    out.push(status_json(finding, result.statement.url, manifest, limits));
  }
}

json::Value verified_json(const identity::VerifiedIdentity& verified) {
  json::Value out = json::Value::object();
  out.set("type", json::Value::string(verified.type));
  out.set_text("name", verified.name);
  out.set_text("username", verified.username);
  out.set_text("address", verified.address);
  out.set_text("uri", verified.uri);
  out.set("provider", json::Value::string(verified.provider));
  if (verified.verified_at) {
    out.set("verifiedAt", json::Value::string(format_rfc3339(*verified.verified_at)));
  }
  return out;
}

json::Value statement_json(const IdentityResult& result, const Verdict& verdict,
                           const Limits& limits) {
  const identity::IdentityStatement& statement = result.statement;
  json::Value out = json::Value::object();
  out.set("url", shown(statement.url, limits));
  out.set("manifest", json::Value::integer(shown_index(verdict, result.manifest)));
  out.set("kind", json::Value::string(statement.sig_type));
  out.set("state", json::Value::string(state_name(statement.state)));
  out.set("name", json::Value::string(statement.name));
  out.set("vouchedBy", json::Value::string(statement.vouched_by));
  out.set_text("aggregator", statement.aggregator);
  out.set("roles", strings(statement.roles));
  out.set("referencedAssertions", strings(statement.referenced_assertions));
  out.set("coversContent", json::Value::boolean(statement.covers_content));
  json::Value& verified = out.set("verified", json::Value::array());
  for (const identity::VerifiedIdentity& identity : statement.verified) {
    verified.push(verified_json(identity));
  }
  push_statuses(result, verdict, limits, out.set("statuses", json::Value::array()));
  return out;
}

json::Value credential_json(const AttachedResult& result, const Verdict& verdict,
                            const Limits& limits) {
  const identity::AttachedCredential& credential = result.credential;
  json::Value out = json::Value::object();
  out.set("url", shown(credential.url, limits));
  out.set("manifest", json::Value::integer(shown_index(verdict, result.manifest)));
  out.set("kind", json::Value::string(credential.kind));
  out.set_text("field", credential.field);
  out.set("subject", json::Value::string(credential.subject));
  out.set_text("accountOf", credential.account_of);
  out.set_text("issuer", credential.issuer);
  out.set("proof", json::Value::string(proof_name(credential.proof.proof)));
  out.set_text("proofObstacle", obstacle_name(credential.proof.obstacle));
  out.set_text("period", period_name(credential.period));
  json::Value& by = out.set("referencedBy", json::Value::array());
  for (const std::string& url : credential.referenced_by) {
    by.push(shown(url, limits));
  }
  return out;
}

}  // namespace

json::Value identities_json(const Verdict& verdict, const Limits& limits) {
  json::Value out = json::Value::array();
  for (const IdentityResult& result : verdict.identities) {
    out.push(statement_json(result, verdict, limits));
  }
  return out;
}

json::Value attached_json(const Verdict& verdict, const Limits& limits) {
  json::Value out = json::Value::array();
  for (const AttachedResult& result : verdict.attached) {
    out.push(credential_json(result, verdict, limits));
  }
  return out;
}

void push_identity_statuses(const Verdict& verdict, const Limits& limits, json::Value& out) {
  for (const IdentityResult& result : verdict.identities) {
    push_statuses(result, verdict, limits, out);
  }
}

}  // namespace assay::report
