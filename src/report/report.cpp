#include "report/report.h"

#include "base/text.h"
#include "container/carrier.h"
#include "report/facets.h"
#include "report/json_parts.h"
#include "report/origin.h"
#include "report/sentence.h"
#include "report/summary.h"

namespace assay::report {
namespace {

using validate::Verdict;

json::Value text(std::string_view value) { return json::Value::string(value); }

// R-1005, H-4, T-03: what does not hold is nobody's, although its signature may be good: it may
// have been copied from another file. The manifest's own entry still says whose key it was.
bool is_attributable(const Verdict& verdict) {
  return verdict.active() != nullptr && reported_state(verdict) != validate::AssetState::invalid;
}

json::Value facets_json(const Facets& facets) {
  json::Value out = json::Value::object();
  out.set("presence", text(facets.presence));
  out.set("integrity", text(facets.integrity));
  out.set("signer", text(facets.signer));
  out.set("time", text(facets.time));
  out.set("history", text(facets.history));
  out.set("content", text(facets.content));
  out.set("revocation", text(facets.revocation));
  return out;
}

json::Value summary_json(const std::vector<Sentence>& sentences) {
  json::Value out = json::Value::array();
  for (const Sentence& sentence : sentences) {
    json::Value& entry = out.push(json::Value::object());
    entry.set("id", text(sentence.id));
    entry.set("text", text(sentence.text));
    if (!sentence.values.empty()) {
      json::Value& values = entry.set("values", json::Value::object());
      for (const auto& [name, value] : sentence.values) {
        values.set(name, text(value));
      }
    }
  }
  return out;
}

// Null when nothing is stated: never a finding, always somebody's statement.
json::Value origin_json(const Verdict& verdict, const Limits& limits) {
  const auto origin = origin_of(verdict);
  if (!origin) {
    return {};
  }
  json::Value out = json::Value::object();
  out.set("kind", text(origin_kind_name(origin->kind)));
  out.set("trainedModel", json::Value::boolean(origin->trained_model));
  out.set("statedBy",
          text(origin->stated_by == manifest::Origin::gathered ? "gathered" : "signer"));
  out.set("manifest", json::Value::integer(shown_index(verdict, origin->manifest)));
  out.set("source", shown(origin->source, limits));
  return out;
}

json::Value asset_json(const validate::Session& session) {
  const container::Format format = session.carrier().format;
  json::Value out = json::Value::object();
  out.set("format", text(container::format_name(format)));
  out.set("mediaType", text(container::media_type(format)));
  out.set("size", json::Value::unsigned_integer(session.asset_size()));
  // P-13, R-108: a pointer beside an embedded store is named and never followed; one to itself, as
  // older writers made them, says nothing.
  const std::string& pointer = session.carrier().provenance_url;
  const bool beside = session.verdict().presence == validate::Presence::embedded;
  if (beside && !pointer.empty() && !starts_with(pointer, "self#")) {
    out.set("alsoPointsTo", shown(pointer, session.policy().limits));
  }
  return out;
}

json::Value limits_json(const Verdict& verdict) {
  json::Value out = json::Value::array();
  for (const validate::LimitHit& hit : verdict.limits) {
    json::Value& entry = out.push(json::Value::object());
    entry.set("limit", text(hit.limit));
    entry.set("value", json::Value::unsigned_integer(hit.value));
    entry.set("text", text(as_sentence(hit.text)));
  }
  return out;
}

std::string_view network_outcome(validate::NetworkUse::Outcome outcome) {
  switch (outcome) {
    case validate::NetworkUse::Outcome::used:
      return "used";
    case validate::NetworkUse::Outcome::failed:
      return "failed";
    case validate::NetworkUse::Outcome::not_allowed:
      break;
  }
  return "notAllowed";
}

json::Value network_json(const Verdict& verdict) {
  json::Value out = json::Value::array();
  for (const validate::NetworkUse& use : verdict.network) {
    json::Value& entry = out.push(json::Value::object());
    entry.set("kind", text(validate::resource_kind_name(use.kind)));
    entry.set("url", text(use.url));
    entry.set("outcome", text(network_outcome(use.outcome)));
  }
  return out;
}

std::string_view role_name(pki::ListRole role) {
  switch (role) {
    case pki::ListRole::signer:
      return "signer";
    case pki::ListRole::time_stamping:
      return "timestamp";
    case pki::ListRole::identity:
      break;
  }
  return "identity";
}

json::Value trust_lists_json(const validate::Session& session) {
  json::Value out = json::Value::array();
  for (const pki::TrustList& list : session.engine().trust.lists()) {
    json::Value& entry = out.push(list_json(list.info, session.policy().limits));
    entry.set("role", text(role_name(list.info.role)));
    entry.set("anchors", json::Value::unsigned_integer(list.anchors.size()));
  }
  return out;
}

}  // namespace

json::Value uncovered_json(const std::vector<validate::UncoveredBytes>& list) {
  json::Value out = json::Value::array();
  for (const validate::UncoveredBytes& bytes : list) {
    json::Value& entry = out.push(json::Value::object());
    entry.set("offset", json::Value::unsigned_integer(bytes.range.offset));
    entry.set("length", json::Value::unsigned_integer(bytes.range.length));
    entry.set("kind", text(bytes.kind));
    entry.set("within", text(bytes.in_store ? "store" : "asset"));
    entry.set("text", text(as_sentence(bytes.text)));
  }
  return out;
}

std::string to_json(const validate::Session& session, bool pretty) {
  const Verdict& verdict = session.verdict();
  const Limits& limits = session.policy().limits;
  const validate::ManifestResult* active = verdict.active();
  const Facets facets = facets_of(verdict, session.engine());
  const std::string_view headline = headline_of(verdict);

  json::Value out = json::Value::object();
  out.set("schema", text("assay-report/1"));
  out.set("state", text(state_name(reported_state(verdict))));
  if (!verdict.complete) {
    out.set("pending", json::Value::boolean(true));
  }
  out.set("headline", text(headline));
  out.set("facets", facets_json(facets));
  out.set("summary", summary_json(summarise(verdict, facets, headline)));
  out.set("asset", asset_json(session));
  out.set("signer", is_attributable(verdict) ? signer_json(*active, session) : json::Value());
  out.set("time", active == nullptr ? json::Value() : time_json(*active, limits));
  out.set("origin", origin_json(verdict, limits));
  out.set("identities", identities_json(verdict, limits));
  out.set("attached", attached_json(verdict, limits));
  json::Value& manifests = out.set("manifests", json::Value::array());
  for (const size_t index : verdict.order) {
    manifests.push(manifest_json(verdict.manifests[index], session));
  }
  json::Value& statuses = out.set("statuses", json::Value::array());
  for (const validate::Finding& finding : verdict.findings.all()) {
    statuses.push(status_json(finding, verdict, limits));
  }
  push_identity_statuses(verdict, limits, statuses);
  if (verdict.stream) {
    out.set("stream", stream_json(verdict, limits));
  }
  out.set("uncovered", uncovered_json(verdict.uncovered));
  out.set("limits", limits_json(verdict));
  out.set("network", network_json(verdict));
  out.set("trustLists", trust_lists_json(session));
  out.set("evaluatedAt", text(format_rfc3339(session.policy().now)));
  return json::write(out, pretty);
}

}  // namespace assay::report
