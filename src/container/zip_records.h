// The records of a ZIP archive (PKWARE APPNOTE 6.3 §4.3), little-endian.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "container/zip_layout.h"

namespace assay::container {

constexpr uint64_t kZipEndBytes = 22;
constexpr uint64_t kZipLocatorBytes = 20;
constexpr uint64_t kZip64EndBytes = 56;
constexpr uint64_t kZipLocalBytes = 30;
constexpr uint64_t kZipCommentBytes = 65535;
constexpr uint64_t kZipDescriptorBytes = 24;

// Where the central directory lies, as an end record (plain or ZIP64) says.
struct ZipEnd {
  uint64_t entries = 0;
  uint64_t size = 0;
  uint64_t offset = 0;
  bool one_disk = true;
  bool needs_zip64 = false;  // a field is at its maximum: the ZIP64 record holds the value
};

// The end record in `tail`, the end of the file.
struct ZipEndPlace {
  size_t begin = 0;        // in `tail`
  size_t end = 0;          // comment included; less than the size of `tail` when bytes follow
  bool ambiguous = false;  // more than one record reaches exactly to the end of the file
};
// The record whose comment reaches exactly to the end of the file, else the last one.
std::optional<ZipEndPlace> find_zip_end(ByteView tail);
Result<ZipEnd> read_zip_end(ByteView record);
// The offset of the ZIP64 end record, from its locator.
Result<uint64_t> read_zip64_locator(ByteView record);
Result<ZipEnd> read_zip64_end(ByteView record);

// One central header at the reader's position, which moves behind it; `base` is the file offset of
// the reader's first byte.
Result<ZipEntry> read_zip_header(ByteReader& reader, uint64_t base);

struct ZipLocal {
  uint16_t flags = 0;
  uint16_t method = 0;
  uint32_t crc32 = 0;
  uint32_t stored_size = 0;
  uint32_t real_size = 0;
  uint16_t name_length = 0;
  uint16_t extra_length = 0;
};
Result<ZipLocal> read_zip_local(ByteView record);

// Length of the data descriptor that `bytes` begin with; 0 when they are not the descriptor of
// `entry`.
uint64_t descriptor_length(ByteView bytes, const ZipEntry& entry);

}  // namespace assay::container
