// RIFF: WebP, WAV (also RF64 and BW64, EBU Tech 3306) and AVI (§Embedding manifests into RIFF-based
// assets; R-130…R-132): the store is the data of the chunk `C2PA` of the first RIFF chunk.
//   RIFF   'RIFF' size(4, LE) form(4) chunk…
//   chunk  id(4) size(4, LE) data [pad(1) if size is odd]
#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string>

#include "base/text.h"
#include "container/store.h"
#include "container/walkers.h"
#include "container/xmp.h"

namespace assay::container {
namespace {

using namespace std::string_view_literals;

constexpr uint64_t kRiffHeader = 12;
constexpr uint64_t kChunkHeader = 8;
constexpr uint64_t kListHeader = 12;
constexpr uint32_t kIn64BitChunk = 0xFFFFFFFF;  // the size stands in `ds64`

bool is_riff(std::string_view id) { return id == "RIFF" || id == "RF64" || id == "BW64"; }

// Kind of a chunk that holds metadata; empty for any other.
std::string_view metadata_kind(std::string_view name) {
  struct Entry {
    std::string_view name;
    std::string_view kind;
  };
  constexpr std::array kKinds = {
      Entry{"EXIF", "EXIF"}, Entry{"XMP ", "XMP"},  Entry{"_PMX", "XMP"}, Entry{"INFO", "INFO"},
      Entry{"bext", "bext"}, Entry{"iXML", "iXML"}, Entry{"id3 ", "ID3"}, Entry{"ID3 ", "ID3"}};
  const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                  [name](const Entry& entry) { return entry.name == name; });
  return found == kKinds.end() ? std::string_view() : found->kind;
}

class RiffWalker : public Walker {
 public:
  explicit RiffWalker(const Limits& limits) : limits_(limits) {}

  Status run(io::ByteSource& source, Budget& budget, Carrier& carrier) override;

 private:
  struct Chunk {
    std::string name;  // id, of a LIST its type
    Range data;
    Range whole;  // with header and pad byte
  };

  Status read_riff(io::ByteSource& source, Carrier& carrier);
  Status read_chunk(io::ByteSource& source, Budget& budget, Carrier& carrier);
  Status take_chunk(io::ByteSource& source, const Chunk& chunk, Budget& budget, Carrier& carrier);
  Status take_store(io::ByteSource& source, const Chunk& chunk, Carrier& carrier);
  Status take_sizes(io::ByteSource& source, const Chunk& chunk);
  uint64_t size_of(std::string_view id, uint32_t size);
  void cut_off(std::string_view id, Carrier& carrier);
  void end_file(uint64_t trailing_from, Carrier& carrier);

