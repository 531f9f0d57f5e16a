#include "validate/trust_json.h"

#include <algorithm>

#include "base/sort.h"
#include "base/text.h"
#include "codec/json/json.h"
#include "crypto/digest.h"

namespace assay::validate {
namespace {

const json::Value& member(const json::Value& object, std::string_view name) {
  static const json::Value kAbsent;
  const json::Value* value = object.get(name);
  return value != nullptr ? *value : kAbsent;
}

std::optional<UnixTime> time_member(const json::Value& object, std::string_view name) {
  const auto text = member(object, name).as_text();
  return text ? parse_rfc3339(*text) : std::nullopt;
}

// One state of a service: what it is now, or an entry of its history.
struct State {
  bool trusted = false;
  std::optional<UnixTime> since;
  std::vector<Bytes> certificates;  // empty in history entries that do not repeat them
};

State read_state(const json::Value& information) {
  State state;
  const std::string_view status = member(information, "ServiceStatus").as_text().value_or("");
  state.trusted = ends_with(status, "/trusted");
  state.since = time_member(information, "StatusStartingTime");
  const json::Value& identity = member(information, "ServiceDigitalIdentity");
  for (const json::Value& certificate : member(identity, "X509Certificates").items()) {
    const auto text = member(certificate, "val").as_text();
    state.certificates.push_back(text ? from_base64(*text).value_or(Bytes()) : Bytes());
  }
  return state;
}

// The states of one service, each ending where the next begins.
void add_service(const json::Value& service, std::vector<pki::ListedService>& out) {
  const State current = read_state(member(service, "ServiceInformation"));
  std::vector<State> states;
  for (const json::Value& entry : member(service, "ServiceHistory").items()) {
    states.push_back(read_state(entry));
  }
  sort_by(states, [](const State& a, const State& b) { return a.since < b.since; });
  states.push_back(current);
  for (size_t i = 0; i < states.size(); ++i) {
    const auto until = i + 1 < states.size() ? states[i + 1].since : std::nullopt;
    const bool last = i + 1 == states.size();
    if (!last && !until) {
      continue;  // a past state without an end would never end
    }
    const auto& certificates =
        states[i].certificates.empty() ? current.certificates : states[i].certificates;
    for (const Bytes& certificate : certificates) {
      out.push_back({certificate, states[i].trusted, states[i].since, until});
    }
  }
}

}  // namespace

// { "LoTE": { "ListAndSchemeInformation": {...}, "TrustedEntitiesList": [ {
//     "TrustedEntityServices": [ { "ServiceInformation": {...}, "ServiceHistory": [...] } ] } ] } }
Result<pki::TrustList> trust_list_from_json(pki::ListInfo info, ByteView file,
                                            const Limits& limits) {
  ASSAY_TRY(root, json::parse(file, limits));
  const json::Value& list = member(root, "LoTE");
  const json::Value& scheme = member(list, "ListAndSchemeInformation");
  const json::Value& entities = member(list, "TrustedEntitiesList");
  if (!scheme.is(json::Type::object) || !entities.is(json::Type::array)) {
    return Fault::malformed;
  }
  info.issued = time_member(scheme, "ListIssueDateTime");
  info.next_update = time_member(scheme, "NextUpdate");
  info.digest = to_hex(crypto::digest(crypto::DigestAlg::sha256, file));
  const auto& names = member(scheme, "SchemeName").items();
  if (info.name.empty() && !names.empty()) {
    info.name = std::string(member(names.front(), "value").as_text().value_or(""));
  }
  std::vector<pki::ListedService> services;
  for (const json::Value& entity : entities.items()) {
    for (const json::Value& service : member(entity, "TrustedEntityServices").items()) {
      add_service(service, services);
    }
  }
  return pki::list_from_services(std::move(info), services, limits);
}

Result<pki::TrustList> read_trust_list(pki::ListInfo info, ByteView file, const Limits& limits) {
  const auto first = std::find_if(file.begin(), file.end(), [](uint8_t byte) {
    return byte != ' ' && byte != '\n' && byte != '\r' && byte != '\t';
  });
  if (first != file.end() && *first == '{') {
    return trust_list_from_json(std::move(info), file, limits);
  }
  return pki::list_from_pem(std::move(info), file, limits);
}

}  // namespace assay::validate
