// ByteView, Bytes and ByteReader: the one way to look at bytes. Pointer arithmetic is a lint error
// everywhere else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay {

using ByteView = std::span<const uint8_t>;
using Bytes = std::vector<uint8_t>;

bool equal(ByteView a, ByteView b);
bool all_zero(ByteView view);

// as_bytes and as_text reinterpret; neither copies nor validates.
ByteView as_bytes(std::string_view text);
std::string_view as_text(ByteView view);

Bytes to_bytes(ByteView view);
void append(Bytes& out, ByteView view);
void append_be16(Bytes& out, uint16_t value);
void append_be32(Bytes& out, uint32_t value);
void append_be64(Bytes& out, uint64_t value);

// ByteReader is a cursor over a view. A method that fails does not move the cursor.
class ByteReader {
 public:
  explicit ByteReader(ByteView view) : view_(view) {}

  size_t position() const { return position_; }
  size_t remaining() const { return view_.size() - position_; }
  bool at_end() const { return remaining() == 0; }
  ByteView rest() const { return view_.subspan(position_); }
  // The bytes read since `mark`, a former position().
  ByteView since(size_t mark) const { return view_.subspan(mark, position_ - mark); }

  Result<ByteView> peek(size_t count) const;
  Result<ByteView> take(size_t count);
  Status skip(size_t count);
  // Bytes up to a NUL, which is consumed and not returned.
  Result<ByteView> take_until_nul();

  Result<uint8_t> u8();
  Result<uint16_t> be16();
  Result<uint32_t> be24();
  Result<uint32_t> be32();
  Result<uint64_t> be64();
  Result<uint16_t> le16();
  Result<uint32_t> le32();
  Result<uint64_t> le64();

 private:
  Result<uint64_t> big_endian(size_t width);
  Result<uint64_t> little_endian(size_t width);

  ByteView view_;
  size_t position_ = 0;
};

}  // namespace assay
