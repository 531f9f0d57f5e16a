// CBOR items for assertions of tests: item("x"), item(5), item(bytes), array({…}), map({…}).
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "codec/cbor/cbor.h"

namespace assay::test {

inline Bytes item(uint64_t number) {
  Bytes out;
  cbor::write_head(out, 0, number);
  return out;
}
inline Bytes item(const char* text) {
  Bytes out;
  cbor::write_text(out, text);
  return out;
}
inline Bytes item(const Bytes& bytes) {
  Bytes out;
  cbor::write_bytes(out, bytes);
  return out;
}
inline Bytes truth(bool value) { return {static_cast<uint8_t>(value ? 0xF5 : 0xF4)}; }
inline Bytes null_item() { return {0xF6}; }

inline Bytes array(const std::vector<Bytes>& items) {
  Bytes out;
  cbor::write_array(out, items.size());
  for (const Bytes& encoded : items) {
    append(out, encoded);
  }
  return out;
}

inline Bytes map(const std::vector<std::pair<const char*, Bytes>>& pairs) {
  Bytes out;
  cbor::write_head(out, 5, pairs.size());
  for (const auto& [key, value] : pairs) {
    append(out, item(key));
    append(out, value);
  }
  return out;
}

}  // namespace assay::test
