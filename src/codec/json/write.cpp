#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <limits>

#include "base/text.h"
#include "codec/json/json.h"

namespace assay::json {
namespace {

void append_escape(std::string& out, char32_t c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += "\\u";
  for (unsigned shift = 16; shift > 0; shift -= 4) {
    out.push_back(kDigits[(c >> (shift - 4)) & 15]);
  }
}

void append_character(std::string& out, char32_t c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  // U+2028 and U+2029 end a line in older script engines.
  if (c < 0x20 || c == 0x7F || c == 0x2028 || c == 0x2029) {
    append_escape(out, c);
  } else {
    append_code_point(out, c);
  }
}

// How many characters at the start stand for themselves. A "<" is looked at together with what
// follows it.
size_t safe_run(std::string_view text) {
  const auto is_safe = [](char c) {
    return c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '<';
  };
  return static_cast<size_t>(std::find_if_not(text.begin(), text.end(), is_safe) - text.begin());
}

void append_string(std::string& out, std::string_view text) {
  out.push_back('"');
  char32_t before = 0;
  size_t index = 0;
  while (index < text.size()) {
    const size_t safe = before == '<' ? 0 : safe_run(text.substr(index));
    if (safe > 0) {
      out.append(text.substr(index, safe));
      before = 0;
      index += safe;
      continue;
    }
    const char32_t c = next_code_point(text, index);
    if (c == '/' && before == '<') {
      out.push_back('\\');  // a report inside <script> cannot end the element
    }
    append_character(out, c);
    before = c;
  }
  out.push_back('"');
}

void append_integer(std::string& out, int64_t value) {
  if (value >= 0) {
    append_decimal(out, static_cast<uint64_t>(value));
  } else {
    out.push_back('-');
    append_decimal(out, static_cast<uint64_t>(-(value + 1)) + 1);
  }
}

// The fewest of 15, 16 or 17 significant digits that read back as the same double. Both C libraries
// in use convert exactly, so the text is the same natively and in WebAssembly.
void append_double(std::string& out, double value) {
  std::array<char, 32> buffer{};
  for (int digits = 15; digits <= 17; ++digits) {
    std::snprintf(buffer.data(), buffer.size(), "%.*g", digits, value);
    if (std::strtod(buffer.data(), nullptr) == value) {
      break;
    }
  }
  const std::string_view text(buffer.data());
  out += text;
  if (text.find_first_of(".e") == std::string_view::npos) {
    out += ".0";  // stays a floating-point number when it is read again
  }
}

}  // namespace

class Writer {
 public:
  explicit Writer(bool pretty) : pretty_(pretty) {}

  // Recursion follows the nesting of a report or of parsed JSON, which Limits::json_depth bounds.
  void write(const Value& value) {
    switch (value.type()) {
      case Type::null:
        out_ += "null";
        break;
      case Type::boolean:
        out_ += *value.as_bool() ? "true" : "false";
        break;
      case Type::integer:
        append_integer(out_, *value.as_int());
        break;
      case Type::unsigned_integer:
        append_decimal(out_, *value.as_uint());
        break;
      case Type::number:
        append_double(out_, *value.as_double());
        break;
      case Type::string:
        append_string(out_, *value.as_text());
        break;
      case Type::array:
        write_array(value.items());
        break;
      case Type::object:
        write_object(value.members());
        break;
      case Type::written:
        write_again(std::get<Value::Written>(value.data_).text);
        break;
    }
  }

  std::string take() { return std::move(out_); }

 private:
  // Written without line breaks; what is to have them is read once more.
  void write_again(const std::string& text) {
    Limits none;
    none.json_depth = std::numeric_limits<uint32_t>::max();
    none.json_bytes = std::numeric_limits<uint32_t>::max();
    none.json_values = std::numeric_limits<uint32_t>::max();
    const auto value = pretty_ ? parse(as_bytes(text), none) : Result<Value>(Value());
    if (pretty_ && value.ok()) {
      write(*value);
    } else {
      out_ += text;
    }
  }

  void write_array(const std::vector<Value>& items) {
    out_.push_back('[');
    ++level_;
    for (size_t i = 0; i < items.size(); ++i) {
      separate(i == 0);
      write(items[i]);
    }
    --level_;
    finish(items.empty(), ']');
  }

  void write_object(const std::vector<Value::Member>& members) {
    out_.push_back('{');
    ++level_;
    for (size_t i = 0; i < members.size(); ++i) {
      separate(i == 0);
      append_string(out_, members[i].first);
      out_ += pretty_ ? ": " : ":";
      write(members[i].second);
    }
    --level_;
    finish(members.empty(), '}');
  }

  void separate(bool first) {
    if (!first) {
      out_.push_back(',');
    }
    new_line();
  }

  void finish(bool empty, char bracket) {
    if (!empty) {
      new_line();
    }
    out_.push_back(bracket);
  }

  void new_line() {
    if (pretty_) {
      out_.push_back('\n');
      out_.append(2 * level_, ' ');
    }
  }

  bool pretty_;
  size_t level_ = 0;
  std::string out_;
};

std::string write(const Value& value, bool pretty) {
  Writer writer(pretty);
  writer.write(value);
  return writer.take();
}

}  // namespace assay::json
