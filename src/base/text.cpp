#include "base/text.h"

#include <algorithm>
#include <array>

namespace assay {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Sequence {
  size_t length = 0;  // 0: not a lead byte
  char32_t minimum = 0;
  uint8_t mask = 0;
};

Sequence sequence_of(uint8_t lead) {
  if (lead < 0x80) {
    return {1, 0, 0x7F};
  }
  if ((lead & 0xE0) == 0xC0) {
    return {2, 0x80, 0x1F};
  }
  if ((lead & 0xF0) == 0xE0) {
    return {3, 0x800, 0x0F};
  }
  if ((lead & 0xF8) == 0xF0) {
    return {4, 0x10000, 0x07};
  }
  return {};
}

// The scalar value that starts at `index` and its length, or nothing (RFC 3629 §3).
std::optional<std::pair<char32_t, size_t>> decode_at(std::string_view text, size_t index) {
  const ByteView bytes = as_bytes(text).subspan(index);
  const Sequence sequence = sequence_of(bytes[0]);
  if (sequence.length == 0 || sequence.length > bytes.size()) {
    return std::nullopt;
  }
  char32_t value = bytes[0] & sequence.mask;
  for (size_t i = 1; i < sequence.length; ++i) {
    if ((bytes[i] & 0xC0) != 0x80) {
      return std::nullopt;
    }
    value = (value << 6) | (bytes[i] & 0x3Fu);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < sequence.minimum || value > 0x10FFFF || surrogate) {
    return std::nullopt;
  }
  return std::pair{value, sequence.length};
}

// Characters that change how their neighbours are read without being seen themselves.
bool is_unsafe_to_show(char32_t c) {
  struct Span {
    char32_t first;
    char32_t last;
  };
  constexpr std::array<Span, 14> kSpans = {{{0x0000, 0x001F},
                                            {0x007F, 0x009F},
                                            {0x00AD, 0x00AD},
                                            {0x061C, 0x061C},
                                            {0x115F, 0x1160},
                                            {0x180E, 0x180E},
                                            {0x200B, 0x200F},
                                            {0x2028, 0x202E},
                                            {0x2060, 0x206F},
                                            {0x3164, 0x3164},
                                            {0xFE00, 0xFE0F},
                                            {0xFEFF, 0xFEFF},
                                            {0xFFF0, 0xFFFB},
                                            {0xE0000, 0xE0FFF}}};
  return std::any_of(kSpans.begin(), kSpans.end(),
                     [c](const Span& span) { return c >= span.first && c <= span.last; });
}

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') {
    return c - 'A';
  }
  if (c >= 'a' && c <= 'z') {
    return c - 'a' + 26;
  }
  if (c >= '0' && c <= '9') {
    return c - '0' + 52;
  }
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'a' && c <= 'f') {
    return c - 'a' + 10;
  }
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

bool is_utf8(std::string_view text) {
  size_t index = 0;
  while (index < text.size()) {
    const auto decoded = decode_at(text, index);
    if (!decoded) {
      return false;
    }
    index += decoded->second;
  }
  return true;
}

char32_t next_code_point(std::string_view text, size_t& index) {
  const auto decoded = decode_at(text, index);
  index += decoded ? decoded->second : 1;
  return decoded ? decoded->first : kReplacement;
}

void append_code_point(std::string& out, char32_t c) {
  const auto put = [&out](char32_t value) { out.push_back(static_cast<char>(value & 0xFF)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

void append_decimal(std::string& out, uint64_t number) {
  const size_t start = out.size();
  do {
    out.push_back(static_cast<char>('0' + number % 10));
    number /= 10;
  } while (number > 0);
  std::reverse(out.begin() + static_cast<std::ptrdiff_t>(start), out.end());
}

size_t plain_run(std::string_view text) {
  const auto is_plain = [](char c) { return c >= ' ' && c <= '~'; };
  return static_cast<size_t>(std::find_if_not(text.begin(), text.end(), is_plain) - text.begin());
}

std::string display_text(std::string_view text, size_t max_bytes) {
  constexpr std::string_view kEllipsis = "\xE2\x80\xA6";
  std::string out;
  size_t index = 0;
  while (index < text.size()) {
    // Nearly everything is plain: taken over in one piece.
    const size_t plain = plain_run(text.substr(index));
    if (plain > 0) {
      out.append(text.substr(index, std::min(plain, max_bytes + 1)));
      index += plain;
    } else {
      const char32_t c = next_code_point(text, index);
      append_code_point(out, is_unsafe_to_show(c) ? kReplacement : c);
    }
    if (out.size() > max_bytes) {
      size_t cut = max_bytes > kEllipsis.size() ? max_bytes - kEllipsis.size() : 0;
      while (cut > 0 && (static_cast<uint8_t>(out[cut]) & 0xC0) == 0x80) {
        --cut;
      }
      out.resize(cut);
      out += kEllipsis;
      break;
    }
  }
  return out;
}

std::string to_hex(ByteView bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out(bytes.size() * 2, '0');
  for (size_t i = 0; i < bytes.size(); ++i) {
    out[2 * i] = kDigits[bytes[i] >> 4];
    out[2 * i + 1] = kDigits[bytes[i] & 15];
  }
  return out;
}

std::optional<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) {
    return std::nullopt;
  }
  Bytes out;
  out.reserve(text.size() / 2);
  for (size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_digit(text[i]);
    const int low = hex_digit(text[i + 1]);
    if (high < 0 || low < 0) {
      return std::nullopt;
    }
    out.push_back(static_cast<uint8_t>(high * 16 + low));
  }
  return out;
}

std::string to_base64(ByteView bytes) {
  std::string out((bytes.size() + 2) / 3 * 4, '=');
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const size_t count = std::min<size_t>(3, bytes.size() - i);
    uint32_t group = 0;
    for (size_t j = 0; j < 3; ++j) {
      group = (group << 8) | (j < count ? bytes[i + j] : 0u);
    }
    for (size_t j = 0; j <= count; ++j) {
      out[i / 3 * 4 + j] = kBase64[(group >> (18 - 6 * j)) & 63];
    }
  }
  return out;
}

std::optional<Bytes> from_base64(std::string_view text) {
  Bytes out;
  out.reserve(text.size() / 4 * 3);
  uint32_t bits = 0;
  unsigned count = 0;
  size_t padding = 0;
  for (const char c : text) {
    if (is_space(c)) {
      continue;
    }
    if (c == '=') {
      ++padding;
      continue;
    }
    const int digit = base64_digit(c);
    if (digit < 0 || padding > 0) {
      return std::nullopt;
    }
    bits = (bits << 6) | static_cast<uint32_t>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out.push_back(static_cast<uint8_t>(bits >> count));
    }
  }
  if (count == 6 || padding > 2) {
    return std::nullopt;
  }
  return out;
}

std::optional<Bytes> from_base64url(std::string_view text) {
  std::string standard;
  standard.reserve(text.size());
  for (const char c : text) {
    if (c == '+' || c == '/' || c == '=' || is_space(c)) {
      return std::nullopt;
    }
    standard.push_back(c == '-' ? '+' : c == '_' ? '/' : c);
  }
  return from_base64(standard);
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool ends_with(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

std::string to_lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

}  // namespace assay
