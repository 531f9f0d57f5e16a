#include "identity/status_list.h"

#include <algorithm>

#include "base/text.h"
#include "codec/deflate/inflate.h"
#include "cose/sign1.h"
#include "identity/credential.h"
#include "identity/jwk.h"

namespace assay::identity {
namespace {

std::optional<uint64_t> index_of(const json::Value& entry) {
  const json::Value* index = entry.get("statusListIndex");
  if (index == nullptr) {
    return std::nullopt;
  }
  if (const auto number = index->as_uint()) {
    return number;
  }
  const std::string_view text = index->as_text().value_or("");
  if (text.empty() || text.size() > 18) {
    return std::nullopt;
  }
  uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') {
      return std::nullopt;
    }
    value = value * 10 + static_cast<uint64_t>(c - '0');
  }
  return value;
}

constexpr size_t kMostEntries = 8;

bool is_for_something_else(const json::Value& entry) {
  const std::string_view purpose = text_member(entry, "statusPurpose");
  return !purpose.empty() && purpose != "revocation";
}

StatusEntry read_entry(const json::Value& entry) {
  StatusEntry out;
  const auto index = index_of(entry);
  out.url = text_member(entry, "statusListCredential");
  const json::Value* size = entry.get("statusSize");
  const bool one_bit = size == nullptr || size->as_uint() == 1u;
  const bool revocation = text_member(entry, "statusPurpose") == "revocation";
  if (revocation && names(entry, "type", "BitstringStatusListEntry") && index && one_bit &&
      starts_with(out.url, "https://")) {
    out.kind = StatusEntry::Kind::bitstring;
    out.index = *index;
  }
  return out;
}

bool is_signed_by(const Jws& jws, std::span<const crypto::PublicKey> keys,
                  const Environment& environment) {
  return std::any_of(keys.begin(), keys.end(), [&](const crypto::PublicKey& key) {
    if (!jws.alg || cose::key_unfit(*jws.alg, key)) {
      return false;
    }
    const auto verified = environment.signatures.verify(*jws.alg, key, as_bytes(jws.signed_text),
                                                        jws.signature, environment.budget);
    return verified.ok() && *verified == crypto::Verified::yes;
  });
}

// Most significant bit first; `encodedList` is multibase base64url of the gzipped bits.
std::optional<bool> bit_of(const json::Value& credential, const StatusEntry& entry,
                           const Limits& limits) {
  const json::Value* subject = credential.get("credentialSubject");
  if (subject == nullptr || !names(*subject, "statusPurpose", "revocation")) {
    return std::nullopt;
  }
  std::string_view encoded = text_member(*subject, "encodedList");
  if (starts_with(encoded, "u")) {
    encoded.remove_prefix(1);
  }
  const auto packed = from_base64url(encoded);
  const auto bits = packed ? deflate::inflate_gzip(*packed, limits.status_list_inflated_bytes)
                           : Result<Bytes>(Fault::malformed);
  if (!bits.ok() && bits.fault() == Fault::limit) {
    limits.refuse(Limit::status_list_inflated_bytes);
  }
  if (!bits.ok() || entry.index / 8 >= bits->size()) {
    return std::nullopt;
  }
  const uint8_t byte = (*bits)[static_cast<size_t>(entry.index / 8)];
  return (byte >> (7 - entry.index % 8) & 1) != 0;
}

bool in_period(const json::Value& credential, UnixTime now) {
  const Period period = period_of(credential);
  return (!period.has_from || (period.from && *period.from <= now)) &&
         (!period.has_until || (period.until && now <= *period.until));
}

}  // namespace

std::vector<StatusEntry> revocation_entries(const json::Value& credential) {
  const json::Value* status = credential.get("credentialStatus");
  if (status == nullptr) {
    return {};
  }
  const bool is_list = status->is(json::Type::array);
  if (credential.has_duplicate("credentialStatus") ||
      (is_list && status->items().size() > kMostEntries)) {
    return {StatusEntry()};
  }
  std::vector<StatusEntry> out;
  for (size_t i = 0; i < (is_list ? status->items().size() : 1); ++i) {
    const json::Value& entry = is_list ? status->items()[i] : *status;
    if (!is_for_something_else(entry)) {
      out.push_back(read_entry(entry));
    }
  }
  return out;
}

ListedStatus listed_status(ByteView list, const StatusEntry& entry, std::string_view issuer,
                           std::span<const crypto::PublicKey> issuer_keys,
                           const Environment& environment) {
  const auto jws = parse_jws(as_text(list), environment.limits);
  auto plain =
      jws ? Result<json::Value>(Fault::unsupported) : json::parse(list, environment.limits);
  if (!jws && !plain.ok()) {
    return ListedStatus::unavailable;
  }
  const json::Value& credential = jws ? jws->payload : *plain;
  const auto bit = bit_of(credential, entry, environment.limits);
  if (!bit) {
    return ListedStatus::unavailable;
  }
  if (*bit) {
    return ListedStatus::revoked;
  }
  const bool proven =
      jws && issuer_of(credential) == issuer && is_signed_by(*jws, issuer_keys, environment);
  if (!proven) {
    return ListedStatus::unsupported;
  }
  return in_period(credential, environment.now) ? ListedStatus::not_revoked
                                                : ListedStatus::unavailable;
}

}  // namespace assay::identity
