// JSON (RFC 8259): a small ordered value tree, read by nlohmann/json's parser (json.cpp is the only
// file that includes it) and written by our own writer. Objects are arrays of pairs, never maps
// keyed by attacker-chosen names (threat T-79); duplicate names are kept and flagged.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
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
  object,
  written  // JSON text that stands for any of the others
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
  static Value array(size_t reserved = 0);  // room for so many items
  static Value object();
  // The compact text of `value` in its place: a fifth of the memory.
  static Value written(const Value& value);

  Type type() const { return static_cast<Type>(data_.index()); }
  bool is(Type type_) const { return type() == type_; }
  std::optional<bool> as_bool() const;
  // Either integer type, if the value fits.
  std::optional<int64_t> as_int() const;
  std::optional<uint64_t> as_uint() const;
  std::optional<double> as_double() const;  // any number
  std::optional<std::string_view> as_text() const;

  // Arrays; of anything else empty. push() makes a null an array.
  const std::vector<Value>& items() const;
  Value& push(Value value);
  std::vector<Value>* mutable_items();  // of an array, else null

  // Objects, in the order of the text; of anything else empty. set() makes a null an object.
  const std::vector<Member>& members() const;
  std::vector<Member>* mutable_members();         // of an object, else null
  const Value* get(std::string_view name) const;  // first of that name, or nullptr
  bool has_duplicate(std::string_view name) const;
  Value& set(std::string_view name, Value value);  // appends; returns the stored value
  // set(), unless `value` is an empty string.
  void set_text(std::string_view name, std::string_view value);

 private:
  friend class Writer;
  struct Written {
    std::string text;
  };
  // In the order of Type.
  using Data = std::variant<std::monostate, bool, int64_t, uint64_t, double, std::string,
                            std::vector<Value>, std::vector<Member>, Written>;
  explicit Value(Data data) : data_(std::move(data)) {}
  Data data_;
};

// Strict: UTF-8 only, one BOM tolerated, nothing after the value, Limits::json_depth, json_bytes
// and json_values. Integers beyond 64 bits become doubles; a number beyond a double's range
// is Fault::unsupported (RFC 8259 §6 lets implementations set such limits).
Result<Value> parse(ByteView text, const Limits& limits);

// Compact, or with two spaces per level. Strings are written as valid UTF-8 (broken sequences
// become U+FFFD) and never contain "</" or U+2028/9 unescaped. Doubles in the fewest of 15,
// 16 or 17 digits that read back as the same value, always with a point or exponent.
std::string write(const Value& value, bool pretty = false);

}  // namespace assay::json
