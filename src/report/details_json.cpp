#include "report/details_json.h"

#include <utility>

#include "manifest/details.h"
#include "report/json_parts.h"

namespace assay::report {
namespace {

using validate::KeyBinding;

bool is_name(const json::Value& value) { return value.get("$attached") != nullptr; }

// Depth is that of the table of details.
json::Value without_names(const json::Value& value) {
  json::Value out = value.is(json::Type::array)    ? json::Value::array()
                    : value.is(json::Type::object) ? json::Value::object()
                                                   : value;
  for (const json::Value& item : value.items()) {
    if (!is_name(item)) {
      out.push(without_names(item));
    }
  }
  for (const auto& [name, member] : value.members()) {
    if (!is_name(member)) {
      out.set(name, without_names(member));
    }
  }
  return out;
}

std::string_view binding_name(KeyBinding binding) {
  switch (binding) {
    case KeyBinding::proven:
      return "proven";
    case KeyBinding::failed:
      return "failed";
    case KeyBinding::not_checked:
      break;
  }
  return "notChecked";
}

// whether each key belongs to the signer, as far as that was found out.
json::Value with_bindings(const json::Value& keys, const std::vector<KeyBinding>& bindings) {
  json::Value out = json::Value::array();
  for (size_t i = 0; i < keys.items().size(); ++i) {
    json::Value& key = out.push(keys.items()[i]);
    const KeyBinding found = i < bindings.size() ? bindings[i] : KeyBinding::not_checked;
    key.set("binding", json::Value::string(binding_name(found)));
  }
  return out;
}

}  // namespace

json::Value details_json(const validate::AssertionResult& assertion, const AttachedNames& names,
                         const Limits& limits) {
  const auto details =
      manifest::details_of(assertion.base_label, assertion.content, assertion.parsed, limits);
  const json::Value fields =
      details ? names.set_apart(data_of(details->fields, limits), assertion.url) : json::Value();
  if (!details || is_name(fields)) {
    return {};
  }
  json::Value out = json::Value::object();
  out.set("kind", json::Value::string(details->kind));
  const json::Value shown_fields = without_names(fields);
  for (const auto& [name, field] : shown_fields.members()) {
    const bool keys = name == "keys" && details->kind == "sessionKeys";
    out.set(name, keys ? with_bindings(field, assertion.session_keys) : field);
  }
  if (!details->unread.empty()) {
    json::Value& unread = out.set("unread", json::Value::array());
    for (const std::string& name : details->unread) {
      unread.push(json::Value::string(name));
    }
  }
  return out;
}

}  // namespace assay::report
