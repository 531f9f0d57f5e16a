// Ogg (RFC 3533; §Embedding manifests into OGG Vorbis; R-150): the store fills a logical bitstream
// of its own, whose first packet begins with 00 "c2pa".
//   page  "OggS" version(1) flags(1) granule(8) serial(4, LE) sequence(4) CRC(4) segments(1) table
#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/text.h"
#include "container/store.h"
#include "container/walkers.h"

namespace assay::container {
namespace {

using namespace std::string_view_literals;

constexpr uint64_t kPageHeader = 27;
constexpr std::string_view kCapture = "OggS";
constexpr std::string_view kStorePrefix = "\0c2pa"sv;
constexpr size_t kMostStreams = 4096;

struct Stream {
  uint32_t serial = 0;
  bool is_store = false;
  std::vector<Range> pages;  // those that touch are one range
  uint64_t total = 0;        // of the store's stream: bytes of its packets
  Bytes bytes;               // those, up to the limit
};

class OggWalker : public Walker {
 public:
  explicit OggWalker(const Limits& limits) : limits_(limits) {}

  Status run(io::ByteSource& source, Budget& budget, Carrier& carrier) override;

 private:
  Status read_page(io::ByteSource& source, Carrier& carrier);
  Stream& stream_of(uint32_t serial, bool is_store);
  void take_data(Stream& stream, ByteView bytes) const;
  static void take_page(Stream& stream, Range page);
  Status find_page(io::ByteSource& source, Carrier& carrier);
  void cut_off(Carrier& carrier);
  void end_file(Carrier& carrier);
  void end_store(Stream& stream, Carrier& carrier);

  const Limits& limits_;
  uint64_t position_ = 0;
  uint32_t pages_ = 0;
  std::vector<Stream> streams_;  // in the order of their first pages
  std::map<uint32_t, size_t> by_serial_;
};

Status OggWalker::run(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  while (position_ < source.size()) {
    if (pages_ >= limits_.segments) {
      return limits_.refuse(Limit::segments);
    }
    if (!budget.spend() || streams_.size() > kMostStreams) {
      return Fault::limit;
    }
    ASSAY_CHECK(read_page(source, carrier));
    source.release_before(position_);
  }
  end_file(carrier);
  return {};
}

Status OggWalker::read_page(io::ByteSource& source, Carrier& carrier) {
  const uint64_t left = source.size() - position_;
  if (left < kPageHeader) {
    cut_off(carrier);
    return {};
  }
  ASSAY_TRY(head, source.view(Range{position_, kPageHeader}));
  if (as_text(head.first(4)) != kCapture) {
    return find_page(source, carrier);
  }
  const uint32_t serial = *ByteReader(head.subspan(14)).le32();
  const uint64_t front = kPageHeader + head[26];
  if (front > left) {
    cut_off(carrier);
    return {};
  }
  ASSAY_TRY(segments, source.view(Range{position_ + kPageHeader, front - kPageHeader}));
  uint64_t body = 0;
  for (const uint8_t length : segments) {
    body += length;
  }
  const Range data{position_ + front, std::min(body, left - front)};
  const Range page{position_, front + data.length};
  bool is_store = false;
  const auto known = by_serial_.find(serial);
  if (known != by_serial_.end()) {
    is_store = streams_[known->second].is_store;
  } else {
    ASSAY_TRY(prefix, source.view(Range{data.offset,
                                        std::min<uint64_t>(data.length, kStorePrefix.size())}));
    is_store = as_text(prefix) == kStorePrefix;
  }
  if (is_store) {
    ASSAY_TRY(bytes, source.view(data));
    take_data(stream_of(serial, is_store), bytes);
  }
  take_page(stream_of(serial, is_store), page);
  if (data.length < body) {
    add_note(carrier, "truncated", page, "The file ends inside an Ogg page.");
  }
  ++pages_;
  position_ = page.end();
  return {};
}

Stream& OggWalker::stream_of(uint32_t serial, bool is_store) {
  const auto [place, is_new] = by_serial_.emplace(serial, streams_.size());
  if (is_new) {
    streams_.push_back(Stream{serial, is_store, {}, 0, {}});
  }
  return streams_[place->second];
}

void OggWalker::take_data(Stream& stream, ByteView bytes) const {
  stream.total += bytes.size();
  if (!limits_.exceeded(Limit::store_bytes, stream.total)) {
    append(stream.bytes, bytes);
  }
}

void OggWalker::take_page(Stream& stream, Range page) {
  if (!stream.pages.empty() && stream.pages.back().end() == page.offset) {
    stream.pages.back().length += page.length;
  } else {
    stream.pages.push_back(page);
  }
}

// Lost the page boundary: decoders look for the next capture pattern.
Status OggWalker::find_page(io::ByteSource& source, Carrier& carrier) {
  const uint64_t window = std::min<uint64_t>(source.size() - position_, limits_.window_bytes);
  ASSAY_TRY(view, source.view(Range{position_, window}));
  const size_t found = as_text(view).find(kCapture, 1);
  const uint64_t last_start = window - std::min<uint64_t>(window, kCapture.size() - 1);
  const bool at_end = position_ + window == source.size();
  const uint64_t skipped = found != std::string_view::npos ? found
                           : at_end                        ? window
                                                           : std::max<uint64_t>(last_start, 1);
  if (carrier.unnamed.empty() || carrier.unnamed.back().end() != position_) {
    add_note(carrier, "oggGap", Range{position_, skipped}, "There are bytes between Ogg pages.");
    carrier.unnamed.push_back(Range{position_, 0});
  }
  carrier.unnamed.back().length += skipped;
  position_ += skipped;
  return {};
}

void OggWalker::cut_off(Carrier& carrier) {
  const Range rest{position_, carrier.asset_size - position_};
  carrier.unnamed.push_back(rest);
  add_note(carrier, "truncated", rest, "The file does not end with a whole page.");
  position_ = carrier.asset_size;
}

void OggWalker::end_store(Stream& stream, Carrier& carrier) {
  if (stream.total > stream.bytes.size()) {
    add_broken_store(carrier, "The manifest store is larger than what is processed.");
    return;
  }
  const auto begin = stream.bytes.begin();
  EmbeddedStore store{
      Bytes(begin + static_cast<ptrdiff_t>(kStorePrefix.size()), stream.bytes.end()),
      stream.pages,
      {}};
  if (store.bytes.empty()) {
    add_broken_store(carrier, "The bitstream of the manifest store is empty.");
    return;
  }
  trim_padding(store, Range{});
  if (!store.dirty_padding.empty()) {  // scattered over pages
    store.dirty_padding = stream.pages;
  }
  add_store(carrier, std::move(store));
}

void OggWalker::end_file(Carrier& carrier) {
  for (Stream& stream : streams_) {
    const std::string name = stream.is_store ? "C2PA" : "Stream-" + std::to_string(stream.serial);
    if (stream.is_store) {
      end_store(stream, carrier);
    }
    carrier.boxes.push_back(NamedBox{name, std::move(stream.pages), {}});
  }
}

}  // namespace

std::unique_ptr<Walker> make_ogg_walker(const Limits& limits) {
  return std::make_unique<OggWalker>(limits);
}

}  // namespace assay::container
