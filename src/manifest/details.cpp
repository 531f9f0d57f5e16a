#include "manifest/details.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text.h"
#include "manifest/detail_tables.h"

namespace assay::manifest {
namespace {

// One item of an assertion's content, whichever of the two encodings it has.
class Item {
 public:
  explicit Item(const cbor::Value& value) : cbor_(value.untagged()) {}
  explicit Item(const json::Value* value) : json_(value) {}

  bool present() const {
    return json_ != nullptr ? !json_->is(json::Type::null)
                            : cbor_.present() && !cbor_.is(cbor::Type::null);
  }
  bool is_map() const {
    return json_ != nullptr ? json_->is(json::Type::object) : cbor_.is(cbor::Type::map);
  }
  bool is_array() const {
    return json_ != nullptr ? json_->is(json::Type::array) : cbor_.is(cbor::Type::array);
  }
  size_t size() const {
    if (json_ == nullptr) {
      return cbor_.size();
    }
    return is_map() ? json_->members().size() : json_->items().size();
  }
  Item at(size_t index) const {
    if (json_ == nullptr) {
      return Item(cbor_.at(index));
    }
    return Item(is_map() ? &json_->members()[index].second : &json_->items()[index]);
  }
  std::string_view name(size_t index) const {
    return json_ != nullptr ? std::string_view(json_->members()[index].first)
                            : cbor_.key(index).as_text().value_or("");
  }

  // R-302: a name that occurs twice stands for nothing.
  Item get(std::string_view step) const {
    if (json_ != nullptr) {
      return json_->has_duplicate(step) ? Item(nullptr) : Item(json_->get(step));
    }
    int64_t number = 0;
    if (starts_with(step, "#")) {
      std::from_chars(step.substr(1).begin(), step.end(), number);
      return Item(cbor_.get(number));
    }
    return Item(cbor_.get(step));
  }
  Item follow(std::string_view path) const {
    Item item = *this;
    while (!path.empty()) {
      const size_t slash = path.find('/');
      item = item.get(path.substr(0, slash));
      path = slash == std::string_view::npos ? "" : path.substr(slash + 1);
    }
    return item;
  }

  std::optional<std::string_view> text() const {
    return json_ != nullptr ? json_->as_text() : cbor_.as_text();
  }
  std::optional<ByteView> bytes() const {
    return json_ != nullptr ? std::nullopt : cbor_.as_bytes();
  }
  std::optional<uint64_t> uint() const {
    return json_ != nullptr ? json_->as_uint() : cbor_.as_uint();
  }
  // Null if it is no number.
  json::Value number() const {
    if (const auto whole = uint()) {
      return json::Value::unsigned_integer(*whole);
    }
    if (const auto whole = json_ != nullptr ? json_->as_int() : cbor_.as_int()) {
      return json::Value::integer(*whole);
    }
    const auto broken = json_ != nullptr ? json_->as_double() : cbor_.as_double();
    return broken ? json::Value::number(*broken) : json::Value();
  }
  // Null if it is neither text nor number.
  json::Value scalar() const {
    const auto string = text();
    return string ? json::Value::string(*string) : number();
  }

 private:
  cbor::Value cbor_;
  const json::Value* json_ = nullptr;
};

class Reader {
 public:
  Reader(const Limits& limits, std::vector<std::string>& unread)
      : limits_(limits), unread_(unread) {}

  // Depth is that of the table.
  json::Value record(const Item& item, std::span<const DetailField> fields,
                     const std::string& within) {
    json::Value out = json::Value::object();
    add_fields(item, fields, within, out);
    return out;
  }

 private:
  void add_fields(const Item& item, std::span<const DetailField> fields, const std::string& within,
                  json::Value& out) {
    for (const DetailField& field : fields) {
      const std::string name = within + std::string(field.name);
      const Item found = item.follow(field.path);
      if (out.get(field.name) != nullptr || (!found.present() && !field.required)) {
        continue;
      }
      json::Value value = found.present() ? read(found, field, name) : json::Value();
      if (value.is(json::Type::null)) {
        note(name);
      } else {
        out.set(field.name, std::move(value));
      }
    }
  }

  void note(const std::string& name) {
    if (std::find(unread_.begin(), unread_.end(), name) == unread_.end()) {
      unread_.push_back(name);
    }
  }

  // Null if the item is not of the field's type.
  json::Value read(const Item& item, const DetailField& field, const std::string& name) {
    switch (field.type) {
      case FieldType::list:
      case FieldType::entries:
        return parts(item, field, name);
      case FieldType::scalars:
        return scalars(item, name);
      case FieldType::names:
        return names(item, name);
      case FieldType::texts:
        return texts(item, name);
      case FieldType::present:
        return json::Value::boolean(true);
      case FieldType::count:
        return item.is_array() ? json::Value::unsigned_integer(item.size()) : json::Value();
      case FieldType::number:
        return item.number();
      case FieldType::scalar:
        return item.scalar();
      case FieldType::uint:
        return item.uint() ? item.number() : json::Value();
      case FieldType::text:
      case FieldType::size:
      case FieldType::hex:
        break;
    }
    return string(item, field.type);
  }

