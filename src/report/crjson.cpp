#include "report/crjson.h"

#include <set>
#include <string>

#include "report/crjson_parts.h"
#include "report/deltas.h"
#include "report/facets.h"
#include "report/sentence.h"

namespace assay::report {
namespace {

using validate::AssertionResult;
using validate::Finding;
using validate::ManifestResult;
using validate::StatusKind;
using validate::Verdict;

constexpr std::string_view kGenerator = "assay";
constexpr std::string_view kGeneratorVersion = ASSAY_VERSION;  // of the package: CMakeLists.txt
constexpr std::string_view kSpecVersion = "2.4.0";

json::Value text(std::string_view value) { return json::Value::string(value); }

// R-1010: one status; without url when it is about the whole asset.
json::Value entry_json(std::string_view code, std::string_view url, std::string_view explanation) {
  json::Value out = json::Value::object();
  out.set("code", text(code));
  out.set_text("url", url);
  out.set_text("explanation", as_sentence(explanation));
  return out;
}

// The three lists of a statusCodes map (R-1011).
struct StatusLists {
  json::Value success = json::Value::array();
  json::Value informational = json::Value::array();
  json::Value failure = json::Value::array();

  void add(StatusKind kind, json::Value entry) {
    switch (kind) {
      case StatusKind::success:
        success.push(std::move(entry));
        return;
      case StatusKind::informational:
        informational.push(std::move(entry));
        return;
      case StatusKind::failure:
        failure.push(std::move(entry));
        return;
    }
  }

  json::Value take() {
    json::Value out = json::Value::object();
    out.set("success", std::move(success));
    out.set("informational", std::move(informational));
    out.set("failure", std::move(failure));
    return out;
  }
};

StatusKind kind_of(identity::Kind kind) {
  switch (kind) {
    case identity::Kind::success:
      return StatusKind::success;
    case identity::Kind::informational:
      return StatusKind::informational;
    case identity::Kind::failure:
      break;
  }
  return StatusKind::failure;
}

// R-1028: identity assertions have no place of their own; their codes stand with their manifest's.
void add_identity_results(const Verdict& verdict, std::optional<size_t> manifest,
                          StatusLists& lists) {
  for (const validate::IdentityResult& result : verdict.identities) {
    if (result.manifest != manifest) {
      continue;
    }
    for (const identity::Finding& finding : result.statement.findings) {
      lists.add(
          kind_of(identity::code_kind(finding.code)),
          entry_json(identity::code_text(finding.code), result.statement.url, finding.explanation));
    }
  }
}

// R-1022, A-25: what counts against `manifest`; without one, against the asset as a whole.
json::Value results_json(const validate::Session& session, std::optional<size_t> manifest) {
  StatusLists lists;
  for (const Finding& finding : session.verdict().findings.all()) {
    if (finding.manifest == manifest) {
      lists.add(validate::status_kind(finding.code),
                entry_json(validate::status_text(finding.code), finding.url, finding.explanation));
    }
  }
  add_identity_results(session.verdict(), manifest, lists);
  json::Value out = lists.take();
  out.set("specVersion", text(kSpecVersion));
  out.set("validationTime", text(format_rfc3339(session.policy().now)));
  return out;
}

// R-1023: content whose hash matched; {} for everything that cannot be decoded or was not verified.
json::Value content_json(const AssertionResult& assertion) {
  if (assertion.integrity != validate::Integrity::ok) {
    return json::Value::object();
  }
  if (assertion.parsed.cbor) {
    return crjson::from_cbor(assertion.parsed.root());
  }
  if (assertion.parsed.json) {
    return *assertion.parsed.json;
  }
  json::Value out = json::Value::object();
  if (assertion.content.kind == manifest::ContentKind::embedded_file) {
    out.set("format", text(assertion.content.media_type));
  }
  return out;
}

json::Value assertions_json(const ManifestResult& result) {
  json::Value out = json::Value::object();
  std::set<std::string_view> labels;
  for (const AssertionResult& assertion : result.assertions) {
    if (labels.insert(assertion.label).second) {
      out.set(assertion.label, content_json(assertion));
    }
  }
  return out;
}

// R-1027: one entry per ingredient that has credentials of its own.
json::Value deltas_json(const ManifestResult& result, const validate::Session& session) {
  const Deltas deltas(session.verdict(), result);
  json::Value out = json::Value::array();
  for (const validate::IngredientResult& ingredient : result.ingredients) {
    if (!ingredient.manifest) {
      continue;
    }
    StatusLists lists;
    for (const Delta& delta : deltas.of(ingredient, session.policy().limits)) {
      lists.add(delta.kind, entry_json(delta.code, delta.url, delta.explanation));
    }
    json::Value& entry = out.push(json::Value::object());
    entry.set("ingredientAssertionURI", text(result.assertions[ingredient.assertion].url));
    entry.set("validationDeltas", lists.take());
  }
  return out;
}

json::Value manifest_json(const ManifestResult& result, const validate::Session& session) {
  json::Value out = json::Value::object();
  out.set("label", text(result.manifest->label));
  out.set("assertions", assertions_json(result));
  out.set(result.claim.version == 1 ? "claim" : "claim.v2", crjson::claim_json(result.claim));
  out.set("signature", crjson::signature_json(result.signature));
  out.set("validationResults", results_json(session, result.manifest->index));
  json::Value deltas = deltas_json(result, session);
  if (!deltas.items().empty()) {
    out.set("ingredientDeltas", std::move(deltas));
  }
  return out;
}

// R-1029: what the schema has no place for.
json::Value extension_json(const validate::Session& session) {
  const Verdict& verdict = session.verdict();
  json::Value out = json::Value::object();
  out.set("state", text(state_name(reported_state(verdict))));
  out.set("assetResults", results_json(session, std::nullopt));
  json::Value& unreadable = out.set("otherManifests", json::Value::array());
  json::Value& fields = out.set("otherClaimFields", json::Value::array());
  for (const ManifestResult& result : verdict.manifests) {
    json::Value others = crjson::other_claim_fields(result.claim);
    if (!others.members().empty()) {
      json::Value& entry = fields.push(json::Value::object());
      entry.set("label", text(result.manifest->label));
      entry.set("fields", std::move(others));
    }
    if (!crjson::is_representable(result)) {
      json::Value& entry = unreadable.push(json::Value::object());
      entry.set("label", text(result.manifest->label));
      entry.set("validationResults", results_json(session, result.manifest->index));
    }
  }
  return out;
}

}  // namespace

std::string to_crjson(const validate::Session& session) {
  const Verdict& verdict = session.verdict();
  json::Value out = json::Value::object();
  // R-1020: our own term is declared next to the vocabulary.
  json::Value& context = out.set("@context", json::Value::object());
  context.set("@vocab", text("https://c2pa.org/crjson/"));
  context.set("assay", text("urn:assay:crjson"));
  // R-1021: the reverse of the order in the store, so that the active manifest comes first.
  json::Value& manifests = out.set("manifests", json::Value::array());
  for (size_t i = verdict.manifests.size(); i > 0; --i) {
    const ManifestResult& result = verdict.manifests[i - 1];
    if (crjson::is_representable(result)) {
      manifests.push(manifest_json(result, session));
    }
  }
  json::Value& generator = out.set("jsonGenerator", json::Value::object());
  generator.set("name", text(kGenerator));
  generator.set("version", text(kGeneratorVersion));
  out.set("assay", extension_json(session));
  return json::write(out);
}

}  // namespace assay::report
