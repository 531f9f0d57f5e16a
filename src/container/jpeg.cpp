// JPEG (ISO 10918-1) and files that carry several JPEG images one after another (MPF, Ultra HDR).
// The whole file is walked, entropy-coded data too: a second store may stand behind the first scan
// (R-102, T-31), and box names are needed up to the end.
#include <algorithm>
#include <map>
#include <memory>
#include <string>

#include "base/text.h"
#include "container/jpeg_markers.h"
#include "container/jpeg_store.h"
#include "container/store.h"
#include "container/walkers.h"
#include "container/xmp.h"

namespace assay::container {
namespace {

using namespace jpeg;
using namespace std::string_view_literals;

constexpr std::string_view kExif = "Exif\0"sv;
constexpr std::string_view kXmp = "http://ns.adobe.com/xap/1.0/\0"sv;
constexpr std::string_view kExtendedXmp = "http://ns.adobe.com/xmp/extension/\0"sv;
constexpr std::string_view kPhotoshop = "Photoshop 3.0\0"sv;
constexpr char kMarkerByte = '\xFF';
constexpr uint64_t kSegmentHeader = 4;

// ExtendedXmp: chunks of packets that did not fit one segment (XMP part 3 §1.1.3.1).
//   GUID(32) full length(4) offset(4) data
class ExtendedXmp {
 public:
  void take(ByteView body, const Limits& limits);
  // The first packet that is complete; empty if there is none.
  std::string_view packet() const;

 private:
  struct Packet {
    std::string bytes;
    uint64_t filled = 0;
  };
  std::map<std::string, Packet, std::less<>> packets_;
};

void ExtendedXmp::take(ByteView body, const Limits& limits) {
  constexpr size_t kMostPackets = 4;
  ByteReader reader(body);
  const auto guid = reader.take(32);
  const auto length = reader.be32();
  const auto offset = reader.be32();
  if (!guid || !length || !offset || limits.exceeded(Limit::xmp_bytes, *length) ||
      *offset > *length || reader.remaining() > *length - *offset) {
    return;
  }
  const std::string key(as_text(*guid));
  if (packets_.size() >= kMostPackets && packets_.find(key) == packets_.end()) {
    return;
  }
  Packet& packet = packets_[key];
  if (packet.filled == *offset) {  // chunks in order, which is how they are written
    packet.bytes.append(as_text(reader.rest()));
    packet.filled += reader.remaining();
  }
}

std::string_view ExtendedXmp::packet() const {
  return packets_.empty() ? std::string_view() : std::string_view(packets_.begin()->second.bytes);
}

class JpegWalker : public Walker {
 public:
  explicit JpegWalker(const Limits& limits) : limits_(limits), store_(limits) {}

  Status run(io::ByteSource& source, Budget& budget, Carrier& carrier) override;

 private:
  enum class State : uint8_t { marker, entropy, done };

  Status step(io::ByteSource& source, Budget& budget, Carrier& carrier);
  Status read_marker(io::ByteSource& source, Budget& budget, Carrier& carrier);
  Status read_segment(io::ByteSource& source, uint8_t marker, Budget& budget, Carrier& carrier);
  Status read_cut_off(io::ByteSource& source, uint8_t marker, Carrier& carrier);
  Status scan_entropy(io::ByteSource& source, Budget& budget, Carrier& carrier);
  void take_app11(ByteView segment, Range range, uint64_t left, Carrier& carrier);
  void take_app1(ByteView segment, Range range, Budget& budget, Carrier& carrier);
  void end_box(uint64_t end, Carrier& carrier);
  void end_image(Carrier& carrier);
  void end_file(Budget& budget, Carrier& carrier);
  void skip_gap(uint64_t from, uint64_t to, Carrier& carrier);

