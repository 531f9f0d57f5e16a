// Carrier: what a container's own walk found: where the manifest store lies, which bytes belong to
// it, which bytes are metadata, and the boxes that a box hash names. Pure data, no verdicts; C2PA
// content is not interpreted here.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/checked.h"

namespace assay::container {

enum class Format : uint8_t {
  unknown,
  jpeg,
  png,
  webp,
  gif,
  tiff,
  dng,
  svg,
  avif,
  heif,
  jxl,
  mp4,
  mov,
  m4a,
  wav,
  avi,
  mp3,
  flac,
  ogg,
  pdf,
  font,
  zip,
  html,
  structured_text,
  text,
  c2pa,
};
std::string_view format_name(Format format);  // "jpeg", "png", …
std::string_view media_type(Format format);   // "image/jpeg", …

// What only one family of formats has: container/bmff_layout.h, zip_layout.h, text_layout.h.
struct BmffLayout;
struct ZipLayout;
struct TextLayout;

// One embedded manifest store.
struct EmbeddedStore {
  Bytes bytes;  // the JUMBF superbox, reassembled, without trailing padding
  // The carrier's bytes of the store in file order: whole segments, chunk or box, headers,
  // checksums and recognised padding included. An exclusion for the store must lie inside them
  // (R-509, T-53).
  std::vector<Range> carrier;
  // Bytes inside `carrier` that are recognised padding and not zero: content nobody vouches for.
  std::vector<Range> dirty_padding;
};

enum class StoreState : uint8_t {
  none,      // looked everywhere that the format defines, nothing there
  single,    // stores[0]
  multiple,  // none of them may be used
  broken,    // there is a store, but it cannot be reassembled; `defect` says why
  // Unstructured text with several whole wrappers: the store is the one whose carrier range equals
  // an exclusion of its own data hash.
  candidates,
};

// Defects that the specification gives a status code of their own (manifest.text.…,
// manifest.html.…, manifest.structuredText.…: ). Everything else is `other`.
enum class DefectKind : uint8_t {
  none,
  other,
  text_corrupted_wrapper,
  html_multiple_manifests,
  structured_no_manifest,  // only one of the two delimiters
  structured_empty_reference,
  structured_malformed_reference,
  structured_multiple_references,
};

// Bytes that hold asset metadata (EXIF, XMP, text chunks…): excluding them from a hash is allowed
// and reported.
struct MetadataRange {
  Range range;
  std::string kind;  // "EXIF", "XMP", "tEXt", …
};

// One box for `c2pa.hash.boxes` in file order (R-124, R-129, R-132…): several ranges when its bytes
// are not contiguous.
struct NamedBox {
  std::string name;  // "SOI", "APP1", "PNGh", "IHDR", …; "C2PA" for the store
  std::vector<Range> ranges;
  std::vector<Range> zeroed;  // bytes of it that are hashed as zeros
};

// Something that the walk noticed and that a report should mention.
struct Note {
  std::string kind;  // stable identifier, e.g. "trailing-bytes", "pngCrc", "app11Sequence"
  Range range;
  std::string text;  // plain English
};

struct Carrier {
  Format format = Format::unknown;
  uint64_t asset_size = 0;
  StoreState state = StoreState::none;
  std::string defect;  // for StoreState::broken: what is wrong, plain English
  DefectKind defect_kind = DefectKind::none;
  std::vector<EmbeddedStore> stores;
  std::vector<MetadataRange> metadata;
  std::vector<NamedBox> boxes;  // empty when the format defines no box names
  // Byte ranges of the file that no named box covers although the format has names.
  std::vector<Range> unnamed;
  std::string provenance_url;  // XMP dcterms:provenance, font table or link: never fetched here
                               //
  // Bytes that only point to the store (structured-text block with a URL): an exclusion may cover
  // them as it may cover an embedded store.
  std::vector<Range> reference;
  std::vector<Note> notes;
  std::shared_ptr<const BmffLayout> bmff;  // BMFF formats
  std::shared_ptr<const ZipLayout> zip;    // Format::zip
  std::shared_ptr<const TextLayout> text;  // Format::text
};

}  // namespace assay::container
