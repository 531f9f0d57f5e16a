// JSON (RFC 8259): a small ordered value tree, read by nlohmann/json's parser (json.cpp is the only
// file that includes it) and written by our own writer. Objects are arrays of pairs, never maps
// keyed by attacker-chosen names (threat T-79); duplicate names are kept and flagged.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/limits.h"
#include "base/result.h"

namespace assay::json {

enum class Type : uint8_t {
  null,
  boolean,
  integer,
  unsigned_integer,
  number,
  string,
  array,
  object
};

class Value {
 public:
  using Member = std::pair<std::string, Value>;

  Value() = default;  // null
  static Value boolean(bool value);
  static Value integer(int64_t value);
  static Value unsigned_integer(uint64_t value);
  static Value number(double value);  // NaN and infinities become null (R-1024)
  static Value string(std::string_view value);
  static Value array();
  static Value object();

  Type type() const { return type_; }
  bool is(Type type) const { return type_ == type; }
  std::optional<bool> as_bool() const;
  std::optional<int64_t> as_int() const;
  std::optional<uint64_t> as_uint() const;
  std::optional<double> as_double() const;  // any number
  std::optional<std::string_view> as_text() const;

  // Arrays
  const std::vector<Value>& items() const { return items_; }
  Value& push(Value value);

  // Objects, in the order of the text
  const std::vector<Member>& members() const { return members_; }
  const Value* get(std::string_view name) const;  // first of that name, or nullptr
  bool has_duplicate(std::string_view name) const;
  Value& set(std::string_view name, Value value);  // appends; returns the stored value
  // set(), unless `value` is an empty string.
  void set_text(std::string_view name, std::string_view value);

 private:
  Type type_ = Type::null;
  bool boolean_ = false;
  uint64_t unsigned_ = 0;
  int64_t signed_ = 0;
  double number_ = 0;
  std::string string_;
  std::vector<Value> items_;
  std::vector<Member> members_;
};

// Strict: UTF-8 only, one BOM tolerated, nothing after the value, Limits::json_depth and json_bytes
//
Result<Value> parse(ByteView text, const Limits& limits);

// Compact, or with two spaces per level. Strings are written as valid UTF-8 (broken sequences
// become U+FFFD) and never contain "</" or U+2028/9 unescaped.
std::string write(const Value& value, bool pretty = false);

}  // namespace assay::json
