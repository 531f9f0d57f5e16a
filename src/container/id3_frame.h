// Frames of an ID3v2 tag (id3.org: ID3v2.2, v2.3, v2.4), as far as a manifest store needs them.
//   tag    "ID3" version(2) flags(1) size(4, 7 bits each) [extended header] frame… padding [footer]
//   frame  v2.2: id(3) size(3); v2.3: id(4) size(4) flags(2); v2.4: the same, size 7 bits each
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace assay::container::id3 {

struct TagHeader {
  uint8_t version = 4;  // 2, 3 or 4
  bool unsynchronised = false;
  bool extended = false;
  bool footer = false;
  uint64_t size = 0;  // of what follows the header, footer not counted
};
constexpr uint64_t kTagHeader = 10;
Result<TagHeader> parse_tag_header(ByteView head);

// Bytes that the extended header takes, its size field included; `front`: its first four bytes.
uint64_t extended_header_size(ByteView front, uint8_t version);

struct FrameHeader {
  std::string id;
  uint64_t size = 0;  // of the content
  bool compressed = false;
  bool encrypted = false;
  bool unsynchronised = false;
  size_t prefix = 0;  // bytes of the content that belong to the flags (group, length indicator)
};
constexpr uint64_t frame_header_size(uint8_t version) { return version == 2 ? 6 : 10; }
// Nothing: padding begins here, or something that is no frame.
std::optional<FrameHeader> parse_frame_header(ByteView head, uint8_t version);

// General object: MIME type and object of a GEOB frame's content.
struct Object {
  std::string_view media_type;
  ByteView data;
};
// Nothing when the fields in front of the object do not end.
std::optional<Object> parse_object(ByteView content);

// Removes the zero bytes that unsynchronisation put behind each FF.
Bytes resynchronise(ByteView bytes);
// Where byte `index` of resynchronise(bytes) stands in `bytes`.
size_t position_before_resync(ByteView bytes, size_t index);

}  // namespace assay::container::id3
