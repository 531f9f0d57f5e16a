#include <algorithm>
#include <cmath>
#include <limits>

#include "codec/json/json.h"

namespace assay::json {

Value Value::boolean(bool value) { return Value(Data(value)); }
Value Value::integer(int64_t value) { return Value(Data(value)); }
Value Value::unsigned_integer(uint64_t value) { return Value(Data(value)); }
Value Value::number(double value) { return std::isfinite(value) ? Value(Data(value)) : Value(); }
Value Value::string(std::string_view value) { return Value(Data(std::string(value))); }
Value Value::array(size_t reserved) {
  Value out{Data(std::vector<Value>())};
  out.mutable_items()->reserve(reserved);
  return out;
}
Value Value::written(const Value& value) { return Value(Data(Written{write(value)})); }
Value Value::object() { return Value(Data(std::vector<Member>())); }

std::optional<bool> Value::as_bool() const {
  const auto* value = std::get_if<bool>(&data_);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

std::optional<int64_t> Value::as_int() const {
  if (const auto* value = std::get_if<int64_t>(&data_)) {
    return *value;
  }
  const auto* value = std::get_if<uint64_t>(&data_);
  if (value == nullptr || *value > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
    return std::nullopt;
  }
  return static_cast<int64_t>(*value);
}

std::optional<uint64_t> Value::as_uint() const {
  if (const auto* value = std::get_if<uint64_t>(&data_)) {
    return *value;
  }
  const auto* value = std::get_if<int64_t>(&data_);
  if (value == nullptr || *value < 0) {
    return std::nullopt;
  }
  return static_cast<uint64_t>(*value);
}

std::optional<double> Value::as_double() const {
  if (const auto* value = std::get_if<double>(&data_)) {
    return *value;
  }
  if (const auto* value = std::get_if<int64_t>(&data_)) {
    return static_cast<double>(*value);
  }
  const auto* value = std::get_if<uint64_t>(&data_);
  return value == nullptr ? std::nullopt : std::optional(static_cast<double>(*value));
}

std::optional<std::string_view> Value::as_text() const {
  const auto* value = std::get_if<std::string>(&data_);
  return value == nullptr ? std::nullopt : std::optional<std::string_view>(*value);
}

const std::vector<Value>& Value::items() const {
  static const std::vector<Value> kNone;
  const auto* items = std::get_if<std::vector<Value>>(&data_);
  return items == nullptr ? kNone : *items;
}

std::vector<Value>* Value::mutable_items() { return std::get_if<std::vector<Value>>(&data_); }

std::vector<Value::Member>* Value::mutable_members() {
  return std::get_if<std::vector<Member>>(&data_);
}

Value& Value::push(Value value) {
  auto* items = std::get_if<std::vector<Value>>(&data_);
  if (items == nullptr) {
    items = &data_.emplace<std::vector<Value>>();
  }
  return items->emplace_back(std::move(value));
}

const std::vector<Value::Member>& Value::members() const {
  static const std::vector<Member> kNone;
  const auto* members = std::get_if<std::vector<Member>>(&data_);
  return members == nullptr ? kNone : *members;
}

const Value* Value::get(std::string_view name) const {
  const auto& all = members();
  const auto found =
      std::find_if(all.begin(), all.end(), [name](const Member& m) { return m.first == name; });
  return found == all.end() ? nullptr : &found->second;
}

bool Value::has_duplicate(std::string_view name) const {
  const auto& all = members();
  return std::count_if(all.begin(), all.end(),
                       [name](const Member& m) { return m.first == name; }) > 1;
}

Value& Value::set(std::string_view name, Value value) {
  auto* members = std::get_if<std::vector<Member>>(&data_);
  if (members == nullptr) {
    members = &data_.emplace<std::vector<Member>>();
  }
  return members->emplace_back(std::string(name), std::move(value)).second;
}

void Value::set_text(std::string_view name, std::string_view value) {
  if (!value.empty()) {
    set(name, string(value));
  }
}

}  // namespace assay::json
