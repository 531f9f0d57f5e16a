// JUMBF (ISO 19566-5) as C2PA uses it (§JUMBF details; R-201…R-209): a tree of boxes over the bytes
// of a manifest store. Boxes are views; nothing is copied or re-serialised.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/budget.h"
#include "base/bytes.h"
#include "base/result.h"

namespace assay::jumbf {

using Uuid = std::array<uint8_t, 16>;

constexpr uint32_t fourcc(const char (&name)[5]) {
  return (static_cast<uint32_t>(static_cast<uint8_t>(name[0])) << 24) |
         (static_cast<uint32_t>(static_cast<uint8_t>(name[1])) << 16) |
         (static_cast<uint32_t>(static_cast<uint8_t>(name[2])) << 8) |
         static_cast<uint32_t>(static_cast<uint8_t>(name[3]));
}

// The JUMBF type UUID whose first four bytes spell `name`: xxxxxxxx-0011-0010-8000-00AA00389B71
//
constexpr Uuid type_uuid(const char (&name)[5]) {
  return {static_cast<uint8_t>(name[0]),
          static_cast<uint8_t>(name[1]),
          static_cast<uint8_t>(name[2]),
          static_cast<uint8_t>(name[3]),
          0x00,
          0x11,
          0x00,
          0x10,
          0x80,
          0x00,
          0x00,
          0xAA,
          0x00,
          0x38,
          0x9B,
          0x71};
}
constexpr Uuid kEmbeddedFile = {0x40, 0xCB, 0x0C, 0x32, 0xBB, 0x8A, 0x48, 0x9D,
                                0xA7, 0x0B, 0x2A, 0xD6, 0xF4, 0x7F, 0x43, 0x69};

// Description box `jumd`.
struct Description {
  Uuid type{};
  uint8_t toggles = 0;
  std::optional<std::string_view> label;  // absent also when it breaks R-204's character rules
  std::optional<uint32_t> id;
  std::optional<ByteView> signature;  // 32 bytes
  std::optional<ByteView> salt;       // private box `c2sh` of 16 or 32 bytes
  bool requestable() const { return (toggles & 1) != 0; }
};

using BoxIndex = uint32_t;

struct Box {
  uint32_t type = 0;    // TBox
  uint64_t offset = 0;  // of the box in the parsed bytes
  ByteView bytes;       // header included
  ByteView payload;     // after LBox/TBox[/XLBox]; of a superbox: what its hash covers
  std::optional<Description> description;  // superboxes only
  std::optional<BoxIndex> parent;
  std::vector<BoxIndex> children;  // superboxes only, without the description box

  bool is_superbox() const { return description.has_value(); }
  std::string_view label() const {
    return description && description->label ? *description->label : std::string_view();
  }
  bool has_type(const Uuid& uuid) const { return description && description->type == uuid; }
};

// Where and why parsing stopped.
struct Defect {
  uint64_t offset = 0;
  Fault fault = Fault::none;
};

class Parser;

class Tree {
 public:
  // One superbox at the start of `bytes`, which must outlive the tree. Bytes after it are reported
  // by trailing(), not parsed. On failure `defect`, if given, says where.
  static Result<Tree> parse(ByteView bytes, const Limits& limits, Budget& budget,
                            Defect* defect = nullptr);

  const Box& root() const { return boxes_.front(); }
  const Box& at(BoxIndex index) const { return boxes_[index]; }
  size_t size() const { return boxes_.size(); }
  ByteView trailing() const { return trailing_; }

  // Children of a superbox with that label; more than one means that no reference may resolve
  //
  std::vector<const Box*> children_labelled(const Box& superbox, std::string_view label) const;
  std::vector<const Box*> children_of(const Box& superbox) const;

 private:
  Tree() = default;
  friend class Parser;

  std::vector<Box> boxes_;
  std::vector<BoxIndex> by_label_;  // labelled boxes by parent, label, position
  ByteView trailing_;
};

}  // namespace assay::jumbf
