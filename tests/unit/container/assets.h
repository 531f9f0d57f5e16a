// Tiny assets for tests, written byte by byte: nothing here shares code with the walkers.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace assay::test {

using namespace std::string_literals;

inline std::string be(uint64_t value, int width) {
  std::string out;
  for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) {
    out += static_cast<char>((value >> shift) & 0xFF);
  }
  return out;
}
inline std::string le(uint64_t value, int width) {
  const std::string big = be(value, width);
  return {big.rbegin(), big.rend()};
}

inline std::string join(std::initializer_list<std::string> parts) {
  std::string out;
  for (const std::string& part : parts) {
    out += part;
  }
  return out;
}

// ---- JUMBF ----

inline std::string box(std::string_view type, const std::string& payload) {
  return be(payload.size() + 8, 4) + std::string(type) + payload;
}
inline std::string c2pa_uuid() { return "c2pa\0\x11\0\x10\x80\0\0\xAA\0\x38\x9B\x71"s; }
inline std::string superbox(const std::string& uuid, const std::string& label,
                            const std::string& content) {
  return box("jumb", box("jumd", uuid + "\x03" + label + "\0"s) + content);
}
// A manifest store of `filler` bytes in a free box: enough for containers, which do not look
// inside.
inline std::string store(size_t filler = 20, char fill = 'm') {
  return superbox(c2pa_uuid(), "c2pa", box("free", std::string(filler, fill)));
}

// ---- JPEG ----

inline std::string segment(int marker, const std::string& body) {
  return "\xFF"s + static_cast<char>(marker) + be(body.size() + 2, 2) + body;
}
// APP11 segments of a JUMBF box, at most `chunk` payload bytes each.
inline std::vector<std::string> app11(const std::string& jumbf, size_t chunk = 60000,
                                      int instance = 1) {
  std::vector<std::string> out;
  const std::string header = jumbf.substr(0, 8);
  const std::string payload = jumbf.substr(8);
  uint32_t sequence = 1;
  for (size_t at = 0; at < payload.size() || at == 0; at += chunk) {
    out.push_back(segment(0xEB, "JP" + be(static_cast<uint64_t>(instance), 2) + be(sequence++, 4) +
                                    header + payload.substr(at, chunk)));
  }
  return out;
}
inline std::string concat(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) {
    out += part;
  }
  return out;
}
inline std::string soi() { return "\xFF\xD8"s; }
inline std::string eoi() { return "\xFF\xD9"s; }
inline std::string app0() { return segment(0xE0, "JFIF\0\1\1\0\0\1\0\1\0\0"s); }
inline std::string sos(const std::string& entropy) {
  return segment(0xDA, "\1\1\0\0\x3F\0"s) + entropy;
}
inline std::string jpeg_tail() {
  return segment(0xDB, std::string(65, '\1')) + segment(0xC0, "\x08\0\x10\0\x10\1\1\x11\0"s) +
         sos("ab\xFF\0cd"s) + eoi();
}
inline std::string jpeg(const std::string& after_app0) {
  return soi() + app0() + after_app0 + jpeg_tail();
}

// ---- PNG ----

inline uint32_t png_crc(std::string_view bytes) {
  uint32_t crc = 0xFFFFFFFF;
  for (const char c : bytes) {
    crc ^= static_cast<uint8_t>(c);
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320U : 0U);
    }
  }
  return ~crc;
}
inline std::string chunk(const std::string& type, const std::string& data) {
  return be(data.size(), 4) + type + data + be(png_crc(type + data), 4);
}
inline std::string png_signature() { return "\x89PNG\r\n\x1A\n"s; }
inline std::string ihdr() { return chunk("IHDR", "\0\0\0\1\0\0\0\1\x08\0\0\0\0"s); }
inline std::string png_tail() { return chunk("IDAT", "pixels") + chunk("IEND", ""); }
inline std::string png(const std::string& after_ihdr) {
  return png_signature() + ihdr() + after_ihdr + png_tail();
}

}  // namespace assay::test
