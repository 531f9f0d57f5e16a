// MP3 and FLAC with an ID3v2 tag in front (§Embedding manifests into ID3; ): the store
// is the object of a GEOB frame with C2PA's media type.
#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "base/text.h"
#include "container/id3_frame.h"
#include "container/store.h"
#include "container/walkers.h"
#include "container/xmp.h"
#include "container/zero_scan.h"

namespace assay::container {
namespace {

using namespace id3;
using namespace std::string_view_literals;

constexpr uint64_t kSizeField = 4;
constexpr uint64_t kFrontBytes = 256;  // enough of a GEOB frame to see its media type
constexpr std::string_view kXmpOwner = "XMP\0"sv;

bool is_store_type(std::string_view media_type) {
  constexpr std::array kTypes = {"application/c2pa"sv, "application/x-c2pa-manifest-store"sv,
                                 "application/jumbf"sv};
  const std::string type = to_lower(media_type);
  return std::find(kTypes.begin(), kTypes.end(), std::string_view(type)) != kTypes.end();
}

bool is_object_frame(const FrameHeader& frame) { return frame.id == "GEOB" || frame.id == "GEO"; }

class Id3Walker : public Walker {
 public:
  explicit Id3Walker(const Limits& limits) : limits_(limits) {}

  Status run(io::ByteSource& source, Budget& budget, Carrier& carrier) override;

 private:
  enum class State : uint8_t { header, extended, frames, whole_tag, padding, done };

  Status step(io::ByteSource& source, Budget& budget, Carrier& carrier);
  Status read_header(io::ByteSource& source, Carrier& carrier);
  Status read_extended(io::ByteSource& source);
  Status read_frame(io::ByteSource& source, Budget& budget, Carrier& carrier);
  Status take_frame(io::ByteSource& source, const FrameHeader& frame, Range whole, Budget& budget,
                    Carrier& carrier);
  Status read_whole_tag(io::ByteSource& source, Budget& budget, Carrier& carrier);
  Status read_padding(io::ByteSource& source, Carrier& carrier);
  void take_content(const FrameHeader& frame, Bytes content, Range whole, Budget& budget,
                    Carrier& carrier);
  Status take_oversized(io::ByteSource& source, const FrameHeader& frame, Range content,
                        Range whole, Carrier& carrier);
  Status cut_off(io::ByteSource& source, const FrameHeader& frame, Carrier& carrier);

