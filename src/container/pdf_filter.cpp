#include "container/pdf_filter.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "codec/deflate/inflate.h"

namespace assay::container {
namespace {

using Kind = PdfValue::Kind;

constexpr int64_t kMostColumns = 4096;

uint8_t paeth(uint8_t left, uint8_t up, uint8_t corner) {
  const int estimate = left + up - corner;
  const int to_left = std::abs(estimate - left);
  const int to_up = std::abs(estimate - up);
  const int to_corner = std::abs(estimate - corner);
  if (to_left <= to_up && to_left <= to_corner) {
    return left;
  }
  return to_up <= to_corner ? up : corner;
}

// Rows of a filter byte and `columns` bytes, one byte per sample (PNG §9).
Result<Bytes> undo_png(ByteView data, size_t columns) {
  Bytes out;
  std::vector<uint8_t> above(columns, 0);
  std::vector<uint8_t> row(columns, 0);
  ByteReader reader(data);
  while (reader.remaining() > columns) {
    const uint8_t filter = reader.u8().value();
    const ByteView raw = reader.take(columns).value();
    if (filter > 4) {
      return Fault::malformed;
    }
    for (size_t i = 0; i < columns; ++i) {
      const uint8_t left = i > 0 ? row[i - 1] : uint8_t{0};
      const uint8_t corner = i > 0 ? above[i - 1] : uint8_t{0};
      const uint8_t up = above[i];
      uint8_t add = 0;
      switch (filter) {
        case 1:
          add = left;
          break;
        case 2:
          add = up;
          break;
        case 3:
          add = static_cast<uint8_t>((left + up) / 2);
          break;
        case 4:
          add = paeth(left, up, corner);
          break;
        default:
          break;
      }
      row[i] = static_cast<uint8_t>(raw[i] + add);
    }
    append(out, row);
    above = row;
  }
  return out;
}

Result<Bytes> flate(const PdfValue& parameters, ByteView data, uint64_t most_bytes) {
  ASSAY_TRY(inflated, deflate::inflate_zlib(data, most_bytes));
  const int64_t predictor = parameters.get("Predictor").number;
  if (predictor <= 1) {
    return inflated;
  }
  const PdfValue& columns = parameters.get("Columns");
  const int64_t width = columns.is(Kind::number) ? columns.number : 1;
  const bool plain =
      parameters.get("Colors").number <= 1 && (parameters.get("BitsPerComponent").is(Kind::null) ||
                                               parameters.get("BitsPerComponent").number == 8);
  if (predictor < 10 || !plain || width < 1 || width > kMostColumns) {
    return Fault::unsupported;
  }
  return undo_png(inflated, static_cast<size_t>(width));
}

}  // namespace

Result<Bytes> undo_pdf_filters(const PdfValue& dictionary, ByteView data, uint64_t most_bytes) {
  const PdfValue& filter = dictionary.get("Filter");
  const PdfValue& parameters = dictionary.get("DecodeParms");
  std::vector<const PdfValue*> names;
  if (filter.is(Kind::name)) {
    names.push_back(&filter);
  }
  for (const PdfValue& item : filter.items) {
    names.push_back(&item);
  }
  if (names.size() > 4) {
    return Fault::unsupported;
  }
  Bytes bytes = to_bytes(data);
  for (size_t i = 0; i < names.size(); ++i) {
    const bool listed = parameters.is(Kind::array) && i < parameters.items.size();
    const PdfValue& own = listed ? parameters.items[i] : parameters;
    if (names[i]->is_name("FlateDecode") || names[i]->is_name("Fl")) {
      ASSAY_TRY(decoded, flate(own, bytes, most_bytes));
      bytes = std::move(decoded);
    } else if (!names[i]->is_name("Crypt")) {
      return Fault::unsupported;
    }
  }
  return bytes;
}

}  // namespace assay::container
