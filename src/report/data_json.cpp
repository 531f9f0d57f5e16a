#include "base/text.h"
#include "report/json_parts.h"

namespace assay::report {
namespace {

using cbor::Type;

constexpr size_t kWholeBytes = 1024;
constexpr size_t kBeginningBytes = 64;

json::Value bytes_json(ByteView bytes) {
  json::Value out = json::Value::object();
  const bool whole = bytes.size() <= kWholeBytes;
  out.set("$bytes", json::Value::string(to_base64(whole ? bytes : bytes.first(kBeginningBytes))));
  if (!whole) {
    out.set("$size", json::Value::unsigned_integer(bytes.size()));
  }
  return out;
}

std::string key_text(const cbor::Value& key, const Limits& limits) {
  if (const auto text = key.as_text()) {
    return display_text(*text, limits.shown_text_bytes);
  }
  if (const auto number = key.as_int()) {
    return std::to_string(*number);
  }
  return to_hex(key.encoded());
}

json::Value scalar(const cbor::Value& value, const Limits& limits) {
  if (const auto text = value.as_text()) {
    return shown(*text, limits);
  }
  if (const auto bytes = value.as_bytes()) {
    return bytes_json(*bytes);
  }
  if (const auto number = value.as_uint()) {
    return json::Value::unsigned_integer(*number);
  }
  if (const auto number = value.as_int()) {
    return json::Value::integer(*number);
  }
  if (const auto boolean = value.as_bool()) {
    return json::Value::boolean(*boolean);
  }
  if (const auto number = value.as_double()) {
    return json::Value::number(*number);
  }
  return {};
}

}  // namespace

json::Value shown(std::string_view text, const Limits& limits) {
  return json::Value::string(display_text(text, limits.shown_text_bytes));
}

// Depth is that of the parsed document, which limits.cbor_depth caps.
json::Value data_of(const cbor::Value& raw, const Limits& limits) {
  const cbor::Value value = raw.untagged();
  if (value.is(Type::array)) {
    json::Value out = json::Value::array(value.size());
    for (size_t i = 0; i < value.size(); ++i) {
      out.push(data_of(value.at(i), limits));
    }
    return out;
  }
  if (value.is(Type::map)) {
    json::Value out = json::Value::object();
    for (size_t i = 0; i < value.size(); ++i) {
      out.set(key_text(value.key(i), limits), data_of(value.at(i), limits));
    }
    return out;
  }
  return scalar(value, limits);
}

json::Value data_of(const json::Value& value, const Limits& limits) {
  if (value.is(json::Type::array)) {
    json::Value out = json::Value::array(value.items().size());
    for (const json::Value& item : value.items()) {
      out.push(data_of(item, limits));
    }
    return out;
  }
  if (value.is(json::Type::object)) {
    json::Value out = json::Value::object();
    for (const auto& [name, member] : value.members()) {
      out.set(display_text(name, limits.shown_text_bytes), data_of(member, limits));
    }
    return out;
  }
  if (const auto text = value.as_text()) {
    return shown(*text, limits);
  }
  return value;
}

}  // namespace assay::report
