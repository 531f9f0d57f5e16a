// Tree: the nodes of one CBOR document, flat. Only the codec itself looks inside.
#pragma once

#include <compare>
#include <vector>

#include "codec/cbor/cbor.h"

namespace assay::cbor {

struct Node {
  Type type = Type::absent;
  bool assembled = false;  // string of several chunks: content lies in Tree::assembled
  uint32_t begin = 0;      // of the encoded item in Tree::input
  uint32_t end = 0;
  // Integers, tag number, simple value, bits of a double; for strings the offset of the content.
  uint64_t argument = 0;
  uint32_t first = 0;  // containers: index into Tree::links
  uint32_t count = 0;  // elements, pairs, or bytes of a string
};

// Maps above this size carry an index sorted by key, so that looking up every key stays
// O(n log n) (T-52).
constexpr uint32_t kIndexedMapPairs = 16;

struct Tree {
  ByteView input;
  std::vector<Node> nodes;
  // Children of a container, side by side: elements; key, value, key, value…; the tagged item. An
  // indexed map's pairs are followed by the pair numbers in key order.
  std::vector<uint32_t> links;
  Bytes assembled;
  uint32_t root = 0;

  ByteView content(const Node& node) const;
  ByteView encoded(const Node& node) const;
  const Node& key(const Node& map, uint32_t pair) const;
  // A total order of keys. Equal means the same data item; keys other than integers and strings
  // compare by their bytes.
  std::strong_ordering compare_keys(const Node& a, const Node& b) const;
};

}  // namespace assay::cbor
