#include <map>

#include "base/text.h"
#include "manifest/assertion.h"
#include "report/attached_names.h"
#include "report/deltas.h"
#include "report/details_json.h"
#include "report/facets.h"
#include "report/json_parts.h"
#include "report/sentence.h"

namespace assay::report {
namespace {

using validate::AssertionResult;
using validate::Integrity;
using validate::ManifestResult;
using validate::Verdict;

std::string_view origin_name(manifest::Origin origin) {
  switch (origin) {
    case manifest::Origin::created:
      return "created";
    case manifest::Origin::gathered:
      return "gathered";
    case manifest::Origin::listed:
      return "listed";
    case manifest::Origin::undeclared:
      break;
  }
  return "undeclared";
}

std::string_view integrity_name(Integrity integrity) {
  switch (integrity) {
    case Integrity::ok:
      return "ok";
    case Integrity::mismatch:
    case Integrity::unsupported:
      return "mismatch";
    case Integrity::missing:
      return "missing";
    case Integrity::redacted:
      return "redacted";
    case Integrity::outside:
      break;
  }
  return "outside";
}

std::string_view link_name(validate::IngredientResult::Link link) {
  using Link = validate::IngredientResult::Link;
  switch (link) {
    case Link::ok:
      return "ok";
    case Link::mismatch:
      return "mismatch";
    case Link::missing:
      return "missing";
    case Link::redacted:
      return "redacted";
    case Link::no_manifest:
      break;
  }
  return "noManifest";
}

std::string_view state_name(validate::ManifestState state) {
  switch (state) {
    case validate::ManifestState::invalid:
      return "invalid";
    case validate::ManifestState::well_formed:
      return "wellFormed";
    case validate::ManifestState::valid:
      return "valid";
    case validate::ManifestState::trusted:
      return "trusted";
  }
  return "invalid";
}

std::string_view kind_name(const manifest::Manifest& manifest) {
  switch (manifest.kind) {
    case manifest::ManifestKind::standard:
      return "standard";
    case manifest::ManifestKind::update:
      return "update";
    case manifest::ManifestKind::compressed:
      break;
  }
  return "other";
}

// Content only where the hash matched: what was not verified is not passed on.
json::Value assertion_json(const AssertionResult& assertion, const AttachedNames& names,
                           const Limits& limits) {
  json::Value out = json::Value::object();
  out.set("label", shown(assertion.label, limits));
  out.set("url", shown(assertion.url, limits));
  out.set("origin", json::Value::string(origin_name(assertion.origin)));
  out.set("integrity", json::Value::string(integrity_name(assertion.integrity)));
  if (assertion.content.kind == manifest::ContentKind::embedded_file) {
    out.set("mediaType", shown(assertion.content.media_type, limits));
  }
  if (assertion.integrity == Integrity::ok) {
    json::Value details = details_json(assertion, names, limits);
    if (!details.is(json::Type::null)) {
      out.set("details", std::move(details));
    }
  }
  if (assertion.integrity == Integrity::ok && assertion.parsed.cbor) {
    out.set("data", names.set_apart(data_of(assertion.parsed.root(), limits), assertion.url));
  } else if (assertion.integrity == Integrity::ok && assertion.parsed.json) {
    out.set("data", names.set_apart(data_of(*assertion.parsed.json, limits), assertion.url));
  }
  out.set("size", json::Value::unsigned_integer(assertion.content.bytes.size()));
  return out;
}

void set_shown(json::Value& out, std::string_view name, const cbor::Value& value,
               const Limits& limits) {
  if (const auto text = value.untagged().as_text()) {
    out.set(name, shown(*text, limits));
  }
}

// actions of the first claims may name their ingredient by its instance id instead. URLs of
// the ingredients by that id; empty where more than one has it.
using Instances = std::map<std::string_view, std::string_view>;

Instances instances_of(const ManifestResult& result) {
  Instances out;
  for (const validate::IngredientResult& ingredient : result.ingredients) {
    const std::string_view url = result.assertions[ingredient.assertion].url;
    const std::string_view id = ingredient.data.instance_id;
    if (result.claim.version == 1 && !id.empty() && !out.emplace(id, url).second) {
      out[id] = {};
    }
  }
  return out;
}

json::Value action_json(const cbor::Value& action, manifest::Origin origin,
                        const Instances& instances, const Limits& limits) {
  json::Value out = json::Value::object();
  const auto name = action.get("action").untagged().as_text();
  out.set("action", shown(name.value_or(""), limits));
  set_shown(out, "when", action.get("when"), limits);
  const cbor::Value agent = action.get("softwareAgent");
  set_shown(out, "softwareAgent", agent.is(cbor::Type::map) ? agent.get("name") : agent, limits);
  set_shown(out, "digitalSourceType", action.get("digitalSourceType"), limits);
  set_shown(out, "description", action.get("description"), limits);
  set_shown(out, "reason", action.get("reason"), limits);
  out.set("origin", json::Value::string(origin_name(origin)));
  json::Value& ingredients = out.set("ingredients", json::Value::array());
  const cbor::Value parameters = action.get("parameters");
  const cbor::Value list = parameters.get("ingredients");
  for (size_t i = 0; i < list.size(); ++i) {
    if (const auto url = list.at(i).get("url").untagged().as_text()) {
      ingredients.push(shown(*url, limits));
    }
  }
  if (const auto url = parameters.get("ingredient").get("url").untagged().as_text()) {
    ingredients.push(shown(*url, limits));
  }
  const auto id = parameters.get("instanceID").untagged().as_text();
  const auto by_id = ingredients.items().empty() && id ? instances.find(*id) : instances.end();
  if (by_id != instances.end() && !by_id->second.empty()) {
    ingredients.push(shown(by_id->second, limits));
  }
  return out;
}

json::Value actions_json(const ManifestResult& result, const Limits& limits) {
  json::Value out = json::Value::array();
  const Instances instances = instances_of(result);
  for (const AssertionResult& assertion : result.assertions) {
    const bool usable = assertion.integrity == Integrity::ok && assertion.parsed.cbor &&
                        manifest::is_actions_label(assertion.base_label);
    const cbor::Value actions = usable ? assertion.parsed.root().get("actions") : cbor::Value();
    for (size_t i = 0; i < actions.size(); ++i) {
      out.push(action_json(actions.at(i), assertion.origin, instances, limits));
    }
  }
  return out;
}

// where what the signer recorded and what is found now differ.
json::Value deltas_json(const std::vector<Delta>& deltas, const Limits& limits) {
  json::Value out = json::Value::array();
  for (const Delta& delta : deltas) {
    json::Value& entry = out.push(json::Value::object());
    entry.set("code", shown(delta.code, limits));
    entry.set("kind", json::Value::string(validate::status_kind_name(delta.kind)));
    entry.set("url", shown(delta.url, limits));
    entry.set("recorded", json::Value::boolean(delta.recorded));
  }
  return out;
}

json::Value ingredient_json(const ManifestResult& result,
                            const validate::IngredientResult& ingredient, const Deltas& deltas,
                            const validate::Session& session) {
  const Limits& limits = session.policy().limits;
  const AssertionResult& assertion = result.assertions[ingredient.assertion];
  json::Value out = json::Value::object();
  out.set("url", shown(assertion.url, limits));
  out.set("label", shown(assertion.label, limits));
  out.set("title", shown(ingredient.data.title, limits));
  out.set("format", shown(ingredient.data.format, limits));
  out.set("relationship", shown(ingredient.data.relationship, limits));
  out.set("manifest", json::Value::integer(shown_index(session.verdict(), ingredient.manifest)));
  out.set("integrity", json::Value::string(link_name(ingredient.link)));
  out.set("origin", json::Value::string(origin_name(assertion.origin)));
  out.set_text("thumbnail", display_text(ingredient.data.thumbnail.url, limits.shown_text_bytes));
  if (ingredient.data.soft_bindings_matched) {
    json::Value& algorithms = out.set("foundBySoftBinding", json::Value::array());
    for (const std::string& name : ingredient.data.soft_binding_algorithms) {
      algorithms.push(shown(name, limits));
    }
  }
  out.set("deltas", deltas_json(deltas.of(ingredient, limits), limits));
  return out;
}

json::Value generators_json(const manifest::Claim& claim, const Limits& limits) {
  json::Value out = json::Value::array();
  for (const manifest::GeneratorInfo& info : claim.generators) {
    json::Value& generator = out.push(json::Value::object());
    generator.set("name", shown(info.name, limits));
    generator.set_text("version", display_text(info.version, limits.shown_text_bytes));
  }
  return out;
}

}  // namespace

int64_t shown_index(const Verdict& verdict, std::optional<size_t> manifest) {
  for (size_t i = 0; manifest && i < verdict.order.size(); ++i) {
    if (verdict.order[i] == *manifest) {
      return static_cast<int64_t>(i);
    }
  }
  return -1;
}

json::Value status_json(const validate::Finding& finding, const Verdict& verdict,
                        const Limits& limits) {
  json::Value out = json::Value::object();
  out.set("code", json::Value::string(validate::status_text(finding.code)));
  out.set("kind",
          json::Value::string(validate::status_kind_name(validate::status_kind(finding.code))));
  out.set("url", shown(finding.url, limits));
  out.set("manifest", json::Value::integer(shown_index(verdict, finding.manifest)));
  out.set("explanation", shown(as_sentence(finding.explanation), limits));
  return out;
}

json::Value manifest_json(const ManifestResult& result, const validate::Session& session) {
  const Limits& limits = session.policy().limits;
  const Verdict& verdict = session.verdict();
  json::Value out = json::Value::object();
  out.set("label", shown(result.manifest->label, limits));
  out.set("kind", json::Value::string(kind_name(*result.manifest)));
  out.set("reached", json::Value::boolean(result.reached));
  out.set("claimVersion", json::Value::unsigned_integer(result.claim.version));
  out.set("state", json::Value::string(state_name(reported_state(verdict, result))));
  out.set("title", shown(result.claim.title, limits));
  out.set("format", shown(result.claim.format, limits));
  out.set("instanceId", shown(result.claim.instance_id, limits));
  out.set("claimGenerator", generators_json(result.claim, limits));
  out.set("claimGeneratorText", shown(result.claim.generator_text, limits));
  out.set("signer", signer_json(result, session));
  out.set("time", time_json(result, limits));
  json::Value& assertions = out.set("assertions", json::Value::array());
  const AttachedNames names(verdict, result.manifest->index);
  for (const AssertionResult& assertion : result.assertions) {
    assertions.push(json::Value::written(assertion_json(assertion, names, limits)));
  }
  out.set("actions", actions_json(result, limits));
  json::Value& ingredients = out.set("ingredients", json::Value::array());
  const Deltas deltas(verdict, result);
  for (const validate::IngredientResult& ingredient : result.ingredients) {
    ingredients.push(ingredient_json(result, ingredient, deltas, session));
  }
  json::Value& redactions = out.set("redactions", json::Value::array());
  for (const std::string& uri : result.claim.redacted) {
    redactions.push(shown(AttachedNames::without_subject(uri), limits));
  }
  json::Value& statuses = out.set("statuses", json::Value::array());
  for (const validate::Finding& finding : verdict.findings.all()) {
    if (finding.manifest == result.manifest->index) {
      statuses.push(status_json(finding, verdict, limits));
    }
  }
  return out;
}

}  // namespace assay::report
