#include "base/bytes.h"

#include <algorithm>

namespace assay {

bool equal(ByteView a, ByteView b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

bool all_zero(ByteView view) {
  return std::all_of(view.begin(), view.end(), [](uint8_t byte) { return byte == 0; });
}

ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

std::string_view as_text(ByteView view) {
  return {reinterpret_cast<const char*>(view.data()), view.size()};
}

// The ends of both copies are plain pointers: between other iterators, and where insert() has to
// make room by itself, the standard library of the WebAssembly build goes byte by byte.
Bytes to_bytes(ByteView view) { return Bytes(view.data(), view.data() + view.size()); }

void append(Bytes& out, ByteView view) {
  const size_t size = out.size() + view.size();
  if (size > out.capacity()) {
    out.reserve(std::max(size, 2 * out.capacity()));
  }
  out.insert(out.end(), view.data(), view.data() + view.size());
}

void append_be16(Bytes& out, uint16_t value) {
  out.push_back(static_cast<uint8_t>(value >> 8));
  out.push_back(static_cast<uint8_t>(value));
}

void append_be32(Bytes& out, uint32_t value) {
  append_be16(out, static_cast<uint16_t>(value >> 16));
  append_be16(out, static_cast<uint16_t>(value));
}

void append_be64(Bytes& out, uint64_t value) {
  append_be32(out, static_cast<uint32_t>(value >> 32));
  append_be32(out, static_cast<uint32_t>(value));
}

Result<ByteView> ByteReader::peek(size_t count) const {
  if (count > remaining()) {
    return Fault::truncated;
  }
  return view_.subspan(position_, count);
}

Result<ByteView> ByteReader::take(size_t count) {
  auto view = peek(count);
  if (view.ok()) {
    position_ += count;
  }
  return view;
}

Status ByteReader::skip(size_t count) {
  if (count > remaining()) {
    return Fault::truncated;
  }
  position_ += count;
  return {};
}

Result<ByteView> ByteReader::take_until_nul() {
  const ByteView tail = rest();
  const auto nul = std::find(tail.begin(), tail.end(), uint8_t{0});
  if (nul == tail.end()) {
    return Fault::truncated;
  }
  const auto length = static_cast<size_t>(nul - tail.begin());
  position_ += length + 1;
  return tail.first(length);
}

Result<uint64_t> ByteReader::big_endian(size_t width) {
  ASSAY_TRY(view, take(width));
  uint64_t value = 0;
  for (const uint8_t byte : view) {
    value = (value << 8) | byte;
  }
  return value;
}

Result<uint64_t> ByteReader::little_endian(size_t width) {
  ASSAY_TRY(view, take(width));
  uint64_t value = 0;
  for (size_t i = width; i > 0; --i) {
    value = (value << 8) | view[i - 1];
  }
  return value;
}

Result<uint8_t> ByteReader::u8() {
  ASSAY_TRY(value, big_endian(1));
  return static_cast<uint8_t>(value);
}
Result<uint16_t> ByteReader::be16() {
  ASSAY_TRY(value, big_endian(2));
  return static_cast<uint16_t>(value);
}
Result<uint32_t> ByteReader::be24() {
  ASSAY_TRY(value, big_endian(3));
  return static_cast<uint32_t>(value);
}
Result<uint32_t> ByteReader::be32() {
  ASSAY_TRY(value, big_endian(4));
  return static_cast<uint32_t>(value);
}
Result<uint64_t> ByteReader::be64() { return big_endian(8); }
Result<uint16_t> ByteReader::le16() {
  ASSAY_TRY(value, little_endian(2));
  return static_cast<uint16_t>(value);
}
Result<uint32_t> ByteReader::le32() {
  ASSAY_TRY(value, little_endian(4));
  return static_cast<uint32_t>(value);
}
Result<uint64_t> ByteReader::le64() { return little_endian(8); }

}  // namespace assay