  const Limits& limits_;
  State state_ = State::header;
  TagHeader tag_;
  uint64_t position_ = 0;
  uint64_t end_ = 0;  // of the frames and their padding
  uint32_t frames_ = 0;
  Bytes copied_;
  ZeroScan padding_;
};

Status Id3Walker::run(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  while (state_ != State::done) {
    if (!budget.spend()) {
      return Fault::limit;
    }
    ASSAY_CHECK(step(source, budget, carrier));
    source.release_before(position_);
  }
  return {};
}

Status Id3Walker::step(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  switch (state_) {
    case State::header:
      return read_header(source, carrier);
    case State::extended:
      return read_extended(source);
    case State::frames:
      return read_frame(source, budget, carrier);
    case State::whole_tag:
      return read_whole_tag(source, budget, carrier);
    case State::padding:
      return read_padding(source, carrier);
    case State::done:
      break;
  }
  return {};
}

Status Id3Walker::read_header(io::ByteSource& source, Carrier& carrier) {
  state_ = State::done;
  if (source.size() < kTagHeader + 4) {
    return {};
  }
  const auto head = source.view(Range{0, kTagHeader + 4});
  if (!head) {
    state_ = State::header;
    return head.fault();
  }
  const auto tag = parse_tag_header(*head);
  if (!tag) {
    return {};  // no tag, or one of a version that is not known
  }
  tag_ = *tag;
  position_ = kTagHeader;
  end_ = std::min(kTagHeader + tag_.size, source.size());
  add_metadata(carrier, limits_, Range{0, kTagHeader}, "ID3");
  state_ = tag_.unsynchronised && tag_.version < 4 ? State::whole_tag
           : tag_.extended                         ? State::extended
                                                   : State::frames;
  return {};
}

Status Id3Walker::read_extended(io::ByteSource& source) {
  state_ = State::frames;
  if (end_ - position_ < kSizeField) {
    return {};
  }
  const auto front = source.view(Range{position_, kSizeField});
  if (!front) {
    state_ = State::extended;
    return front.fault();
  }
  position_ += std::min(extended_header_size(*front, tag_.version), end_ - position_);
  return {};
}

Status Id3Walker::read_frame(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  const uint64_t header = frame_header_size(tag_.version);
  const uint64_t left = end_ - position_;
  if (left < header) {
    state_ = State::padding;
    return {};
  }
  ASSAY_TRY(head, source.view(Range{position_, header}));
  auto frame = parse_frame_header(head, tag_.version);
  if (!frame) {
    state_ = State::padding;
    return {};
  }
  if (frame->size > left - header) {
    ASSAY_CHECK(cut_off(source, *frame, carrier));
    state_ = State::padding;
    position_ = end_;
    return {};
  }
  if (frames_ >= limits_.segments) {
    return limits_.refuse(Limit::segments);
  }
  frame->unsynchronised = frame->unsynchronised || tag_.unsynchronised;
  const Range whole{position_, header + frame->size};
  ASSAY_CHECK(take_frame(source, *frame, whole, budget, carrier));
  position_ = whole.end();
  ++frames_;
  return {};
}

Status Id3Walker::take_frame(io::ByteSource& source, const FrameHeader& frame, Range whole,
                             Budget& budget, Carrier& carrier) {
  const bool object = is_object_frame(frame);
  const bool xmp = frame.id == "PRIV" && carrier.provenance_url.empty();
  if ((!object && !xmp) || frame.compressed || frame.encrypted) {
    add_metadata(carrier, limits_, whole, "ID3 " + frame.id);
    return {};
  }
  const uint64_t header = frame_header_size(tag_.version);
  const Range content{whole.offset + header, whole.length - header};
  if (limits_.exceeded(object ? Limit::store_bytes : Limit::xmp_bytes, content.length)) {
    return take_oversized(source, frame, content, whole, carrier);
  }
  ASSAY_CHECK(copy_range(source, content, limits_, copied_));
  Bytes bytes = std::move(copied_);
  copied_ = Bytes();
  bytes.erase(bytes.begin(),
              bytes.begin() + static_cast<ptrdiff_t>(std::min(frame.prefix, bytes.size())));
  take_content(frame, frame.unsynchronised ? resynchronise(bytes) : std::move(bytes), whole, budget,
               carrier);
  return {};
}

// Too large to be read; whether it is the store, its beginning says.
Status Id3Walker::take_oversized(io::ByteSource& source, const FrameHeader& frame, Range content,
                                 Range whole, Carrier& carrier) {
  ASSAY_TRY(front, source.view(Range{content.offset, std::min(content.length, kFrontBytes)}));
  const auto object = parse_object(front.subspan(std::min(frame.prefix, front.size())));
  if (is_object_frame(frame) && object && is_store_type(object->media_type)) {
    add_broken_store(carrier, "The manifest store is larger than what is processed.");
  } else {
    add_metadata(carrier, limits_, whole, "ID3 " + frame.id);
  }
  return {};
}

// The frame ends behind its tag. A cut-off store is broken, not absent (T-38).
Status Id3Walker::cut_off(io::ByteSource& source, const FrameHeader& frame, Carrier& carrier) {
  const Range rest{position_, end_ - position_};
  ASSAY_TRY(front, source.view(Range{rest.offset, std::min(rest.length, kFrontBytes)}));
  const size_t skip = static_cast<size_t>(frame_header_size(tag_.version)) + frame.prefix;
  const auto object = parse_object(front.subspan(std::min(skip, front.size())));
  if (is_object_frame(frame) && object && is_store_type(object->media_type)) {
    add_broken_store(carrier, "The GEOB frame of the manifest store ends behind its tag.");
  }
  add_note(carrier, "truncated", rest, "A frame of the ID3 tag ends behind the tag.");
  return {};
}

void Id3Walker::take_content(const FrameHeader& frame, Bytes content, Range whole, Budget& budget,
                             Carrier& carrier) {
  const auto object = is_object_frame(frame) ? parse_object(content) : std::nullopt;
  if (!object || !is_store_type(object->media_type)) {
    add_metadata(carrier, limits_, whole, "ID3 " + frame.id);
    if (frame.id == "PRIV" && starts_with(as_text(content), kXmpOwner)) {
      const std::string_view packet = as_text(content).substr(kXmpOwner.size());
      carrier.provenance_url = xmp_provenance(packet, limits_, budget);
    }
    return;
  }
  if (object->data.empty()) {
    add_broken_store(carrier, "The GEOB frame of the manifest store is empty.");
    return;
  }
  EmbeddedStore store{to_bytes(object->data), {whole}, {}};
  const uint64_t data_length = store.bytes.size();
  trim_padding(store, Range{whole.end() - data_length, data_length});
  if (frame.unsynchronised && !store.dirty_padding.empty()) {
    store.dirty_padding = {whole};  // its place in the file is not worth computing
  }
  add_store(carrier, std::move(store));
}

// v2.2 and v2.3 unsynchronise the tag as a whole, frame headers included.
Status Id3Walker::read_whole_tag(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  const Range body{kTagHeader, end_ - kTagHeader};
  if (limits_.exceeded(Limit::store_bytes, body.length)) {
    add_broken_store(carrier, "The ID3 tag is larger than what is processed.");
    state_ = State::done;
    return {};
  }
  ASSAY_CHECK(copy_range(source, body, limits_, copied_));
  const Bytes raw = std::move(copied_);
  const Bytes plain = resynchronise(raw);
  const size_t header = static_cast<size_t>(frame_header_size(tag_.version));
  size_t at = 0;
  if (tag_.extended && plain.size() >= kSizeField) {
    const uint64_t size = extended_header_size(ByteView(plain).first(kSizeField), tag_.version);
    at = static_cast<size_t>(std::min<uint64_t>(size, plain.size()));
  }
  while (plain.size() - at >= header) {
    auto frame = parse_frame_header(ByteView(plain).subspan(at, header), tag_.version);
    if (!frame || frame->size > plain.size() - at - header || !budget.spend()) {
      break;
    }
    const size_t next = at + header + static_cast<size_t>(frame->size);
    const ByteView content = ByteView(plain).subspan(at + header, next - at - header);
    if (is_object_frame(*frame) || frame->id == "PRIV") {
      const uint64_t begin = kTagHeader + position_before_resync(raw, at);
      const uint64_t end = kTagHeader + position_before_resync(raw, next);
      frame->unsynchronised = true;
      take_content(*frame, to_bytes(content.subspan(std::min(frame->prefix, content.size()))),
                   Range{begin, end - begin}, budget, carrier);
    }
    at = next;
  }
  position_ = kTagHeader + position_before_resync(raw, at);
  state_ = State::padding;
  return {};
}

// what follows the frames is the store's padding, if it is zero.
Status Id3Walker::read_padding(io::ByteSource& source, Carrier& carrier) {
  const Range padding{position_, end_ - position_};
  if (padding_.range() != padding) {
    padding_ = ZeroScan(padding);
  }
  ASSAY_CHECK(padding_.run(source));
  if (padding.length > 0) {
    for (EmbeddedStore& store : carrier.stores) {
      store.carrier.push_back(padding);
      if (!padding_.zero()) {
        store.dirty_padding.push_back(padding);
      }
    }
  }
  state_ = State::done;
  return {};
}

}  // namespace

std::unique_ptr<Walker> make_id3_walker(const Limits& limits) {
  return std::make_unique<Id3Walker>(limits);
}

}  // namespace assay::container
