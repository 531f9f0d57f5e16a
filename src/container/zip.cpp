// ZIP archives: EPUB, OOXML, ODF, OpenXPS and plain ones (spec §Embedding manifests into ZIP-based
// formats; R-165…R-168). Read by the central directory; local headers are held against it.
#include <algorithm>
#include <set>
#include <utility>

#include "base/sort.h"
#include "container/store.h"
#include "container/walkers.h"
#include "container/zip_layout.h"
#include "container/zip_records.h"

namespace assay::container {
namespace {

constexpr std::string_view kStoreName = "META-INF/content_credential.c2pa";
constexpr uint16_t kEncrypted = 0x0001 | 0x0040 | 0x2000;
constexpr uint16_t kHasDescriptor = 0x0008;
constexpr uint32_t kMax32 = 0xFFFFFFFF;

class ZipWalker : public Walker {
 public:
  explicit ZipWalker(const Limits& limits) : limits_(limits) {}

  Status run(io::ByteSource& source, Budget& budget, Carrier& carrier) override {
    while (step_ != Step::done) {
      if (!budget.spend()) {
        return Fault::limit;
      }
      ASSAY_CHECK(advance(source, budget, carrier));
    }
    return {};
  }

 private:
  enum class Step : uint8_t { end, zip64_locator, zip64_end, directory, locals, store, done };

  Status advance(io::ByteSource& source, Budget& budget, Carrier& carrier) {
    switch (step_) {
      case Step::end:
        return find_end(source, carrier);
      case Step::zip64_locator:
        return read_locator(source, carrier);
      case Step::zip64_end:
        return read_zip64(source, carrier);
      case Step::directory:
        return read_directory(source, budget, carrier);
      case Step::locals:
        return read_local(source, carrier);
      case Step::store:
        return read_store(source, carrier);
      case Step::done:
        break;
    }
    return {};
  }

  // Nobody can open this archive: no store can be located in it.
  Status give_up(Carrier& carrier, std::string_view why) {
    add_note(carrier, "zipDamaged", {0, carrier.asset_size}, why);
    step_ = Step::done;
    return {};
  }

  Status find_end(io::ByteSource& source, Carrier& carrier) {
    const uint64_t length = std::min(source.size(), kZipEndBytes + kZipCommentBytes);
    const uint64_t begin = source.size() - length;
    ASSAY_TRY(tail, source.view({begin, length}));
    const auto place = find_zip_end(tail);
    if (!place) {
      return give_up(carrier, "The archive has no end record.");
    }
    if (place->ambiguous) {
      layout_->problem = "The archive has several end records.";
    } else if (place->end < length) {
      layout_->problem = "The archive is followed by other bytes.";
    }
    layout_->end_record = {begin + place->begin, place->end - place->begin};
    const auto end = read_zip_end(tail.subspan(place->begin));
    if (!end.ok()) {
      return give_up(carrier, "The end record of the archive cannot be read.");
    }
    end_ = *end;
    step_ = end_.needs_zip64 ? Step::zip64_locator : Step::directory;
    directory_end_ = layout_->end_record.offset;
    return {};
  }

  Status read_locator(io::ByteSource& source, Carrier& carrier) {
    const uint64_t end = layout_->end_record.offset;
    if (end < kZipLocatorBytes) {
      return give_up(carrier, "The ZIP64 locator is missing.");
    }
    ASSAY_TRY(view, source.view({end - kZipLocatorBytes, kZipLocatorBytes}));
    const auto offset = read_zip64_locator(view);
    if (!offset.ok() || *offset > end - kZipLocatorBytes) {
      return give_up(carrier, "The ZIP64 locator is missing.");
    }
    layout_->zip64_records = {*offset, end - *offset};
    step_ = Step::zip64_end;
    return {};
  }

