#include <algorithm>

#include "base/text.h"
#include "codec/xml/scan.h"

namespace assay::xml {
namespace {

bool is_character(char32_t c) {
  const bool control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
  const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
  return !control && !surrogate && c != 0xFFFE && c != 0xFFFF && c <= 0x10FFFF;
}

// The character of "#65" or "#x41".
std::optional<char32_t> numeric_reference(std::string_view body) {
  const bool hex = body.size() > 1 && body[1] == 'x';
  const std::string_view digits = body.substr(hex ? 2 : 1);
  if (digits.empty()) {
    return std::nullopt;
  }
  char32_t value = 0;
  for (const char c : digits) {
    char32_t digit = 16;
    if (c >= '0' && c <= '9') {
      digit = static_cast<char32_t>(c - '0');
    } else if (hex && c >= 'a' && c <= 'f') {
      digit = static_cast<char32_t>(c - 'a' + 10);
    } else if (hex && c >= 'A' && c <= 'F') {
      digit = static_cast<char32_t>(c - 'A' + 10);
    }
    if (digit == 16) {
      return std::nullopt;
    }
    value = value * (hex ? 16 : 10) + digit;
    if (value > 0x10FFFF) {
      return std::nullopt;
    }
  }
  return is_character(value) ? std::optional(value) : std::nullopt;
}

std::optional<char32_t> reference(std::string_view body) {
  if (starts_with(body, "#")) {
    return numeric_reference(body);
  }
  if (body == "lt") {
    return U'<';
  }
  if (body == "gt") {
    return U'>';
  }
  if (body == "amp") {
    return U'&';
  }
  if (body == "quot") {
    return U'"';
  }
  return body == "apos" ? std::optional(U'\'') : std::nullopt;
}

}  // namespace

std::optional<std::string> decode(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  size_t index = 0;
  while (index < raw.size()) {
    const size_t ampersand = std::min(raw.find('&', index), raw.size());
    out += raw.substr(index, ampersand - index);
    if (ampersand == raw.size()) {
      break;
    }
    const size_t semicolon = raw.find(';', ampersand);
    if (semicolon == std::string_view::npos) {
      return std::nullopt;
    }
    const auto c = reference(raw.substr(ampersand + 1, semicolon - ampersand - 1));
    if (!c) {
      return std::nullopt;
    }
    append_code_point(out, *c);
    index = semicolon + 1;
  }
  return out;
}

}  // namespace assay::xml
