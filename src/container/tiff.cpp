// TIFF, DNG and TIFF/EP, classic and BigTIFF (§Embedding manifests into TIFF-based assets; R-135,
// the store is the value of tag 52545 in the last directory of the main chain, or, as older
// versions had it, in the first. SubIFDs are not looked at.
//   classic   "II"/"MM" 42(2) first IFD(4);             IFD: count(2) entry(12)… next(4)
//   BigTIFF   "II"/"MM" 43(2) 8(2) 0(2) first IFD(8);   IFD: count(8) entry(20)… next(8)
//   entry     tag(2) type(2) count(4|8) value or offset(4|8)
#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/sort.h"
#include "container/store.h"
#include "container/walkers.h"
#include "container/xmp.h"

namespace assay::container {
namespace {

constexpr uint16_t kStoreTag = 52545;
constexpr uint16_t kXmpTag = 700;
constexpr uint16_t kIptcTag = 33723;
constexpr uint16_t kPhotoshopTag = 34377;
constexpr uint16_t kDngVersionTag = 50706;
constexpr uint16_t kUndefined = 7;
constexpr uint16_t kByte = 1;
constexpr uint64_t kMostEntries = 65536;

struct Entry {
  uint16_t tag = 0;
  uint16_t type = 0;
  uint64_t count = 0;
  uint64_t value = 0;  // or where it lies
  Range count_field;   // in the file
};

class TiffWalker : public Walker {
 public:
  explicit TiffWalker(const Limits& limits) : limits_(limits) {}

  Status run(io::ByteSource& source, Budget& budget, Carrier& carrier) override;

 private:
  enum class State : uint8_t { header, directories, stores, xmp, done };

  Status step(io::ByteSource& source, Budget& budget, Carrier& carrier);
  Status read_header(io::ByteSource& source, Carrier& carrier);
  Status read_directory(io::ByteSource& source, Budget& budget, Carrier& carrier);
  Status read_store(io::ByteSource& source, Carrier& carrier);
  Status read_xmp(io::ByteSource& source, Budget& budget, Carrier& carrier);
  void take_entry(const Entry& entry, Carrier& carrier);
  void end_chain(Carrier& carrier);

  uint64_t number(ByteReader& reader, int width) const;
  uint64_t offset_width() const { return big_ ? 8 : 4; }
  uint64_t count_width() const { return big_ ? 8 : 2; }
  uint64_t entry_size() const { return big_ ? 20 : 12; }

