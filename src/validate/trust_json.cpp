#include "validate/trust_json.h"

#include <algorithm>

#include "base/text.h"
#include "codec/json/json.h"
#include "crypto/digest.h"

namespace assay::validate {
namespace {

using pki::ListedService;

std::optional<std::string_view> text_at(const json::Value* object, std::string_view name) {
  const json::Value* value = object == nullptr ? nullptr : object->get(name);
  return value == nullptr ? std::nullopt : value->as_text();
}

std::optional<UnixTime> time_at(const json::Value* object, std::string_view name) {
  const auto text = text_at(object, name);
  return text ? parse_rfc3339(*text) : std::nullopt;
}

// One state of a service: its certificates, since when, and whether it was trusted then.
void add_state(const json::Value& state, const json::Value* identity, std::optional<UnixTime> until,
               std::vector<ListedService>& out) {
  const json::Value* own = state.get("ServiceDigitalIdentity");
  const json::Value* certificates = (own == nullptr ? identity : own);
  certificates = certificates == nullptr ? nullptr : certificates->get("X509Certificates");
  if (certificates == nullptr) {
    return;
  }
  const auto status = text_at(&state, "ServiceStatus").value_or("");
  for (const json::Value& entry : certificates->items()) {
    const auto encoded = text_at(&entry, "val");
    auto der = encoded ? from_base64(*encoded) : std::nullopt;
    if (der) {
      out.push_back({std::move(*der), ends_with(status, "/trusted"),
                     time_at(&state, "StatusStartingTime"), until});
    }
  }
}

// a later state ends the one before it; what was trusted until then stays so for its time.
void add_service(const json::Value& service, std::vector<ListedService>& out) {
  const json::Value* current = service.get("ServiceInformation");
  if (current == nullptr) {
    return;
  }
  const json::Value* identity = current->get("ServiceDigitalIdentity");
  add_state(*current, nullptr, std::nullopt, out);
  const json::Value* history = service.get("ServiceHistory");
  if (history == nullptr) {
    return;
  }
  std::vector<const json::Value*> states;
  for (const json::Value& entry : history->items()) {
    const json::Value* inner = entry.get("ServiceHistoryInstance");
    states.push_back(inner == nullptr ? &entry : inner);
  }
  const auto start = [](const json::Value* state) { return time_at(state, "StatusStartingTime"); };
  std::stable_sort(states.begin(), states.end(),
                   [&](const json::Value* a, const json::Value* b) { return start(a) > start(b); });
  auto until = time_at(current, "StatusStartingTime");
  for (const json::Value* state : states) {
    add_state(*state, identity, until, out);
    until = start(state);
  }
}

Result<pki::TrustList> read_json(pki::ListInfo info, ByteView file, const Limits& limits) {
  ASSAY_TRY(root, json::parse(file, limits));
  const json::Value* outer = root.get("LoTE");
  const json::Value& list = outer == nullptr ? root : *outer;
  const json::Value* scheme = list.get("ListAndSchemeInformation");
  const json::Value* entities = list.get("TrustedEntitiesList");
  if (scheme == nullptr || entities == nullptr) {
    return Fault::malformed;
  }
  info.issued = time_at(scheme, "ListIssueDateTime");
  info.next_update = time_at(scheme, "NextUpdate");
  info.digest = to_hex(crypto::digest(crypto::DigestAlg::sha256, file));
  std::vector<ListedService> services;
  for (const json::Value& entity : entities->items()) {
    if (const json::Value* offered = entity.get("TrustedEntityServices")) {
      for (const json::Value& service : offered->items()) {
        add_service(service, services);
      }
    }
  }
  return pki::list_from_services(std::move(info), services, limits);
}

}  // namespace

Result<pki::TrustList> read_trust_list(pki::ListInfo info, ByteView file, const Limits& limits) {
  const auto first = std::find_if(file.begin(), file.end(), [](uint8_t byte) {
    return byte != ' ' && byte != '\n' && byte != '\r' && byte != '\t';
  });
  if (first != file.end() && *first == '{') {
    return read_json(std::move(info), file, limits);
  }
  return pki::list_from_pem(std::move(info), file, limits);
}

}  // namespace assay::validate
