#include "container/jpeg_markers.h"

namespace assay::container::jpeg {

std::string symbol(uint8_t marker) {
  switch (marker) {
    case 0x01:
      return "TEM";
    case 0xC4:
      return "DHT";
    case 0xC8:
      return "JPG";
    case 0xCC:
      return "DAC";
    case kSoi:
      return "SOI";
    case kEoi:
      return "EOI";
    case kSos:
      return "SOS";
    case 0xDB:
      return "DQT";
    case 0xDC:
      return "DNL";
    case 0xDD:
      return "DRI";
    case 0xDE:
      return "DHP";
    case 0xDF:
      return "EXP";
    case kCom:
      return "COM";
    default:
      break;
  }
  if (marker >= 0xC0 && marker <= 0xCF) {
    return "SOF" + std::to_string(marker - 0xC0);
  }
  if (is_rst(marker)) {
    return "RST" + std::to_string(marker - 0xD0);
  }
  if (marker >= kApp0 && marker <= 0xEF) {
    return "APP" + std::to_string(marker - kApp0);
  }
  if (marker >= 0xF0) {
    return "JPG" + std::to_string(marker - 0xF0);
  }
  return "RES";
}

}  // namespace assay::container::jpeg
