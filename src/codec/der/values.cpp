// The content octets of the primitive types.
#include <limits>

#include "base/text.h"
#include "codec/der/reader.h"

namespace assay::der {
namespace {

// Fixed-width decimal digits, read from the front of a text.
class DigitReader {
 public:
  explicit DigitReader(ByteView text) : text_(text) {}

  std::optional<unsigned> number(size_t width) {
    if (text_.size() < width) {
      return std::nullopt;
    }
    unsigned value = 0;
    for (const uint8_t c : text_.first(width)) {
      if (c < '0' || c > '9') {
        return std::nullopt;
      }
      value = value * 10 + (c - '0');
    }
    text_ = text_.subspan(width);
    return value;
  }

  ByteView rest() const { return text_; }

 private:
  ByteView text_;
};

// MMDDHHMMSS behind the year; leaves what follows in `rest`.
Result<UnixTime> time_of_year(unsigned year, DigitReader& in) {
  CivilTime civil;
  civil.year = year;
  for (unsigned* field : {&civil.month, &civil.day, &civil.hour, &civil.minute, &civil.second}) {
    const auto number = in.number(2);
    if (!number) {
      return Fault::malformed;
    }
    *field = *number;
  }
  // A leap second is no valid DER time in certificates (RFC 5280 §4.1.2.5 has no such value).
  const auto time = civil.second < 60 ? from_civil(civil) : std::nullopt;
  if (!time) {
    return Fault::malformed;
  }
  return *time;
}

// ".f+". DER allows no trailing zero (X.690 §11.7.3), but some time-stamp authorities write it.
bool skip_fraction(ByteView& rest) {
  if (rest.empty() || rest[0] != '.') {
    return true;
  }
  size_t length = 1;
  while (length < rest.size() && rest[length] >= '0' && rest[length] <= '9') {
    ++length;
  }
  rest = rest.subspan(length);
  return length > 1;
}

std::optional<uint64_t> arc_number(std::string_view digits) {
  if (digits.empty() || digits.size() > 18 || (digits.size() > 1 && digits[0] == '0')) {
    return std::nullopt;
  }
  uint64_t value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') {
      return std::nullopt;
    }
    value = value * 10 + static_cast<uint64_t>(c - '0');
  }
  return value;
}

void append_arc(Bytes& out, uint64_t arc) {
  Bytes reversed = {static_cast<uint8_t>(arc & 0x7fU)};
  for (arc >>= 7; arc != 0; arc >>= 7) {
    reversed.push_back(static_cast<uint8_t>(0x80U | (arc & 0x7fU)));
  }
  out.insert(out.end(), reversed.rbegin(), reversed.rend());
}

constexpr char32_t kReplacement = 0xfffd;

std::string latin1_to_utf8(ByteView content) {
  std::string out;
  for (const uint8_t byte : content) {
    append_code_point(out, byte);
  }
  return out;
}

std::string ascii_to_utf8(ByteView content) {
  std::string out;
  for (const uint8_t byte : content) {
    append_code_point(out, byte < 0x80 ? char32_t{byte} : kReplacement);
  }
  return out;
}

std::string wide_to_utf8(ByteView content, size_t width) {
  std::string out;
  while (content.size() >= width) {
    uint32_t value = 0;
    for (const uint8_t byte : content.first(width)) {
      value = value << 8 | byte;
    }
    const bool scalar = value <= 0x10ffff && (value < 0xd800 || value > 0xdfff);
    append_code_point(out, scalar ? char32_t{value} : kReplacement);
    content = content.subspan(width);
  }
  if (!content.empty()) {
    append_code_point(out, kReplacement);
  }
  return out;
}

std::string repaired_utf8(std::string_view text) {
  if (is_utf8(text)) {
    return std::string(text);
  }
  std::string out;
  for (size_t index = 0; index < text.size();) {
    append_code_point(out, next_code_point(text, index));
  }
  return out;
}

}  // namespace

Result<bool> parse_boolean(ByteView content) {
  if (content.size() != 1 || (content[0] != 0x00 && content[0] != 0xff)) {
    return Fault::malformed;
  }
  return content[0] == 0xff;
}

Status check_integer(ByteView content) {
  if (content.empty()) {
    return Fault::malformed;
  }
  if (content.size() > 1) {
    const bool sign = (content[1] & 0x80U) != 0;
    if ((content[0] == 0x00 && !sign) || (content[0] == 0xff && sign)) {
      return Fault::malformed;
    }
  }
  return {};
}

Result<uint64_t> parse_small_integer(ByteView content) {
  ASSAY_CHECK(check_integer(content));
  if ((content[0] & 0x80U) != 0) {
    return Fault::malformed;
  }
  if (content.size() > 8) {
    return Fault::limit;
  }
  uint64_t value = 0;
  for (const uint8_t byte : content) {
    value = value << 8 | byte;
  }
  return value;
}

