// BMFF: any boxes behind a File Type box; the layout is a tree of boxes inside the file.
#include "base/fourcc.h"
#include "container/bmff_layout.h"
#include "fuzz/walk.h"

namespace assay {
namespace {

using container::BmffBox;
using fuzz::require;

constexpr std::string_view kFtyp(
    "\0\0\0\x14"
    "ftypisom\0\0\0\0iso2",
    20);

void check_layout(const container::Carrier& carrier) {
  const auto& layout = *carrier.bmff;
  uint64_t end = 0;
  for (const uint32_t index : layout.roots) {
    const BmffBox& box = layout.boxes.at(index);
    // The root boxes and what is behind them are the whole file, without a gap.
    require(box.parent == BmffBox::kRoot && box.offset == end && box.size >= box.header);
    end = box.end();
  }
  if (layout.complete) {
    require(layout.tail.length == 0 || layout.tail.offset == end);
    require(end + layout.tail.length == carrier.asset_size);
  }
  for (const BmffBox& box : layout.boxes) {
    fuzz::check_inside({box.offset, box.size}, carrier.asset_size);
    require(box.head_size <= box.size);
    if (box.parent != BmffBox::kRoot) {
      const BmffBox& parent = layout.boxes.at(box.parent);
      require(box.offset >= parent.offset + parent.header && box.end() <= parent.end());
      require(box.depth == parent.depth + 1);
    }
  }
  for (const auto& merkle : layout.merkle) {
    require(layout.boxes.at(merkle.box).has_uuid(container::kC2paBoxUuid));
  }
}

}  // namespace
}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace assay;
  fuzz::check(container::make_bmff_walker, container::Format::mp4, kFtyp, {data, size});
  Bytes asset = to_bytes(as_bytes(kFtyp));
  append(asset, ByteView(data, size));
  const auto walked = fuzz::walk(container::make_bmff_walker, container::Format::mp4, asset, 0);
  if (walked.fault == Fault::none) {
    check_layout(walked.carrier);
  }
  return 0;
}
