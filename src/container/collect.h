// Collect: the bytes of a long range, piece by piece, so that no single need is larger than
// Limits::window_bytes; run() resumes where it stopped. ZeroScan reads in the same way.
#pragma once

#include <algorithm>
#include <cstdint>

#include "base/bytes.h"
#include "base/checked.h"
#include "base/result.h"
#include "io/byte_source.h"

namespace assay::container {

class Collect {
 public:
  Collect() = default;
  explicit Collect(Range range, uint64_t piece = kPiece) : range_(range), piece_(piece) {}

  // Fault::need: call again. On success take() holds exactly the range.
  Status run(io::ByteSource& source) {
    while (done_ < range_.length) {
      const uint64_t length = std::min(piece_, range_.length - done_);
      ASSAY_TRY(view, source.view({range_.offset + done_, length}));
      append(bytes_, view);
      done_ += length;
    }
    return {};
  }
  const Range& range() const { return range_; }
  Bytes take() { return std::move(bytes_); }

 private:
  static constexpr uint64_t kPiece = uint64_t{1} << 20;
  Range range_;
  uint64_t piece_ = kPiece;
  uint64_t done_ = 0;
  Bytes bytes_;
};

// ZeroScan: is every byte of a range zero? Keeps no bytes.
class ZeroScan {
 public:
  ZeroScan() = default;
  explicit ZeroScan(Range range) : range_(range) {}

  Status run(io::ByteSource& source) {
    while (zero_ && done_ < range_.length) {
      const uint64_t length = std::min(kPiece, range_.length - done_);
      ASSAY_TRY(view, source.view({range_.offset + done_, length}));
      zero_ = all_zero(view);
      done_ += length;
    }
    return {};
  }
  const Range& range() const { return range_; }
  bool zero() const { return zero_; }

 private:
  static constexpr uint64_t kPiece = uint64_t{1} << 20;
  Range range_;
  uint64_t done_ = 0;
  bool zero_ = true;
};

}  // namespace assay::container
