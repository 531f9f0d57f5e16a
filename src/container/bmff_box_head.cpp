#include "container/bmff_box_head.h"

#include <algorithm>

#include "base/fourcc.h"
#include "container/bmff_boxes.h"

namespace assay::container {
namespace {

// Reads size, type and largesize into `box`; false when there are too few bytes.
bool read_size(ByteView head, uint64_t available, bool root, BmffBox& box) {
  ByteReader reader(head);
  const auto size = reader.be32();
  const auto type = reader.be32();
  if (!size.ok() || !type.ok()) {
    return false;
  }
  box.type = *type;
  box.size = *size;
  if (*size == 1) {
    const auto large = reader.be64();
    if (!large.ok()) {
      return false;
    }
    box.header = 16;
    box.size = *large;
  } else if (*size == 0) {
    // "To the end of the file" exists only on the outermost level; inside a container and without
    // a type it is the terminator or the filling that some writers leave.
    if (!root || *type == 0) {
      return false;
    }
    box.size = available;
  }
  return box.size >= box.header;
}

// QuickTime's `meta` has no version and flags: the type of its first child stands four bytes
// earlier.
bool is_quicktime_meta(const BmffBox& box) {
  if (box.type != fourcc("meta") || box.head_size < box.header + 8U) {
    return false;
  }
  const auto type = ByteReader(box.head_bytes().subspan(box.header + 4U)).be32();
  return type.ok() && *type == fourcc("hdlr");
}

void read_version(BmffBox& box) {
  size_t at = box.header;
  if (box.has_uuid(kC2paBoxUuid)) {
    at += kC2paBoxUuid.size();
  } else if (!is_bmff_full_box(box.type) &&
             (box.type != fourcc("meta") || is_quicktime_meta(box))) {
    return;
  }
  if (box.size < at + 4 || box.head_size < at + 4) {
    return;
  }
  ByteReader reader(box.head_bytes().subspan(at));
  box.version = reader.u8().value();
  box.flags = reader.be24().value();
  box.full = true;
}

}  // namespace

std::optional<BmffBox> read_box_head(ByteView head, uint64_t offset, uint64_t level_end,
                                     bool root) {
  BmffBox box;
  box.offset = offset;
  const uint64_t available = level_end - offset;
  if (!read_size(head, available, root, box)) {
    return std::nullopt;
  }
  if (box.size > available) {
    if (!root) {
      return std::nullopt;
    }
    box.size = available;
    box.truncated = true;
  }
  const auto keep = std::min(
      {static_cast<uint64_t>(head.size()), box.size, static_cast<uint64_t>(BmffBox::kHeadBytes)});
  box.head_size = static_cast<uint8_t>(keep);
  std::copy_n(head.begin(), box.head_size, box.head.begin());
  read_version(box);
  return box;
}

}  // namespace assay::container