Result<ByteView> magnitude(ByteView integer_content) {
  ASSAY_CHECK(check_integer(integer_content));
  if ((integer_content[0] & 0x80U) != 0) {
    return Fault::malformed;
  }
  return integer_content.size() > 1 && integer_content[0] == 0 ? integer_content.subspan(1)
                                                               : integer_content;
}

Status check_oid(ByteView content) {
  if (content.empty() || (content.back() & 0x80U) != 0) {
    return Fault::malformed;
  }
  bool first_of_arc = true;
  for (const uint8_t byte : content) {
    if (first_of_arc && byte == 0x80) {
      return Fault::malformed;  // an arc with a leading zero
    }
    first_of_arc = (byte & 0x80U) == 0;
  }
  return {};
}

Result<BitString> parse_bit_string(ByteView content) {
  if (content.empty() || content[0] > 7 || (content.size() == 1 && content[0] != 0)) {
    return Fault::malformed;
  }
  const BitString bits{content.subspan(1), content[0]};
  const unsigned unused_mask = (1U << bits.unused_bits) - 1;
  if (!bits.bytes.empty() && (bits.bytes.back() & unused_mask) != 0) {
    return Fault::malformed;  // X.690 §11.2.1: unused bits are zero
  }
  return bits;
}

Result<UnixTime> parse_utc_time(ByteView content) {
  DigitReader in(content);
  const auto year = in.number(2);
  if (!year) {
    return Fault::malformed;
  }
  ASSAY_TRY(time, time_of_year(*year >= 50 ? 1900 + *year : 2000 + *year, in));
  if (as_text(in.rest()) != "Z") {
    return Fault::malformed;
  }
  return time;
}

Result<UnixTime> parse_generalized_time(ByteView content, bool allow_fraction) {
  DigitReader in(content);
  const auto year = in.number(4);
  if (!year) {
    return Fault::malformed;
  }
  ASSAY_TRY(time, time_of_year(*year, in));
  ByteView rest = in.rest();
  if (allow_fraction && !skip_fraction(rest)) {
    return Fault::malformed;
  }
  if (as_text(rest) != "Z") {
    return Fault::malformed;
  }
  return time;
}

std::string oid_text(ByteView oid_content) {
  std::string out;
  uint64_t arc = 0;
  bool fits = true;
  for (const uint8_t byte : oid_content) {
    fits = fits && arc <= std::numeric_limits<uint64_t>::max() >> 7;
    arc = arc << 7 | (byte & 0x7fU);
    if ((byte & 0x80U) != 0) {
      continue;
    }
    if (out.empty()) {  // the first two arcs share an octet (X.690 §8.19.4)
      const uint64_t top = arc < 80 ? arc / 40 : 2;
      append_decimal(out, top);
      out.push_back('.');
      arc -= top * 40;
    } else {
      out.push_back('.');
    }
    if (fits) {
      append_decimal(out, arc);
    } else {
      out.push_back('?');
    }
    arc = 0;
    fits = true;
  }
  return out;
}

std::optional<Bytes> oid_from_text(std::string_view dotted) {
  Bytes out;
  uint64_t first = 0;
  size_t count = 0;
  while (!dotted.empty()) {
    const size_t dot = dotted.find('.');
    const auto arc = arc_number(dotted.substr(0, dot));
    const bool dangling = dot != std::string_view::npos && dot + 1 == dotted.size();
    if (!arc || dangling) {
      return std::nullopt;
    }
    dotted = dot == std::string_view::npos ? std::string_view() : dotted.substr(dot + 1);
    ++count;
    if (count == 1) {
      first = *arc;
      continue;
    }
    if (count == 2 && (first > 2 || (first < 2 && *arc >= 40))) {
      return std::nullopt;
    }
    append_arc(out, count == 2 ? first * 40 + *arc : *arc);
  }
  if (count < 2) {
    return std::nullopt;
  }
  return out;
}

bool is_string_tag(Tag tag) {
  switch (tag) {
    case kUtf8String:
    case kNumericString:
    case kPrintableString:
    case kT61String:
    case kIa5String:
    case kVisibleString:
    case kUniversalString:
    case kBmpString:
      return true;
    default:
      return false;
  }
}

std::optional<std::string> string_to_utf8(Tag tag, ByteView content) {
  switch (tag) {
    case kUtf8String:
      return repaired_utf8(as_text(content));
    case kNumericString:
    case kPrintableString:
    case kIa5String:
    case kVisibleString:
      return ascii_to_utf8(content);
    case kT61String:
      return latin1_to_utf8(content);
    case kBmpString:
      return wide_to_utf8(content, 2);
    case kUniversalString:
      return wide_to_utf8(content, 4);
    default:
      return std::nullopt;
  }
}

}  // namespace assay::der
