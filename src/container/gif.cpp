// GIF (§Embedding manifests into GIFs; ): the store is the data of an application
// extension. Its place, in front of the first image, is not enforced, so that a second store behind
// it is noticed.
//   header(6) LSD(7) [global colour table] block… trailer(3B)
//   block  2C image descriptor(10) [local colour table] LZW size(1) sub-blocks
//          21 label(1) [fixed part] sub-blocks
#include <algorithm>
#include <memory>
#include <string>

#include "base/text.h"
#include "container/store.h"
#include "container/walkers.h"
#include "container/xmp.h"

namespace assay::container {
namespace {

using namespace std::string_view_literals;

constexpr uint8_t kImage = 0x2C;
constexpr uint8_t kExtension = 0x21;
constexpr uint8_t kTrailer = 0x3B;
constexpr uint8_t kComment = 0xFE;
constexpr uint64_t kHeader = 6;
constexpr uint64_t kScreen = 7;
constexpr uint64_t kDescriptor = 10;
// 21 FF 0B, identifier(8), authentication code(3): major version, minor version, 0.
constexpr uint64_t kApplicationHeader = 14;
constexpr std::string_view kStoreIdentifier =
    "\x21\xFF\x0B"
    "C2PA_GIF\x01"sv;
constexpr std::string_view kXmpIdentifier = "\x21\xFF\x0BXMP DataXMP"sv;
constexpr size_t kXmpTrailer = 257;  // "magic" bytes that lead any sub-block reader to the end

uint64_t colour_table_bytes(uint8_t flags) {
  return (flags & 0x80U) == 0 ? 0 : uint64_t{3} << ((flags & 0x07U) + 1U);
}

std::string hex_name(std::string_view prefix, uint8_t label) {
  const Bytes bytes{label};
  std::string digits = to_hex(bytes);
  for (char& digit : digits) {
    digit = digit >= 'a' && digit <= 'f' ? static_cast<char>(digit - 'a' + 'A') : digit;
  }
  return std::string(prefix) + digits;
}

class GifWalker : public Walker {
 public:
  explicit GifWalker(const Limits& limits) : limits_(limits) {}

  Status run(io::ByteSource& source, Budget& budget, Carrier& carrier) override;

 private:
  enum class State : uint8_t { start, block, table_data, extension, done };

  Status step(io::ByteSource& source, Budget& budget, Carrier& carrier);
  Status read_blocks(io::ByteSource& source, Budget& budget, Carrier& carrier);
  Status read_start(io::ByteSource& source, Carrier& carrier);
  Status read_block(io::ByteSource& source, Carrier& carrier);
  Status read_image(io::ByteSource& source, Carrier& carrier);
  Status begin_extension(io::ByteSource& source, Carrier& carrier);
  // Sub-blocks from position_ to the terminator; true when it was reached.
  Result<bool> read_sub_blocks(io::ByteSource& source, Budget& budget);
  void end_extension(Budget& budget, Carrier& carrier);
  void end_store(Range whole, Carrier& carrier);
  void cut_off(Carrier& carrier);

