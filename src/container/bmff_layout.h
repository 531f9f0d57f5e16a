// BmffLayout: the boxes of an ISO base media file (ISO/IEC 14496-12 §4.2), as far as a BMFF hash
// needs them: every root box, and the boxes inside plain containers. Pure data.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/checked.h"

namespace assay::container {

using BmffUuid = std::array<uint8_t, 16>;

// The extended type of every C2PA box.
constexpr BmffUuid kC2paBoxUuid = {0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C,
                                   0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81};

struct BmffBox {
  static constexpr uint32_t kRoot = UINT32_MAX;
  static constexpr size_t kHeadBytes = 32;

  uint32_t type = 0;
  uint64_t offset = 0;  // in the file
  uint64_t size = 0;    // header included; cut at the end of the file
  // Bytes of size, type and largesize: 8 or 16. The extended type of `uuid` is not counted.
  uint8_t header = 8;
  uint8_t depth = 0;
  uint8_t version = 0;      // FullBox only
  uint32_t flags = 0;       // FullBox only, 24 bits
  bool full = false;        // known to be a FullBox
  bool truncated = false;   // the declared size passes the end of the file
  uint32_t parent = kRoot;  // index in BmffLayout::boxes
  // The first bytes of the box, header included: conditions on them need no further reading.
  std::array<uint8_t, kHeadBytes> head{};
  uint8_t head_size = 0;

  uint64_t end() const { return offset + size; }
  ByteView head_bytes() const { return ByteView(head).first(head_size); }
  bool has_uuid(const BmffUuid& uuid) const;
};

// The data of a C2PA box of purpose `merkle`: one CBOR item and its padding.
struct BmffMerkleBox {
  uint32_t box = 0;  // index in BmffLayout::boxes
  Bytes payload;
};

struct BmffLayout {
  std::vector<BmffBox> boxes;         // a parent before its children, otherwise file order
  std::vector<uint32_t> roots;        // indices of the boxes of the outermost level, file order
  std::vector<BmffMerkleBox> merkle;  // file order
  // What follows the last root box and is no box itself (zero filling, broken header).
  Range tail;
  // False when a limit stopped the walk: boxes or proofs are missing, nothing may be concluded from
  // their absence.
  bool complete = true;
};

}  // namespace assay::container
