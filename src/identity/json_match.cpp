#include "identity/json_match.h"

#include <utility>
#include <vector>

#include "base/text.h"

namespace assay::identity {
namespace {

using Pair = std::pair<cbor::Value, const json::Value*>;

bool octets_match(ByteView octets, const json::Value& array) {
  if (array.items().size() != octets.size()) {
    return false;
  }
  for (size_t i = 0; i < octets.size(); ++i) {
    if (array.items()[i].as_uint() != octets[i]) {
      return false;
    }
  }
  return true;
}

bool bytes_match(ByteView bytes, const json::Value& json) {
  const std::string text = to_base64(bytes);
  if (json.is(json::Type::array)) {
    return octets_match(bytes, json) || octets_match(as_bytes(text), json);
  }
  return json.as_text() == text;
}

// The algorithm that a hashed_uri leaves to the claim, spelled out.
bool spells_out_alg(const cbor::Value& map, const json::Value& json, std::string_view alg) {
  const bool left_out = map.get("url").is(cbor::Type::text) &&
                        map.get("hash").is(cbor::Type::bytes) && !map.get("alg").present();
  const json::Value* named = json.get("alg");
  return left_out && named != nullptr && !alg.empty() && named->as_text() == alg;
}

bool map_matches(const cbor::Value& map, const json::Value& json, std::string_view default_alg,
                 std::vector<Pair>& open) {
  if (!json.is(json::Type::object) || map.has_duplicate_keys()) {
    return false;
  }
  const size_t more = spells_out_alg(map, json, default_alg) ? 1 : 0;
  if (json.members().size() != map.size() + more) {
    return false;
  }
  for (size_t i = 0; i < map.size(); ++i) {
    const auto name = map.key(i).as_text();
    const json::Value* member = name ? json.get(*name) : nullptr;
    if (member == nullptr) {
      return false;
    }
    open.emplace_back(map.at(i), member);
  }
  return true;
}

bool array_matches(const cbor::Value& array, const json::Value& json, std::vector<Pair>& open) {
  if (!json.is(json::Type::array) || json.items().size() != array.size()) {
    return false;
  }
  for (size_t i = 0; i < array.size(); ++i) {
    open.emplace_back(array.at(i), &json.items()[i]);
  }
  return true;
}

bool scalar_matches(const cbor::Value& cbor, const json::Value& json) {
  switch (cbor.type()) {
    case cbor::Type::text:
      return json.as_text() == cbor.as_text();
    case cbor::Type::boolean:
      return json.as_bool() == cbor.as_bool();
    case cbor::Type::uint:
      return json.as_uint().has_value() && json.as_uint() == cbor.as_uint();
    case cbor::Type::nint:
      return json.as_int().has_value() && json.as_int() == cbor.as_int();
    case cbor::Type::floating:
      return json.as_double().has_value() && json.as_double() == cbor.as_double();
    case cbor::Type::null:
      return json.is(json::Type::null);
    case cbor::Type::absent:
    case cbor::Type::bytes:
    case cbor::Type::array:
    case cbor::Type::map:
    case cbor::Type::tag:
    case cbor::Type::undefined:
    case cbor::Type::simple:
      break;
  }
  return false;
}

}  // namespace

bool matches_json(const cbor::Value& cbor, const json::Value& json, std::string_view default_alg,
                  Budget& budget) {
  std::vector<Pair> open = {{cbor, &json}};
  while (!open.empty()) {
    const auto [raw, counterpart] = open.back();
    open.pop_back();
    const cbor::Value value = raw.untagged();
    bool same = false;
    if (value.is(cbor::Type::map)) {
      same = map_matches(value, *counterpart, default_alg, open);
    } else if (value.is(cbor::Type::array)) {
      same = array_matches(value, *counterpart, open);
    } else if (const auto bytes = value.as_bytes()) {
      same = bytes_match(*bytes, *counterpart);
    } else {
      same = scalar_matches(value, *counterpart);
    }
    if (!same || !budget.spend()) {
      return false;
    }
  }
  return true;
}

}  // namespace assay::identity
