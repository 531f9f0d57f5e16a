#include "codec/json/canonical.h"

#include <array>
#include <cstdio>
#include <cstdlib>

#include "base/sort.h"
#include "base/text.h"

namespace assay::json {
namespace {

std::u16string utf16(std::string_view text) {
  std::u16string out;
  size_t index = 0;
  while (index < text.size()) {
    const char32_t c = next_code_point(text, index);
    if (c < 0x10000) {
      out.push_back(static_cast<char16_t>(c));
    } else {
      out.push_back(static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10)));
      out.push_back(static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FF)));
    }
  }
  return out;
}

// §3.2.2.2: only what must be escaped is.
void append_string(std::string& out, std::string_view text) {
  constexpr std::string_view kEscaped = "\"\\\b\f\n\r\t";
  constexpr std::string_view kLetters = "\"\\bfnrt";
  constexpr std::string_view kDigits = "0123456789abcdef";
  out.push_back('"');
  for (const char c : text) {
    const size_t at = kEscaped.find(c);
    if (at != std::string_view::npos) {
      out.push_back('\\');
      out.push_back(kLetters[at]);
    } else if (static_cast<uint8_t>(c) < 0x20) {
      out += "\\u00";
      out.push_back(kDigits[static_cast<uint8_t>(c) >> 4]);
      out.push_back(kDigits[static_cast<uint8_t>(c) & 15]);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

// The fewest digits that read back as `value`, which is positive: "d…d", and the power of ten that
// the number 0.d…d is multiplied with.
struct Decimal {
  std::string digits;
  int point = 0;
};

Decimal decimal(double value) {
  std::array<char, 40> buffer{};
  for (int precision = 0; precision <= 16; ++precision) {
    std::snprintf(buffer.data(), buffer.size(), "%.*e", precision, value);
    if (std::strtod(buffer.data(), nullptr) == value) {
      break;
    }
  }
  const std::string_view text(buffer.data());
  const size_t e = text.find('e');
  Decimal out;
  for (const char c : text.substr(0, e)) {
    if (c != '.') {
      out.digits.push_back(c);
    }
  }
  out.point =
      static_cast<int>(std::strtol(std::string(text.substr(e + 1)).c_str(), nullptr, 10)) + 1;
  return out;
}

// Number::toString of ECMA-262, which §3.2.2.3 refers to.
void append_number(std::string& out, double value) {
  if (value == 0) {
    out.push_back('0');
    return;
  }
  if (value < 0) {
    out.push_back('-');
    value = -value;
  }
  const Decimal number = decimal(value);
  const int count = static_cast<int>(number.digits.size());
  const int n = number.point;
  if (count <= n && n <= 21) {
    out += number.digits + std::string(static_cast<size_t>(n - count), '0');
  } else if (0 < n && n <= 21) {
    out += number.digits.substr(0, static_cast<size_t>(n)) + "." +
           number.digits.substr(static_cast<size_t>(n));
  } else if (-6 < n && n <= 0) {
    out += "0." + std::string(static_cast<size_t>(-n), '0') + number.digits;
  } else {
    out.push_back(number.digits.front());
    if (count > 1) {
      out += "." + number.digits.substr(1);
    }
    out += n > 0 ? "e+" : "e-";
    out += std::to_string(n > 0 ? n - 1 : 1 - n);
  }
}

class Writer {
 public:
  // Recursion follows the nesting of parsed JSON, which Limits::json_depth bounds.
  bool write(const Value& value) {
    switch (value.type()) {
      case Type::null:
        out_ += "null";
        return true;
      case Type::boolean:
        out_ += *value.as_bool() ? "true" : "false";
        return true;
      case Type::integer:
      case Type::unsigned_integer:
      case Type::number:
        append_number(out_, *value.as_double());
        return true;
      case Type::string:
        append_string(out_, *value.as_text());
        return true;
      case Type::array:
        return write_array(value.items());
      case Type::object:
        break;
      case Type::written:
        return false;
    }
    return write_object(value.members());
  }

  std::string take() { return std::move(out_); }

 private:
  bool write_array(const std::vector<Value>& items) {
    char separator = '[';
    for (const Value& item : items) {
      out_.push_back(separator);
      separator = ',';
      if (!write(item)) {
        return false;
      }
    }
    out_ += items.empty() ? "[]" : "]";
    return true;
  }

  bool write_object(const std::vector<Value::Member>& members) {
    std::vector<std::pair<std::u16string, const Value::Member*>> sorted;
    sorted.reserve(members.size());
    for (const Value::Member& member : members) {
      sorted.emplace_back(utf16(member.first), &member);
    }
    sort_ascending(sorted);
    for (size_t i = 0; i < sorted.size(); ++i) {
      const auto& [name, member] = sorted[i];
      if (i > 0 && sorted[i - 1].first == name) {
        return false;
      }
      out_.push_back(i == 0 ? '{' : ',');
      append_string(out_, member->first);
      out_.push_back(':');
      if (!write(member->second)) {
        return false;
      }
    }
    out_ += members.empty() ? "{}" : "}";
    return true;
  }

  std::string out_;
};

}  // namespace

std::optional<std::string> canonical(const Value& value) {
  Writer writer;
  return writer.write(value) ? std::optional(writer.take()) : std::nullopt;
}

}  // namespace assay::json
