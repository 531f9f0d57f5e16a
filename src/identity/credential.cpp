#include "identity/credential.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "identity/name.h"

namespace assay::identity {
namespace {

constexpr std::string_view kContext1 = "https://www.w3.org/2018/credentials/v1";
constexpr std::string_view kContext2 = "https://www.w3.org/ns/credentials/v2";
// https://cawg.io/identity/<version>/ica/context/ since the profile has a home of its own.
constexpr std::string_view kAggregationContext = "https://cawg.io/identity/";
constexpr std::string_view kAggregationContextEnd = "/ica/context/";
constexpr std::string_view kDraftContext = "https://creator-assertions.github.io/tbd/tbd";

bool is_aggregation_context(std::string_view text) {
  const bool slash = ends_with(text, "/");
  const std::string closed = std::string(text) + (slash ? "" : "/");
  return text == kDraftContext ||
         (starts_with(closed, kAggregationContext) && ends_with(closed, kAggregationContextEnd));
}

template <class Test>
bool any_text(const json::Value& object, std::string_view name, Test test) {
  const json::Value* value = object.get(name);
  if (value == nullptr || object.has_duplicate(name)) {
    return false;
  }
  if (const auto text = value->as_text()) {
    return test(*text);
  }
  return std::any_of(value->items().begin(), value->items().end(), [&](const json::Value& item) {
    const auto text = item.as_text();
    return text && test(*text);
  });
}

std::string shown(const json::Value& object, std::string_view name) {
  return shown_name(text_member(object, name));
}

// The first of the two names that is there.
void read_time(const json::Value& credential, std::string_view name, std::string_view old_name,
               bool& present, std::optional<UnixTime>& time) {
  const std::string_view used = credential.get(name) != nullptr ? name : old_name;
  present = credential.get(used) != nullptr;
  time = parse_rfc3339(text_member(credential, used));
}

// Absent, or a non-empty text.
bool optional_text_ok(const json::Value& entry, std::string_view name) {
  return entry.get(name) == nullptr || !text_member(entry, name).empty();
}

}  // namespace

std::string_view text_member(const json::Value& object, std::string_view name) {
  const json::Value* value = object.get(name);
  const auto text =
      value == nullptr || object.has_duplicate(name) ? std::nullopt : value->as_text();
  return text.value_or(std::string_view());
}

bool names(const json::Value& object, std::string_view name, std::string_view wanted) {
  return any_text(object, name, [&](std::string_view text) { return text == wanted; });
}

std::string_view issuer_of(const json::Value& credential) {
  const std::string_view direct = text_member(credential, "issuer");
  const json::Value* issuer = credential.get("issuer");
  return direct.empty() && issuer != nullptr ? text_member(*issuer, "id") : direct;
}

bool is_aggregation_credential(const json::Value& credential) {
  const bool context =
      names(credential, "@context", kContext1) || names(credential, "@context", kContext2);
  return context && any_text(credential, "@context", is_aggregation_context) &&
         names(credential, "type", "VerifiableCredential") &&
         names(credential, "type", "IdentityClaimsAggregationCredential");
}

bool is_old_aggregation(const json::Value& credential) {
  return any_text(credential, "@context", [](std::string_view text) {
    return text == kDraftContext || starts_with(text, "https://cawg.io/identity/1.0/") ||
           starts_with(text, "https://cawg.io/identity/1.1/");
  });
}

Period period_of(const json::Value& credential) {
  Period period;
  read_time(credential, "validFrom", "issuanceDate", period.has_from, period.from);
  read_time(credential, "validUntil", "expirationDate", period.has_until, period.until);
  return period;
}

std::optional<std::string> identity_problem(const json::Value& entry, bool old_form) {
  const std::string_view type = text_member(entry, "type");
  if (type.empty()) {
    return "an identity has no type";
  }
  if (!parse_rfc3339(text_member(entry, "verifiedAt"))) {
    return "an identity does not say when it was verified";
  }
  const json::Value* provider = entry.get("provider");
  if (provider == nullptr || text_member(*provider, "name").empty()) {
    return "an identity names no provider";
  }
  struct Required {
    std::string_view type;
    std::string_view member;
  };
  constexpr std::array<Required, 4> kRequired = {{{"cawg.document_verification", "name"},
                                                  {"cawg.social_media", "username"},
                                                  {"cawg.crypto_wallet", "address"},
                                                  {"cawg.web_site", "uri"}}};
  for (const Required& required : kRequired) {
    const bool as_before =
        old_form && required.member == "address" && !text_member(entry, "username").empty();
    if (type == required.type && text_member(entry, required.member).empty() && !as_before) {
      return "an identity lacks its " + std::string(required.member);
    }
  }
  for (const std::string_view name : {"name", "username", "address", "uri", "method"}) {
    if (!optional_text_ok(entry, name)) {
      return "an identity has an empty " + std::string(name);
    }
  }
  return std::nullopt;
}

VerifiedIdentity read_identity(const json::Value& entry) {
  VerifiedIdentity identity;
  identity.type = shown(entry, "type");
  identity.name = shown(entry, "name");
  identity.username = shown(entry, "username");
  identity.address = shown(entry, "address");
  identity.uri = shown(entry, "uri");
  if (const json::Value* provider = entry.get("provider")) {
    identity.provider = shown(*provider, "name");
  }
  identity.verified_at = parse_rfc3339(text_member(entry, "verifiedAt"));
  return identity;
}

}  // namespace assay::identity
