#include "container/pdf_xref.h"

#include <algorithm>
#include <array>

#include "base/sort.h"
#include "base/text.h"

namespace assay::container {
namespace {

using Kind = PdfValue::Kind;

constexpr size_t kTableEntryBytes = 20;

// Decimal digits at `at`, spaces in front skipped.
std::optional<uint64_t> digits(std::string_view text, size_t& at) {
  while (at < text.size() && text[at] == ' ') {
    ++at;
  }
  const size_t begin = at;
  uint64_t value = 0;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9' && at - begin < 18) {
    value = value * 10 + static_cast<uint64_t>(text[at] - '0');
    ++at;
  }
  return at > begin ? std::optional(value) : std::nullopt;
}

void sort_entries(PdfSection& section) {
  // Of a number that is listed twice the first entry counts.
  sort_by(section.entries,
          [](const PdfEntry& a, const PdfEntry& b) { return a.number < b.number; });
}

// One subsection: `count` entries of 20 bytes; some writers leave the entry one byte short.
Status read_subsection(ByteView bytes, size_t& at, uint64_t first, uint64_t count,
                       PdfSection& section) {
  for (uint64_t i = 0; i < count; ++i) {
    skip_pdf_space(bytes, at);
    if (bytes.size() - at < kTableEntryBytes) {
      return Fault::truncated;
    }
    const std::string_view line = as_text(bytes.subspan(at, kTableEntryBytes - 2));
    size_t in_line = 0;
    const auto offset = digits(line, in_line);
    const auto generation = digits(line, in_line);
    const size_t kind = line.find_first_of("nf", in_line);
    if (!offset || !generation || kind == std::string_view::npos || *generation > UINT16_MAX ||
        first + i > UINT32_MAX) {
      return Fault::malformed;
    }
    if (line[kind] == 'n' && *offset != 0) {
      section.entries.push_back(
          {static_cast<uint32_t>(first + i), false, *offset, static_cast<uint32_t>(*generation)});
    }
    at += kind + 1;
  }
  return {};
}

std::optional<uint64_t> unsigned_item(const PdfValue& value) {
  if (!value.is(Kind::number) || value.number < 0) {
    return std::nullopt;
  }
  return static_cast<uint64_t>(value.number);
}

struct Widths {
  std::array<size_t, 3> field{};
  size_t total() const { return field[0] + field[1] + field[2]; }
};

std::optional<Widths> widths_of(const PdfValue& dictionary) {
  const PdfValue& list = dictionary.get("W");
  if (list.items.size() < 3) {
    return std::nullopt;
  }
  Widths widths;
  for (size_t i = 0; i < 3; ++i) {
    const auto width = unsigned_item(list.items[i]);
    if (!width || *width > 8) {
      return std::nullopt;
    }
    widths.field.at(i) = static_cast<size_t>(*width);
  }
  return widths.total() > 0 ? std::optional(widths) : std::nullopt;
}

uint64_t field_value(ByteReader& reader, size_t width, uint64_t missing) {
  const auto bytes = reader.take(width);
  if (width == 0 || !bytes.ok()) {
    return missing;
  }
  uint64_t value = 0;
  for (const uint8_t byte : *bytes) {
    value = value << 8 | byte;
  }
  return value;
}

// Pairs of first number and count; without an Index: everything from 0.
std::vector<std::pair<uint64_t, uint64_t>> runs_of(const PdfValue& dictionary) {
  const PdfValue& index = dictionary.get("Index");
  if (!index.is(Kind::array)) {
    return {{0, unsigned_item(dictionary.get("Size")).value_or(0)}};
  }
  std::vector<std::pair<uint64_t, uint64_t>> runs;
  for (size_t i = 0; i + 1 < index.items.size(); i += 2) {
    runs.emplace_back(unsigned_item(index.items[i]).value_or(0),
                      unsigned_item(index.items[i + 1]).value_or(0));
  }
  return runs;
}

}  // namespace

const PdfEntry* PdfSection::find(uint32_t number) const {
  const auto found =
      std::partition_point(entries.begin(), entries.end(),
                           [number](const PdfEntry& entry) { return entry.number < number; });
  return found != entries.end() && found->number == number ? &*found : nullptr;
}

Result<PdfSection> parse_pdf_table(ByteView bytes, uint64_t most_entries) {
  size_t at = 0;
  PdfSection section;
  ASSAY_TRY(is_table, take_pdf_word(bytes, at, "xref"));
  if (!is_table) {
    return Fault::malformed;
  }
  for (;;) {
    ASSAY_TRY(ends, take_pdf_word(bytes, at, "trailer"));
    if (ends) {
      break;
    }
    ASSAY_TRY(first, parse_pdf_value(bytes, at));
    ASSAY_TRY(count, parse_pdf_value(bytes, at));
    const auto from = unsigned_item(first);
    const auto number = unsigned_item(count);
    if (!from || !number || *number > most_entries - section.entries.size()) {
      return from && number ? Fault::limit : Fault::malformed;
    }
    ASSAY_CHECK(read_subsection(bytes, at, *from, *number, section));
  }
  ASSAY_TRY(trailer, parse_pdf_value(bytes, at));
  if (!trailer.is(Kind::dictionary)) {
    return Fault::malformed;
  }
  section.trailer = std::move(trailer);
  sort_entries(section);
  return section;
}

Result<PdfSection> parse_pdf_xref_stream(const PdfValue& dictionary, ByteView content,
                                         uint64_t most_entries) {
  const auto widths = widths_of(dictionary);
  if (!widths) {
    return Fault::malformed;
  }
  PdfSection section;
  section.trailer = dictionary;
  ByteReader reader(content);
  for (const auto& [first, count] : runs_of(dictionary)) {
    for (uint64_t i = 0; i < count && reader.remaining() >= widths->total(); ++i) {
      const uint64_t type = field_value(reader, widths->field[0], 1);
      const uint64_t second = field_value(reader, widths->field[1], 0);
      const uint64_t third = field_value(reader, widths->field[2], 0);
      if (section.entries.size() >= most_entries) {
        return Fault::limit;
      }
      if ((type == 1 || type == 2) && first + i <= UINT32_MAX && third <= UINT32_MAX) {
        section.entries.push_back(
            {static_cast<uint32_t>(first + i), type == 2, second, static_cast<uint32_t>(third)});
      }
    }
  }
  sort_entries(section);
  return section;
}

}  // namespace assay::container
