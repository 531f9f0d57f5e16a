// PDF objects (ISO 32000-2 §7.3): values of the file's syntax, as far as finding embedded files
// needs them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace assay::container {

struct PdfReference {
  uint32_t number = 0;
  uint32_t generation = 0;
  friend auto operator<=>(const PdfReference&, const PdfReference&) = default;
};

struct PdfValue {
  enum class Kind : uint8_t { null, boolean, number, name, text, array, dictionary, reference };

  // Out of line, because the members hold values of this very type.
  PdfValue();
  ~PdfValue();
  PdfValue(const PdfValue&);
  PdfValue& operator=(const PdfValue&);
  PdfValue(PdfValue&&) noexcept;
  PdfValue& operator=(PdfValue&&) noexcept;

  Kind kind = Kind::null;
  int64_t number = 0;  // booleans too; reals are cut to integers
  std::string bytes;   // names and strings, escapes resolved
  PdfReference reference;
  std::vector<PdfValue> items;
  std::vector<std::pair<std::string, PdfValue>> entries;
  // Where the value stands in the parsed bytes.
  size_t begin = 0;
  size_t end = 0;

  bool is(Kind kind_) const { return kind == kind_; }
  bool is_name(std::string_view name) const { return kind == Kind::name && bytes == name; }
  // The entry of a dictionary; a null value when there is none. A key that occurs twice counts as
  // its last occurrence, as readers do.
  const PdfValue& get(std::string_view key) const;
};

// The value that `bytes` begin with, white space and comments skipped; `at` moves behind it.
// Fault::truncated when the bytes end before the value does.
Result<PdfValue> parse_pdf_value(ByteView bytes, size_t& at);

// Behind white space and comments.
void skip_pdf_space(ByteView bytes, size_t& at);

// Moves behind `word` if it stands at `at` (white space skipped). Fault::truncated when the bytes
// end before that can be said.
Result<bool> take_pdf_word(ByteView bytes, size_t& at, std::string_view word);

}  // namespace assay::container
