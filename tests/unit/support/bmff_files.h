// Builders for tiny BMFF files.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "container/bmff_layout.h"

namespace assay::test {

inline Bytes bytes_of(std::string_view text) { return to_bytes(as_bytes(text)); }

template <class... Parts>
Bytes join(const Parts&... parts) {
  Bytes out;
  (append(out, parts), ...);
  return out;
}

inline Bytes be32_bytes(uint32_t value) {
  Bytes out;
  append_be32(out, value);
  return out;
}

inline Bytes box(std::string_view type, ByteView payload = {}) {
  Bytes out = be32_bytes(static_cast<uint32_t>(payload.size() + 8));
  append(out, as_bytes(type));
  append(out, payload);
  return out;
}

// A box with a 64-bit size.
inline Bytes large_box(std::string_view type, ByteView payload) {
  Bytes out = be32_bytes(1);
  append(out, as_bytes(type));
  append_be64(out, payload.size() + 16);
  append(out, payload);
  return out;
}

inline Bytes full_box(std::string_view type, uint32_t flags, ByteView payload) {
  return box(type, join(be32_bytes(flags), payload));
}

inline Bytes c2pa_box(std::string_view purpose, ByteView data) {
  return box("uuid",
             join(container::kC2paBoxUuid, be32_bytes(0), bytes_of(purpose), Bytes{0}, data));
}

// The smallest thing that looks like a manifest store: a superbox with a description box and the
// given content boxes.
inline Bytes store_of(ByteView content) {
  return box("jumb", join(box("jumd", bytes_of("c2pa-description")), content));
}

// A C2PA box of purpose manifest, original or update; the offset of the first Merkle box is 0.
inline Bytes store_box(std::string_view purpose, ByteView store, size_t padding = 0) {
  return c2pa_box(purpose, join(Bytes(8, 0), store, Bytes(padding, 0)));
}

inline Bytes ftyp(std::string_view brand = "isom") {
  return box("ftyp", join(bytes_of(brand), be32_bytes(0), bytes_of("iso2")));
}

}  // namespace assay::test