  const Limits& limits_;
  State state_ = State::header;
  bool little_ = false;
  bool big_ = false;
  uint64_t next_ = 0;  // offset of the directory to be read
  std::set<uint64_t> visited_;
  std::vector<Entry> first_;   // store entries of the first directory
  std::vector<Entry> last_;    // of the one read last
  std::vector<Entry> stores_;  // to be read
  size_t reading_ = 0;
  Range xmp_;
  Bytes copied_;
};

Status TiffWalker::run(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  while (state_ != State::done) {
    if (!budget.spend()) {
      return Fault::limit;
    }
    ASSAY_CHECK(step(source, budget, carrier));
  }
  return {};
}

Status TiffWalker::step(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  switch (state_) {
    case State::header:
      return read_header(source, carrier);
    case State::directories:
      return read_directory(source, budget, carrier);
    case State::stores:
      return read_store(source, carrier);
    case State::xmp:
      return read_xmp(source, budget, carrier);
    case State::done:
      break;
  }
  return {};
}

uint64_t TiffWalker::number(ByteReader& reader, int width) const {
  uint64_t value = 0;
  for (int index = 0; index < width; ++index) {
    const uint64_t byte = *reader.u8();
    value = little_ ? value | (byte << (8 * index)) : (value << 8U) | byte;
  }
  return value;
}

Status TiffWalker::read_header(io::ByteSource& source, Carrier& carrier) {
  constexpr uint16_t kBigTiff = 43;
  constexpr uint64_t kClassicHeader = 8;
  constexpr uint64_t kBigHeader = 16;
  const uint64_t size = std::min(source.size(), kBigHeader);
  ASSAY_TRY(head, source.view(Range{0, size}));
  little_ = head[0] == 'I';
  ByteReader reader(head);
  const bool has_version = reader.skip(2).ok() && reader.remaining() >= 2;
  big_ = has_version && number(reader, 2) == kBigTiff;
  if (size < (big_ ? kBigHeader : kClassicHeader)) {
    end_chain(carrier);
    return {};
  }
  ASSAY_CHECK(reader.skip(big_ ? 4 : 0));
  next_ = number(reader, static_cast<int>(offset_width()));
  state_ = State::directories;
  return {};
}

Status TiffWalker::read_directory(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  const bool again = visited_.count(next_) != 0;
  if (next_ == 0 || again || limits_.exceeded(Limit::tiff_directories, visited_.size() + 1)) {
    if (next_ != 0) {
      add_note(carrier, "tiffChain", Range{next_, 0}, "The chain of TIFF directories has no end.");
    }
    end_chain(carrier);
    return {};
  }
  const Range count_range{next_, count_width()};
  const uint64_t left = source.size() - std::min(source.size(), count_range.end());
  if (count_range.end() > source.size()) {
    add_note(carrier, "truncated", count_range,
             "A TIFF directory lies behind the end of the file.");
    end_chain(carrier);
    return {};
  }
  ASSAY_TRY(count_bytes, source.view(count_range));
  ByteReader count_reader(count_bytes);
  const uint64_t count = number(count_reader, static_cast<int>(count_width()));
  if (count > kMostEntries || count * entry_size() > left) {
    add_note(carrier, "truncated", count_range, "A TIFF directory is longer than the file.");
    end_chain(carrier);
    return {};
  }
  const bool has_next = left - count * entry_size() >= offset_width();
  const Range body{count_range.end(), count * entry_size() + (has_next ? offset_width() : 0)};
  if (!budget.spend(count)) {
    return Fault::limit;
  }
  ASSAY_TRY(bytes, source.view(body));
  ByteReader reader(bytes);
  last_.clear();
  for (uint64_t index = 0; index < count; ++index) {
    Entry entry;
    entry.count_field = Range{body.offset + reader.position() + 4, offset_width()};
    entry.tag = static_cast<uint16_t>(number(reader, 2));
    entry.type = static_cast<uint16_t>(number(reader, 2));
    entry.count = number(reader, static_cast<int>(offset_width()));
    entry.value = number(reader, static_cast<int>(offset_width()));
    take_entry(entry, carrier);
  }
  if (visited_.empty()) {
    first_ = last_;
  }
  visited_.insert(next_);
  next_ = has_next ? number(reader, static_cast<int>(offset_width())) : 0;
  return {};
}

void TiffWalker::take_entry(const Entry& entry, Carrier& carrier) {
  const bool bytes = entry.type == kByte || entry.type == kUndefined;
  const Range value{entry.value, entry.count};
  const bool inside = value.end() <= carrier.asset_size && entry.count > offset_width();
  if (entry.tag == kStoreTag) {
    last_.push_back(entry);
  } else if (entry.tag == kDngVersionTag && visited_.empty()) {
    carrier.format = Format::dng;
  } else if (bytes && inside && entry.tag == kXmpTag) {
    add_metadata(carrier, limits_, value, "XMP");
    xmp_ = xmp_.length == 0 ? value : xmp_;
  } else if (bytes && inside && (entry.tag == kIptcTag || entry.tag == kPhotoshopTag)) {
    add_metadata(carrier, limits_, value, "IPTC");
  }
}

// the last directory, then the first. Stores in both are two stores.
void TiffWalker::end_chain(Carrier& /*carrier*/) {
  stores_ = last_;
  if (visited_.size() > 1) {
    for (const Entry& entry : first_) {
      stores_.push_back(entry);
    }
  }
  state_ = State::stores;
}

Status TiffWalker::read_store(io::ByteSource& source, Carrier& carrier) {
  constexpr size_t kEnoughToKnow = 2;
  if (reading_ >= std::min(stores_.size(), kEnoughToKnow)) {
    state_ = State::xmp;
    return {};
  }
  const Entry& entry = stores_[reading_];
  const Range data{entry.value, entry.count};
  if ((entry.type != kUndefined && entry.type != kByte) || entry.count <= offset_width()) {
    add_broken_store(carrier, "The TIFF entry of the manifest store is malformed.");
  } else if (!checked_add(data.offset, data.length) || data.end() > source.size()) {
    add_broken_store(carrier, "The manifest store ends behind the end of the TIFF file.");
  } else if (data.offset < entry.count_field.end() && entry.count_field.offset < data.end()) {
    add_broken_store(carrier, "The manifest store lies over the TIFF entry that leads to it.");
  } else if (limits_.exceeded(Limit::store_bytes, data.length)) {
    add_broken_store(carrier, "The manifest store is larger than what is processed.");
  } else {
    ASSAY_CHECK(copy_range(source, data, limits_, copied_));
    // The entry's count follows the store's length and may be excluded with it.
    EmbeddedStore store{std::move(copied_), {entry.count_field, data}, {}};
    copied_ = Bytes();
    sort_by(store.carrier, [](const Range& a, const Range& b) { return a.offset < b.offset; });
    trim_padding(store, data);
    add_store(carrier, std::move(store));
  }
  ++reading_;
  return {};
}

Status TiffWalker::read_xmp(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  if (xmp_.length > 0 && !limits_.exceeded(Limit::xmp_bytes, xmp_.length)) {
    ASSAY_TRY(packet, source.view(xmp_));
    carrier.provenance_url = xmp_provenance(as_text(packet), limits_, budget);
  }
  state_ = State::done;
  return {};
}

}  // namespace

std::unique_ptr<Walker> make_tiff_walker(const Limits& limits) {
  return std::make_unique<TiffWalker>(limits);
}

}  // namespace assay::container
