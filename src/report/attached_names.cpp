#include "report/attached_names.h"

#include <algorithm>

#include "identity/name.h"

namespace assay::report {
namespace {

constexpr std::string_view kStore = "c2pa.credentials/";

// References are written in more than one way; from the credential store on they agree.
std::string_view in_store(std::string_view url) {
  const size_t at = url.find(kStore);
  return at == std::string_view::npos ? std::string_view() : url.substr(at);
}

}  // namespace

AttachedNames::AttachedNames(const validate::Verdict& verdict, size_t manifest)
    : cut_(verdict.manifests[manifest].names_cut) {
  for (size_t i = 0; i < verdict.attached.size(); ++i) {
    if (verdict.attached[i].manifest != manifest) {
      continue;
    }
    const identity::AttachedCredential& credential = verdict.attached[i].credential;
    for (const std::string_view text :
         {std::string_view(credential.subject), std::string_view(credential.subject_id),
          in_store(credential.url)}) {
      if (!text.empty()) {
        positions_.emplace(identity::shown_name(text), static_cast<int64_t>(i));
      }
    }
  }
}

std::string_view AttachedNames::without_subject(std::string_view url) {
  const size_t at = url.find(kStore);
  return at == std::string_view::npos ? url : url.substr(0, at + kStore.size());
}

std::optional<int64_t> AttachedNames::position_of(std::string_view text) const {
  if (positions_.empty()) {
    return std::nullopt;
  }
  const std::string_view reference = in_store(text);
  const auto found = positions_.find(identity::shown_name(reference.empty() ? text : reference));
  return found == positions_.end() ? std::nullopt : std::optional(found->second);
}

json::Value AttachedNames::set_apart(const json::Value& data, std::string_view url) const {
  if (std::find(cut_.begin(), cut_.end(), url) != cut_.end()) {
    json::Value out = json::Value::object();
    out.set("$attached", json::Value());
    return out;
  }
  return without_names(data);
}

// Depth is that of the assertion's data, which Limits caps.
json::Value AttachedNames::without_names(const json::Value& data) const {
  if (data.is(json::Type::array)) {
    json::Value out = json::Value::array();
    for (const json::Value& item : data.items()) {
      out.push(without_names(item));
    }
    return out;
  }
  if (data.is(json::Type::object)) {
    json::Value out = json::Value::object();
    for (const auto& [name, member] : data.members()) {
      const auto position = position_of(name);
      out.set(position ? "$attached " + std::to_string(*position) : name, without_names(member));
    }
    return out;
  }
  const auto text = data.as_text();
  if (!text) {
    return data;
  }
  const auto position = position_of(*text);
  if (!position) {
    return json::Value::string(without_subject(*text));
  }
  json::Value out = json::Value::object();
  out.set("$attached", json::Value::integer(*position));
  return out;
}

}  // namespace assay::report
