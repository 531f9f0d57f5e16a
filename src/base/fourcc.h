// fourcc("moov"): the big-endian number that four characters make, as box and chunk types are
// compared.
#pragma once

#include <cstdint>

namespace assay {

constexpr uint32_t fourcc(const char (&name)[5]) {
  uint32_t value = 0;
  for (int i = 0; i < 4; ++i) {
    value = (value << 8) | static_cast<uint8_t>(name[i]);
  }
  return value;
}

}  // namespace assay
