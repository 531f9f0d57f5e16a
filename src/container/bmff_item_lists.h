// The two lists that say what the items of a `meta` box are and where their bytes lie (ISO/IEC
// 14496-12 §8.11.3 `iloc`, §8.11.6 `iinf`). Pure parsing: nothing is read but the lists themselves.
#pragma once

#include <cstdint>
#include <vector>

#include "base/budget.h"
#include "base/bytes.h"
#include "base/checked.h"
#include "base/result.h"

namespace assay::container {

// An item that `iinf` declares to be an XMP packet: type `mime`, content type application/rdf+xml.
struct XmpItem {
  uint32_t id = 0;
  bool plain = true;  // neither protected nor encoded
};

// `body`: everything of the `iinf` box behind size and type. Sorted by id, each id once.
// Fault::malformed or Fault::truncated: the list does not hold what it says.
Result<std::vector<XmpItem>> xmp_items(ByteView body, Budget& budget);

// Where one item lies.
struct ItemPlace {
  // 0: offsets in the file, 1: offsets in the payload of `idat`, 2: offsets in another item.
  enum class Within : uint8_t { file, idat, elsewhere };
  uint32_t id = 0;
  Within within = Within::file;
  // A length of 0 means: to the end. Offsets that overflow are past every end.
  std::vector<Range> extents;
};

// `body`: everything of the `iloc` box behind size and type. In the order of the list; an id may
// come more than once. Items in other files are `elsewhere`.
Result<std::vector<ItemPlace>> item_places(ByteView body, Budget& budget);

}  // namespace assay::container