  const Limits& limits_;
  uint64_t position_ = 0;
  uint64_t riff_end_ = 0;  // of the RIFF chunk that is being walked; position_ reaches it
  uint32_t riffs_ = 0;
  uint32_t chunks_ = 0;
  bool long_sizes_ = false;                  // RF64, BW64
  std::map<std::string, uint64_t> sizes64_;  // from `ds64`
  bool done_ = false;
  Bytes copied_;
};

Status RiffWalker::run(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  while (!done_) {
    if (!budget.spend()) {
      return Fault::limit;
    }
    ASSAY_CHECK(position_ >= riff_end_ ? read_riff(source, carrier)
                                       : read_chunk(source, budget, carrier));
    source.release_before(position_);
  }
  return {};
}

// A RIFF chunk of the outermost level. AVI 2.0 has several.
Status RiffWalker::read_riff(io::ByteSource& source, Carrier& carrier) {
  const uint64_t left = source.size() - position_;
  if (left < kRiffHeader) {
    end_file(position_, carrier);
    return {};
  }
  ASSAY_TRY(head, source.view(Range{position_, kRiffHeader}));
  const std::string_view id = as_text(head.first(4));
  if (!is_riff(id)) {
    end_file(position_, carrier);
    return {};
  }
  if (chunks_ >= limits_.segments) {
    return limits_.refuse(Limit::segments);
  }
  const uint32_t size = *ByteReader(head.subspan(4)).le32();
  long_sizes_ = id != "RIFF" && size == kIn64BitChunk;
  ++chunks_;
  add_box(carrier, limits_, as_text(head.subspan(8)), Range{position_, kRiffHeader});
  // Its value follows the store's length, so a store that grows changes it.
  add_metadata(carrier, limits_, Range{position_ + 4, 4}, "RIFF size");
  const uint64_t declared = position_ + kChunkHeader + size;
  riff_end_ = long_sizes_ ? source.size() : std::min(declared, source.size());
  if (!long_sizes_ && declared > source.size()) {
    add_note(carrier, "truncated", Range{position_, left},
             "The RIFF chunk is longer than the file.");
  }
  if (riff_end_ < position_ + kRiffHeader) {
    riff_end_ = position_ + kRiffHeader;
  }
  position_ += kRiffHeader;
  ++riffs_;
  return {};
}

Status RiffWalker::read_chunk(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  const uint64_t left = riff_end_ - position_;
  if (left < kChunkHeader) {
    const Range rest{position_, left};
    add_note(carrier, "riffGap", rest, "There are bytes in the RIFF chunk that are no chunk.");
    carrier.unnamed.push_back(rest);
    position_ = riff_end_;
    return {};
  }
  ASSAY_TRY(head, source.view(Range{position_, kChunkHeader}));
  if (chunks_ >= limits_.segments) {
    return limits_.refuse(Limit::segments);
  }
  Chunk chunk;
  chunk.name = std::string(as_text(head.first(4)));
  const uint64_t size = size_of(chunk.name, *ByteReader(head.subspan(4)).le32());
  if (size > left - kChunkHeader) {
    cut_off(chunk.name, carrier);
    return {};
  }
  chunk.data = Range{position_ + kChunkHeader, size};
  const uint64_t pad = size % 2 != 0 && chunk.data.end() < riff_end_ ? 1 : 0;
  chunk.whole = Range{position_, kChunkHeader + size + pad};
  if (chunk.name == "LIST" && size >= 4) {
    ASSAY_TRY(list, source.view(Range{position_, kListHeader}));
    chunk.name = std::string(as_text(list.subspan(kChunkHeader)));
  }
  ASSAY_CHECK(take_chunk(source, chunk, budget, carrier));
  position_ = chunk.whole.end();
  ++chunks_;
  return {};
}

Status RiffWalker::take_chunk(io::ByteSource& source, const Chunk& chunk, Budget& budget,
                              Carrier& carrier) {
  if (chunk.name == "C2PA" && riffs_ == 1) {
    return take_store(source, chunk, carrier);
  }
  if (chunk.name == "ds64" && long_sizes_) {
    ASSAY_CHECK(take_sizes(source, chunk));
  }
  const std::string_view kind = metadata_kind(chunk.name);
  if (kind == "XMP" && carrier.provenance_url.empty() &&
      !limits_.exceeded(Limit::xmp_bytes, chunk.data.length)) {
    ASSAY_TRY(packet, source.view(chunk.data));
    carrier.provenance_url = xmp_provenance(as_text(packet), limits_, budget);
  }
  if (!kind.empty()) {
    add_metadata(carrier, limits_, chunk.whole, kind);
  }
  add_box(carrier, limits_, chunk.name, chunk.whole);
  return {};
}

Status RiffWalker::take_store(io::ByteSource& source, const Chunk& chunk, Carrier& carrier) {
  if (chunk.data.length == 0 || limits_.exceeded(Limit::store_bytes, chunk.data.length)) {
    add_box(carrier, limits_, "C2PA", chunk.whole);
    add_broken_store(carrier, chunk.data.length == 0
                                  ? "The C2PA chunk is empty."
                                  : "The C2PA chunk is larger than what is processed.");
    return {};
  }
  // The pad byte is part of the carrier and, like all padding, has to be zero.
  const Range data{chunk.data.offset, chunk.whole.end() - chunk.data.offset};
  ASSAY_CHECK(copy_range(source, data, limits_, copied_));
  EmbeddedStore store{std::move(copied_), {chunk.whole}, {}};
  copied_ = Bytes();
  trim_padding(store, data);
  store.bytes.resize(std::min<size_t>(store.bytes.size(), static_cast<size_t>(chunk.data.length)));
  add_box(carrier, limits_, "C2PA", chunk.whole);
  add_store(carrier, std::move(store));
  return {};
}

// ds64  riff size(8) data size(8) sample count(8) table length(4) { id(4) size(8) }…
Status RiffWalker::take_sizes(io::ByteSource& source, const Chunk& chunk) {
  constexpr uint64_t kMost = uint64_t{64} << 10;
  ASSAY_TRY(view, source.view(Range{chunk.data.offset, std::min(chunk.data.length, kMost)}));
  ByteReader reader(view);
  const auto riff = reader.le64();
  const auto data = reader.le64();
  if (!riff || !data || !reader.skip(8)) {
    return {};
  }
  riff_end_ =
      std::max(chunk.whole.end(),
               std::min(checked_add(*riff, kChunkHeader).value_or(UINT64_MAX), source.size()));
  sizes64_["data"] = *data;
  const auto entries = reader.le32();
  for (uint32_t index = 0; entries && index < *entries; ++index) {
    const auto id = reader.take(4);
    const auto size = reader.le64();
    if (!id || !size) {
      break;
    }
    sizes64_[std::string(as_text(*id))] = *size;
  }
  return {};
}

uint64_t RiffWalker::size_of(std::string_view id, uint32_t size) {
  if (size != kIn64BitChunk || !long_sizes_) {
    return size;
  }
  const auto found = sizes64_.find(std::string(id));
  return found == sizes64_.end() ? size : found->second;
}

// The chunk ends behind its RIFF chunk. A cut-off store is broken, not absent (T-38).
void RiffWalker::cut_off(std::string_view id, Carrier& carrier) {
  const Range rest{position_, riff_end_ - position_};
  if (id == "C2PA" && riffs_ == 1) {
    add_broken_store(carrier, "The C2PA chunk ends behind its RIFF chunk.");
  }
  add_note(carrier, "truncated", rest, "A chunk ends behind its RIFF chunk.");
  carrier.unnamed.push_back(rest);
  position_ = riff_end_;
}

void RiffWalker::end_file(uint64_t trailing_from, Carrier& carrier) {
  add_trailing(carrier, trailing_from);
  done_ = true;
}

}  // namespace

std::unique_ptr<Walker> make_riff_walker(const Limits& limits) {
  return std::make_unique<RiffWalker>(limits);
}

}  // namespace assay::container
