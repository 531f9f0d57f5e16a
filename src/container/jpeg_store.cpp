#include "container/jpeg_store.h"

#include <algorithm>
#include <utility>

#include "container/store.h"

namespace assay::container {
namespace {

constexpr uint32_t kJumb = 0x6A756D62;
constexpr uint16_t kCommonIdentifier = 0x4A50;  // "JP"
constexpr size_t kMarkerAndLength = 4;
constexpr uint64_t kRoom = uint64_t{4} << 20;
// Packets are counted from 1; a vendor of many pictures counts from 0, which harms nobody.
constexpr uint32_t kFirstPacket = 1;

Range whole(const std::vector<Range>& segments) {
  return Range{segments.front().offset, segments.back().end() - segments.front().offset};
}

}  // namespace

Result<JpegStore::Header> JpegStore::parse(ByteView segment) {
  ByteReader reader(segment);
  Header header;
  ASSAY_CHECK(reader.skip(kMarkerAndLength));
  ASSAY_TRY(identifier, reader.be16());
  ASSAY_TRY(instance, reader.be16());
  ASSAY_TRY(sequence, reader.be32());
  const size_t mark = reader.position();
  ASSAY_TRY(length, reader.be32());
  ASSAY_TRY(type, reader.be32());
  if (length == 1) {
    ASSAY_CHECK(reader.skip(8));
  }
  header.is_jp = identifier == kCommonIdentifier;
  header.instance = instance;
  header.sequence = sequence;
  header.short_length = length;
  header.type = type;
  header.box_header = reader.since(mark);
  header.payload = reader.rest();
  return header;
}

bool JpegStore::continues(ByteView segment, Range range) const {
  const auto header = parse(segment);
  if (!open() || !header || range.offset != segments_.back().end()) {
    return false;
  }
  const bool another = header->sequence <= kFirstPacket && header->sequence != next_sequence_;
  return !another && header->is_jp && header->instance == instance_;
}

bool JpegStore::take(ByteView segment, Range range, uint64_t left) {
  const auto header = parse(segment);
  if (!header) {
    return false;
  }
  if (!open()) {
    // The type UUID decides, not the header in front of it: a store whose header was damaged is a
    // broken store, not the absence of one (T-32, T-38).
    const StoreTest test = test_store_content(header->payload);
    const bool may_begin = test == StoreTest::undecided && header->is_jp &&
                           header->sequence <= kFirstPacket && header->type == kJumb;
    if (test != StoreTest::yes && !may_begin) {
      return false;
    }
    begin(*header, left);
  } else {
    check_continuation(*header);
  }
  segments_.push_back(range);
  if (limits_.exceeded(Limit::app11_packets, segments_.size())) {
    fail("The manifest store has more APP11 segments than are processed.");
  }
  if (defect_.empty()) {
    append(bytes_, header->payload);
  }
  if (defect_.empty() && length_ != 0 && bytes_.size() > length_) {
    fail("The manifest store's APP11 segments hold more bytes than its box.");
  }
  return true;
}

void JpegStore::begin(const Header& header, uint64_t left) {
  instance_ = header.instance;
  next_sequence_ = uint64_t{header.sequence} + 1;
  defect_.clear();
  box_header_ = to_bytes(header.box_header);
  bytes_ = box_header_;
  const auto length = box_length(bytes_);
  length_ = length.ok() ? *length : 0;
  if (!header.is_jp || header.type != kJumb) {
    fail("The APP11 segment with the manifest store has a damaged JUMBF header.");
  } else if (header.sequence > kFirstPacket) {
    fail("The manifest store's first APP11 segment is missing.");
  } else if (length_ == 0) {
    fail("The manifest store's box in the APP11 segments has no usable length.");
  } else if (limits_.exceeded(Limit::store_bytes, length_)) {
    fail("The manifest store is larger than what is processed.");
  } else {
    // Room for all of a usual one at once, but never for more than the file can hold (T-34).
    bytes_.reserve(static_cast<size_t>(std::min({length_, left, kRoom})));
  }
}

// identical box header, packet numbers in steps of one.
void JpegStore::check_continuation(const Header& header) {
  if (header.sequence != next_sequence_) {
    fail("The manifest store's APP11 segments are not numbered in sequence.");
  } else if (!equal(header.box_header, box_header_)) {
    fail("The manifest store's APP11 segments repeat different box headers.");
  }
  ++next_sequence_;
}

void JpegStore::fail(std::string defect) {
  if (defect_.empty()) {
    defect_ = std::move(defect);
  }
  bytes_ = Bytes();
}

void JpegStore::check_complete() {
  if (!defect_.empty()) {
    return;
  }
  const size_t header_size = std::min(box_header_.size(), bytes_.size());
  if (bytes_.size() != length_) {
    fail("The manifest store's APP11 segments hold " + std::to_string(bytes_.size()) + " of " +
         std::to_string(length_) + " bytes.");
  } else if (!is_labelled_c2pa(ByteView(bytes_).subspan(header_size))) {
    fail("The JUMBF box with the C2PA type is not labelled c2pa.");
  }
}

void JpegStore::finish(Carrier& carrier) {
  if (!open()) {
    return;
  }
  const bool undecided =
      defect_.empty() && test_store(bytes_) != StoreTest::yes;  // its first packets were too short
  const Range range = whole(segments_);
  if (undecided) {
    for (const Range& segment : segments_) {
      add_box(carrier, limits_, "APP11", segment);
    }
  } else {
    check_complete();
    add_box(carrier, limits_, "C2PA", range);
    if (defect_.empty()) {
      add_store(carrier, EmbeddedStore{std::move(bytes_), segments_, {}});
    } else {
      add_note(carrier, "app11Sequence", range, defect_);
      add_broken_store(carrier, defect_);
    }
  }
  segments_.clear();
  bytes_ = Bytes();
  defect_.clear();
}

}  // namespace assay::container
