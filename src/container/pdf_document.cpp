#include "container/pdf_document.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "container/pdf_filter.h"
#include "container/store.h"

namespace assay::container {
namespace {

using Kind = PdfValue::Kind;

constexpr uint64_t kTailBytes = 2048;
constexpr uint64_t kHeaderBytes = 1024;
constexpr uint64_t kFirstWindow = uint64_t{64} << 10;
constexpr uint64_t kMostObjectBytes = uint64_t{4} << 20;
constexpr uint64_t kMostTableBytes = uint64_t{32} << 20;
constexpr size_t kMostSections = 1024;

// A view that is asked for in pieces, so that no need is larger than the limit.
Result<ByteView> view_long(io::ByteSource& source, Range range, const Limits& limits) {
  for (uint64_t done = 0; done < range.length; done += limits.window_bytes) {
    const uint64_t length = std::min<uint64_t>(limits.window_bytes, range.length - done);
    ASSAY_TRY(piece, source.view({range.offset + done, length}));
    static_cast<void>(piece);
  }
  return source.view(range);
}

// Calls `parse` with longer and longer views until it does not run out of bytes.
template <class Parse>
auto parse_growing(io::ByteSource& source, uint64_t offset, uint64_t most, const Limits& limits,
                   const Parse& parse) -> decltype(parse(ByteView())) {
  if (offset >= source.size()) {
    return Fault::malformed;
  }
  const uint64_t rest = source.size() - offset;
  for (uint64_t window = kFirstWindow;; window *= 4) {
    const uint64_t length = std::min({window, rest, most});
    ASSAY_TRY(view, view_long(source, {offset, length}, limits));
    auto result = parse(view);
    if (result.ok() || result.fault() != Fault::truncated) {
      return result;
    }
    if (length == rest) {
      return Fault::malformed;
    }
    if (length == most) {
      return Fault::limit;
    }
  }
}

}  // namespace

Status PdfDocument::open(io::ByteSource& source, Budget& budget) {
  if (!started_) {
    ASSAY_CHECK(find_start(source));
    started_ = true;
  }
  while (!pending_.empty()) {
    ASSAY_CHECK(read_section(source, budget));
  }
  return sections_.empty() ? Status(Fault::malformed) : Status();
}

// The number behind the last "startxref", and where the header stands.
Status PdfDocument::find_start(io::ByteSource& source) {
  const uint64_t length = std::min(source.size(), kTailBytes);
  ASSAY_TRY(tail, source.view({source.size() - length, length}));
  const size_t word = as_text(tail).rfind("startxref");
  if (word == std::string_view::npos) {
    return Fault::malformed;
  }
  Bytes padded = to_bytes(tail);
  padded.push_back('\n');  // the number may be the last thing in the file
  size_t at = word + std::string_view("startxref").size();
  ASSAY_TRY(number, parse_pdf_value(padded, at));
  ASSAY_TRY(head, source.view({0, std::min(source.size(), kHeaderBytes)}));
  const size_t header = as_text(head).find("%PDF-");
  start_ = header == std::string_view::npos ? 0 : header;
  if (!number.is(Kind::number) || number.number < 0) {
    return Fault::malformed;
  }
  pending_.push_back(static_cast<uint64_t>(number.number));
  return {};
}

Status PdfDocument::read_section(io::ByteSource& source, Budget& budget) {
  const uint64_t offset = pending_.back();
  if (!budget.spend()) {
    return Fault::limit;
  }
  auto section = section_at(source, offset, budget);
  if (!section.ok() && section.fault() == Fault::malformed && start_ > 0) {
    // Bytes in front of the header: offsets count from it.
    section = section_at(source, offset + start_, budget);
  }
  if (!section.ok() && section.fault() == Fault::need) {
    return Fault::need;
  }
  pending_.pop_back();
  seen_.insert(offset);
  if (!section.ok()) {
    const bool stops = sections_.empty() || section.fault() == Fault::limit;
    return stops ? Status(section.fault()) : Status();
  }
  if (!budget.spend(section->entries.size())) {
    return Fault::limit;
  }
  section->offset = offset;
  entries_ += section->entries.size();
  // The first section of a linearised file stands in front of the one it continues: together they
  // are one revision. So are a table and the stream beside it (XRefStm).
  const bool same = !sections_.empty() && (sections_.back().section.offset < offset ||
                                           sections_.back().section.trailer.get("XRefStm").number ==
                                               static_cast<int64_t>(offset));
  revisions_ += same ? 0 : 1;
  follow(*section);
  sections_.push_back({std::move(*section), revisions_ - 1});
  return {};
}

void PdfDocument::follow(const PdfSection& section) {
  // The last pushed is read first.
  for (const auto* key : {"Prev", "XRefStm"}) {
    const PdfValue& next = section.trailer.get(key);
    if (next.is(Kind::number) && next.number > 0 && seen_.size() < kMostSections &&
        seen_.count(static_cast<uint64_t>(next.number)) == 0) {
      pending_.push_back(static_cast<uint64_t>(next.number));
    }
  }
}

Result<PdfSection> PdfDocument::section_at(io::ByteSource& source, uint64_t offset,
                                           Budget& budget) {
  const uint64_t most = limits_.segments - std::min<uint64_t>(entries_, limits_.segments);
  auto table = parse_growing(source, offset, kMostTableBytes, limits_,
                             [most](ByteView bytes) { return parse_pdf_table(bytes, most); });
  if (table.fault() == Fault::limit) {
    return limits_.refuse(Limit::segments);
  }
  if (table.ok() || table.fault() != Fault::malformed) {
    return table;
  }
  ASSAY_TRY(object, object_at(source, offset, budget));
  if (!object.stream || !object.value.get("Type").is_name("XRef")) {
    return Fault::malformed;
  }
  ASSAY_TRY(content, decode(source, object));
  auto section = parse_pdf_xref_stream(object.value, content, most);
  if (section.fault() == Fault::limit) {
    return limits_.refuse(Limit::segments);
  }
  return section;
}

const PdfValue& PdfDocument::trailer(std::string_view key, size_t revision) const {
  static const PdfValue kNull;
  for (const NumberedSection& numbered : sections_) {
    const PdfValue& value = numbered.section.trailer.get(key);
    if (numbered.revision >= revision && !value.is(Kind::null)) {
      return value;
    }
  }
  return kNull;
}

const PdfEntry* PdfDocument::find(uint32_t number, size_t revision, size_t* defined_in) const {
  for (const NumberedSection& numbered : sections_) {
    const PdfEntry* entry = numbered.revision >= revision ? numbered.section.find(number) : nullptr;
    if (entry != nullptr) {
      *defined_in = numbered.revision;
      return entry;
    }
  }
  return nullptr;
}

std::optional<PdfDocument::Place> PdfDocument::place_of(PdfReference reference,
                                                        size_t revision) const {
  size_t defined_in = 0;
  const PdfEntry* entry = find(reference.number, revision, &defined_in);
  if (entry == nullptr || entry->in_stream) {
    return std::nullopt;
  }
  return Place{entry->offset, defined_in};
}

Result<PdfObject> PdfDocument::load(io::ByteSource& source, PdfReference reference, size_t revision,
                                    Budget& budget) {
  if (!budget.spend()) {
    return Fault::limit;
  }
  size_t defined_in = 0;
  const PdfEntry* entry = find(reference.number, revision, &defined_in);
  if (entry == nullptr) {
    return PdfObject();
  }
  if (!entry->in_stream) {
    auto object = object_at(source, entry->offset, budget);
    if (!object.ok() && object.fault() == Fault::malformed && start_ > 0) {
      object = object_at(source, entry->offset + start_, budget);
    }
    return object;
  }
  if (entry->offset > UINT32_MAX) {
    return Fault::malformed;
  }
  ASSAY_TRY(stream, object_stream(source, static_cast<uint32_t>(entry->offset), revision, budget));
  if (entry->generation >= stream->offsets.size()) {
    return Fault::malformed;
  }
  size_t at = stream->offsets[entry->generation];
  ASSAY_TRY(value, parse_pdf_value(stream->bytes, at));
  PdfObject object;
  object.value = std::move(value);
  object.in_stream = true;
  return object;
}

Result<PdfObject> PdfDocument::resolve(io::ByteSource& source, const PdfValue& value,
                                       size_t revision, Budget& budget) {
  if (value.is(Kind::reference)) {
    return load(source, value.reference, revision, budget);
  }
  PdfObject object;
  object.value = value;
  object.in_stream = true;
  return object;
}

Result<PdfObject> PdfDocument::object_at(io::ByteSource& source, uint64_t offset, Budget& budget) {
  ASSAY_TRY(object,
            parse_growing(source, offset, kMostObjectBytes, limits_,
                          [this, offset](ByteView bytes) { return parse_object(bytes, offset); }));
  if (object.stream) {
    ASSAY_CHECK(find_stream(source, object, budget));
  }
  return object;
}

// "12 0 obj", the value, and whether a stream follows; stream.offset is where its data begins.
Result<PdfObject> PdfDocument::parse_object(ByteView bytes, uint64_t offset) const {
  size_t at = 0;
  ASSAY_TRY(number, parse_pdf_value(bytes, at));
  ASSAY_TRY(generation, parse_pdf_value(bytes, at));
  ASSAY_TRY(is_object, take_pdf_word(bytes, at, "obj"));
  if (!number.is(Kind::number) || !generation.is(Kind::number) || !is_object) {
    return Fault::malformed;
  }
  ASSAY_TRY(value, parse_pdf_value(bytes, at));
  PdfObject object;
  object.base = offset;
  object.value = std::move(value);
  ASSAY_TRY(has_stream, take_pdf_word(bytes, at, "stream"));
  if (has_stream) {
    if (bytes.size() - at < 2) {
      return Fault::truncated;
    }
    at += bytes[at] == '\r' && bytes[at + 1] == '\n' ? 2 : 1;
    object.stream = Range{offset + at, 0};
  }
  return object;
}

Status PdfDocument::find_stream(io::ByteSource& source, PdfObject& object, Budget& budget) {
  const PdfValue& length = object.value.get("Length");
  int64_t number = length.number;
  if (length.is(Kind::reference)) {
    size_t defined_in = 0;
    const PdfEntry* entry = find(length.reference.number, 0, &defined_in);
    if (entry == nullptr || entry->in_stream || entry->offset == object.base) {
      return Fault::unsupported;
    }
    ASSAY_TRY(target, parse_growing(source, entry->offset, kMostObjectBytes, limits_,
                                    [this, entry](ByteView bytes) {
                                      return parse_object(bytes, entry->offset);
                                    }));
    number = target.value.number;
  }
  if (!budget.spend() || number < 0) {
    return Fault::malformed;
  }
  object.stream->length = static_cast<uint64_t>(number);
  return object.stream->end() <= source.size() ? Status() : Status(Fault::malformed);
}

Result<Bytes> PdfDocument::decode(io::ByteSource& source, const PdfObject& object) {
  if (!object.stream) {
    return Fault::malformed;
  }
  const uint64_t left = limits_.inflate_bytes - std::min(inflated_, limits_.inflate_bytes);
  if (object.stream->length > left) {
    return limits_.refuse(Limit::inflate_bytes);
  }
  ASSAY_TRY(raw, view_long(source, *object.stream, limits_));
  auto bytes = undo_pdf_filters(object.value, raw, left);
  if (bytes.fault() == Fault::limit) {
    return limits_.refuse(Limit::inflate_bytes);
  }
  inflated_ += bytes.ok() ? bytes->size() : 0;
  return bytes;
}

Result<const PdfDocument::ObjectStream*> PdfDocument::object_stream(io::ByteSource& source,
                                                                    uint32_t number,
                                                                    size_t revision,
                                                                    Budget& budget) {
  const auto place = place_of({number, 0}, revision);
  if (!place) {
    return Fault::malformed;
  }
  const auto key = std::pair(number, place->offset);
  const auto cached = object_streams_.find(key);
  if (cached != object_streams_.end()) {
    return &cached->second;
  }
  ASSAY_TRY(object, object_at(source, place->offset, budget));
  ASSAY_TRY(bytes, decode(source, object));
  const int64_t count = object.value.get("N").number;
  const int64_t first = object.value.get("First").number;
  if (count < 0 || first < 0 || static_cast<uint64_t>(first) > bytes.size() ||
      static_cast<uint64_t>(count) > bytes.size() || !budget.spend(static_cast<uint64_t>(count))) {
    return Fault::malformed;
  }
  ObjectStream stream;
  size_t at = 0;
  for (int64_t i = 0; i < count; ++i) {
    ASSAY_TRY(object_number, parse_pdf_value(bytes, at));
    ASSAY_TRY(offset, parse_pdf_value(bytes, at));
    static_cast<void>(object_number);
    const int64_t position = first + offset.number;
    if (position < 0 || static_cast<uint64_t>(position) > bytes.size()) {
      return Fault::malformed;
    }
    stream.offsets.push_back(static_cast<size_t>(position));
  }
  stream.bytes = std::move(bytes);
  stream.bytes.push_back('\n');  // the last object may end with the stream
  return &object_streams_.emplace(key, std::move(stream)).first->second;
}

}  // namespace assay::container
