#include "container/pdf_object.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace assay::container {
namespace {

using Kind = PdfValue::Kind;

constexpr int kMostDepth = 24;
constexpr size_t kMostItems = 100000;
constexpr int64_t kMostNumber = int64_t{1} << 53;

bool is_space(uint8_t c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0;
}
bool is_delimiter(uint8_t c) {
  return std::string_view("()<>[]{}/%").find(static_cast<char>(c)) != std::string_view::npos;
}
bool is_regular(uint8_t c) { return !is_space(c) && !is_delimiter(c); }
bool is_digit(uint8_t c) { return c >= '0' && c <= '9'; }

std::optional<uint8_t> hex_digit(uint8_t c) {
  if (is_digit(c)) {
    return static_cast<uint8_t>(c - '0');
  }
  const auto lower = static_cast<uint8_t>(c | 0x20);
  if (lower >= 'a' && lower <= 'f') {
    return static_cast<uint8_t>(lower - 'a' + 10);
  }
  return std::nullopt;
}

class Parser {
 public:
  Parser(ByteView bytes, size_t at) : bytes_(bytes), at_(at) {}
  size_t position() const { return at_; }

  Result<PdfValue> value(int depth) {
    skip_pdf_space(bytes_, at_);
    const size_t begin = at_;
    auto parsed = value_here(depth);
    if (parsed.ok()) {
      parsed->begin = begin;
      parsed->end = at_;
    }
    return parsed;
  }

 private:
  Result<uint8_t> peek(size_t ahead = 0) const {
    if (at_ + ahead >= bytes_.size()) {
      return Fault::truncated;
    }
    return bytes_[at_ + ahead];
  }

  Result<PdfValue> value_here(int depth) {
    if (depth > kMostDepth) {
      return Fault::limit;
    }
    ASSAY_TRY(c, peek());
    if (c == '/') {
      return name();
    }
    if (c == '(') {
      return literal();
    }
    if (c == '[') {
      return array(depth);
    }
    if (c == '<') {
      ASSAY_TRY(second, peek(1));
      return second == '<' ? dictionary(depth) : hexadecimal();
    }
    if (is_digit(c) || c == '-' || c == '+' || c == '.') {
      return number_or_reference();
    }
    return keyword();
  }

  Result<std::string_view> regular() {
    const size_t begin = at_;
    while (at_ < bytes_.size() && is_regular(bytes_[at_])) {
      ++at_;
    }
    // Whether the token goes on behind the last byte cannot be known.
    if (at_ == bytes_.size()) {
      return Fault::truncated;
    }
    return as_text(bytes_.subspan(begin, at_ - begin));
  }

  Result<PdfValue> name() {
    ++at_;
    ASSAY_TRY(raw, regular());
    PdfValue result;
    result.kind = Kind::name;
    for (size_t i = 0; i < raw.size(); ++i) {
      if (raw[i] == '#' && i + 2 < raw.size()) {
        const auto byte = from_hex(raw.substr(i + 1, 2));
        if (byte) {
          result.bytes.push_back(static_cast<char>(byte->front()));
          i += 2;
          continue;
        }
      }
      result.bytes.push_back(raw[i]);
    }
    return result;
  }

  Result<PdfValue> keyword() {
    ASSAY_TRY(word, regular());
    PdfValue result;
    if (word == "true" || word == "false") {
      result.kind = Kind::boolean;
      result.number = word == "true" ? 1 : 0;
      return result;
    }
    if (word == "null") {
      return result;
    }
    return Fault::malformed;
  }

  Result<int64_t> number() {
    ASSAY_TRY(raw, regular());
    const bool negative = starts_with(raw, "-");
    const std::string_view digits = raw.substr(negative || starts_with(raw, "+") ? 1 : 0);
    int64_t value = 0;
    for (const char digit : digits.substr(0, digits.find('.'))) {
      if (!is_digit(static_cast<uint8_t>(digit)) || value > kMostNumber) {
        return Fault::malformed;
      }
      value = value * 10 + (digit - '0');
    }
    return negative ? -value : value;
  }

  // "12", "-1.5", or "12 0 R".
  Result<PdfValue> number_or_reference() {
    PdfValue result;
    result.kind = Kind::number;
    const size_t begin = at_;
    ASSAY_TRY(first, number());
    result.number = first;
    const size_t behind = at_;
    const bool plain = is_digit(bytes_[begin]);
    skip_pdf_space(bytes_, at_);
    if (!plain || at_ >= bytes_.size() || !is_digit(bytes_[at_])) {
      at_ = behind;
      return result;
    }
    const auto second = number();
    if (second.ok()) {
      const auto is_reference = take_pdf_word(bytes_, at_, "R");
      if (!is_reference.ok()) {
        return is_reference.fault();
      }
      if (*is_reference && first <= UINT32_MAX && *second <= UINT16_MAX) {
        result.kind = Kind::reference;
        result.reference = {static_cast<uint32_t>(first), static_cast<uint32_t>(*second)};
        return result;
      }
    } else if (second.fault() == Fault::truncated) {
      return Fault::truncated;
    }
    at_ = behind;
    return result;
  }