  Status read_zip64(io::ByteSource& source, Carrier& carrier) {
    const Range records = layout_->zip64_records;
    ASSAY_TRY(view, source.view({records.offset, std::min(records.length, kZip64EndBytes)}));
    const auto end = read_zip64_end(view);
    if (!end.ok()) {
      return give_up(carrier, "The ZIP64 end record cannot be read.");
    }
    end_ = *end;
    directory_end_ = records.offset;
    step_ = Step::directory;
    return {};
  }

  Status read_directory(io::ByteSource& source, Budget& budget, Carrier& carrier) {
    const auto sum = checked_add(end_.offset, end_.size);
    if (!end_.one_disk || !sum || *sum != directory_end_) {
      return give_up(carrier, "The central directory is not where the end record says.");
    }
    if (limits_.exceeded(Limit::zip_entries, end_.entries) ||
        limits_.exceeded(Limit::store_bytes, end_.size)) {
      return give_up(carrier, "The archive has more entries than are examined.");
    }
    layout_->central_directory = {end_.offset, end_.size};
    ASSAY_CHECK(copy_range(source, layout_->central_directory, limits_, directory_));
    ByteReader reader(directory_);
    std::set<std::string_view> names;
    layout_->entries.reserve(static_cast<size_t>(end_.entries));
    for (uint64_t i = 0; i < end_.entries; ++i) {
      auto entry = read_zip_header(reader, end_.offset);
      if (!entry.ok() || !budget.spend()) {
        return give_up(carrier, "The central directory cannot be read.");
      }
      layout_->entries.push_back(std::move(*entry));
      ZipEntry& added = layout_->entries.back();
      added.is_store = added.name == kStoreName;
      stores_ += added.is_store ? 1 : 0;
      if (!names.insert(added.name).second) {
        layout_->problem = "Two entries of the archive have the same name.";
      }
    }
    if (!reader.at_end()) {
      layout_->problem = "The central directory is longer than its entries.";
    }
    directory_.clear();
    if (stores_ == 0) {
      return finish(carrier);
    }
    order_entries();
    step_ = Step::locals;
    return {};
  }

  void order_entries() {
    for (size_t i = 0; i < layout_->entries.size(); ++i) {
      by_offset_.push_back(i);
    }
    sort_by(by_offset_, [this](size_t a, size_t b) {
      return layout_->entries[a].local_offset < layout_->entries[b].local_offset;
    });
  }

  // The local header of the next entry in file order, its name and its data descriptor.
  Status read_local(io::ByteSource& source, Carrier& carrier) {
    if (next_local_ == by_offset_.size()) {
      return begin_store(carrier);
    }
    ZipEntry& entry = layout_->entries[by_offset_[next_local_]];
    const uint64_t limit = layout_->central_directory.offset;
    const uint64_t fixed_end = Range{entry.local_offset, kZipLocalBytes}.end();
    if (fixed_end > limit) {
      return contradiction(carrier, "An entry lies outside the archive's body.");
    }
    ASSAY_TRY(record, source.view({entry.local_offset, kZipLocalBytes}));
    const auto local = read_zip_local(record);
    if (!local.ok()) {
      return contradiction(carrier, "An entry has no local header.");
    }
    const Range name{fixed_end, local->name_length};
    const uint64_t data_at = name.end() + local->extra_length;
    const Range data{data_at, entry.stored_size};
    if (data.end() > limit) {
      return contradiction(carrier, "An entry lies outside the archive's body.");
    }
    ASSAY_TRY(name_bytes, source.view(name));
    if (!agrees(*local, as_text(name_bytes), entry)) {
      return contradiction(carrier, "A local header contradicts the central directory.");
    }
    uint64_t descriptor = 0;
    if ((entry.flags & kHasDescriptor) != 0) {
      const uint64_t length = std::min(kZipDescriptorBytes, limit - data.end());
      ASSAY_TRY(bytes, source.view({data.end(), length}));
      descriptor = descriptor_length(bytes, entry);
      if (descriptor == 0) {
        return contradiction(carrier, "A data descriptor contradicts the central directory.");
      }
    }
    entry.data = data;
    entry.whole = {entry.local_offset, data.end() + descriptor - entry.local_offset};
    check_order(entry);
    ++next_local_;
    return {};
  }

