// ZeroScan: is every byte of a long range zero? Reads piece by piece, keeps no bytes, and resumes
// where it stopped.
#pragma once

#include <algorithm>
#include <cstdint>

#include "base/bytes.h"
#include "base/checked.h"
#include "base/result.h"
#include "io/byte_source.h"

namespace assay::container {

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
