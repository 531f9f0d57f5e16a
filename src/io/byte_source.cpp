#include "io/byte_source.h"

#include <algorithm>
#include <utility>

// offsets in 64 bits whatever size_t is; what is read is bounded by what was supplied.
namespace assay::io {
namespace {

// Small supplies grow the piece before them up to this size instead of standing alone.
constexpr uint64_t kGrowUntil = uint64_t{1} << 20;

uint64_t end_of(uint64_t offset, const Bytes& bytes) { return offset + bytes.size(); }

}  // namespace

ByteSource::ByteSource(uint64_t size, uint64_t window)
    : size_(size), window_(std::max<uint64_t>(window, 1)) {}

Result<ByteView> ByteSource::view(Range range) {
  const auto end = checked_add(range.offset, range.length);
  if (!end || *end > size_) {
    return Fault::truncated;
  }
  if (range.length == 0) {
    return ByteView();
  }
  const size_t first = piece_at(range.offset);
  size_t last = first;
  uint64_t have = range.offset;
  while (last < pieces_.size() && pieces_[last].offset <= have) {
    have = end_of(pieces_[last].offset, pieces_[last].bytes);
    if (have >= *end) {
      join(first, last, range.offset);
      const Piece& piece = pieces_[first];
      return ByteView(piece.bytes)
          .subspan(static_cast<size_t>(range.offset - piece.offset),
                   static_cast<size_t>(range.length));
    }
    ++last;
  }
  want(have, *end);
  return Fault::need;
}

// The first piece that ends behind `offset`; it holds the byte there if it begins early enough.
size_t ByteSource::piece_at(uint64_t offset) const {
  const auto found = std::partition_point(
      pieces_.begin(), pieces_.end(),
      [offset](const Piece& piece) { return end_of(piece.offset, piece.bytes) <= offset; });
  return static_cast<size_t>(found - pieces_.begin());
}

void ByteSource::want(uint64_t begin, uint64_t end) {
  uint64_t until = std::max(end, checked_add(begin, window_).value_or(size_));
  until = std::min(until, size_);
  const size_t next = piece_at(begin);
  if (next < pieces_.size()) {
    until = std::min(until, pieces_[next].offset);
  }
  wanted_ = Range{begin, until - begin};
}

// Makes pieces `first` to `last`, which touch, one piece for a view from `from` on; what was
// released before that is dropped on the way. Released bytes may come a second time, to be hashed
// after they were parsed, so `from` can lie before released_. The old pieces stay until the next
// supply(), because views of them are still in use.
void ByteSource::join(size_t first, size_t last, uint64_t from) {
  if (first == last) {
    return;
  }
  const uint64_t begin = std::max(pieces_[first].offset, std::min(released_, from));
  Piece joined{begin, {}};
  joined.bytes.reserve(
      static_cast<size_t>(end_of(pieces_[last].offset, pieces_[last].bytes) - begin));
  for (size_t index = first; index <= last; ++index) {
    const uint64_t skip = index == first ? begin - pieces_[first].offset : 0;
    append(joined.bytes, ByteView(pieces_[index].bytes).subspan(static_cast<size_t>(skip)));
    retired_.push_back(std::move(pieces_[index].bytes));
  }
  pieces_[first] = std::move(joined);
  pieces_.erase(pieces_.begin() + static_cast<ptrdiff_t>(first) + 1,
                pieces_.begin() + static_cast<ptrdiff_t>(last) + 1);
}

void ByteSource::supply(uint64_t offset, ByteView bytes) {
  retired_.clear();
  if (offset >= size_ || bytes.empty()) {
    return;
  }
  bytes = bytes.first(static_cast<size_t>(std::min<uint64_t>(bytes.size(), size_ - offset)));
  const size_t next = piece_at(offset);
  if (next > 0) {
    Piece& before = pieces_[next - 1];
    const bool touches = end_of(before.offset, before.bytes) == offset;
    const bool free_until_next =
        next == pieces_.size() || pieces_[next].offset >= offset + bytes.size();
    if (touches && free_until_next && before.bytes.size() + bytes.size() <= kGrowUntil) {
      append(before.bytes, bytes);
      return;
    }
  }
  supply_owned(offset, to_bytes(bytes));
}

void ByteSource::supply_owned(uint64_t offset, Bytes bytes) {
  retired_.clear();
  if (offset >= size_ || bytes.empty()) {
    return;
  }
  if (bytes.size() > size_ - offset) {
    bytes.resize(static_cast<size_t>(size_ - offset));
  }
  cut_out(Range{offset, bytes.size()});
  const auto place = pieces_.begin() + static_cast<ptrdiff_t>(piece_at(offset));
  pieces_.insert(place, Piece{offset, std::move(bytes)});
}

// Removes what is held of `range`.
void ByteSource::cut_out(Range range) {
  for (size_t index = piece_at(range.offset); index < pieces_.size();) {
    Piece& piece = pieces_[index];
    const uint64_t piece_end = end_of(piece.offset, piece.bytes);
    if (piece.offset >= range.end()) {
      return;
    }
    if (piece_end > range.end()) {
      const auto keep_from = static_cast<ptrdiff_t>(range.end() - piece.offset);
      Piece tail{range.end(), Bytes(piece.bytes.begin() + keep_from, piece.bytes.end())};
      pieces_.insert(pieces_.begin() + static_cast<ptrdiff_t>(index) + 1, std::move(tail));
    }
    Piece& cut = pieces_[index];
    if (cut.offset < range.offset) {
      cut.bytes.resize(static_cast<size_t>(range.offset - cut.offset));
      ++index;
    } else {
      pieces_.erase(pieces_.begin() + static_cast<ptrdiff_t>(index));
    }
    if (piece_end > range.end()) {
      return;
    }
  }
}

void ByteSource::release_before(uint64_t offset) {
  retired_.clear();
  released_ = std::max(released_, offset);
  pieces_.erase(pieces_.begin(), pieces_.begin() + static_cast<ptrdiff_t>(piece_at(offset)));
}

uint64_t ByteSource::held_bytes() const {
  uint64_t sum = 0;
  for (const Piece& piece : pieces_) {
    sum += piece.bytes.size();
  }
  return sum;
}

}  // namespace assay::io
