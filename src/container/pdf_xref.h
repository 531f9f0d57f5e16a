// Cross-reference sections of a PDF (ISO 32000-2 §7.5.4, §7.5.8): tables and streams, one section
// per revision of the file, newest first.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "container/pdf_object.h"

namespace assay::container {

struct PdfEntry {
  uint32_t number = 0;
  bool in_stream = false;   // in an object stream
  uint64_t offset = 0;      // in the file; of an object stream: its number
  uint32_t generation = 0;  // of an object in a stream: its index there
};

struct PdfSection {
  uint64_t offset = 0;            // of the section in the file
  std::vector<PdfEntry> entries;  // sorted by number; free objects are left out
  PdfValue trailer;               // or the dictionary of the cross-reference stream

  const PdfEntry* find(uint32_t number) const;
};

// The subsections of a table that stands at the beginning of `bytes`, up to and including the
// trailer dictionary. Fault::truncated when more bytes are needed.
Result<PdfSection> parse_pdf_table(ByteView bytes, uint64_t most_entries);

// The entries of a cross-reference stream with that dictionary and (decoded) content.
Result<PdfSection> parse_pdf_xref_stream(const PdfValue& dictionary, ByteView content,
                                         uint64_t most_entries);

}  // namespace assay::container
