// Sha256: FIPS 180-4 SHA-256 with a message schedule in SIMD where the target has it. BearSSL's
// implementation is the reference that tests compare it with (docs/adr/0002).
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.h"

namespace assay::crypto {

class Sha256 {
 public:
  void update(ByteView data);
  // Call once.
  std::array<uint8_t, 32> finish();

 private:
  static constexpr size_t kBlock = 64;

  std::array<uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<uint8_t, kBlock> buffer_{};
  size_t buffered_ = 0;
  uint64_t length_ = 0;
};

}  // namespace assay::crypto
