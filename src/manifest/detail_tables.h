// The table behind Details: which fields of which assertion are read, and as what.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace assay::manifest {

enum class FieldType : uint8_t {
  text,
  uint,
  number,   // any
  scalar,   // text or number
  size,     // of a byte string or text: how long it is
  hex,      // a byte string
  present,  // true if there is anything
  count,    // of an array: how long it is
  texts,    // an array of texts, or one
  list,     // an array of parts
  entries,  // a map: its members as parts, each with its `name`
  names,    // the names of a map's members but those with an @; in arrays, too, beside texts
  scalars,  // a map: its members that are text or numbers, as parts with `name` and `value`
};

struct DetailField {
  // In the assertion, steps divided by "/": a member's name, or # and its number. Empty: the whole.
  std::string_view path;
  std::string_view name;  // in Details::fields; of two fields of one name the first that is there
  FieldType type = FieldType::text;
  bool required = false;
  std::span<const DetailField> inner = {};  // of a part
};

struct DetailKind {
  std::string_view label;  // with a star for any characters at its beginning or its end
  std::string_view kind;
  std::span<const DetailField> fields;
};

// Null if the label has no row.
const DetailKind* detail_kind(std::string_view base_label);

}  // namespace assay::manifest
