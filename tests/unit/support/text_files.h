// Builders for texts with manifest wrappers.
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/text.h"

namespace assay::test {

inline std::string selectors(ByteView bytes) {
  std::string text;
  for (const uint8_t byte : bytes) {
    append_code_point(text, byte < 16 ? char32_t{0xFE00} + byte : char32_t{0xE0100} + byte - 16);
  }
  return text;
}

inline std::string wrapper(ByteView store, uint8_t version = 1, int length_error = 0,
                           const std::string& padding = "") {
  Bytes content = to_bytes(as_bytes(std::string_view("C2PATXT\0", 8)));
  content.push_back(version);
  append_be32(content, static_cast<uint32_t>(static_cast<int>(store.size()) + length_error));
  append(content, store);
  return "\xEF\xBB\xBF" + selectors(content) + padding;
}

}  // namespace assay::test
