// CBOR (RFC 8949): well-formedness and a read-only tree over the original bytes. Nothing is ever
// re-encoded; `encoded()` gives the bytes of any item as they stand in the file.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/budget.h"
#include "base/bytes.h"
#include "base/result.h"

namespace assay::cbor {

enum class Type : uint8_t {
  absent,  // no such item: what a look-up that finds nothing returns
  uint,
  nint,
  bytes,
  text,
  array,
  map,
  tag,
  boolean,
  null,
  undefined,
  floating,
  simple,
};

struct Tree;  // the nodes; owned by Document
struct Node;

// Value is a handle to one item of a Document and valid as long as the Document and its bytes are.
class Value {
 public:
  Value() = default;

  Type type() const;
  bool present() const { return type() != Type::absent; }
  bool is(Type type_) const { return type() == type_; }

  std::optional<uint64_t> as_uint() const;
  // Both integer types, if the value fits.
  std::optional<int64_t> as_int() const;
  // n of a negative integer -1 - n, which may be too small for as_int().
  std::optional<uint64_t> as_nint() const;
  std::optional<double> as_double() const;  // floating only
  std::optional<bool> as_bool() const;
  std::optional<ByteView> as_bytes() const;
  std::optional<std::string_view> as_text() const;  // valid UTF-8

  // Elements of an array, pairs of a map, else 0.
  size_t size() const;
  // Element of an array, value of a map's pair; absent when out of range.
  Value at(size_t index) const;
  Value key(size_t index) const;

  // The value under a key; absent if there is none. Also absent when the key occurs twice: an
  // ambiguous entry is never resolved to one of its values; see has_duplicate.
  Value get(std::string_view key) const;
  Value get(int64_t key) const;
  bool has_duplicate(std::string_view key) const;
  bool has_duplicate(int64_t key) const;
  bool has_duplicate_keys() const;  // any key of this map

  uint64_t tag() const;    // 0 when this is not a tag
  Value tagged() const;    // the item inside this tag; absent when this is not a tag
  Value untagged() const;  // the item inside any number of tags
  uint8_t simple() const;

  // The exact bytes of the item, head included.
  ByteView encoded() const;

 private:
  friend class Document;
  Value(const Tree* tree, uint32_t index) : tree_(tree), index_(index) {}
  const Node& node() const;

  const Tree* tree_ = nullptr;
  uint32_t index_ = 0;
};

class Document {
 public:
  // Exactly one data item; bytes after it are malformed. `bytes` must outlive the document.
  static Result<Document> parse(ByteView bytes, const Limits& limits, Budget& budget);
  // The first data item of `bytes`; `used()` tells how long it is.
  static Result<Document> parse_prefix(ByteView bytes, const Limits& limits, Budget& budget);

  Value root() const;
  size_t used() const;

 private:
  explicit Document(std::shared_ptr<const Tree> tree) : tree_(std::move(tree)) {}
  std::shared_ptr<const Tree> tree_;
};

// Encoders for the few structures that validation has to build itself (Sig_structure, RFC 9052
// §4.4).
void write_head(Bytes& out, uint8_t major, uint64_t argument);
void write_bytes(Bytes& out, ByteView value);
void write_text(Bytes& out, std::string_view value);
void write_array(Bytes& out, uint64_t count);
// Re-encodes deterministically (RFC 8949 §4.2.1); for comparisons only, never before hashing.
Bytes deterministic(const Value& value);

}  // namespace assay::cbor
