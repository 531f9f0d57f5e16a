#include "container/html_scan.h"

#include <algorithm>

#include "base/text.h"

namespace assay::container {
namespace {

constexpr std::string_view kSpace = " \t\r\n\f";
constexpr size_t kNone = std::string_view::npos;

bool is_space(char c) { return kSpace.find(c) != kNone; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

std::optional<std::string_view> HtmlTag::attribute(std::string_view name_) const {
  for (const auto& [name_here, value] : attributes) {
    if (name_here == name_) {
      return value;
    }
  }
  return std::nullopt;
}

std::optional<HtmlTag> HtmlScanner::next() {
  if (at_ == 0 && starts_with(text_, "\xEF\xBB\xBF")) {
    at_ = 3;  // a byte order mark is no text
  }
  while (at_ < text_.size()) {
    if (text_[at_] != '<') {
      saw_text_ = saw_text_ || !is_space(text_[at_]);
      ++at_;
      continue;
    }
    const char second = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    const char third = at_ + 2 < text_.size() ? text_[at_ + 2] : '\0';
    if (is_letter(second) || (second == '/' && is_letter(third))) {
      auto tag = tag_here();
      if (tag) {
        return tag;
      }
      at_ = text_.size();  // a tag that never closes is dropped with all that follows
    } else if (second == '!' || second == '?' || second == '/') {
      skip_markup_declaration();
    } else {
      saw_text_ = true;
      ++at_;
    }
  }
  return std::nullopt;
}

// <!-- … -->, <!DOCTYPE …>, and what browsers read as a comment: <! … >, <? … >, </ … >.
void HtmlScanner::skip_markup_declaration() {
  if (!starts_with(text_.substr(at_), "<!--")) {
    const size_t close = text_.find('>', at_);
    at_ = close == kNone ? text_.size() : close + 1;
    return;
  }
  const size_t from = at_ + 4;
  // An abruptly closed comment: <!--> or <!--->.
  for (const std::string_view abrupt : {std::string_view(">"), std::string_view("->")}) {
    if (starts_with(text_.substr(from), abrupt)) {
      at_ = from + abrupt.size();
      return;
    }
  }
  const size_t plain = text_.find("-->", from);
  const size_t bang = text_.find("--!>", from);
  if (plain == kNone && bang == kNone) {
    at_ = text_.size();
  } else if (plain < bang) {
    at_ = plain + 3;
  } else {
    at_ = bang + 4;
  }
}

std::optional<HtmlTag> HtmlScanner::tag_here() {
  HtmlTag tag;
  tag.begin = at_;
  tag.end = text_[at_ + 1] == '/';
  at_ += tag.end ? 2 : 1;
  const size_t name_end = std::min(text_.find_first_of(" \t\r\n\f/>", at_), text_.size());
  tag.name = to_lower(text_.substr(at_, name_end - at_));
  at_ = name_end;
  if (!read_attributes(tag)) {
    return std::nullopt;
  }
  tag.close = at_;
  return tag;
}

// Up to and including '>'; false at the end of the text.
bool HtmlScanner::read_attributes(HtmlTag& tag) {
  for (;;) {
    while (at_ < text_.size() && (is_space(text_[at_]) || text_[at_] == '/')) {
      ++at_;
    }
    if (at_ >= text_.size()) {
      return false;
    }
    if (text_[at_] == '>') {
      ++at_;
      return true;
    }
    // A '=' here begins a name.
    const size_t end = std::min(text_.find_first_of(" \t\r\n\f/>=", at_ + 1), text_.size());
    std::string name = to_lower(text_.substr(at_, end - at_));
    at_ = end;
    const size_t value_at = std::min(text_.find_first_not_of(kSpace, at_), text_.size());
    std::string_view value;
    if (value_at < text_.size() && text_[value_at] == '=') {
      at_ = value_at + 1;
      value = read_value();
    }
    if (!tag.attribute(name) && tag.attributes.size() < 256) {
      tag.attributes.emplace_back(std::move(name), value);
    }
  }
}

std::string_view HtmlScanner::read_value() {
  at_ = std::min(text_.find_first_not_of(kSpace, at_), text_.size());
  if (at_ >= text_.size() || text_[at_] == '>') {
    return {};
  }
  const char quote = text_[at_];
  if (quote == '"' || quote == '\'') {
    const size_t begin = at_ + 1;
    const size_t end = std::min(text_.find(quote, begin), text_.size());
    at_ = std::min(end + 1, text_.size());
    return text_.substr(begin, end - begin);
  }
  const size_t begin = at_;
  at_ = std::min(text_.find_first_of(" \t\r\n\f>", at_), text_.size());
  return text_.substr(begin, at_ - begin);
}

bool HtmlScanner::tag_name_at(size_t at, std::string_view name) const {
  if (to_lower(text_.substr(at, name.size())) != name || at + name.size() >= text_.size()) {
    return false;
  }
  const char after = text_[at + name.size()];
  return is_space(after) || after == '/' || after == '>';
}

size_t HtmlScanner::find_end_tag(std::string_view name, size_t from) const {
  for (size_t at = text_.find("</", from); at != kNone; at = text_.find("</", at + 2)) {
    if (tag_name_at(at + 2, name)) {
      return at;
    }
  }
  return kNone;
}

// Script data (§13.2.5.15…): behind "<!--" a "<script" makes the next "</script" part of the data,
// until "-->".
size_t HtmlScanner::script_end() const {
  bool escaped = false;
  bool doubled = false;
  for (size_t at = at_; at < text_.size(); ++at) {
    if (text_[at] == '-' && escaped && starts_with(text_.substr(at), "-->")) {
      escaped = doubled = false;
    }
    if (text_[at] != '<') {
      continue;
    }
    if (!escaped && starts_with(text_.substr(at), "<!--")) {
      escaped = true;
      at += 1;  // the dashes may already belong to "-->"
    } else if (escaped && !doubled && tag_name_at(at + 1, "script")) {
      doubled = true;
    } else if (at + 1 < text_.size() && text_[at + 1] == '/' && tag_name_at(at + 2, "script")) {
      if (!doubled) {
        return at;
      }
      doubled = false;
    }
  }
  return kNone;
}

std::optional<std::string_view> HtmlScanner::raw_content(std::string_view name) {
  const size_t begin = at_;
  const size_t end = name == "script" ? script_end() : find_end_tag(name, at_);
  if (end == kNone) {
    at_ = text_.size();
    return std::nullopt;
  }
  at_ = end;
  return text_.substr(begin, end - begin);
}

namespace {

// The code point of "#65" or "#x41"; nothing when it is none.
std::optional<char32_t> numeric_reference(std::string_view reference) {
  if (!starts_with(reference, "#")) {
    return std::nullopt;
  }
  const bool hex = starts_with(to_lower(reference), "#x");
  const std::string_view digits = reference.substr(hex ? 2 : 1);
  char32_t code_point = 0;
  for (const char digit : digits) {
    const size_t number = std::string_view("0123456789abcdef").find(to_lower({&digit, 1}));
    if (number >= (hex ? 16U : 10U)) {
      return std::nullopt;
    }
    code_point = code_point * (hex ? 16 : 10) + static_cast<char32_t>(number);
    if (code_point > 0x10FFFF) {
      return std::nullopt;
    }
  }
  return digits.empty() ? std::nullopt : std::optional(code_point);
}

}  // namespace

std::string html_decoded(std::string_view value) {
  std::string out;
  while (!value.empty()) {
    const size_t semicolon = value.front() == '&' ? value.substr(0, 12).find(';') : kNone;
    if (semicolon == kNone) {
      out.push_back(value.front());
      value.remove_prefix(1);
      continue;
    }
    const std::string_view reference = value.substr(1, semicolon - 1);
    const auto code_point = numeric_reference(reference);
    if (reference == "amp") {
      out.push_back('&');
    } else if (code_point) {
      append_code_point(out, *code_point);
    } else {
      out.append(value.substr(0, semicolon + 1));
    }
    value.remove_prefix(semicolon + 1);
  }
  return out;
}

}  // namespace assay::container
