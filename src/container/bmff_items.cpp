#include "container/bmff_items.h"

#include <algorithm>
#include <utility>

#include "base/fourcc.h"
#include "base/sort.h"
#include "container/store.h"
#include "container/xmp.h"

namespace assay::container {
namespace {

Range body_of(const BmffBox& box) { return {box.offset + box.header, box.size - box.header}; }

bool overlap(Range a, Range b) { return a.offset < b.end() && b.offset < a.end(); }

bool inside(Range inner, Range outer) {
  return inner.offset >= outer.offset && inner.end() <= outer.end();
}

}  // namespace

Status BmffItems::run(io::ByteSource& source, Budget& budget, const BmffLayout& layout,
                      Carrier& carrier) {
  file_size_ = source.size();
  if (step_ == Step::find) {
    find(layout, carrier);
  }
  while (step_ != Step::done) {
    const Status status = advance(source, budget, carrier);
    if (status.fault() == Fault::need || status.fault() == Fault::limit) {
      return status;
    }
    if (!status.ok()) {
      say_unread(carrier);
      step_ = Step::done;
    }
  }
  return {};
}

Status BmffItems::advance(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  switch (step_) {
    case Step::info:
      return read_info(source, budget, carrier);
    case Step::places:
      return read_places(source, budget, carrier);
    case Step::packets:
      return read_packet(source, budget, carrier);
    case Step::find:
    case Step::done:
      break;
  }
  return {};
}

// The file's own `meta` box, the first of its level; those of tracks are about tracks.
void BmffItems::find(const BmffLayout& layout, Carrier& carrier) {
  step_ = Step::done;
  uint32_t meta = BmffBox::kRoot;
  for (const uint32_t index : layout.roots) {
    const BmffBox& box = layout.boxes[index];
    if (box.type == fourcc("meta") && meta == BmffBox::kRoot) {
      meta = index;
      meta_ = {box.offset, box.size};
    } else if (box.type == fourcc("mdat")) {
      media_.push_back(body_of(box));
    }
    has_tracks_ = has_tracks_ || box.type == fourcc("moov") || box.type == fourcc("moof");
  }
  const auto keep_first = [](Range& range, const BmffBox& box) {
    if (range.length == 0) {
      range = body_of(box);
    }
  };
  for (size_t i = meta; meta != BmffBox::kRoot && i < layout.boxes.size(); ++i) {
    const BmffBox& box = layout.boxes[i];
    if (box.parent != meta) {
      continue;
    }
    if (box.type == fourcc("iinf")) {
      keep_first(info_, box);
    } else if (box.type == fourcc("iloc")) {
      keep_first(places_, box);
    } else if (box.type == fourcc("idat")) {
      keep_first(data_, box);
    }
  }
  if (info_.length == 0 || places_.length == 0) {
    return;
  }
  // The lists serve to find XMP only, and count as such.
  if (limits_.exceeded(Limit::xmp_bytes, std::max(info_.length, places_.length))) {
    say_unread(carrier);
    return;
  }
  step_ = Step::info;
}

Status BmffItems::read_info(io::ByteSource& source, Budget& budget, Carrier& /*carrier*/) {
  ASSAY_CHECK(copy_range(source, info_, limits_, copied_));
  ASSAY_TRY(items, xmp_items(std::exchange(copied_, {}), budget));
  items_ = std::move(items);
  step_ = items_.empty() ? Step::done : Step::places;
  return {};
}

Status BmffItems::read_places(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  ASSAY_CHECK(copy_range(source, places_, limits_, copied_));
  ASSAY_TRY(places, item_places(std::exchange(copied_, {}), budget));
  choose(places, carrier);
  step_ = Step::packets;
  return {};
}

const XmpItem* BmffItems::xmp_item(uint32_t id) const {
  const auto found =
      std::lower_bound(items_.begin(), items_.end(), id,
                       [](const XmpItem& item, uint32_t at) { return item.id < at; });
  return found != items_.end() && found->id == id ? &*found : nullptr;
}

// Makes ranges of the file of the extents; false when the bytes are not all there.
bool BmffItems::resolve(ItemPlace& place) const {
  const Range whole = place.within == ItemPlace::Within::idat ? data_ : Range{0, file_size_};
  if (place.within == ItemPlace::Within::elsewhere || place.extents.empty()) {
    return false;
  }
  for (Range& extent : place.extents) {
    if (extent.offset >= whole.length) {
      return false;
    }
    const uint64_t available = whole.length - extent.offset;
    if (extent.length > available) {
      return false;
    }
    extent = {whole.offset + extent.offset, extent.length == 0 ? available : extent.length};
  }
  return true;
}

void BmffItems::choose(const std::vector<ItemPlace>& places, Carrier& carrier) {
  for (const ItemPlace& place : places) {
    const XmpItem* item = xmp_item(place.id);
    if (item == nullptr) {
      continue;
    }
    ItemPlace packet = place;
    if (item->plain && resolve(packet)) {
      packets_.push_back(std::move(packet));
    } else {
      say_unread(carrier);
    }
  }
  if (has_tracks_ || is_shared(places)) {
    return;
  }
  for (const ItemPlace& packet : packets_) {
    for (const Range& range : packet.extents) {
      add_metadata(carrier, limits_, range, "XMP");
    }
  }
}

// bytes that are a picture, too, or part of the file's structure, are not metadata, whatever
// the list calls them: excluding them from a hash would exclude the content.
bool BmffItems::is_shared(const std::vector<ItemPlace>& places) const {
  std::vector<Range> own;
  for (const ItemPlace& packet : packets_) {
    own.insert(own.end(), packet.extents.begin(), packet.extents.end());
  }
  sort_by(own, [](Range a, Range b) { return a.offset < b.offset; });
  // Sorted and apart, one binary search finds the only one that could overlap.
  const auto touch = [](Range a, Range b) { return a.end() > b.offset; };
  if (std::adjacent_find(own.begin(), own.end(), touch) != own.end()) {
    return true;
  }
  // Root boxes are in order and apart, too.
  const auto in_data = [this](Range range) {
    const auto media = std::partition_point(media_.begin(), media_.end(), [range](Range candidate) {
      return candidate.end() <= range.offset;
    });
    return inside(range, data_) || (media != media_.end() && inside(range, *media));
  };
  if (!std::all_of(own.begin(), own.end(), in_data)) {
    return true;
  }
  const auto hits_own = [&own](Range range) {
    const auto next = std::partition_point(own.begin(), own.end(), [range](Range candidate) {
      return candidate.end() <= range.offset;
    });
    return next != own.end() && overlap(*next, range);
  };
  return std::any_of(places.begin(), places.end(), [&](const ItemPlace& place) {
    ItemPlace other = place;
    return xmp_item(place.id) == nullptr && resolve(other) &&
           std::any_of(other.extents.begin(), other.extents.end(), hits_own);
  });
}

Status BmffItems::read_packet(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  if (packet_ == packets_.size() || !carrier.provenance_url.empty()) {
    step_ = Step::done;
    return {};
  }
  const std::vector<Range>& extents = packets_[packet_].extents;
  if (extent_ < extents.size()) {
    const Range range = extents[extent_];
    // Of all packets together: extents may overlap, and each may be the whole file.
    if (copied_.empty() && limits_.exceeded(Limit::xmp_bytes, packet_bytes_ + range.length)) {
      say_unread(carrier);
      step_ = Step::done;
      return {};
    }
    ASSAY_CHECK(copy_range(source, range, limits_, copied_));
    append(text_, std::exchange(copied_, {}));
    packet_bytes_ += range.length;
    ++extent_;
    return {};
  }
  carrier.provenance_url = xmp_provenance(as_text(text_), limits_, budget);
  text_.clear();
  extent_ = 0;
  ++packet_;
  return {};
}

void BmffItems::say_unread(Carrier& carrier) {
  if (!std::exchange(said_, true)) {
    add_note(carrier, "xmpItem", meta_,
             "The file keeps metadata (XMP) in a way that is not read: whether it points to a "
             "record elsewhere is not known.");
  }
}

}  // namespace assay::container
