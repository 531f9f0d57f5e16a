// Builder for tiny ZIP archives; every field can be made to lie.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/checked.h"

namespace assay::test {

inline void append_le(Bytes& out, uint64_t value, int width) {
  for (int i = 0; i < width; ++i) {
    out.push_back(i < 8 ? static_cast<uint8_t>(value >> (8 * i)) : uint8_t{0});
  }
}

struct ZipFile {
  std::string name;
  Bytes data;
  uint16_t flags = 0;
  uint16_t method = 0;
  uint32_t crc32 = 0x11223344;
  std::string local_name{};  // instead of `name`, if set
  bool descriptor = false;
};

struct BuiltZip {
  Bytes bytes;
  std::vector<Range> whole;    // per file
  std::vector<Range> headers;  // per file
  Range end_record;
};

inline BuiltZip build_zip(const std::vector<ZipFile>& files, const Bytes& gap_before_last = {},
                          const std::string& comment = "") {
  BuiltZip zip;
  for (size_t i = 0; i < files.size(); ++i) {
    const ZipFile& file = files[i];
    if (i + 1 == files.size()) {
      append(zip.bytes, gap_before_last);
    }
    const uint64_t begin = zip.bytes.size();
    const uint16_t flags = static_cast<uint16_t>(file.flags | (file.descriptor ? 8 : 0));
    const std::string& name = file.local_name.empty() ? file.name : file.local_name;
    append_le(zip.bytes, 0x04034B50, 4);
    append_le(zip.bytes, 20, 2);
    append_le(zip.bytes, flags, 2);
    append_le(zip.bytes, file.method, 2);
    append_le(zip.bytes, 0, 4);
    append_le(zip.bytes, file.descriptor ? 0 : file.crc32, 4);
    append_le(zip.bytes, file.descriptor ? 0 : file.data.size(), 4);
    append_le(zip.bytes, file.descriptor ? 0 : file.data.size(), 4);
    append_le(zip.bytes, name.size(), 2);
    append_le(zip.bytes, 0, 2);
    append(zip.bytes, as_bytes(name));
    append(zip.bytes, file.data);
    if (file.descriptor) {
      append_le(zip.bytes, 0x08074B50, 4);
      append_le(zip.bytes, file.crc32, 4);
      append_le(zip.bytes, file.data.size(), 4);
      append_le(zip.bytes, file.data.size(), 4);
    }
    zip.whole.push_back({begin, zip.bytes.size() - begin});
  }
  const uint64_t directory = zip.bytes.size();
  for (size_t i = 0; i < files.size(); ++i) {
    const ZipFile& file = files[i];
    const uint64_t begin = zip.bytes.size();
    append_le(zip.bytes, 0x02014B50, 4);
    append_le(zip.bytes, 20, 2);
    append_le(zip.bytes, 20, 2);
    append_le(zip.bytes, static_cast<uint16_t>(file.flags | (file.descriptor ? 8 : 0)), 2);
    append_le(zip.bytes, file.method, 2);
    append_le(zip.bytes, 0, 4);
    append_le(zip.bytes, file.crc32, 4);
    append_le(zip.bytes, file.data.size(), 4);
    append_le(zip.bytes, file.data.size(), 4);
    append_le(zip.bytes, file.name.size(), 2);
    append_le(zip.bytes, 0, 2 + 2 + 2 + 2 + 4);
    append_le(zip.bytes, zip.whole[i].offset, 4);
    append(zip.bytes, as_bytes(file.name));
    zip.headers.push_back({begin, zip.bytes.size() - begin});
  }
  const uint64_t end = zip.bytes.size();
  append_le(zip.bytes, 0x06054B50, 4);
  append_le(zip.bytes, 0, 4);
  append_le(zip.bytes, files.size(), 2);
  append_le(zip.bytes, files.size(), 2);
  append_le(zip.bytes, end - directory, 4);
  append_le(zip.bytes, directory, 4);
  append_le(zip.bytes, comment.size(), 2);
  append(zip.bytes, as_bytes(comment));
  zip.end_record = {end, zip.bytes.size() - end};
  return zip;
}

}  // namespace assay::test
