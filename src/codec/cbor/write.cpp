#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

#include "base/sort.h"
#include "codec/cbor/cbor.h"

namespace assay::cbor {
namespace {

constexpr uint8_t kUint = 0;
constexpr uint8_t kNint = 1;
constexpr uint8_t kBytes = 2;
constexpr uint8_t kText = 3;
constexpr uint8_t kArray = 4;
constexpr uint8_t kMap = 5;
constexpr uint8_t kTag = 6;
constexpr uint8_t kSimple = 7;

// The half-precision pattern of a value that has one.
std::optional<uint16_t> to_half(float value) {
  uint32_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  const auto sign = static_cast<uint16_t>((bits >> 16) & 0x8000);
  const int exponent = static_cast<int>((bits >> 23) & 255) - 127;
  const uint32_t mantissa = bits & 0x7FFFFF;
  if (exponent == 128 && mantissa == 0) {
    return static_cast<uint16_t>(sign | 0x7C00);
  }
  if (value == 0) {
    return sign;
  }
  if (exponent >= -14 && exponent <= 15 && (mantissa & 0x1FFF) == 0) {
    const auto biased = static_cast<uint32_t>(exponent + 15);
    return static_cast<uint16_t>(sign | (biased << 10) | (mantissa >> 13));
  }
  const float scaled = std::ldexp(std::fabs(value), 24);  // a subnormal half counts units of 2^-24
  if (scaled < 1024 && scaled == std::floor(scaled)) {
    return static_cast<uint16_t>(sign | static_cast<uint16_t>(scaled));
  }
  return std::nullopt;
}

// The shortest form that keeps the value; one form for every NaN (RFC 8949 §4.2.2).
void write_double(Bytes& out, double value) {
  if (std::isnan(value)) {
    out.push_back(0xF9);
    append_be16(out, 0x7E00);
    return;
  }
  const bool fits_float = std::isinf(value) || std::fabs(value) <= 3.4028234663852886e38;
  const float single = fits_float ? static_cast<float>(value) : 0.0F;
  if (!fits_float || static_cast<double>(single) != value) {
    uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    out.push_back(0xFB);
    append_be64(out, bits);
    return;
  }
  if (const auto half = to_half(single)) {
    out.push_back(0xF9);
    append_be16(out, *half);
    return;
  }
  uint32_t bits = 0;
  std::memcpy(&bits, &single, sizeof bits);
  out.push_back(0xFA);
  append_be32(out, bits);
}

void write_item(Bytes& out, const Value& value);

void write_map(Bytes& out, const Value& map) {
  std::vector<std::pair<Bytes, Bytes>> pairs(map.size());
  for (size_t i = 0; i < map.size(); ++i) {
    write_item(pairs[i].first, map.key(i));
    write_item(pairs[i].second, map.at(i));
  }
  sort_ascending(pairs);
  write_head(out, kMap, pairs.size());
  for (const auto& [key, item] : pairs) {
    append(out, key);
    append(out, item);
  }
}

// Recursion ends at Limits::cbor_depth, which the parser has enforced.
void write_item(Bytes& out, const Value& value) {
  switch (value.type()) {
    case Type::uint:
      write_head(out, kUint, *value.as_uint());
      break;
    case Type::nint:
      write_head(out, kNint, *value.as_nint());
      break;
    case Type::bytes:
      write_bytes(out, *value.as_bytes());
      break;
    case Type::text:
      write_text(out, *value.as_text());
      break;
    case Type::array:
      write_array(out, value.size());
      for (size_t i = 0; i < value.size(); ++i) {
        write_item(out, value.at(i));
      }
      break;
    case Type::map:
      write_map(out, value);
      break;
    case Type::tag:
      write_head(out, kTag, value.tag());
      write_item(out, value.tagged());
      break;
    case Type::boolean:
      write_head(out, kSimple, *value.as_bool() ? 21 : 20);
      break;
    case Type::null:
      write_head(out, kSimple, 22);
      break;
    case Type::undefined:
      write_head(out, kSimple, 23);
      break;
    case Type::floating:
      write_double(out, *value.as_double());
      break;
    case Type::simple:
      write_head(out, kSimple, value.simple());
      break;
    case Type::absent:
      break;
  }
}

}  // namespace

void write_head(Bytes& out, uint8_t major, uint64_t argument) {
  const auto initial = [major](unsigned info) {
    return static_cast<uint8_t>((unsigned{major} << 5) | info);
  };
  if (argument < 24) {
    out.push_back(initial(static_cast<unsigned>(argument)));
  } else if (argument <= 0xFF) {
    out.push_back(initial(24));
    out.push_back(static_cast<uint8_t>(argument));
  } else if (argument <= 0xFFFF) {
    out.push_back(initial(25));
    append_be16(out, static_cast<uint16_t>(argument));
  } else if (argument <= 0xFFFFFFFF) {
    out.push_back(initial(26));
    append_be32(out, static_cast<uint32_t>(argument));
  } else {
    out.push_back(initial(27));
    append_be64(out, argument);
  }
}

void write_bytes(Bytes& out, ByteView value) {
  write_head(out, kBytes, value.size());
  append(out, value);
}

void write_text(Bytes& out, std::string_view value) {
  write_head(out, kText, value.size());
  append(out, as_bytes(value));
}

void write_array(Bytes& out, uint64_t count) { write_head(out, kArray, count); }

Bytes deterministic(const Value& value) {
  Bytes out;
  write_item(out, value);
  return out;
}

}  // namespace assay::cbor