  Result<PdfValue> literal() {
    PdfValue result;
    result.kind = Kind::text;
    int depth = 0;
    for (;; ++at_) {
      ASSAY_TRY(c, peek());
      if (c == '\\') {
        ++at_;
        ASSAY_TRY(escaped, peek());
        result.bytes.push_back(static_cast<char>(escaped));
        continue;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        ++at_;
        return result;
      }
      if (depth > 1 || c != '(') {
        result.bytes.push_back(static_cast<char>(c));
      }
    }
  }

  Result<PdfValue> hexadecimal() {
    PdfValue result;
    result.kind = Kind::text;
    ++at_;
    bool has_high = false;
    uint8_t high = 0;
    for (;; ++at_) {
      ASSAY_TRY(c, peek());
      if (c == '>') {
        ++at_;
        if (has_high) {
          result.bytes.push_back(static_cast<char>(high << 4));
        }
        return result;
      }
      const auto digit = hex_digit(c);
      if (!digit && !is_space(c)) {
        return Fault::malformed;
      }
      if (digit && has_high) {
        result.bytes.push_back(static_cast<char>(high << 4 | *digit));
        has_high = false;
      } else if (digit) {
        high = *digit;
        has_high = true;
      }
    }
  }

  Result<PdfValue> array(int depth) {
    PdfValue result;
    result.kind = Kind::array;
    ++at_;
    for (;;) {
      skip_pdf_space(bytes_, at_);
      ASSAY_TRY(c, peek());
      if (c == ']') {
        ++at_;
        return result;
      }
      if (result.items.size() >= kMostItems) {
        return Fault::limit;
      }
      ASSAY_TRY(item, value(depth + 1));
      result.items.push_back(std::move(item));
    }
  }

  Result<PdfValue> dictionary(int depth) {
    PdfValue result;
    result.kind = Kind::dictionary;
    at_ += 2;
    for (;;) {
      skip_pdf_space(bytes_, at_);
      ASSAY_TRY(c, peek());
      if (c == '>') {
        ASSAY_TRY(second, peek(1));
        at_ += 2;
        return second == '>' ? Result<PdfValue>(std::move(result)) : Fault::malformed;
      }
      if (c != '/' || result.entries.size() >= kMostItems) {
        return Fault::malformed;
      }
      ASSAY_TRY(key, name());
      ASSAY_TRY(item, value(depth + 1));
      result.entries.emplace_back(std::move(key.bytes), std::move(item));
    }
  }

  ByteView bytes_;
  size_t at_;
};

}  // namespace

PdfValue::PdfValue() = default;
PdfValue::~PdfValue() = default;
PdfValue::PdfValue(const PdfValue&) = default;
PdfValue& PdfValue::operator=(const PdfValue&) = default;
PdfValue::PdfValue(PdfValue&&) noexcept = default;
PdfValue& PdfValue::operator=(PdfValue&&) noexcept = default;

const PdfValue& PdfValue::get(std::string_view key) const {
  static const PdfValue kNull;
  const auto found = std::find_if(entries.rbegin(), entries.rend(),
                                  [key](const auto& entry) { return entry.first == key; });
  return found != entries.rend() ? found->second : kNull;
}

Result<PdfValue> parse_pdf_value(ByteView bytes, size_t& at) {
  Parser parser(bytes, at);
  auto value = parser.value(0);
  if (value.ok()) {
    at = parser.position();
  }
  return value;
}

void skip_pdf_space(ByteView bytes, size_t& at) {
  while (at < bytes.size()) {
    if (bytes[at] == '%') {
      while (at < bytes.size() && bytes[at] != '\n' && bytes[at] != '\r') {
        ++at;
      }
    } else if (is_space(bytes[at])) {
      ++at;
    } else {
      return;
    }
  }
}

Result<bool> take_pdf_word(ByteView bytes, size_t& at, std::string_view word) {
  size_t from = at;
  skip_pdf_space(bytes, from);
  const size_t here = std::min(word.size(), bytes.size() - from);
  if (as_text(bytes.subspan(from, here)) != word.substr(0, here)) {
    return false;
  }
  if (here < word.size() || from + here == bytes.size()) {
    return Fault::truncated;
  }
  if (is_regular(bytes[from + here])) {
    return false;
  }
  at = from + here;
  return true;
}

}  // namespace assay::container
