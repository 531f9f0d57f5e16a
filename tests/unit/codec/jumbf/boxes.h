// Builders for JUMBF test data. Every field can be wrong on purpose.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "codec/jumbf/jumbf.h"

namespace assay::jumbf::test {

inline Bytes box(const char (&type)[5], const Bytes& payload) {
  Bytes out;
  append_be32(out, static_cast<uint32_t>(payload.size() + 8));
  append_be32(out, fourcc(type));
  append(out, payload);
  return out;
}

// Payload of a description box: type UUID, toggles, then `fields` as given.
inline Bytes description(const Uuid& type, uint8_t toggles, const Bytes& fields) {
  Bytes out(type.begin(), type.end());
  out.push_back(toggles);
  append(out, fields);
  return out;
}

inline Bytes nul_terminated(std::string_view label) {
  Bytes out = to_bytes(as_bytes(label));
  out.push_back(0);
  return out;
}

inline Bytes labelled(const char (&type)[5], std::string_view label) {
  return box("jumd", description(type_uuid(type), 3, nul_terminated(label)));
}

inline Bytes join(std::initializer_list<Bytes> parts) {
  Bytes out;
  for (const Bytes& part : parts) {
    append(out, part);
  }
  return out;
}

inline Bytes superbox(const char (&type)[5], std::string_view label,
                      std::initializer_list<Bytes> children) {
  Bytes payload = labelled(type, label);
  append(payload, join(children));
  return box("jumb", payload);
}

}  // namespace assay::jumbf::test
