#include "validate/hasher.h"

#include <algorithm>
#include <utility>

namespace assay::validate {
namespace {

// What a window leaves behind is freed once this much is held; small assets stay in memory, so that
// several digests over them need no second reading.
constexpr uint64_t kKeptBytes = uint64_t{8} << 20;

}  // namespace

Hasher::Hasher(binding::HashJob job, const Limits& limits)
    : job_(std::move(job)), window_(limits.window_bytes), digest_(job_.alg) {}

Result<Bytes> Hasher::run(io::ByteSource& source) {
  while (segment_ < job_.segments.size()) {
    const binding::Segment& segment = job_.segments[segment_];
    if (const Bytes* literal = std::get_if<Bytes>(&segment)) {
      digest_.update(*literal);
      ++segment_;
      continue;
    }
    const Range range = std::get<Range>(segment);
    while (position_ < range.length) {
      const uint64_t length = std::min(window_, range.length - position_);
      ASSAY_TRY(bytes, source.view({range.offset + position_, length}));
      digest_.update(bytes);
      position_ += length;
      if (source.held_bytes() > kKeptBytes) {
        source.release_before(range.offset + position_);
      }
    }
    position_ = 0;
    ++segment_;
  }
  return digest_.finish();
}

}  // namespace assay::validate
