#include "container/zip_records.h"

#include <array>

namespace assay::container {
namespace {

constexpr uint32_t kEndMagic = 0x06054B50;
constexpr uint32_t kLocatorMagic = 0x07064B50;
constexpr uint32_t kZip64EndMagic = 0x06064B50;
constexpr uint32_t kHeaderMagic = 0x02014B50;
constexpr uint32_t kLocalMagic = 0x04034B50;
constexpr uint32_t kDescriptorMagic = 0x08074B50;
constexpr uint16_t kZip64Extra = 0x0001;
constexpr uint32_t kMax32 = 0xFFFFFFFF;
constexpr uint16_t kMax16 = 0xFFFF;

Status expect(ByteReader& reader, uint32_t magic) {
  ASSAY_TRY(found, reader.le32());
  return found == magic ? Status() : Status(Fault::malformed);
}

// ZIP64 extended information: a 64-bit value for each field that is at its maximum, in this order.
Status apply_zip64_fields(ByteView content, ZipEntry& entry) {
  ByteReader values(content);
  for (uint64_t* field : {&entry.real_size, &entry.stored_size, &entry.local_offset}) {
    if (*field == kMax32) {
      ASSAY_TRY(value, values.le64());
      *field = value;
    }
  }
  return {};
}

Status apply_zip64(ByteView extra, ZipEntry& entry) {
  ByteReader reader(extra);
  while (reader.remaining() >= 4) {
    ASSAY_TRY(id, reader.le16());
    ASSAY_TRY(size, reader.le16());
    ASSAY_TRY(content, reader.take(size));
    if (id == kZip64Extra) {
      return apply_zip64_fields(content, entry);
    }
  }
  return {};
}

Result<uint64_t> read_size(ByteReader& reader, bool wide) {
  if (wide) {
    return reader.le64();
  }
  ASSAY_TRY(size, reader.le32());
  return uint64_t{size};
}

}  // namespace

std::optional<ZipEndPlace> find_zip_end(ByteView tail) {
  std::optional<ZipEndPlace> best;
  for (size_t at = 0; at + kZipEndBytes <= tail.size(); ++at) {
    if (tail[at] != 'P') {
      continue;
    }
    ByteReader reader(tail.subspan(at));
    if (!expect(reader, kEndMagic).ok() || !reader.skip(16).ok()) {
      continue;
    }
    const auto comment = reader.le16();
    if (!comment.ok() || *comment > reader.remaining()) {
      continue;
    }
    const ZipEndPlace place{at, at + static_cast<size_t>(kZipEndBytes) + *comment, false};
    const bool exact = place.end == tail.size();
    const bool had_exact = best && best->end == tail.size();
    if (exact || !had_exact) {
      best = place;
      best->ambiguous = exact && had_exact;
    }
  }
  return best;
}

Result<ZipEnd> read_zip_end(ByteView record) {
  ByteReader reader(record);
  ASSAY_CHECK(expect(reader, kEndMagic));
  ASSAY_TRY(disk, reader.le16());
  ASSAY_TRY(directory_disk, reader.le16());
  ASSAY_TRY(here, reader.le16());
  ASSAY_TRY(entries, reader.le16());
  ASSAY_TRY(size, reader.le32());
  ASSAY_TRY(offset, reader.le32());
  ZipEnd end{entries, size, offset, disk == 0 && directory_disk == 0 && here == entries, false};
  end.needs_zip64 = entries == kMax16 || size == kMax32 || offset == kMax32;
  return end;
}

Result<uint64_t> read_zip64_locator(ByteView record) {
  ByteReader reader(record);
  ASSAY_CHECK(expect(reader, kLocatorMagic));
  ASSAY_CHECK(reader.skip(4));
  return reader.le64();
}

Result<ZipEnd> read_zip64_end(ByteView record) {
  ByteReader reader(record);
  ASSAY_CHECK(expect(reader, kZip64EndMagic));
  ASSAY_CHECK(reader.skip(8 + 2 + 2));
  ASSAY_TRY(disk, reader.le32());
  ASSAY_TRY(directory_disk, reader.le32());
  ASSAY_TRY(here, reader.le64());
  ASSAY_TRY(entries, reader.le64());
  ASSAY_TRY(size, reader.le64());
  ASSAY_TRY(offset, reader.le64());
  return ZipEnd{entries, size, offset, disk == 0 && directory_disk == 0 && here == entries, false};
}

Result<ZipEntry> read_zip_header(ByteReader& reader, uint64_t base) {
  const size_t begin = reader.position();
  ZipEntry entry;
  ASSAY_CHECK(expect(reader, kHeaderMagic));
  ASSAY_CHECK(reader.skip(4));  // versions
  ASSAY_TRY(flags, reader.le16());
  ASSAY_TRY(method, reader.le16());
  ASSAY_CHECK(reader.skip(4));  // time and date
  ASSAY_TRY(crc32, reader.le32());
  ASSAY_TRY(stored_size, reader.le32());
  ASSAY_TRY(real_size, reader.le32());
  ASSAY_TRY(name_length, reader.le16());
  ASSAY_TRY(extra_length, reader.le16());
  ASSAY_TRY(comment_length, reader.le16());
  ASSAY_CHECK(reader.skip(2 + 2 + 4));  // disk, attributes
  ASSAY_TRY(local_offset, reader.le32());
  ASSAY_TRY(name, reader.take(name_length));
  ASSAY_TRY(extra, reader.take(extra_length));
  ASSAY_CHECK(reader.skip(comment_length));
  entry.name = std::string(as_text(name));
  entry.flags = flags;
  entry.method = method;
  entry.crc32 = crc32;
  entry.stored_size = stored_size;
  entry.real_size = real_size;
  entry.local_offset = local_offset;
  ASSAY_CHECK(apply_zip64(extra, entry));
  entry.header = {base + begin, reader.position() - begin};
  return entry;
}

Result<ZipLocal> read_zip_local(ByteView record) {
  ByteReader reader(record);
  ASSAY_CHECK(expect(reader, kLocalMagic));
  ASSAY_CHECK(reader.skip(2));
  ASSAY_TRY(flags, reader.le16());
  ASSAY_TRY(method, reader.le16());
  ASSAY_CHECK(reader.skip(4));
  ASSAY_TRY(crc32, reader.le32());
  ASSAY_TRY(stored_size, reader.le32());
  ASSAY_TRY(real_size, reader.le32());
  ASSAY_TRY(name_length, reader.le16());
  ASSAY_TRY(extra_length, reader.le16());
  return ZipLocal{flags, method, crc32, stored_size, real_size, name_length, extra_length};
}

uint64_t descriptor_length(ByteView bytes, const ZipEntry& entry) {
  // With and without signature, with 32 and with 64-bit sizes.
  struct Form {
    bool signature;
    bool wide;
  };
  constexpr std::array<Form, 4> kForms = {
      {{true, false}, {true, true}, {false, false}, {false, true}}};
  for (const Form form : kForms) {
    ByteReader reader(bytes);
    if (form.signature && !expect(reader, kDescriptorMagic).ok()) {
      continue;
    }
    const auto crc32 = reader.le32();
    const auto stored = read_size(reader, form.wide);
    const auto real = read_size(reader, form.wide);
    if (crc32.ok() && stored.ok() && real.ok() && *crc32 == entry.crc32 &&
        *stored == entry.stored_size && *real == entry.real_size) {
      return reader.position();
    }
  }
  return 0;
}

}  // namespace assay::container
