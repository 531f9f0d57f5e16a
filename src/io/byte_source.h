// ByteSource: the part of an asset that the host has supplied so far. The core never reads; it asks
// for a range, and until the host has supplied it the answer is Fault::need.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/checked.h"
#include "base/result.h"

namespace assay::io {

class ByteSource {
 public:
  // `size` of the asset in bytes. `window` is the least that a need asks for, so that parsing
  // small fields does not cost one round trip each; needs never reach past the end.
  explicit ByteSource(uint64_t size, uint64_t window = uint64_t{64} << 10);

  uint64_t size() const { return size_; }

  // Exactly the bytes of `range`, contiguous; valid until the next supply() or release_before().
  // Past the end: Fault::truncated. Not here yet: Fault::need, and wanted() holds what to supply.
  Result<ByteView> view(Range range);

  // Adds bytes at `offset`; what overlaps earlier bytes replaces them (hosts never do that).
  void supply(uint64_t offset, ByteView bytes);
  void supply_owned(uint64_t offset, Bytes bytes);

  // The range asked for by the last view() that answered Fault::need.
  std::optional<Range> wanted() const { return wanted_; }

  // Bytes before `offset` are not needed for now and may be freed; a view of them asks for them
  // again.
  void release_before(uint64_t offset);
  uint64_t held_bytes() const;

 private:
  struct Piece {
    uint64_t offset;
    Bytes bytes;
  };
  size_t piece_at(uint64_t offset) const;
  void want(uint64_t begin, uint64_t end);
  void join(size_t first, size_t last, uint64_t from);
  void cut_out(Range range);

  uint64_t size_;
  uint64_t window_;
  uint64_t released_ = 0;
  std::vector<Piece> pieces_;   // sorted by offset, disjoint; joined when a view spans several
  std::vector<Bytes> retired_;  // what was joined, as long as views of it are valid
  std::optional<Range> wanted_;
};

}  // namespace assay::io
