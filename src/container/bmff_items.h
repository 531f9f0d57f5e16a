// BmffItems: XMP that a HEIF or AVIF file keeps as an item of its `meta` box (ISO/IEC 23008-12;
// R-103), after the boxes were walked. What cannot be read is said, never taken for no XMP.
#pragma once

#include <vector>

#include "base/budget.h"
#include "base/limits.h"
#include "container/bmff_item_lists.h"
#include "container/bmff_layout.h"
#include "container/carrier.h"
#include "io/byte_source.h"

namespace assay::container {

class BmffItems {
 public:
  explicit BmffItems(const Limits& limits) : limits_(limits) {}

  // Sets carrier.provenance_url unless it is set, and adds the metadata ranges. After Fault::need
  // call again with the same arguments.
  Status run(io::ByteSource& source, Budget& budget, const BmffLayout& layout, Carrier& carrier);

 private:
  enum class Step : uint8_t { find, info, places, packets, done };

  Status advance(io::ByteSource& source, Budget& budget, Carrier& carrier);
  void find(const BmffLayout& layout, Carrier& carrier);
  Status read_info(io::ByteSource& source, Budget& budget, Carrier& carrier);
  Status read_places(io::ByteSource& source, Budget& budget, Carrier& carrier);
  Status read_packet(io::ByteSource& source, Budget& budget, Carrier& carrier);
  void choose(const std::vector<ItemPlace>& places, Carrier& carrier);
  bool resolve(ItemPlace& place) const;
  bool is_shared(const std::vector<ItemPlace>& places) const;
  const XmpItem* xmp_item(uint32_t id) const;
  void say_unread(Carrier& carrier);

  const Limits& limits_;
  Step step_ = Step::find;
  uint64_t file_size_ = 0;
  Range meta_;  // the box, for notes
  Range info_;  // bodies of the lists
  Range places_;
  Range data_;                // payload of `idat`
  std::vector<Range> media_;  // payloads of `mdat`
  bool has_tracks_ = false;
  std::vector<XmpItem> items_;
  std::vector<ItemPlace> packets_;  // places of items_, as ranges of the file
  size_t packet_ = 0;               // the one that is being read
  size_t extent_ = 0;
  uint64_t packet_bytes_ = 0;  // of all so far
  Bytes copied_;               // of the range at hand
  Bytes text_;                 // of the extents before
  bool said_ = false;
};

}  // namespace assay::container
