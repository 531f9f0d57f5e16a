#include "container/bmff_item_lists.h"

#include <algorithm>
#include <limits>

#include "base/fourcc.h"
#include "base/sort.h"
#include "base/text.h"

namespace assay::container {
namespace {

constexpr std::string_view kXmpType = "application/rdf+xml";

struct Head {
  uint8_t version = 0;
};

Result<Head> read_head(ByteReader& reader) {
  ASSAY_TRY(version, reader.u8());
  ASSAY_CHECK(reader.skip(3));
  return Head{version};
}

Result<uint32_t> read_id(ByteReader& reader, bool wide) {
  if (wide) {
    return reader.be32();
  }
  ASSAY_TRY(narrow, reader.be16());
  return uint32_t{narrow};
}

// A text up to its NUL, or to the end of the box where a writer left the NUL out.
std::string_view take_text(ByteReader& reader) {
  const auto text = reader.take_until_nul();
  if (text.ok()) {
    return as_text(*text);
  }
  const ByteView rest = reader.rest();
  return reader.skip(rest.size()).ok() ? as_text(rest) : std::string_view();
}

// The body of one `infe` box; nothing added unless it is XMP. Versions that are not known say
// nothing that could be relied on.
Status read_entry(ByteView body, std::vector<XmpItem>& out) {
  ByteReader reader(body);
  ASSAY_TRY(head, read_head(reader));
  if (head.version > 3) {
    return {};
  }
  ASSAY_TRY(id, read_id(reader, head.version == 3));
  ASSAY_TRY(protection, reader.be16());
  if (head.version >= 2) {
    ASSAY_TRY(type, reader.be32());
    if (type != fourcc("mime")) {
      return {};
    }
  }
  take_text(reader);  // the item's name
  if (to_lower(take_text(reader)) == kXmpType) {
    out.push_back({id, protection == 0 && take_text(reader).empty()});
  }
  return {};
}

// The next box of the list.
Status read_box(ByteReader& reader, std::vector<XmpItem>& out) {
  constexpr uint32_t kHeader = 8;
  ASSAY_TRY(size, reader.be32());
  ASSAY_TRY(type, reader.be32());
  if (size < kHeader) {
    return Fault::malformed;
  }
  ASSAY_TRY(body, reader.take(size - kHeader));
  return type == fourcc("infe") ? read_entry(body, out) : Status();
}

// 0, 4 or 8 bytes.
Result<uint64_t> read_number(ByteReader& reader, uint8_t width) {
  switch (width) {
    case 0:
      return uint64_t{0};
    case 4: {
      ASSAY_TRY(value, reader.be32());
      return uint64_t{value};
    }
    case 8:
      return reader.be64();
    default:
      return Fault::malformed;
  }
}

struct Widths {
  uint8_t version = 0;
  uint8_t offset = 0;
  uint8_t length = 0;
  uint8_t base = 0;
  uint8_t index = 0;
};

Result<Widths> read_widths(ByteReader& reader) {
  Widths widths;
  ASSAY_TRY(head, read_head(reader));
  ASSAY_TRY(first, reader.u8());
  ASSAY_TRY(second, reader.u8());
  widths.version = head.version;
  widths.offset = static_cast<uint8_t>(first >> 4);
  widths.length = first & 15;
  widths.base = static_cast<uint8_t>(second >> 4);
  widths.index = head.version == 0 ? 0 : second & 15;
  if (widths.version > 2) {
    return Fault::malformed;
  }
  return widths;
}

ItemPlace::Within within_of(uint16_t method, uint16_t reference) {
  if (reference != 0) {
    return ItemPlace::Within::elsewhere;
  }
  switch (method & 15) {
    case 0:
      return ItemPlace::Within::file;
    case 1:
      return ItemPlace::Within::idat;
    default:
      return ItemPlace::Within::elsewhere;
  }
}

Result<ItemPlace> read_place(ByteReader& reader, const Widths& widths, Budget& budget) {
  ItemPlace place;
  ASSAY_TRY(id, read_id(reader, widths.version == 2));
  uint16_t method = 0;
  if (widths.version != 0) {
    ASSAY_TRY(stated, reader.be16());
    method = stated;
  }
  ASSAY_TRY(reference, reader.be16());
  ASSAY_TRY(base, read_number(reader, widths.base));
  ASSAY_TRY(count, reader.be16());
  place.id = id;
  place.within = within_of(method, reference);
  // Extents of no bytes cost nothing to write: 65,535 of them in each of 65,535 items.
  if (count > 1 && widths.offset + widths.length + widths.index == 0) {
    return Fault::malformed;
  }
  for (uint16_t i = 0; i < count; ++i) {
    if (!budget.spend()) {
      return Fault::limit;
    }
    ASSAY_CHECK(reader.skip(widths.index));
    ASSAY_TRY(offset, read_number(reader, widths.offset));
    ASSAY_TRY(length, read_number(reader, widths.length));
    const auto from = checked_add(base, offset);
    place.extents.push_back({from.value_or(std::numeric_limits<uint64_t>::max()), length});
  }
  return place;
}

}  // namespace

Result<std::vector<XmpItem>> xmp_items(ByteView body, Budget& budget) {
  ByteReader reader(body);
  ASSAY_TRY(head, read_head(reader));
  ASSAY_TRY(count, read_id(reader, head.version != 0));
  std::vector<XmpItem> out;
  for (uint32_t i = 0; i < count; ++i) {
    if (!budget.spend()) {
      return Fault::limit;
    }
    ASSAY_CHECK(read_box(reader, out));
  }
  sort_by(out, [](const XmpItem& a, const XmpItem& b) { return a.id < b.id; });
  const auto same = [](const XmpItem& a, const XmpItem& b) { return a.id == b.id; };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
  return out;
}

Result<std::vector<ItemPlace>> item_places(ByteView body, Budget& budget) {
  ByteReader reader(body);
  ASSAY_TRY(widths, read_widths(reader));
  ASSAY_TRY(count, read_id(reader, widths.version == 2));
  std::vector<ItemPlace> out;
  for (uint32_t i = 0; i < count; ++i) {
    if (!budget.spend()) {
      return Fault::limit;
    }
    ASSAY_TRY(place, read_place(reader, widths, budget));
    out.push_back(std::move(place));
  }
  return out;
}

}  // namespace assay::container
