#include "container/sniff.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "base/text.h"

namespace assay::container {
namespace {

using namespace std::string_view_literals;

constexpr uint64_t kHeadBytes = 64;
constexpr uint64_t kTextBytes = uint64_t{64} << 10;

struct Magic {
  size_t offset;
  std::string_view bytes;
  Format format;
};

// Order matters where one signature could be the beginning of another's field: a JUMBF box or a
// BMFF box of 65,536 bytes begins like a TrueType font.
constexpr std::array kMagics = {
    Magic{0, "\xFF\xD8\xFF"sv, Format::jpeg},
    Magic{0, "\x89PNG\r\n\x1A\n"sv, Format::png},
    Magic{0, "GIF87a"sv, Format::gif},
    Magic{0, "GIF89a"sv, Format::gif},
    Magic{0, "II*\0"sv, Format::tiff},
    Magic{0, "MM\0*"sv, Format::tiff},
    Magic{0, "II+\0"sv, Format::tiff},
    Magic{0, "MM\0+"sv, Format::tiff},
    Magic{0, "\0\0\0\x0CJXL \r\n\x87\n"sv, Format::jxl},
    Magic{0, "\xFF\x0A"sv, Format::jxl},
    Magic{0, "fLaC"sv, Format::flac},
    Magic{0, "OggS"sv, Format::ogg},
    Magic{0, "%PDF-"sv, Format::pdf},
    Magic{0, "PK\x03\x04"sv, Format::zip},
    Magic{0, "PK\x05\x06"sv, Format::zip},
    Magic{4, "jumb"sv, Format::c2pa},
    Magic{4, "moov"sv, Format::mov},
    Magic{4, "mdat"sv, Format::mov},
    Magic{4, "wide"sv, Format::mov},
    Magic{4, "pnot"sv, Format::mov},
    Magic{4, "free"sv, Format::mov},
    Magic{4, "skip"sv, Format::mov},
    Magic{4, "styp"sv, Format::mp4},
    Magic{4, "moof"sv, Format::mp4},
    Magic{4, "sidx"sv, Format::mp4},
    Magic{4, "emsg"sv, Format::mp4},
    Magic{4, "prft"sv, Format::mp4},
    Magic{4, "uuid"sv, Format::mp4},
    Magic{0, "OTTO"sv, Format::font},
    Magic{0, "\0\x01\0\0"sv, Format::font},
    Magic{0, "true"sv, Format::font},
    Magic{0, "typ1"sv, Format::font},
    Magic{0, "ttcf"sv, Format::font},
    Magic{0, "wOFF"sv, Format::font},
    Magic{0, "wOF2"sv, Format::font},
};

bool has(std::string_view head, size_t offset, std::string_view bytes) {
  return head.size() >= offset && starts_with(head.substr(offset), bytes);
}

Format riff_format(std::string_view head) {
  if (!has(head, 0, "RIFF") && !has(head, 0, "RF64") && !has(head, 0, "BW64")) {
    return Format::unknown;
  }
  if (has(head, 8, "WEBP")) {
    return Format::webp;
  }
  if (has(head, 8, "WAVE")) {
    return Format::wav;
  }
  return has(head, 8, "AVI ") ? Format::avi : Format::unknown;
}

std::optional<Format> brand_format(std::string_view brand) {
  if (brand == "avif" || brand == "avis") {
    return Format::avif;
  }
  if (brand == "qt  ") {
    return Format::mov;
  }
  if (brand == "M4A " || brand == "M4B " || brand == "M4P ") {
    return Format::m4a;
  }
  constexpr std::array kHeif = {"heic"sv, "heix"sv, "heim"sv, "heis"sv,
                                "hevc"sv, "hevx"sv, "hevm"sv, "hevs"sv};
  if (std::find(kHeif.begin(), kHeif.end(), brand) != kHeif.end()) {
    return Format::heif;
  }
  return std::nullopt;
}

// ISO base media file with a File Type box: by major brand; the neutral image brands `mif1` and
// `msf1` by the compatible ones (T-33: as a browser would).
Format ftyp_format(std::string_view head) {
  if (!has(head, 4, "ftyp")) {
    return Format::unknown;
  }
  const std::string_view major = head.substr(8, 4);
  if (const auto format = brand_format(major)) {
    return *format;
  }
  if (major != "mif1" && major != "msf1") {
    return Format::mp4;
  }
  const auto declared = ByteReader(as_bytes(head)).be32();
  const size_t box = std::min<size_t>(declared.ok() ? *declared : 0, head.size());
  for (size_t at = 16; at + 4 <= box; at += 4) {
    if (brand_format(head.substr(at, 4)) == Format::avif) {
      return Format::avif;
    }
  }
  return Format::heif;
}

// MPEG audio frame header (ISO 11172-3 §2.4.1.3): sync, and no reserved value.
bool is_mpeg_audio(std::string_view head) {
  if (head.size() < 4) {
    return false;
  }
  const auto byte = [head](size_t index) { return static_cast<uint8_t>(head[index]); };
  const bool sync = byte(0) == 0xFF && (byte(1) & 0xE0U) == 0xE0;
  const bool version = (byte(1) & 0x18U) != 0x08;
  const bool layer = (byte(1) & 0x06U) != 0;
  const bool bitrate = (byte(2) & 0xF0U) != 0xF0;
  const bool rate = (byte(2) & 0x0CU) != 0x0C;
  return sync && version && layer && bitrate && rate;
}

// An ID3v2 tag stands in front of the audio it describes: FLAC if that follows, else MP3.
Result<Format> tagged_format(io::ByteSource& source, std::string_view head) {
  uint64_t size = 0;
  for (size_t index = 6; index < 10; ++index) {
    size = (size << 7U) | (static_cast<uint8_t>(head[index]) & 0x7FU);
  }
  const bool footer = (static_cast<uint8_t>(head[5]) & 0x10U) != 0;
  const Range after{10 + size + (footer ? 10U : 0U), 4};
  if (after.end() > source.size()) {
    return Format::mp3;
  }
  ASSAY_TRY(magic, source.view(after));
  return as_text(magic) == "fLaC" ? Format::flac : Format::mp3;
}

Format binary_format(std::string_view head) {
  for (const Magic& magic : kMagics) {
    if (has(head, magic.offset, magic.bytes)) {
      return magic.format;
    }
  }
  if (const Format format = riff_format(head); format != Format::unknown) {
    return format;
  }
  if (const Format format = ftyp_format(head); format != Format::unknown) {
    return format;
  }
  return is_mpeg_audio(head) ? Format::mp3 : Format::unknown;
}

}  // namespace

Result<Format> sniff(io::ByteSource& source, std::string_view declared_type) {
  ASSAY_TRY(head, source.view(Range{0, std::min(source.size(), kHeadBytes)}));
  const std::string_view text = as_text(head);
  if (text.size() >= 10 && starts_with(text, "ID3")) {
    return tagged_format(source, text);
  }
  if (const Format format = binary_format(text); format != Format::unknown) {
    return format;
  }
  const uint64_t length = std::min(source.size(), kTextBytes);
  ASSAY_TRY(beginning, source.view(Range{0, length}));
  // PDF readers accept a header within the first 1,024 bytes.
  if (as_text(beginning).substr(0, 1024).find("%PDF-") != std::string_view::npos) {
    return Format::pdf;
  }
  return sniff_text(beginning, length == source.size(), declared_type);
}

}  // namespace assay::container
