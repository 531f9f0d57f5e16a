// The reader, and the only file that includes nlohmann/json: its SAX parser checks the grammar, the
// values are ours.
#include "codec/json/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace assay::json {
namespace {

// Builder receives the parser's events. A function that returns false stops the parser.
class Builder {
 public:
  explicit Builder(const Limits& limits) : limits_(limits) {}

  bool null() { return add({}); }
  bool boolean(bool value) { return add(Value::boolean(value)); }
  bool number_integer(int64_t value) { return add(Value::integer(value)); }
  bool number_unsigned(uint64_t value) { return add(Value::unsigned_integer(value)); }
  bool number_float(double value, const std::string& /*text*/) { return add(Value::number(value)); }
  bool string(std::string& value) { return add(Value::string(value)); }
  bool binary(nlohmann::ordered_json::binary_t& /*value*/) { return false; }  // not JSON text

  bool start_object(size_t /*size*/) { return open(Value::object()); }
  bool start_array(size_t /*size*/) { return open(Value::array()); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(std::string& name) {
    key_.swap(name);
    return true;
  }

  template <class Exception>
  bool parse_error(size_t /*position*/, const std::string& /*token*/, const Exception& error) {
    constexpr int kNumberOverflow = 406;
    fault_ = error.id == kNumberOverflow ? Fault::unsupported : Fault::malformed;
    return false;
  }

  Fault fault() const { return fault_; }
  Value take() { return std::move(root_); }

 private:
  // Stores a value where the parser stands. Pointers to open containers stay valid because a
  // container grows only while nothing inside it is open.
  Value* place(Value value) {
    if (++values_ > limits_.json_values) {
      fault_ = limits_.refuse(Limit::json_values);
      return nullptr;
    }
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Value& parent = *open_.back();
    return parent.is(Type::object) ? &parent.set(key_, std::move(value))
                                   : &parent.push(std::move(value));
  }

  bool add(Value value) { return place(std::move(value)) != nullptr; }

  bool open(Value container) {
    if (open_.size() >= limits_.json_depth) {  // T-78
      fault_ = limits_.refuse(Limit::json_depth);
      return false;
    }
    Value* placed = place(std::move(container));
    if (placed == nullptr) {
      return false;
    }
    open_.push_back(placed);
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  const Limits& limits_;
  Value root_;
  std::vector<Value*> open_;
  std::string key_;
  uint32_t values_ = 0;
  Fault fault_ = Fault::malformed;
};

}  // namespace

Result<Value> parse(ByteView text, const Limits& limits) {
  if (text.size() > limits.json_bytes) {
    return limits.refuse(Limit::json_bytes);
  }
  // The parser takes a NUL for the end of its input and would not look at what follows.
  if (std::find(text.begin(), text.end(), uint8_t{0}) != text.end()) {
    return Fault::malformed;
  }
  Builder builder(limits);
  if (!nlohmann::ordered_json::sax_parse(text.begin(), text.end(), &builder)) {
    return builder.fault();
  }
  return builder.take();
}

}  // namespace assay::json
