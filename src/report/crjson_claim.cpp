#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "report/crjson_parts.h"

namespace assay::report::crjson {
namespace {

using cbor::Type;
using manifest::Claim;
using manifest::Origin;

std::string key_text(const cbor::Value& key) {
  if (const auto text = key.as_text()) {
    return std::string(*text);
  }
  if (const auto number = key.as_int()) {
    return std::to_string(*number);
  }
  return to_hex(key.encoded());
}

json::Value scalar(const cbor::Value& value) {
  if (const auto text = value.as_text()) {
    return json::Value::string(*text);
  }
  if (const auto bytes = value.as_bytes()) {
    return json::Value::string("b64'" + to_base64(*bytes));
  }
  if (const auto number = value.as_uint()) {
    return json::Value::unsigned_integer(*number);
  }
  if (const auto number = value.as_int()) {
    return json::Value::integer(*number);
  }
  if (const auto number = value.as_nint()) {
    return json::Value::number(-1.0 - static_cast<double>(*number));
  }
  if (const auto boolean = value.as_bool()) {
    return json::Value::boolean(*boolean);
  }
  if (const auto number = value.as_double()) {
    return json::Value::number(*number);
  }
  return {};
}

json::Value references_json(const Claim& claim, Origin origin) {
  json::Value out = json::Value::array();
  for (const manifest::Reference& reference : claim.references) {
    if (reference.origin != origin) {
      continue;
    }
    json::Value& entry = out.push(json::Value::object());
    entry.set("url", json::Value::string(reference.uri.url));
    entry.set("hash",
              json::Value::string("b64'" + to_base64(reference.uri.hash.value_or(ByteView()))));
    entry.set_text("alg", reference.uri.alg);
  }
  return out;
}

// Whether a field of a generator-info map has the type that the schema wants; fields that it does
// not know may be anything.
bool fits(std::string_view name, const cbor::Value& value) {
  if (name == "version" || name == "operating_system") {
    return value.is(Type::text);
  }
  if (name == "icon") {
    const bool whole = value.get("url").is(Type::text) && value.get("hash").is(Type::bytes);
    const cbor::Value alg = value.get("alg");
    const size_t known = alg.present() ? 3 : 2;
    return whole && (!alg.present() || alg.is(Type::text)) && value.size() == known;
  }
  return name != "name";
}

// the whole map, which names the version of the specification too.
json::Value generator_json(const cbor::Value& raw) {
  const cbor::Value info = raw.untagged();
  json::Value out = json::Value::object();
  out.set("name", json::Value::string(info.get("name").untagged().as_text().value_or("")));
  std::set<std::string> names;
  for (size_t i = 0; info.is(Type::map) && i < info.size(); ++i) {
    const std::string name = key_text(info.key(i));
    if (fits(name, info.at(i).untagged()) && names.insert(name).second) {
      out.set(name, from_cbor(info.at(i)));
    }
  }
  return out;
}

// The generator of a claim that gives nothing but a name.
json::Value named_generator(std::string_view name) {
  json::Value out = json::Value::object();
  out.set("name", json::Value::string(name));
  return out;
}

std::string_view text_of(const Claim& claim, std::string_view name) {
  return claim.root.get(name).untagged().as_text().value_or("");
}

// The fields that version 1 has and version 2 has not.
void add_version_1(const Claim& claim, json::Value& out) {
  out.set("claim_generator", json::Value::string(claim.generator_text));
  json::Value& generators = out.set("claim_generator_info", json::Value::array());
  const cbor::Value info = claim.root.get("claim_generator_info").untagged();
  for (size_t i = 0; info.is(Type::array) && i < info.size(); ++i) {
    generators.push(generator_json(info.at(i)));
  }
  if (info.is(Type::map)) {
    generators.push(generator_json(info));
  }
  if (generators.items().empty()) {
    generators.push(named_generator(claim.generator_text));
  }
  out.set("assertions", references_json(claim, Origin::listed));
  out.set("dc:format", json::Value::string(claim.format));
}

void add_version_2(const Claim& claim, json::Value& out) {
  out.set("claim_generator_info", generator_json(claim.root.get("claim_generator_info")));
  out.set("created_assertions", references_json(claim, Origin::created));
  out.set("gathered_assertions", references_json(claim, Origin::gathered));
  out.set_text("specVersion", text_of(claim, "specVersion"));
}

bool is_known_field(std::string_view name, uint8_t version) {
  constexpr std::array<std::string_view, 7> kBoth = {
      "claim_generator_info", "signature", "instanceID", "dc:title",
      "redacted_assertions",  "alg",       "alg_soft"};
  constexpr std::array<std::string_view, 3> kVersion1 = {"claim_generator", "assertions",
                                                         "dc:format"};
  constexpr std::array<std::string_view, 3> kVersion2 = {"created_assertions",
                                                         "gathered_assertions", "specVersion"};
  const auto holds = [&](const auto& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  return holds(kBoth) || (version == 1 ? holds(kVersion1) : holds(kVersion2));
}

}  // namespace

// Depth is that of the parsed document, which limits.cbor_depth caps.
json::Value from_cbor(const cbor::Value& raw) {
  const cbor::Value value = raw.untagged();
  if (value.is(Type::array)) {
    json::Value out = json::Value::array();
    for (size_t i = 0; i < value.size(); ++i) {
      out.push(from_cbor(value.at(i)));
    }
    return out;
  }
  if (value.is(Type::map)) {
    json::Value out = json::Value::object();
    for (size_t i = 0; i < value.size(); ++i) {
      out.set(key_text(value.key(i)), from_cbor(value.at(i)));
    }
    return out;
  }
  return scalar(value);
}

bool is_representable(const validate::ManifestResult& result) {
  const Origin wanted = result.claim.version == 1 ? Origin::listed : Origin::created;
  const auto& references = result.claim.references;
  return result.claim_state == manifest::ClaimState::ok &&
         std::any_of(references.begin(), references.end(),
                     [&](const auto& reference) { return reference.origin == wanted; });
}

json::Value claim_json(const Claim& claim) {
  json::Value out = json::Value::object();
  out.set("instanceID", json::Value::string(claim.instance_id));
  if (claim.version == 1) {
    add_version_1(claim, out);
  } else {
    add_version_2(claim, out);
  }
  out.set("signature", json::Value::string(claim.signature));
  out.set_text("dc:title", claim.title);
  json::Value& redacted = out.set("redacted_assertions", json::Value::array());
  for (const std::string& uri : claim.redacted) {
    redacted.push(json::Value::string(uri));
  }
  out.set_text("alg", claim.alg);
  out.set_text("alg_soft", text_of(claim, "alg_soft"));
  return out;
}

json::Value other_claim_fields(const Claim& claim) {
  json::Value out;
  for (size_t i = 0; i < claim.root.size(); ++i) {
    const std::string name = key_text(claim.root.key(i));
    if (!is_known_field(name, claim.version)) {
      out.set(name, from_cbor(claim.root.at(i)));
    }
  }
  return out;
}

}  // namespace assay::report::crjson
