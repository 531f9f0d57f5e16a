// PdfDocument: the objects of a PDF by number, as of each of its revisions (incremental updates;
// ISO 32000-2 §7.5). Every call may answer Fault::need; ask again after the bytes were supplied.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "base/budget.h"
#include "base/limits.h"
#include "container/pdf_object.h"
#include "container/pdf_xref.h"
#include "io/byte_source.h"

namespace assay::container {

struct PdfObject {
  PdfValue value;
  uint64_t base = 0;  // file offset that value.begin and .end count from; not in object streams
  bool in_stream = false;
  std::optional<Range> stream;  // raw stream data in the file
};

class PdfDocument {
 public:
  explicit PdfDocument(const Limits& limits) : limits_(limits) {}

  // Reads all cross-reference sections. Fault::malformed when there is no usable one.
  Status open(io::ByteSource& source, Budget& budget);

  // 0 is the newest revision.
  size_t revisions() const { return revisions_; }
  // The entry `key` of the newest trailer that has it, as of `revision`.
  const PdfValue& trailer(std::string_view key, size_t revision) const;

  // The object as of `revision`; a null value when there is none.
  Result<PdfObject> load(io::ByteSource& source, PdfReference reference, size_t revision,
                         Budget& budget);
  // The value itself, or what it refers to.
  Result<PdfObject> resolve(io::ByteSource& source, const PdfValue& value, size_t revision,
                            Budget& budget);

  struct Place {
    uint64_t offset = 0;
    size_t revision = 0;  // that defines the object
  };
  // Where an object of the file's body stands, as of `revision`.
  std::optional<Place> place_of(PdfReference reference, size_t revision) const;

  // Stream data with its filters undone. Fault::unsupported for filters that we do not know.
  Result<Bytes> decode(io::ByteSource& source, const PdfObject& object);

 private:
  struct NumberedSection {
    PdfSection section;
    size_t revision = 0;
  };
  struct ObjectStream {
    Bytes bytes;
    std::vector<size_t> offsets;
  };

  Status find_start(io::ByteSource& source);
  Status read_section(io::ByteSource& source, Budget& budget);
  Result<PdfSection> section_at(io::ByteSource& source, uint64_t offset, Budget& budget);
  void follow(const PdfSection& section);
  Result<PdfObject> object_at(io::ByteSource& source, uint64_t offset, Budget& budget);
  Result<PdfObject> parse_object(ByteView bytes, uint64_t offset) const;
  Status find_stream(io::ByteSource& source, PdfObject& object, Budget& budget);
  Result<const ObjectStream*> object_stream(io::ByteSource& source, uint32_t number,
                                            size_t revision, Budget& budget);
  const PdfEntry* find(uint32_t number, size_t revision, size_t* defined_in) const;

  const Limits& limits_;
  bool started_ = false;
  uint64_t start_ = 0;  // file offset of "%PDF-", from which offsets may count
  std::vector<uint64_t> pending_;
  std::set<uint64_t> seen_;
  std::vector<NumberedSection> sections_;  // newest first
  size_t revisions_ = 0;
  uint64_t entries_ = 0;
  uint64_t inflated_ = 0;
  std::map<std::pair<uint32_t, uint64_t>, ObjectStream> object_streams_;  // by number and place
};

}  // namespace assay::container
