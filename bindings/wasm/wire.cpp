#include "wire.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "codec/json/json.h"
#include "crypto/digest.h"

namespace assay::bindings {
namespace {

using validate::Need;

// Offsets cross as doubles, which are exact to 2^53.
constexpr uint64_t kMaxSize = uint64_t{1} << 53;

std::optional<std::string> text_at(const json::Value& object, std::string_view name) {
  const json::Value* value = object.get(name);
  const auto text = value == nullptr ? std::nullopt : value->as_text();
  return text ? std::optional<std::string>(*text) : std::nullopt;
}

std::string_view kind_name(Need::Kind kind) {
  switch (kind) {
    case Need::Kind::bytes:
      return "bytes";
    case Need::Kind::digest:
      return "digest";
    case Need::Kind::resource:
      break;
  }
  return "resource";
}

json::Value range_json(const Range& range) {
  json::Value pair = json::Value::array();
  pair.push(json::Value::unsigned_integer(range.offset));
  pair.push(json::Value::unsigned_integer(range.length));
  return pair;
}

json::Value segments_json(const binding::HashJob& job) {
  json::Value out = json::Value::array();
  for (const binding::Segment& segment : job.segments) {
    if (const Bytes* literal = std::get_if<Bytes>(&segment)) {
      out.push(json::Value::string(to_base64(*literal)));
    } else {
      out.push(range_json(std::get<Range>(segment)));
    }
  }
  return out;
}

json::Value need_json(const Need& need) {
  json::Value out = json::Value::object();
  out.set("id", json::Value::unsigned_integer(need.id));
  out.set("kind", json::Value::string(kind_name(need.kind)));
  switch (need.kind) {
    case Need::Kind::bytes:
      out.set("offset", json::Value::unsigned_integer(need.range.offset));
      out.set("length", json::Value::unsigned_integer(need.range.length));
      break;
    case Need::Kind::digest:
      out.set("alg", json::Value::string(crypto::digest_name(need.job.alg)));
      out.set("segments", segments_json(need.job));
      break;
    case Need::Kind::resource:
      out.set("resource", json::Value::string(resource_kind_name(need.resource)));
      out.set("url", json::Value::string(need.url));
      if (!need.body.empty()) {
        out.set("body", json::Value::string(to_base64(need.body)));
      }
      out.set("maxBytes", json::Value::unsigned_integer(need.max_bytes));
      break;
  }
  return out;
}

std::optional<pki::ListRole> role_of(std::string_view name) {
  if (name == "signer" || name == "allowed" || name == "addressBook") {
    return pki::ListRole::signer;
  }
  if (name == "timestamp") {
    return pki::ListRole::time_stamping;
  }
  return name == "identity" ? std::optional(pki::ListRole::identity) : std::nullopt;
}

ListOptions::Holds holds_of(std::string_view role) {
  if (role == "allowed") {
    return ListOptions::Holds::allowed_entities;
  }
  return role == "addressBook" ? ListOptions::Holds::address_book : ListOptions::Holds::anchors;
}

// SHA-256 of certificates in hexadecimal; false when one is something else, since a switch that is
// overlooked would leave an authority trusted.
bool read_fingerprints(const json::Value& list, std::vector<pki::Fingerprint>& out) {
  for (const json::Value& entry : list.items()) {
    const auto bytes = from_hex(entry.as_text().value_or(""));
    pki::Fingerprint fingerprint{};
    if (!bytes || bytes->size() != fingerprint.size()) {
      return false;
    }
    std::copy(bytes->begin(), bytes->end(), fingerprint.begin());
    out.push_back(fingerprint);
  }
  return true;
}

}  // namespace

bool is_size(double bytes) { return bytes >= 0 && bytes <= static_cast<double>(kMaxSize); }

std::optional<OpenOptions> parse_open_options(std::string_view text) {
  const auto parsed = json::parse(as_bytes(text), Limits());
  if (!parsed.ok() || !parsed->is(json::Type::object)) {
    return std::nullopt;
  }
  const json::Value* size = parsed->get("size");
  const auto bytes = size == nullptr ? std::nullopt : size->as_uint();
  const auto now_text = text_at(*parsed, "now");
  const auto now = now_text ? parse_rfc3339(*now_text) : std::nullopt;
  if (!bytes || *bytes > kMaxSize || !now) {
    return std::nullopt;
  }
  OpenOptions options;
  options.size = *bytes;
  options.policy.now = *now;
  options.policy.media_type = text_at(*parsed, "mediaType").value_or("");
  const json::Value* sidecar = parsed->get("sidecar");
  options.policy.has_sidecar = sidecar != nullptr && sidecar->as_bool().value_or(false);
  options.policy.linked_store = text_at(*parsed, "linkedStore").value_or("");
  return options;
}

std::optional<ListOptions> parse_list_options(std::string_view text) {
  const auto parsed = json::parse(as_bytes(text), Limits());
  if (!parsed.ok() || !parsed->is(json::Type::object)) {
    return std::nullopt;
  }
  const auto name = text_at(*parsed, "name");
  const auto role_text = text_at(*parsed, "role").value_or("");
  const auto role = role_of(role_text);
  if (!name || !role) {
    return std::nullopt;
  }
  ListOptions options;
  options.holds = holds_of(role_text);
  options.info.name = *name;
  options.info.role = *role;
  if (const auto issued = text_at(*parsed, "issued")) {
    options.info.issued = parse_rfc3339(*issued);
  }
  if (const json::Value* eku = parsed->get("eku")) {
    for (const json::Value& purpose : eku->items()) {
      options.info.purposes.emplace_back(purpose.as_text().value_or(""));
    }
  }
  const json::Value* without = parsed->get("without");
  if (without != nullptr && !read_fingerprints(*without, options.without)) {
    return std::nullopt;
  }
  const json::Value* legacy = parsed->get("legacy");
  options.info.legacy = legacy != nullptr && legacy->as_bool().value_or(false);
  // R-731, P-12: without a word about purposes a signer list speaks for C2PA claim signing only.
  if (options.info.purposes.empty() && *role == pki::ListRole::signer) {
    options.info.purposes.emplace_back(pki::kEkuC2paClaimSigning);
  }
  return options;
}

std::string needs_json(const validate::Session& session, const std::vector<Need>& needs) {
  json::Value out = json::Value::object();
  out.set("done", json::Value::boolean(session.done()));
  if (session.awaits_content()) {
    out.set("awaitsContent", json::Value::boolean(true));
  }
  json::Value& list = out.set("needs", json::Value::array());
  for (const Need& need : needs) {
    list.push(need_json(need));
  }
  return json::write(out);
}

std::string list_added_json(size_t anchors, std::string_view sha256) {
  json::Value out = json::Value::object();
  out.set("ok", json::Value::boolean(true));
  out.set("anchors", json::Value::unsigned_integer(anchors));
  out.set("sha256", json::Value::string(sha256));
  return json::write(out);
}

std::string error_json(std::string_view error) {
  json::Value out = json::Value::object();
  out.set("ok", json::Value::boolean(false));
  out.set("error", json::Value::string(error));
  return json::write(out);
}

}  // namespace assay::bindings