  static json::Value string(const Item& item, FieldType type) {
    const auto text = item.text();
    const auto bytes = item.bytes();
    if (type == FieldType::text) {
      return text ? json::Value::string(*text) : json::Value();
    }
    if (type == FieldType::hex) {
      const size_t shown = bytes ? std::min<size_t>(bytes->size(), kLongestHex) : 0;
      return bytes ? json::Value::string(to_hex(bytes->first(shown))) : json::Value();
    }
    return text || bytes ? json::Value::unsigned_integer(text ? text->size() : bytes->size())
                         : json::Value();
  }

  // How many of `size` are listed; says so if that is not all.
  size_t listed(size_t size, const std::string& name) {
    if (size > limits_.detail_entries) {
      note(name);
    }
    return std::min<size_t>(size, limits_.detail_entries);
  }

  json::Value parts(const Item& item, const DetailField& field, const std::string& name) {
    const bool by_name = field.type == FieldType::entries;
    if (by_name ? !item.is_map() : !item.is_array()) {
      return {};
    }
    json::Value out = json::Value::array();
    const size_t count = listed(item.size(), name);
    for (size_t i = 0; i < count; ++i) {
      json::Value& part = out.push(json::Value::object());
      if (by_name) {
        part.set("name", json::Value::string(item.name(i)));
      }
      add_fields(item.at(i), field.inner, name + ".", part);
    }
    return out;
  }

  json::Value scalars(const Item& item, const std::string& name) {
    if (!item.is_map()) {
      return {};
    }
    json::Value out = json::Value::array();
    const size_t count = listed(item.size(), name);
    for (size_t i = 0; i < count; ++i) {
      json::Value value = item.at(i).scalar();
      if (!value.is(json::Type::null) && !starts_with(item.name(i), "@")) {
        json::Value& part = out.push(json::Value::object());
        part.set("name", json::Value::string(item.name(i)));
        part.set("value", std::move(value));
      }
    }
    return out;
  }

  json::Value texts(const Item& item, const std::string& name) {
    json::Value out = json::Value::array();
    if (const auto text = item.text()) {
      out.push(json::Value::string(*text));
    }
    const size_t count = listed(item.is_array() ? item.size() : 0, name);
    for (size_t i = 0; i < count; ++i) {
      if (const auto text = item.at(i).text()) {
        out.push(json::Value::string(*text));
      }
    }
    return item.text() || item.is_array() ? std::move(out) : json::Value();
  }

  json::Value names(const Item& item, const std::string& name) {
    if (item.is_map()) {
      json::Value out = json::Value::array();
      add_names(item, name, out);
      return out;
    }
    json::Value out = texts(item, name);
    const size_t count = item.is_array() ? listed(item.size(), name) : 0;
    for (size_t i = 0; i < count; ++i) {
      add_names(item.at(i), name, out);
    }
    return out;
  }

  void add_names(const Item& map, const std::string& name, json::Value& out) {
    const size_t room =
        limits_.detail_entries - std::min<size_t>(limits_.detail_entries, out.items().size());
    const size_t size = map.is_map() ? map.size() : 0;
    if (size > room) {
      note(name);
    }
    for (size_t i = 0; i < std::min(size, room); ++i) {
      if (!starts_with(map.name(i), "@")) {
        out.push(json::Value::string(map.name(i)));
      }
    }
  }

  static constexpr size_t kLongestHex = 64;

  const Limits& limits_;
  std::vector<std::string>& unread_;
};

// R-580: files of the first versions may state their type in the label alone.
std::string media_type_of(std::string_view base_label, const AssertionContent& content) {
  const size_t dot = base_label.rfind('.');
  const std::string_view suffix = base_label.substr(dot + 1);
  const bool in_label = content.media_type.empty() && suffix != "claim" && suffix != "icon" &&
                        !starts_with(suffix, "ingredient") && suffix != "embedded-data";
  if (in_label) {
    return "image/" + std::string(suffix == "jpg" ? "jpeg" : suffix);
  }
  return std::string(content.media_type);
}

void read_file(std::string_view base_label, const AssertionContent& content, Details& out) {
  if (content.kind != ContentKind::embedded_file) {
    out.unread.emplace_back("size");
    return;
  }
  if (out.kind == "thumbnail") {
    const bool of_claim = starts_with(base_label, "c2pa.thumbnail.claim");
    out.fields.set("of", json::Value::string(of_claim ? "claim" : "ingredient"));
  }
  out.fields.set_text("mediaType", media_type_of(base_label, content));
  out.fields.set_text("fileName", content.file_name);
  out.fields.set("size", json::Value::unsigned_integer(content.bytes.size()));
}

}  // namespace

std::optional<Details> details_of(std::string_view base_label, const AssertionContent& content,
                                  const ParsedContent& parsed, const Limits& limits) {
  const DetailKind* kind = detail_kind(base_label);
  if (kind == nullptr) {
    return std::nullopt;
  }
  Details out{kind->kind, json::Value::object(), {}};
  if (kind->fields.empty()) {
    read_file(base_label, content, out);
    return out;
  }
  const Item root = parsed.json ? Item(&*parsed.json) : Item(parsed.root());
  out.fields = Reader(limits, out.unread).record(root, kind->fields, "");
  return out;
}

}  // namespace assay::manifest
