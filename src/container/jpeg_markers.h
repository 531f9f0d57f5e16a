// JPEG marker symbols (ISO 10918-1 Table B.1), which are the box names of R-124.
#pragma once

#include <cstdint>
#include <string>

namespace assay::container::jpeg {

constexpr uint8_t kSoi = 0xD8;
constexpr uint8_t kEoi = 0xD9;
constexpr uint8_t kSos = 0xDA;
constexpr uint8_t kApp0 = 0xE0;
constexpr uint8_t kApp1 = 0xE1;
constexpr uint8_t kApp11 = 0xEB;
constexpr uint8_t kApp13 = 0xED;
constexpr uint8_t kCom = 0xFE;

constexpr bool is_rst(uint8_t marker) { return marker >= 0xD0 && marker <= 0xD7; }
// Markers without a length field.
constexpr bool stands_alone(uint8_t marker) {
  return is_rst(marker) || marker == kSoi || marker == kEoi || marker == 0x01;
}

// "SOI", "APP1", "SOF2", …; "RES" for what the table reserves.
std::string symbol(uint8_t marker);

}  // namespace assay::container::jpeg
