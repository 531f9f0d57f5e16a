#include "codec/cbor/cbor.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "codec/cbor/tree.h"

namespace assay::cbor {
namespace {

std::strong_ordering compare_bytes(ByteView a, ByteView b) {
  const size_t common = std::min(a.size(), b.size());
  const int order = common == 0 ? 0 : std::memcmp(a.data(), b.data(), common);
  return order != 0 ? order <=> 0 : a.size() <=> b.size();
}

// A key that the caller looks for.
struct Wanted {
  Type type = Type::text;
  uint64_t argument = 0;
  ByteView content;
};

Wanted wanted(std::string_view key) { return {Type::text, 0, as_bytes(key)}; }

Wanted wanted(int64_t key) {
  if (key >= 0) {
    return {Type::uint, static_cast<uint64_t>(key), {}};
  }
  return {Type::nint, static_cast<uint64_t>(-(key + 1)), {}};
}

std::strong_ordering compare(const Tree& tree, const Node& key, const Wanted& want) {
  if (key.type != want.type) {
    return key.type <=> want.type;
  }
  return want.type == Type::text ? compare_bytes(tree.content(key), want.content)
                                 : key.argument <=> want.argument;
}

struct Matches {
  uint32_t count = 0;
  uint32_t pair = 0;  // the first
};

Matches find_indexed(const Tree& tree, const Node& map, const Wanted& want) {
  const auto order = std::span(tree.links).subspan(map.first + size_t{2} * map.count, map.count);
  const auto before = [&](uint32_t pair) { return compare(tree, tree.key(map, pair), want) < 0; };
  const auto not_after = [&](uint32_t pair) {
    return compare(tree, tree.key(map, pair), want) <= 0;
  };
  const auto first = std::partition_point(order.begin(), order.end(), before);
  const auto last = std::partition_point(first, order.end(), not_after);
  return first == last ? Matches{} : Matches{static_cast<uint32_t>(last - first), *first};
}

Matches find(const Tree& tree, const Node& map, const Wanted& want) {
  if (map.type != Type::map) {
    return {};
  }
  if (map.count > kIndexedMapPairs) {
    return find_indexed(tree, map, want);
  }
  Matches matches;
  for (uint32_t pair = 0; pair < map.count; ++pair) {
    if (compare(tree, tree.key(map, pair), want) == 0) {
      matches.pair = matches.count == 0 ? pair : matches.pair;
      ++matches.count;
    }
  }
  return matches;
}

}  // namespace

ByteView Tree::content(const Node& node) const {
  const ByteView base = node.assembled ? ByteView(assembled) : input;
  return base.subspan(static_cast<size_t>(node.argument), node.count);
}

ByteView Tree::encoded(const Node& node) const {
  return input.subspan(node.begin, node.end - node.begin);
}

const Node& Tree::key(const Node& map, uint32_t pair) const {
  return nodes[links[map.first + size_t{2} * pair]];
}

std::strong_ordering Tree::compare_keys(const Node& a, const Node& b) const {
  if (a.type != b.type) {
    return a.type <=> b.type;
  }
  switch (a.type) {
    case Type::uint:
    case Type::nint:
      return a.argument <=> b.argument;
    case Type::bytes:
    case Type::text:
      return compare_bytes(content(a), content(b));
    case Type::absent:
    case Type::array:
    case Type::map:
    case Type::tag:
    case Type::boolean:
    case Type::null:
    case Type::undefined:
    case Type::floating:
    case Type::simple:
      break;
  }
  return compare_bytes(encoded(a), encoded(b));
}

Value Document::root() const { return {tree_.get(), tree_->root}; }
size_t Document::used() const { return tree_->nodes[tree_->root].end; }

const Node& Value::node() const {
  static const Node kAbsent;
  return tree_ == nullptr ? kAbsent : tree_->nodes[index_];
}

Type Value::type() const { return node().type; }

std::optional<uint64_t> Value::as_uint() const {
  return is(Type::uint) ? std::optional(node().argument) : std::nullopt;
}

std::optional<int64_t> Value::as_int() const {
  const uint64_t argument = node().argument;
  const bool integer = is(Type::uint) || is(Type::nint);
  if (!integer || argument > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
    return std::nullopt;
  }
  const auto value = static_cast<int64_t>(argument);
  return is(Type::uint) ? value : -1 - value;
}

std::optional<uint64_t> Value::as_nint() const {
  return is(Type::nint) ? std::optional(node().argument) : std::nullopt;
}

std::optional<double> Value::as_double() const {
  if (!is(Type::floating)) {
    return std::nullopt;
  }
  double value = 0;
  std::memcpy(&value, &node().argument, sizeof value);
  return value;
}

std::optional<bool> Value::as_bool() const {
  return is(Type::boolean) ? std::optional(node().argument != 0) : std::nullopt;
}

std::optional<ByteView> Value::as_bytes() const {
  return is(Type::bytes) ? std::optional(tree_->content(node())) : std::nullopt;
}

std::optional<std::string_view> Value::as_text() const {
  return is(Type::text) ? std::optional(assay::as_text(tree_->content(node()))) : std::nullopt;
}

size_t Value::size() const { return is(Type::array) || is(Type::map) ? node().count : 0; }

Value Value::at(size_t index) const {
  if (index >= size()) {
    return {};
  }
  const size_t step = is(Type::map) ? 2 * index + 1 : index;
  return {tree_, tree_->links[node().first + step]};
}

Value Value::key(size_t index) const {
  if (!is(Type::map) || index >= size()) {
    return {};
  }
  return {tree_, tree_->links[node().first + 2 * index]};
}

Value Value::get(std::string_view key) const {
  const Matches matches = tree_ == nullptr ? Matches{} : find(*tree_, node(), wanted(key));
  return matches.count == 1 ? at(matches.pair) : Value();
}

Value Value::get(int64_t key) const {
  const Matches matches = tree_ == nullptr ? Matches{} : find(*tree_, node(), wanted(key));
  return matches.count == 1 ? at(matches.pair) : Value();
}

// T-51.
bool Value::has_duplicate(std::string_view key) const {
  return tree_ != nullptr && find(*tree_, node(), wanted(key)).count > 1;
}

bool Value::has_duplicate(int64_t key) const {
  return tree_ != nullptr && find(*tree_, node(), wanted(key)).count > 1;
}

bool Value::has_duplicate_keys() const {
  if (!is(Type::map)) {
    return false;
  }
  const Node& map = node();
  const auto same = [&](uint32_t a, uint32_t b) {
    return tree_->compare_keys(tree_->key(map, a), tree_->key(map, b)) == 0;
  };
  if (map.count > kIndexedMapPairs) {
    const auto order =
        std::span(tree_->links).subspan(map.first + size_t{2} * map.count, map.count);
    return std::adjacent_find(order.begin(), order.end(), same) != order.end();
  }
  for (uint32_t b = 1; b < map.count; ++b) {
    for (uint32_t a = 0; a < b; ++a) {
      if (same(a, b)) {
        return true;
      }
    }
  }
  return false;
}

uint64_t Value::tag() const { return is(Type::tag) ? node().argument : 0; }

Value Value::tagged() const {
  const bool tagged = tree_ != nullptr && is(Type::tag);
  return tagged ? Value(tree_, tree_->links[node().first]) : Value();
}

Value Value::untagged() const {
  Value inner = *this;
  while (inner.is(Type::tag)) {
    inner = inner.tagged();
  }
  return inner;
}

uint8_t Value::simple() const {
  return is(Type::simple) ? static_cast<uint8_t>(node().argument) : uint8_t{0};
}

ByteView Value::encoded() const { return present() ? tree_->encoded(node()) : ByteView(); }

}  // namespace assay::cbor
