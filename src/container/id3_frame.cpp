#include "container/id3_frame.h"

#include <algorithm>

namespace assay::container::id3 {
namespace {

bool is_frame_id(std::string_view id) {
  return std::all_of(id.begin(), id.end(),
                     [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

// Four bytes of seven bits. Some writers of v2.4 put plain numbers there; a set top bit tells.
uint64_t seven_bit_number(ByteView four) {
  uint64_t value = 0;
  uint64_t plain = 0;
  bool is_plain = false;
  for (const uint8_t byte : four) {
    value = (value << 7U) | (byte & 0x7FU);
    plain = (plain << 8U) | byte;
    is_plain = is_plain || (byte & 0x80U) != 0;
  }
  return is_plain ? plain : value;
}

void read_flags_v3(uint8_t flags, FrameHeader& frame) {
  frame.compressed = (flags & 0x80U) != 0;
  frame.encrypted = (flags & 0x40U) != 0;
  const bool grouped = (flags & 0x20U) != 0;
  frame.prefix = (frame.compressed ? 4U : 0U) + (frame.encrypted ? 1U : 0U) + (grouped ? 1U : 0U);
}

void read_flags_v4(uint8_t flags, FrameHeader& frame) {
  frame.compressed = (flags & 0x08U) != 0;
  frame.encrypted = (flags & 0x04U) != 0;
  frame.unsynchronised = (flags & 0x02U) != 0;
  const bool grouped = (flags & 0x40U) != 0;
  const bool length = (flags & 0x01U) != 0;
  frame.prefix = (grouped ? 1U : 0U) + (frame.encrypted ? 1U : 0U) + (length ? 4U : 0U);
}

// A text in the encoding of the frame, with its terminator. UTF-16 ends at an aligned 00 00.
bool skip_text(ByteReader& reader, uint8_t encoding) {
  constexpr uint8_t kUtf16 = 1;
  constexpr uint8_t kUtf16BigEndian = 2;
  if (encoding != kUtf16 && encoding != kUtf16BigEndian) {
    return reader.take_until_nul().ok();
  }
  for (;;) {
    const auto unit = reader.be16();
    if (!unit) {
      return false;
    }
    if (*unit == 0) {
      return true;
    }
  }
}

}  // namespace

Result<TagHeader> parse_tag_header(ByteView head) {
  ByteReader reader(head);
  ASSAY_TRY(magic, reader.take(3));
  ASSAY_TRY(version, reader.u8());
  ASSAY_CHECK(reader.skip(1));
  ASSAY_TRY(flags, reader.u8());
  ASSAY_TRY(size, reader.take(4));
  if (as_text(magic) != "ID3") {
    return Fault::malformed;
  }
  if (version < 2 || version > 4) {
    return Fault::unsupported;
  }
  TagHeader tag;
  tag.version = version;
  tag.unsynchronised = (flags & 0x80U) != 0;
  tag.extended = version > 2 && (flags & 0x40U) != 0;
  tag.footer = version == 4 && (flags & 0x10U) != 0;
  for (const uint8_t byte : size) {
    tag.size = (tag.size << 7U) | (byte & 0x7FU);
  }
  return tag;
}

uint64_t extended_header_size(ByteView front, uint8_t version) {
  if (version == 4) {
    return seven_bit_number(front);
  }
  const auto size = ByteReader(front).be32();
  constexpr uint64_t kSizeField = 4;
  return kSizeField + (size ? *size : 0);
}

std::optional<FrameHeader> parse_frame_header(ByteView head, uint8_t version) {
  ByteReader reader(head);
  const auto id = reader.take(version == 2 ? 3 : 4);
  const auto size = reader.take(version == 2 ? 3 : 4);
  if (!id || !size || !is_frame_id(as_text(*id))) {
    return std::nullopt;
  }
  FrameHeader frame;
  frame.id = std::string(as_text(*id));
  if (version == 4) {
    frame.size = seven_bit_number(*size);
  } else {
    for (const uint8_t byte : *size) {
      frame.size = (frame.size << 8U) | byte;
    }
  }
  if (version == 2) {
    return frame;
  }
  const auto flags = reader.skip(1) ? reader.u8() : Result<uint8_t>(Fault::truncated);
  if (!flags) {
    return std::nullopt;
  }
  if (version == 3) {
    read_flags_v3(*flags, frame);
  } else {
    read_flags_v4(*flags, frame);
  }
  return frame;
}

std::optional<Object> parse_object(ByteView content) {
  ByteReader reader(content);
  const auto encoding = reader.u8();
  const auto media_type = reader.take_until_nul();
  if (!encoding || !media_type || !skip_text(reader, *encoding) || !skip_text(reader, *encoding)) {
    return std::nullopt;
  }
  return Object{as_text(*media_type), reader.rest()};
}

Bytes resynchronise(ByteView bytes) {
  Bytes out;
  out.reserve(bytes.size());
  bool after_ff = false;
  for (const uint8_t byte : bytes) {
    if (!(after_ff && byte == 0)) {
      out.push_back(byte);
    }
    after_ff = byte == 0xFF;
  }
  return out;
}

size_t position_before_resync(ByteView bytes, size_t index) {
  bool after_ff = false;
  size_t plain = 0;
  for (size_t position = 0; position < bytes.size(); ++position) {
    const bool inserted = after_ff && bytes[position] == 0;
    if (!inserted) {
      if (plain == index) {
        return position;
      }
      ++plain;
    }
    after_ff = bytes[position] == 0xFF;
  }
  return bytes.size();
}

}  // namespace assay::container::id3
