#include "container/bmff.h"

#include <algorithm>
#include <utility>

#include "base/fourcc.h"
#include "container/bmff_box_head.h"
#include "container/bmff_boxes.h"
#include "container/store.h"
#include "container/store_bytes.h"
#include "container/walkers.h"
#include "container/xmp.h"

namespace assay::container {
namespace {

// XMP in an ISO file (ISO 16684-3; R-147).
constexpr BmffUuid kXmpBoxUuid = {0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8,
                                  0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC};
constexpr std::string_view kLiveScheme = "urn:c2pa:verifiable-segment-info";
constexpr uint64_t kPurposeBytes = 32;
constexpr uint64_t kMerkleOffsetBytes = 8;

bool holds_store(std::string_view purpose) {
  return purpose == "manifest" || purpose == "original" || purpose == "update";
}

// Where the payload behind size, type, extended type, version and flags of a `uuid` box begins.
uint64_t uuid_payload(const BmffBox& box) { return box.offset + box.header + kC2paBoxUuid.size(); }

}  // namespace

BmffWalker::BmffWalker(const Limits& limits) : limits_(limits), items_(limits) {}

Status BmffWalker::run(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  while (!done_) {
    if (!budget.spend()) {
      return Fault::limit;
    }
    ASSAY_CHECK(advance(source, budget, carrier));
  }
  return {};
}

Status BmffWalker::advance(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  switch (step_) {
    case Step::header:
      return read_header(source, carrier);
    case Step::purpose:
      return read_purpose(source, carrier);
    case Step::store_head:
      return read_store_head(source);
    case Step::store:
      return read_store(source);
    case Step::padding:
      return read_padding(source);
    case Step::merkle:
      return read_merkle(source);
    case Step::xmp:
      return read_xmp(source, budget, carrier);
    case Step::event:
      return read_event(source, carrier);
    case Step::items:
      ASSAY_CHECK(items_.run(source, budget, *layout_, carrier));
      finish(carrier);
      return {};
  }
  return Fault::malformed;
}

Status BmffWalker::read_header(io::ByteSource& source, Carrier& carrier) {
  while (!open_.empty() && cursor_ >= layout_->boxes[open_.back()].end()) {
    open_.pop_back();
  }
  const bool root = open_.empty();
  const uint64_t level_end = root ? source.size() : layout_->boxes[open_.back()].end();
  if (cursor_ >= level_end) {
    step_ = Step::items;
    return {};
  }
  const uint64_t wanted = std::min<uint64_t>(BmffBox::kHeadBytes, level_end - cursor_);
  ASSAY_TRY(head, source.view({cursor_, wanted}));
  auto box = read_box_head(head, cursor_, level_end, root);
  if (!box) {
    leave_level(source.size(), carrier);
  } else if (limits_.exceeded(Limit::bmff_boxes, layout_->boxes.size() + 1)) {
    stop_at_limit(carrier);
  } else {
    add_box(*box, carrier);
  }
  return {};
}

// The bytes at the cursor are no box: inside a container its rest is skipped, on the outermost
// level the rest of the file has no boxes.
void BmffWalker::leave_level(uint64_t file_end, Carrier& carrier) {
  if (!open_.empty()) {
    cursor_ = layout_->boxes[open_.back()].end();
    open_.pop_back();
    return;
  }
  layout_->tail = {cursor_, file_end - cursor_};
  carrier.notes.push_back({"trailing-bytes", layout_->tail, "Bytes that are not part of any box."});
  cursor_ = file_end;
}

void BmffWalker::stop_at_limit(Carrier& carrier) {
  layout_->complete = false;
  carrier.notes.push_back({"limit", {cursor_, 0}, "The file has more boxes than are examined."});
  finish(carrier);
}

void BmffWalker::add_box(const BmffBox& box, Carrier& carrier) {
  const auto index = static_cast<uint32_t>(layout_->boxes.size());
  layout_->boxes.push_back(box);
  BmffBox& added = layout_->boxes.back();
  added.depth = static_cast<uint8_t>(open_.size());
  if (open_.empty()) {
    layout_->roots.push_back(index);
  } else {
    added.parent = open_.back();
  }
  if (added.truncated) {
    carrier.notes.push_back({"truncated-box",
                             {added.offset, added.size},
                             "The file ends inside box " + box_type_text(added.type) + "."});
  }
  cursor_ = added.end();
  // Deeper levels than the limit are left unread: an exclusion that would need them matches
  // nothing, so their bytes are hashed.
  if (is_bmff_container(added.type) && !limits_.exceeded(Limit::bmff_depth, open_.size() + 2)) {
    open_.push_back(index);
    cursor_ = std::min(added.end(), added.offset + added.header + (added.full ? 4U : 0U));
    return;
  }
  if (added.depth != 0 && added.type == fourcc("XMP_")) {
    wanted_ = {added.offset + added.header, added.size - added.header};
    step_ = Step::xmp;
  } else if (added.depth == 0 && added.has_uuid(kXmpBoxUuid)) {
    const uint64_t begin = uuid_payload(added);
    wanted_ = {begin, added.end() - begin};
    add_metadata(carrier, limits_, {added.offset, added.size}, "XMP");
    step_ = Step::xmp;
  } else if (added.depth == 0 && added.has_uuid(kC2paBoxUuid)) {
    step_ = Step::purpose;
  } else if (added.depth == 0 && added.type == fourcc("emsg") && added.version == 0) {
    step_ = Step::event;
  }
}

// live video carries signed segment information in event messages; that it is there
// must be said, because nothing else in the segment may point to credentials.
Status BmffWalker::read_event(io::ByteSource& source, Carrier& carrier) {
  const BmffBox& box = last_box();
  const uint64_t begin = std::min(box.offset + box.header + 4, box.end());
  const uint64_t length = std::min<uint64_t>(kLiveScheme.size() + 1, box.end() - begin);
  ASSAY_TRY(view, source.view({begin, length}));
  const auto scheme = ByteReader(view).take_until_nul();
  if (scheme.ok() && as_text(*scheme) == kLiveScheme) {
    add_note(carrier, "liveVideo", {box.offset, box.size},
             "The segment carries signed information for live video, which is not checked.");
  }
  step_ = Step::header;
  return {};
}

Status BmffWalker::read_xmp(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  if (limits_.exceeded(Limit::xmp_bytes, wanted_.length) || !carrier.provenance_url.empty()) {
    step_ = Step::header;
    return {};
  }
  ASSAY_TRY(packet, copy(source));
  carrier.provenance_url = xmp_provenance(as_text(packet), limits_, budget);
  step_ = Step::header;
  return {};
}

Status BmffWalker::read_purpose(io::ByteSource& source, Carrier& carrier) {
  const BmffBox& box = last_box();
  step_ = Step::header;
  const uint64_t begin = uuid_payload(box) + 4;
  if (!box.full || begin >= box.end()) {
    stores_.push_back({{}, {}, "The C2PA box is too short to say what it holds."});
    return {};
  }
  step_ = Step::purpose;
  const uint64_t length = std::min(kPurposeBytes, box.end() - begin);
  ASSAY_TRY(view, source.view({begin, length}));
  step_ = Step::header;
  ByteReader reader(view);
  const auto name = reader.take_until_nul();
  if (!name.ok()) {
    stores_.push_back({{}, {}, "The C2PA box does not say what it holds."});
    return {};
  }
  const std::string purpose(as_text(*name));
  data_ = begin + reader.position();
  const bool known = box.version == 0 && box.flags == 0;
  if (holds_store(purpose)) {
    stores_.push_back({purpose, {}, known ? "" : "The C2PA box has a version that is not known."});
    step_ = known ? Step::store_head : Step::header;
  } else if (purpose == "merkle" && known) {
    begin_merkle(carrier);
  } else {
    carrier.notes.push_back({"bmffUnknownPurpose",
                             {box.offset, box.size},
                             "A C2PA box whose purpose or version is not known; it is ignored."});
  }
  return {};
}

// The bytes of wanted_, once all of them are there.
Result<Bytes> BmffWalker::copy(io::ByteSource& source) {
  ASSAY_CHECK(copy_range(source, wanted_, limits_, copied_));
  return std::exchange(copied_, {});
}

void BmffWalker::refuse_store(std::string defect) {
  stores_.back().defect = std::move(defect);
  step_ = Step::header;
}

Status BmffWalker::read_store_head(io::ByteSource& source) {
  const BmffBox& box = last_box();
  const uint64_t begin = data_ + kMerkleOffsetBytes;
  stores_.back().store.carrier = {{box.offset, box.size}};
  if (begin >= box.end()) {
    refuse_store("The C2PA box ends before its manifest store.");
    return {};
  }
  const uint64_t available = box.end() - begin;
  ASSAY_TRY(field, source.view({data_, kMerkleOffsetBytes}));
  ASSAY_TRY(merkle_offset, ByteReader(field).be64());
  ASSAY_TRY(head, source.view({begin, std::min(kSuperboxHead, available)}));
  stores_.back().merkle_field = {data_, kMerkleOffsetBytes};
  stores_.back().merkle_offset = merkle_offset;
  const auto length = superbox_length(head, available);
  if (!length.ok()) {
    refuse_store(length.fault() == Fault::truncated
                     ? "The manifest store is longer than the box that holds it."
                     : "The C2PA box does not begin with a JUMBF superbox.");
    return {};
  }
  if (limits_.exceeded(Limit::store_bytes, *length)) {
    refuse_store("The manifest store is larger than the limit.");
    return {};
  }
  // the JUMBF superbox says how long the store is, the rest of the box is padding.
  wanted_ = {begin, *length};
  zero_scan_ = ZeroScan({begin + *length, available - *length});
  step_ = Step::store;
  return {};
}

Status BmffWalker::read_store(io::ByteSource& source) {
  ASSAY_TRY(bytes, copy(source));
  stores_.back().store.bytes = std::move(bytes);
  step_ = Step::padding;
  return {};
}

Status BmffWalker::read_padding(io::ByteSource& source) {
  const Range padding = zero_scan_.range();
  // Padding that is larger than any store is not looked at, and then not called clean either.
  const bool examined = padding.length <= limits_.store_bytes;
  if (examined) {
    ASSAY_CHECK(zero_scan_.run(source));
  }
  if (!examined || !zero_scan_.zero()) {
    stores_.back().store.dirty_padding.push_back(padding);
  }
  step_ = Step::header;
  return {};
}

void BmffWalker::begin_merkle(Carrier& carrier) {
  const Range data{data_, last_box().end() - data_};
  if (limits_.exceeded(Limit::store_bytes, merkle_bytes_ + data.length)) {
    layout_->complete = false;
    carrier.notes.push_back({"limit", data, "A Merkle box is larger than the limit."});
    return;
  }
  merkle_bytes_ += data.length;
  wanted_ = data;
  step_ = Step::merkle;
}

Status BmffWalker::read_merkle(io::ByteSource& source) {
  ASSAY_TRY(payload, copy(source));
  const auto index = static_cast<uint32_t>(layout_->boxes.size() - 1);
  layout_->merkle.push_back({index, std::move(payload)});
  step_ = Step::header;
  return {};
}

// no hash covers the field, and nothing is looked for where it points.
void BmffWalker::check_merkle_offsets(Carrier& carrier) const {
  const auto& merkle = layout_->merkle;
  const uint64_t first = merkle.empty() ? 0 : layout_->boxes[merkle.front().box].offset;
  for (const StoreBox& box : stores_) {
    if (box.merkle_offset != 0 && box.merkle_offset != first) {
      carrier.notes.push_back(
          {"merkleOffset", box.merkle_field, "The C2PA box points to a Merkle box where none is."});
    }
  }
}

void BmffWalker::finish(Carrier& carrier) {
  done_ = true;
  check_merkle_offsets(carrier);
  choose_store(carrier);
  carrier.bmff = std::move(layout_);
}

// one store, or an original and its update, which are one logical store.
void BmffWalker::choose_store(Carrier& carrier) {
  const auto broken = std::find_if(stores_.begin(), stores_.end(),
                                   [](const StoreBox& box) { return !box.defect.empty(); });
  for (StoreBox& box : stores_) {
    if (box.defect.empty()) {
      carrier.stores.push_back(std::move(box.store));
    }
  }
  if (stores_.empty()) {
    carrier.state = StoreState::none;  // where a limit was met, that is said instead
  } else if (stores_.size() == 1 && broken == stores_.end()) {
    carrier.state = StoreState::single;
  } else if (stores_.size() == 2 && broken == stores_.end() && stores_[0].purpose == "original" &&
             stores_[1].purpose == "update") {
    auto merged = merge_stores({carrier.stores[0].bytes, carrier.stores[1].bytes});
    carrier.state = merged.ok() ? StoreState::single : StoreState::broken;
    carrier.defect = merged.ok() ? "" : "The original and the update store cannot be read as one.";
    EmbeddedStore& store = carrier.stores[0];
    const EmbeddedStore& update = carrier.stores[1];
    store.bytes = merged.ok() ? std::move(*merged) : Bytes();
    store.carrier.insert(store.carrier.end(), update.carrier.begin(), update.carrier.end());
    store.dirty_padding.insert(store.dirty_padding.end(), update.dirty_padding.begin(),
                               update.dirty_padding.end());
    carrier.stores.pop_back();
  } else if (stores_.size() > 1) {
    carrier.state = StoreState::multiple;
  } else {
    carrier.state = StoreState::broken;
    carrier.defect = broken->defect;
  }
  if (carrier.state == StoreState::broken) {
    carrier.defect_kind = DefectKind::other;
  }
}

std::unique_ptr<Walker> make_bmff_walker(const Limits& limits) {
  return std::make_unique<BmffWalker>(limits);
}

}  // namespace assay::container