  const Limits& limits_;
  State state_ = State::start;
  uint64_t position_ = 0;
  uint64_t begin_ = 0;  // of the block that is being read
  uint32_t blocks_ = 0;
  uint8_t label_ = 0;
  bool keep_ = false;  // the sub-blocks' content is wanted
  bool is_store_ = false;
  bool is_xmp_ = false;
  bool too_long_ = false;
  Bytes content_;
};

Status GifWalker::run(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  while (state_ != State::done) {
    const bool begins = state_ == State::block;
    ASSAY_CHECK(step(source, budget, carrier));
    blocks_ += begins ? 1 : 0;
    source.release_before(position_);
  }
  return {};
}

Status GifWalker::step(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  if (!budget.spend()) {
    return Fault::limit;
  }
  switch (state_) {
    case State::start:
      return read_start(source, carrier);
    case State::block:
      return read_block(source, carrier);
    case State::table_data:
    case State::extension:
      return read_blocks(source, budget, carrier);
    case State::done:
      break;
  }
  return {};
}

// The sub-blocks of an image or of an extension, whichever it is.
Status GifWalker::read_blocks(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  const auto complete = read_sub_blocks(source, budget);
  if (complete.fault() == Fault::truncated) {
    cut_off(carrier);
    return {};
  }
  ASSAY_CHECK(complete.ok() ? Status() : Status(complete.fault()));
  if (state_ == State::table_data) {
    add_box(carrier, limits_, "TBID", Range{begin_, position_ - begin_});
  } else {
    end_extension(budget, carrier);
  }
  state_ = State::block;
  return {};
}

Status GifWalker::read_start(io::ByteSource& source, Carrier& carrier) {
  if (source.size() < kHeader + kScreen) {
    cut_off(carrier);
    return {};
  }
  ASSAY_TRY(head, source.view(Range{0, kHeader + kScreen}));
  const uint64_t screen = kScreen + colour_table_bytes(head[10]);
  if (kHeader + screen > source.size()) {
    cut_off(carrier);
    return {};
  }
  add_box(carrier, limits_, "GIF89a", Range{0, kHeader});
  add_box(carrier, limits_, "LSD", Range{kHeader, screen});
  position_ = kHeader + screen;
  state_ = State::block;
  return {};
}

Status GifWalker::read_block(io::ByteSource& source, Carrier& carrier) {
  begin_ = position_;
  if (position_ >= source.size()) {
    cut_off(carrier);
    return {};
  }
  if (blocks_ >= limits_.segments) {
    return limits_.refuse(Limit::segments);
  }
  ASSAY_TRY(first, source.view(Range{position_, 1}));
  switch (first[0]) {
    case kImage:
      return read_image(source, carrier);
    case kExtension:
      return begin_extension(source, carrier);
    case kTrailer:
      add_box(carrier, limits_, "3B", Range{position_, 1});
      position_ += 1;
      add_trailing(carrier, position_);
      state_ = State::done;
      return {};
    default: {
      // Decoders stop here or look for the next block; what follows has no name either way.
      add_note(carrier, "gifGap", Range{position_, 1}, "There are bytes between the GIF's blocks.");
      add_trailing(carrier, position_);
      state_ = State::done;
      return {};
    }
  }
}

Status GifWalker::read_image(io::ByteSource& source, Carrier& carrier) {
  if (source.size() - position_ < kDescriptor + 1) {
    cut_off(carrier);
    return {};
  }
  ASSAY_TRY(head, source.view(Range{position_, kDescriptor}));
  const uint64_t length = kDescriptor + colour_table_bytes(head[9]);
  if (length + 1 > source.size() - position_) {
    cut_off(carrier);
    return {};
  }
  add_box(carrier, limits_, "2C", Range{position_, length});
  position_ += length;
  begin_ = position_;
  position_ += 1;  // LZW minimum code size
  keep_ = false;
  state_ = State::table_data;
  return {};
}

Status GifWalker::begin_extension(io::ByteSource& source, Carrier& carrier) {
  const uint64_t left = source.size() - position_;
  if (left < 2) {
    cut_off(carrier);
    return {};
  }
  ASSAY_TRY(head, source.view(Range{position_, std::min(left, kApplicationHeader)}));
  const std::string_view text = as_text(head);
  label_ = head[1];
  is_store_ = starts_with(text, kStoreIdentifier);
  is_xmp_ = starts_with(text, kXmpIdentifier) && carrier.provenance_url.empty();
  keep_ = is_store_ || is_xmp_;
  too_long_ = false;
  content_.clear();
  position_ += keep_ ? std::min(left, kApplicationHeader) : 2;
  state_ = State::extension;
  return {};
}

Result<bool> GifWalker::read_sub_blocks(io::ByteSource& source, Budget& budget) {
  for (;;) {
    ASSAY_TRY(size, source.view(Range{position_, 1}));
    const uint64_t length = size[0];
    if (!budget.spend()) {
      return Fault::limit;
    }
    if (length == 0) {
      position_ += 1;
      return true;
    }
    if (!keep_) {
      // Skipped without looking, but it has to be there.
      if (source.size() - position_ < length + 1) {
        return Fault::truncated;
      }
      position_ += 1 + length;
      continue;
    }
    ASSAY_TRY(block, source.view(Range{position_, 1 + length}));
    const Limit limit = is_store_ ? Limit::store_bytes : Limit::xmp_bytes;
    too_long_ = too_long_ || limits_.exceeded(limit, content_.size() + length);
    if (!too_long_) {
      // XMP is written as if it were sub-blocks: the length bytes are characters of the packet.
      append(content_, is_xmp_ ? block : block.subspan(1));
    }
    position_ += 1 + length;
  }
}

void GifWalker::end_extension(Budget& budget, Carrier& carrier) {
  const Range whole{begin_, position_ - begin_};
  if (is_store_) {
    end_store(whole, carrier);
    return;
  }
  if (is_xmp_) {
    if (!too_long_ && content_.size() > kXmpTrailer) {
      const std::string_view packet = as_text(content_).substr(0, content_.size() - kXmpTrailer);
      carrier.provenance_url = xmp_provenance(packet, limits_, budget);
    }
    add_metadata(carrier, limits_, whole, "XMP");
  } else if (label_ == kComment) {
    add_metadata(carrier, limits_, whole, "comment");
  }
  add_box(carrier, limits_, hex_name("21", label_), whole);
}

void GifWalker::end_store(Range whole, Carrier& carrier) {
  add_box(carrier, limits_, "C2PA", whole);
  if (too_long_ || content_.empty()) {
    add_broken_store(carrier, too_long_ ? "The manifest store is larger than what is processed."
                                        : "The C2PA_GIF extension is empty.");
    return;
  }
  EmbeddedStore store{std::move(content_), {whole}, {}};
  content_ = Bytes();
  const size_t before = store.bytes.size();
  const Range unknown{};  // padding lies scattered over sub-blocks
  trim_padding(store, unknown);
  if (!store.dirty_padding.empty() && before > store.bytes.size()) {
    store.dirty_padding = {whole};
  }
  add_store(carrier, std::move(store));
}

void GifWalker::cut_off(Carrier& carrier) {
  const Range rest{begin_, carrier.asset_size - begin_};
  if (state_ == State::extension && is_store_) {
    add_broken_store(carrier, "The file ends inside the C2PA_GIF extension.");
  }
  add_note(carrier, "truncated", rest, "The file ends before the GIF's trailer.");
  if (rest.length > 0) {
    carrier.unnamed.push_back(rest);
  }
  state_ = State::done;
}

}  // namespace

std::unique_ptr<Walker> make_gif_walker(const Limits& limits) {
  return std::make_unique<GifWalker>(limits);
}

}  // namespace assay::container
