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

json::Value AttachedNames::set_apart(json::Value data, std::string_view url) const {
  if (std::find(cut_.begin(), cut_.end(), url) != cut_.end()) {
    json::Value out = json::Value::object();
    out.set("$attached", json::Value());
    return out;
  }
  take_names_out(data);
  return data;
}

// Depth is that of the assertion's data, which Limits caps.
void AttachedNames::take_names_out(json::Value& data) const {
  if (auto* items = data.mutable_items()) {
    for (json::Value& item : *items) {
      take_names_out(item);
    }
    return;
  }
  if (auto* members = data.mutable_members()) {
    for (auto& [name, member] : *members) {
      if (const auto position = position_of(name)) {
        name = "$attached " + std::to_string(*position);
      }
      take_names_out(member);
    }
    return;
  }
  const auto text = data.as_text();
  if (!text) {
    return;
  }
  if (const auto position = position_of(*text)) {
    json::Value attached = json::Value::object();
    attached.set("$attached", json::Value::integer(*position));
    data = std::move(attached);
  } else if (text->find(kStore) != std::string_view::npos) {
    data = json::Value::string(without_subject(*text));
  }
}

}  // namespace assay::report
