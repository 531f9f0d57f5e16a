// OpenType and TrueType fonts (§Embedding manifests into fonts; ): the store is inside
// the table `C2PA`. Boxes are the tables in the order of the directory. Font collections and the
// WOFF containers have no embedding.
//   directory  version(4) tables(2) …(6) { tag(4) checksum(4) offset(4) length(4) }…
//   C2PA       major(2) minor(2) URI offset(4) URI length(2) 0(2) store offset(4) store length(4)
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/text.h"
#include "container/store.h"
#include "container/walkers.h"

namespace assay::container {
namespace {

constexpr uint64_t kDirectoryHeader = 12;
constexpr uint64_t kRecord = 16;
constexpr uint64_t kStoreTableHeader = 20;

struct Table {
  std::string tag;
  Range range;
};

class FontWalker : public Walker {
 public:
  explicit FontWalker(const Limits& limits) : limits_(limits) {}

  Status run(io::ByteSource& source, Budget& budget, Carrier& carrier) override;

 private:
  Status read_directory(io::ByteSource& source, Budget& budget, Carrier& carrier);
  Status read_store_table(io::ByteSource& source, Range table, Carrier& carrier);
  void add_store_of(const Bytes& table, Range range, Range store, Range uri, Carrier& carrier);

  const Limits& limits_;
  bool directory_read_ = false;
  std::vector<Range> store_tables_;
  size_t next_ = 0;
  Bytes copied_;
};

Status FontWalker::run(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  if (!directory_read_) {
    ASSAY_CHECK(read_directory(source, budget, carrier));
    directory_read_ = true;
  }
  constexpr size_t kEnoughToKnow = 2;
  for (; next_ < std::min(store_tables_.size(), kEnoughToKnow); ++next_) {
    ASSAY_CHECK(read_store_table(source, store_tables_[next_], carrier));
  }
  return {};
}

Status FontWalker::read_directory(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  if (source.size() < kDirectoryHeader) {
    return {};
  }
  ASSAY_TRY(head, source.view(Range{0, kDirectoryHeader}));
  const std::string_view version = as_text(head.first(4));
  if (version == "ttcf" || version == "wOFF" || version == "wOF2") {
    add_note(carrier, "fontContainer", Range{0, 4},
             "Content Credentials are defined for single OpenType fonts, not for collections and "
             "not for WOFF files.");
    return {};
  }
  const uint64_t count = *ByteReader(head.subspan(4)).be16();
  const Range records{kDirectoryHeader, count * kRecord};
  if (records.end() > source.size() || !budget.spend(count)) {
    add_note(carrier, "truncated", records, "The font's table directory is longer than the file.");
    return {};
  }
  ASSAY_TRY(bytes, source.view(records));
  ByteReader reader(bytes);
  for (uint64_t index = 0; index < count; ++index) {
    const std::string tag(as_text(*reader.take(4)));
    ASSAY_CHECK(reader.skip(4));
    const uint64_t offset = *reader.be32();
    const Range range{offset, *reader.be32()};
    const bool is_store = tag == "C2PA";
    if (range.end() > source.size()) {
      add_note(carrier, "truncated", range, "A table of the font ends behind the end of the file.");
      if (is_store) {
        add_broken_store(carrier, "The C2PA table ends behind the end of the file.");
      }
      continue;
    }
    add_box(carrier, limits_, tag, range);
    if (is_store) {
      store_tables_.push_back(range);
    } else if (tag == "head" && range.length >= 12 && !carrier.boxes.empty()) {
      carrier.boxes.back().zeroed.push_back(Range{range.offset + 8, 4});  // checkSumAdjustment
    }
  }
  return {};
}

Status FontWalker::read_store_table(io::ByteSource& source, Range table, Carrier& carrier) {
  if (table.length < kStoreTableHeader || limits_.exceeded(Limit::store_bytes, table.length)) {
    add_broken_store(carrier, "The C2PA table has no usable length.");
    return {};
  }
  ASSAY_CHECK(copy_range(source, table, limits_, copied_));
  ByteReader reader(copied_);
  ASSAY_CHECK(reader.skip(4));
  const uint64_t uri_offset = *reader.be32();
  const Range uri{uri_offset, *reader.be16()};
  ASSAY_CHECK(reader.skip(2));
  const uint64_t store_offset = *reader.be32();
  const Range store{store_offset, *reader.be32()};
  if (uri.offset != 0 && uri.length != 0 && uri.end() <= table.length &&
      carrier.provenance_url.empty()) {
    carrier.provenance_url = std::string(as_text(ByteView(copied_).subspan(
        static_cast<size_t>(uri.offset), static_cast<size_t>(uri.length))));
  }
  const Bytes bytes = std::move(copied_);
  copied_ = Bytes();
  if (store.offset == 0 || store.length == 0) {
    // Only a pointer: these bytes are the reference, and no store is here.
    carrier.reference.push_back(table);
  } else if (store.end() > table.length) {
    add_broken_store(carrier, "The manifest store ends behind the C2PA table.");
  } else {
    add_store_of(bytes, table, store, uri, carrier);
  }
  return {};
}

void FontWalker::add_store_of(const Bytes& table, Range range, Range store, Range uri,
                              Carrier& carrier) {
  const auto at = table.begin() + static_cast<ptrdiff_t>(store.offset);
  EmbeddedStore found{Bytes(at, at + static_cast<ptrdiff_t>(store.length)), {range}, {}};
  trim_padding(found, Range{range.offset + store.offset, store.length});
  // What of the table is neither header nor URI nor store is padding.
  Bytes rest = table;
  for (const Range used : {Range{0, kStoreTableHeader}, uri, store}) {
    const uint64_t end = std::min<uint64_t>(used.end(), rest.size());
    for (uint64_t index = used.offset; index < end; ++index) {
      rest[static_cast<size_t>(index)] = 0;
    }
  }
  if (!all_zero(rest)) {
    found.dirty_padding = {range};
  }
  add_store(carrier, std::move(found));
}

}  // namespace

std::unique_ptr<Walker> make_font_walker(const Limits& limits) {
  return std::make_unique<FontWalker>(limits);
}

}  // namespace assay::container
