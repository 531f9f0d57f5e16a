// PNG and APNG (§Embedding manifests into PNG; ): the store is the data of the chunk
// `caBX`. Nothing behind IEND is part of the image, so a store there does not count (T-31, T-35).
//   chunk  length(4) type(4) data CRC(4)
#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "base/text.h"
#include "container/store.h"
#include "container/walkers.h"
#include "container/xmp.h"

namespace assay::container {
namespace {

using namespace std::string_view_literals;

constexpr uint64_t kSignature = 8;
constexpr uint64_t kChunkHeader = 8;
constexpr uint64_t kCrc = 4;
constexpr std::string_view kStoreChunk = "caBX";
constexpr std::string_view kXmpKeyword = "XML:com.adobe.xmp\0"sv;

// CRC-32 of PNG Annex D, bit by bit over a table of 16: the store's chunk is all that is checked.
uint32_t crc32(ByteView bytes, uint32_t crc) {
  constexpr std::array<uint32_t, 16> kTable = {0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC,
                                               0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
                                               0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C,
                                               0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C};
  for (const uint8_t byte : bytes) {
    crc = kTable[(crc ^ byte) & 0x0FU] ^ (crc >> 4U);
    crc = kTable[(crc ^ static_cast<uint32_t>(byte >> 4U)) & 0x0FU] ^ (crc >> 4U);
  }
  return crc;
}

bool is_text_chunk(std::string_view type) {
  return type == "tEXt" || type == "zTXt" || type == "iTXt" || type == "eXIf" || type == "tIME";
}

class PngWalker : public Walker {
 public:
  explicit PngWalker(const Limits& limits) : limits_(limits) {}

  Status run(io::ByteSource& source, Budget& budget, Carrier& carrier) override;

 private:
  struct Chunk {
    std::string type;
    Range data;
    Range range() const { return {data.offset - kChunkHeader, data.length + kChunkHeader + kCrc}; }
  };

  Status read_chunk(io::ByteSource& source, Budget& budget, Carrier& carrier);
  Status take_store(io::ByteSource& source, const Chunk& chunk, Carrier& carrier);
  Status take_metadata(io::ByteSource& source, const Chunk& chunk, Budget& budget,
                       Carrier& carrier);
  void cut_off(const std::string& type, Carrier& carrier);

  const Limits& limits_;
  uint64_t position_ = 0;
  uint32_t chunks_ = 0;
  bool done_ = false;
  Bytes copied_;  // of the store that is being read
};

Status PngWalker::run(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  if (position_ == 0) {
    add_box(carrier, limits_, "PNGh", Range{0, kSignature});
    position_ = kSignature;
  }
  while (!done_) {
    ASSAY_CHECK(read_chunk(source, budget, carrier));
    source.release_before(position_);
  }
  return {};
}

Status PngWalker::read_chunk(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  if (chunks_ >= limits_.segments) {
    return limits_.refuse(Limit::segments);
  }
  if (!budget.spend()) {
    return Fault::limit;
  }
  const uint64_t left = source.size() - position_;
  if (left < kChunkHeader) {
    cut_off("", carrier);
    return {};
  }
  ASSAY_TRY(head, source.view(Range{position_, kChunkHeader}));
  const uint64_t length = *ByteReader(head).be32();
  const Chunk chunk{std::string(as_text(head.subspan(4))), Range{position_ + kChunkHeader, length}};
  if (chunk.range().length > left) {
    cut_off(chunk.type, carrier);
    return {};
  }
  if (chunk.type == kStoreChunk) {
    ASSAY_CHECK(take_store(source, chunk, carrier));
  } else {
    ASSAY_CHECK(take_metadata(source, chunk, budget, carrier));
    add_box(carrier, limits_, chunk.type, chunk.range());
  }
  ++chunks_;
  position_ = chunk.range().end();
  if (chunk.type == "IEND") {
    add_trailing(carrier, position_);
    done_ = true;
  }
  return {};
}

Status PngWalker::take_store(io::ByteSource& source, const Chunk& chunk, Carrier& carrier) {
  if (limits_.exceeded(Limit::store_bytes, chunk.data.length)) {
    add_broken_store(carrier, "The caBX chunk is larger than what is processed.");
    add_box(carrier, limits_, "C2PA", chunk.range());
    return {};
  }
  ASSAY_CHECK(copy_range(source, chunk.data, limits_, copied_));
  ASSAY_TRY(crc, source.view(Range{chunk.data.end(), kCrc}));
  const uint32_t computed = ~crc32(copied_, crc32(as_bytes(kStoreChunk), 0xFFFFFFFF));
  if (computed != *ByteReader(crc).be32()) {
    add_note(carrier, "pngCrc", chunk.range(), "The checksum of the caBX chunk is wrong.");
  }
  add_box(carrier, limits_, "C2PA", chunk.range());
  if (copied_.empty()) {
    add_broken_store(carrier, "The caBX chunk is empty.");
    return {};
  }
  EmbeddedStore store{std::move(copied_), {chunk.range()}, {}};
  copied_ = Bytes();
  trim_padding(store, chunk.data);
  add_store(carrier, std::move(store));
  return {};
}

Status PngWalker::take_metadata(io::ByteSource& source, const Chunk& chunk, Budget& budget,
                                Carrier& carrier) {
  if (!is_text_chunk(chunk.type)) {
    return {};
  }
  std::string kind = chunk.type == "eXIf" ? "EXIF" : chunk.type;
  const uint64_t peek = std::min<uint64_t>(chunk.data.length, kXmpKeyword.size());
  ASSAY_TRY(keyword, source.view(Range{chunk.data.offset, peek}));
  if (chunk.type == "iTXt" && as_text(keyword) == kXmpKeyword) {
    kind = "XMP";
    if (carrier.provenance_url.empty() && !limits_.exceeded(Limit::xmp_bytes, chunk.data.length)) {
      ASSAY_TRY(data, source.view(chunk.data));
      ByteReader reader(data.subspan(kXmpKeyword.size()));
      const auto compressed = reader.u8();
      // compression method, language tag, translated keyword
      if (compressed && *compressed == 0 && reader.skip(1) && reader.take_until_nul() &&
          reader.take_until_nul()) {
        carrier.provenance_url = xmp_provenance(as_text(reader.rest()), limits_, budget);
      }
    }
  }
  add_metadata(carrier, limits_, chunk.range(), kind);
  return {};
}

// The file ends inside a chunk, or before IEND. A cut-off store is broken, not absent (T-38).
void PngWalker::cut_off(const std::string& type, Carrier& carrier) {
  if (type == kStoreChunk) {
    add_broken_store(carrier, "The file ends inside the caBX chunk.");
  }
  const Range rest{position_, carrier.asset_size - position_};
  add_note(carrier, "truncated", rest, "The file ends before the PNG's end chunk.");
  if (rest.length > 0) {
    carrier.unnamed.push_back(rest);
  }
  done_ = true;
}

}  // namespace

std::unique_ptr<Walker> make_png_walker(const Limits& limits) {
  return std::make_unique<PngWalker>(limits);
}

}  // namespace assay::container
