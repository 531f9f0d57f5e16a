#include "container/store.h"

#include <algorithm>
#include <array>
#include <utility>

namespace assay::container {
namespace {

constexpr std::string_view kNamesDropped = "namedBoxLimit";
constexpr uint32_t kJumb = 0x6A756D62;
constexpr uint32_t kJumd = 0x6A756D64;
constexpr std::array<uint8_t, 16> kC2paUuid = {0x63, 0x32, 0x70, 0x61, 0x00, 0x11, 0x00, 0x10,
                                               0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71};
constexpr size_t kDescriptionHeader = 8;

bool names_dropped(const Carrier& carrier) {
  return std::any_of(carrier.notes.begin(), carrier.notes.end(),
                     [](const Note& note) { return note.kind == kNamesDropped; });
}

}  // namespace

Status copy_range(io::ByteSource& source, Range range, const Limits& limits, Bytes& out) {
  while (out.size() < range.length) {
    const uint64_t step = std::min<uint64_t>(range.length - out.size(), limits.window_bytes);
    ASSAY_TRY(view, source.view(Range{range.offset + out.size(), step}));
    append(out, view);
  }
  return {};
}

StoreTest test_store(ByteView box) {
  ByteReader reader(box);
  const auto length = reader.be32();
  const auto type = reader.be32();
  if (!length || !type) {
    return StoreTest::undecided;
  }
  if (*type != kJumb) {
    return StoreTest::no;
  }
  if (*length == 1 && !reader.be64()) {
    return StoreTest::undecided;
  }
  return test_store_content(reader.rest());
}

StoreTest test_store_content(ByteView content) {
  ByteReader reader(content);
  const auto length = reader.be32();
  const auto type = reader.be32();
  if (!length || !type) {
    return StoreTest::undecided;
  }
  if (*type != kJumd) {
    return StoreTest::no;
  }
  const size_t here = std::min(reader.remaining(), kC2paUuid.size());
  if (!equal(*reader.peek(here), ByteView(kC2paUuid).first(here))) {
    return StoreTest::no;
  }
  return here == kC2paUuid.size() ? StoreTest::yes : StoreTest::undecided;
}

bool is_labelled_c2pa(ByteView content) {
  ByteReader reader(content);
  constexpr uint8_t kHasLabel = 0x02;
  if (!reader.skip(kDescriptionHeader + kC2paUuid.size())) {
    return false;
  }
  const auto toggles = reader.u8();
  if (!toggles || (*toggles & kHasLabel) == 0) {
    return false;
  }
  const auto label = reader.take_until_nul();
  return label && as_text(*label) == "c2pa";
}

Result<uint64_t> box_length(ByteView bytes) {
  ByteReader reader(bytes);
  ASSAY_TRY(length, reader.be32());
  ASSAY_CHECK(reader.skip(4));
  if (length != 1) {
    return length == 0 || length >= 8 ? Result<uint64_t>(length) : Fault::malformed;
  }
  ASSAY_TRY(long_length, reader.be64());
  return long_length >= 16 ? Result<uint64_t>(long_length) : Fault::malformed;
}

void trim_padding(EmbeddedStore& store, Range data) {
  const auto length = box_length(store.bytes);
  if (!length || *length == 0 || *length >= store.bytes.size()) {
    return;  // what is wrong with the box, its parser will say
  }
  const auto used = static_cast<size_t>(*length);
  if (!all_zero(ByteView(store.bytes).subspan(used))) {
    store.dirty_padding.push_back(Range{data.offset + used, store.bytes.size() - used});
  }
  store.bytes.resize(used);
}

void add_store(Carrier& carrier, EmbeddedStore store) {
  carrier.state = carrier.state == StoreState::none ? StoreState::single : StoreState::multiple;
  carrier.stores.push_back(std::move(store));
}

void add_broken_store(Carrier& carrier, std::string defect) {
  carrier.state = carrier.state == StoreState::none ? StoreState::broken : StoreState::multiple;
  carrier.defect = std::move(defect);
  carrier.defect_kind = DefectKind::other;
}

void add_note(Carrier& carrier, std::string_view kind, Range range, std::string_view text) {
  constexpr size_t kMostNotes = 64;
  if (carrier.notes.size() < kMostNotes) {
    carrier.notes.push_back(Note{std::string(kind), range, std::string(text)});
  }
}

void add_box(Carrier& carrier, const Limits& limits, std::string_view name, Range range) {
  if (!limits.exceeded(Limit::named_boxes, carrier.boxes.size() + 1)) {
    if (!carrier.boxes.empty() || !names_dropped(carrier)) {
      carrier.boxes.push_back(NamedBox{std::string(name), {range}, {}});
    }
    return;
  }
  carrier.boxes.clear();
  carrier.boxes.shrink_to_fit();
  carrier.notes.insert(
      carrier.notes.begin(),
      Note{std::string(kNamesDropped), range,
           "The asset has more boxes than are compared; a box hash cannot match."});
}

void add_metadata(Carrier& carrier, const Limits& limits, Range range, std::string_view kind) {
  if (!limits.exceeded(Limit::named_boxes, carrier.metadata.size() + 1)) {
    carrier.metadata.push_back({range, std::string(kind)});
  }
}

void add_trailing(Carrier& carrier, uint64_t from) {
  if (from >= carrier.asset_size) {
    return;
  }
  const Range rest{from, carrier.asset_size - from};
  carrier.unnamed.push_back(rest);
  add_note(carrier, "trailing-bytes", rest, "There are bytes after the end of the file's format.");
}

}  // namespace assay::container