  const Limits& limits_;
  JpegStore store_;
  ExtendedXmp extended_xmp_;
  State state_ = State::marker;
  uint64_t position_ = 0;
  uint32_t segments_ = 0;     // markers, and stretches between them
  bool primary_ = true;       // stores of later images are not the file's
  bool between_ = true;       // between two images: only SOI may come
  std::string entropy_name_;  // "SOS" or "RSTn", whose entropy-coded bytes are being scanned
  uint64_t entropy_start_ = 0;
};

Status JpegWalker::run(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  while (state_ != State::done) {
    const bool in_scan = state_ == State::entropy;
    ASSAY_CHECK(step(source, budget, carrier));
    segments_ += in_scan ? 0 : 1;
    source.release_before(position_);
  }
  return {};
}

Status JpegWalker::step(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  if (!budget.spend()) {
    return Fault::limit;
  }
  if (state_ == State::entropy) {
    return scan_entropy(source, budget, carrier);
  }
  if (source.size() - position_ < 2) {
    if (between_) {
      add_trailing(carrier, position_);
    } else {
      skip_gap(position_, source.size(), carrier);
    }
    end_file(budget, carrier);
    return {};
  }
  return read_marker(source, budget, carrier);
}

Status JpegWalker::read_marker(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  ASSAY_TRY(two, source.view(Range{position_, 2}));
  const uint8_t marker = two[1];
  if (between_ && (two[0] != 0xFF || marker != kSoi)) {
    store_.finish(carrier);
    add_trailing(carrier, position_);
    end_file(budget, carrier);
    return {};
  }
  if (segments_ >= limits_.segments) {
    return limits_.refuse(Limit::segments);
  }
  if (two[0] != 0xFF || marker == 0x00 || marker == 0xFF) {
    // Decoders look for the next marker; so do we.
    const uint64_t window = std::min<uint64_t>(source.size() - position_, limits_.window_bytes);
    ASSAY_TRY(view, source.view(Range{position_, window}));
    const uint64_t skipped = std::min<uint64_t>(as_text(view).find(kMarkerByte, 1), view.size());
    skip_gap(position_, position_ + skipped, carrier);
    if (two[0] != 0xFF || marker == 0x00) {  // fill bytes in front of a marker are no oddity
      add_note(carrier, "jpegGap", Range{position_, skipped},
               "There are bytes between two JPEG segments.");
    }
    position_ += skipped;
    return {};
  }
  if (!stands_alone(marker)) {
    return read_segment(source, marker, budget, carrier);
  }
  store_.finish(carrier);
  add_box(carrier, limits_, symbol(marker), Range{position_, 2});
  position_ += 2;
  between_ = false;
  if (marker == kEoi) {
    end_image(carrier);
  }
  return {};
}

Status JpegWalker::read_segment(io::ByteSource& source, uint8_t marker, Budget& budget,
                                Carrier& carrier) {
  if (source.size() - position_ < kSegmentHeader) {
    return read_cut_off(source, marker, carrier);
  }
  ASSAY_TRY(head, source.view(Range{position_, kSegmentHeader}));
  const uint64_t length = *ByteReader(head.subspan(2)).be16();
  const Range range{position_, 2 + length};
  if (length < 2) {
    add_note(carrier, "jpegSegment", Range{position_, kSegmentHeader},
             "A JPEG segment declares a length smaller than its own header.");
    store_.finish(carrier);
    position_ += kSegmentHeader;
    return {};
  }
  if (range.end() > source.size()) {
    return read_cut_off(source, marker, carrier);
  }
  ASSAY_TRY(segment, source.view(range));
  if (marker == kApp11 && primary_) {
    take_app11(segment, range, source.size() - range.offset, carrier);
    position_ = range.end();
    return {};
  }
  store_.finish(carrier);
  position_ = range.end();
  if (marker == kSos) {
    entropy_name_ = symbol(marker);
    entropy_start_ = range.offset;
    state_ = State::entropy;
    return {};
  }
  add_box(carrier, limits_, symbol(marker), range);
  const std::string_view body = as_text(segment.subspan(kSegmentHeader));
  if (marker == kApp1) {
    take_app1(segment, range, budget, carrier);
  } else if (marker == kCom) {
    add_metadata(carrier, limits_, range, "COM");
  } else if (marker == kApp13 && starts_with(body, kPhotoshop)) {
    add_metadata(carrier, limits_, range, "IPTC");
  }
  return {};
}

// The file ends inside a segment. If that is one of the store's, the store is broken, not absent
// (T-38).
Status JpegWalker::read_cut_off(io::ByteSource& source, uint8_t marker, Carrier& carrier) {
  const Range rest{position_, source.size() - position_};
  ASSAY_TRY(segment, source.view(rest));
  if (marker == kApp11 && primary_) {
    if (store_.open() && !store_.continues(segment, rest)) {
      store_.finish(carrier);
    }
    if (store_.take(segment, rest, rest.length)) {
      store_.cut_off();
    }
  }
  store_.finish(carrier);
  add_note(carrier, "truncated", rest, "The file ends inside a JPEG segment.");
  carrier.unnamed.push_back(rest);
  position_ = source.size();
  return {};
}

void JpegWalker::take_app11(ByteView segment, Range range, uint64_t left, Carrier& carrier) {
  if (store_.open() && !store_.continues(segment, range)) {
    store_.finish(carrier);
  }
  if (!store_.take(segment, range, left)) {
    add_box(carrier, limits_, "APP11", range);
  }
}

void JpegWalker::take_app1(ByteView segment, Range range, Budget& budget, Carrier& carrier) {
  const ByteView body = segment.subspan(kSegmentHeader);
  const std::string_view text = as_text(body);
  if (starts_with(text, kExif)) {
    add_metadata(carrier, limits_, range, "EXIF");
  } else if (starts_with(text, kXmp)) {
    add_metadata(carrier, limits_, range, "XMP");
    if (primary_ && carrier.provenance_url.empty()) {
      carrier.provenance_url = xmp_provenance(text.substr(kXmp.size()), limits_, budget);
    }
  } else if (starts_with(text, kExtendedXmp)) {
    add_metadata(carrier, limits_, range, "XMP");
    if (primary_) {
      extended_xmp_.take(body.subspan(kExtendedXmp.size()), limits_);
    }
  }
}

// Looks for the marker that ends the entropy-coded segment. RSTn and FF00 belong to it; the former
// begins a box of its own (R-124; binding/ derives the other shapes of R-125).
Status JpegWalker::scan_entropy(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  const uint64_t left = source.size() - position_;
  if (left == 0) {
    end_box(position_, carrier);
    state_ = State::marker;
    return {};
  }
  ASSAY_TRY(view, source.view(Range{position_, std::min<uint64_t>(left, limits_.window_bytes)}));
  const std::string_view bytes = as_text(view);
  const uint64_t base = position_;
  for (size_t at = bytes.find(kMarkerByte); at != std::string_view::npos;
       at = bytes.find(kMarkerByte, at)) {
    const uint64_t offset = base + at;
    if (at + 1 == bytes.size()) {
      // The marker's second byte lies in the next window; a file may also end like this.
      position_ = bytes.size() == left ? source.size() : offset;
      return {};
    }
    const auto marker = static_cast<uint8_t>(bytes[at + 1]);
    if (is_rst(marker)) {
      end_box(offset, carrier);
      entropy_name_ = symbol(marker);
      entropy_start_ = offset;
    } else if (marker != 0x00 && marker != 0xFF) {
      end_box(offset, carrier);
      position_ = offset;
      state_ = State::marker;
      return {};
    }
    at += marker == 0xFF ? 1 : 2;
    if (!budget.spend()) {
      return Fault::limit;
    }
  }
  position_ = base + bytes.size();
  return {};
}

void JpegWalker::end_box(uint64_t end, Carrier& carrier) {
  add_box(carrier, limits_, entropy_name_, Range{entropy_start_, end - entropy_start_});
}

void JpegWalker::end_image(Carrier& carrier) {
  store_.finish(carrier);
  primary_ = false;
  between_ = true;
}

void JpegWalker::end_file(Budget& budget, Carrier& carrier) {
  store_.finish(carrier);
  if (carrier.provenance_url.empty() && !extended_xmp_.packet().empty()) {
    carrier.provenance_url = xmp_provenance(extended_xmp_.packet(), limits_, budget);
  }
  position_ = carrier.asset_size;
  state_ = State::done;
}

void JpegWalker::skip_gap(uint64_t from, uint64_t to, Carrier& carrier) {
  if (from == to) {
    return;
  }
  if (!carrier.unnamed.empty() && carrier.unnamed.back().end() == from) {
    carrier.unnamed.back().length += to - from;
  } else if (!limits_.exceeded(Limit::named_boxes, carrier.unnamed.size() + 1)) {
    carrier.unnamed.push_back(Range{from, to - from});
  }
}

}  // namespace

std::unique_ptr<Walker> make_jpeg_walker(const Limits& limits) {
  return std::make_unique<JpegWalker>(limits);
}

}  // namespace assay::container