  // Sizes in a local header are zero when a descriptor follows and at their maximum when a
  // ZIP64 field holds them.
  static bool agrees(const ZipLocal& local, std::string_view name, const ZipEntry& entry) {
    const bool later = (entry.flags & kHasDescriptor) != 0;
    const auto size_agrees = [later](uint32_t here, uint64_t there) {
      return here == there || here == kMax32 || (later && here == 0);
    };
    return name == entry.name && local.method == entry.method && local.flags == entry.flags &&
           size_agrees(local.stored_size, entry.stored_size) &&
           size_agrees(local.real_size, entry.real_size) &&
           (local.crc32 == entry.crc32 || (later && local.crc32 == 0));
  }

  void check_order(const ZipEntry& entry) {
    if (entry.whole.offset < body_end_) {
      layout_->problem = "Entries of the archive overlap.";
    } else if (body_end_ == 0 && entry.whole.offset > 0) {
      layout_->problem = "The archive has bytes in front of its first entry.";
    } else if (entry.whole.offset > body_end_) {
      layout_->gaps.push_back({body_end_, entry.whole.offset - body_end_});
    }
    body_end_ = std::max(body_end_, entry.whole.end());
  }

  // An entry that readers may understand in different ways. Of the store itself nothing can be
  // read then; the problem stays for the binding either way.
  Status contradiction(Carrier& carrier, std::string_view why) {
    layout_->problem = why;
    if (layout_->entries[by_offset_[next_local_]].is_store) {
      add_broken_store(carrier, std::string(why));
      return finish(carrier);
    }
    ++next_local_;
    return {};
  }

  Status begin_store(Carrier& carrier) {
    if (body_end_ < layout_->central_directory.offset) {
      layout_->gaps.push_back({body_end_, layout_->central_directory.offset - body_end_});
    }
    if (stores_ > 1) {
      carrier.state = StoreState::multiple;
      return finish(carrier);
    }
    const auto found = std::find_if(layout_->entries.begin(), layout_->entries.end(),
                                    [](const ZipEntry& entry) { return entry.is_store; });
    store_ = static_cast<size_t>(found - layout_->entries.begin());
    if (found->method != 0 || (found->flags & kEncrypted) != 0) {
      add_broken_store(carrier, "The manifest store is compressed or encrypted (R-165).");
      return finish(carrier);
    }
    if (found->stored_size != found->real_size ||
        limits_.exceeded(Limit::store_bytes, found->stored_size)) {
      add_broken_store(carrier, "The size of the manifest store is not usable.");
      return finish(carrier);
    }
    step_ = Step::store;
    return {};
  }

  Status read_store(io::ByteSource& source, Carrier& carrier) {
    const ZipEntry& entry = layout_->entries[store_];
    ASSAY_CHECK(copy_range(source, entry.data, limits_, store_bytes_));
    EmbeddedStore store;
    store.bytes = std::move(store_bytes_);
    store.carrier = {entry.whole};
    trim_padding(store, entry.data);
    add_store(carrier, std::move(store));
    return finish(carrier);
  }

  Status finish(Carrier& carrier) {
    if (!layout_->problem.empty()) {
      add_note(carrier, "zipContradiction", layout_->central_directory, layout_->problem);
    }
    carrier.zip = std::move(layout_);
    step_ = Step::done;
    return {};
  }

  const Limits& limits_;
  std::shared_ptr<ZipLayout> layout_ = std::make_shared<ZipLayout>();
  Step step_ = Step::end;
  ZipEnd end_;
  uint64_t directory_end_ = 0;
  Bytes directory_;
  std::vector<size_t> by_offset_;
  size_t next_local_ = 0;
  uint64_t body_end_ = 0;
  uint64_t stores_ = 0;
  size_t store_ = 0;
  Bytes store_bytes_;
};

}  // namespace

std::unique_ptr<Walker> make_zip_walker(const Limits& limits) {
  return std::make_unique<ZipWalker>(limits);
}

}  // namespace assay::container
