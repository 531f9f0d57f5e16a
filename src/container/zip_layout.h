// ZipLayout: the entries of a ZIP archive and the ranges that a collection hash covers (PKWARE
// APPNOTE 6.3; R-165…R-168). Pure data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/checked.h"

namespace assay::container {

struct ZipEntry {
  std::string name;  // bytes as stored; UTF-8 in practice
  uint16_t flags = 0;
  uint16_t method = 0;
  uint32_t crc32 = 0;
  uint64_t stored_size = 0;
  uint64_t real_size = 0;
  uint64_t local_offset = 0;
  Range header;  // central directory header
  Range data;    // the stored bytes
  Range whole;   // local header, stored bytes, and the data descriptor if there is one
  bool is_store = false;

  bool is_folder() const { return !name.empty() && name.back() == '/'; }
};

struct ZipLayout {
  std::vector<ZipEntry> entries;  // in the order of the central directory
  Range central_directory;        // all headers
  Range end_record;               // end of central directory record, comment included
  // ZIP64 end record and its locator, between directory and end record; empty if there are none.
  Range zip64_records;
  std::vector<Range> gaps;  // bytes between entries that belong to none
  // Not empty: readers could disagree about the content (duplicate names, overlaps, headers that
  // contradict each other, bytes in front): no hash of files means anything then.
  std::string problem;
};

}  // namespace assay::container
