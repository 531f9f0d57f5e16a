#include "codec/xml/scan.h"

#include <algorithm>

#include "base/text.h"

namespace assay::xml {
namespace {

constexpr std::string_view kXmlnsNamespace = "http://www.w3.org/2000/xmlns/";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr size_t kBytesPerStep = 32;

bool is_utf16(std::string_view text) {
  return starts_with(text, "\xFE\xFF") || starts_with(text, "\xFF\xFE") ||
         starts_with(text, std::string_view("\0<", 2)) ||
         starts_with(text, std::string_view("<\0", 2));
}

}  // namespace

Scanner::Scanner(std::string_view text, const Limits& limits, Budget& budget)
    : text_(text), limits_(limits), budget_(budget) {
  if (is_utf16(text)) {
    fault_ = Fault::unsupported;
  }
  if (starts_with(text, kByteOrderMark)) {
    position_ = kByteOrderMark.size();
  }
  bindings_.push_back({"xml", kXmlNamespace, 0});
  bindings_.push_back({"xmlns", kXmlnsNamespace, 0});
}

Result<Token> Scanner::next() {
  if (fault_ != Fault::none) {
    return fault_;
  }
  const size_t before = position_;
  auto token =
      ++tokens_ > limits_.xml_tokens ? Result<Token>(limits_.refuse(Limit::xml_tokens)) : scan();
  if (token.ok() && !budget_.spend(1 + (position_ - before) / kBytesPerStep)) {
    token = Fault::limit;
  }
  fault_ = token.fault();
  return token;
}

Result<Token> Scanner::scan() {
  if (close_pending_) {
    close_pending_ = false;
    return close_element(position_);
  }
  if (position_ == text_.size()) {
    return end_of_text();
  }
  return text_[position_] == '<' ? scan_markup() : scan_text();
}

Result<Token> Scanner::end_of_text() {
  if (!open_.empty()) {
    return Fault::truncated;
  }
  if (!root_seen_) {
    return Fault::malformed;
  }
  Token token;
  token.begin = token.end = position_;
  return token;
}

Result<Token> Scanner::scan_markup() {
  if (looking_at("<!--")) {
    return scan_delimited(Kind::comment, "<!--", "-->");
  }
  if (looking_at("<![CDATA[")) {
    return open_.empty() ? Result<Token>(Fault::malformed)
                         : scan_delimited(Kind::cdata, "<![CDATA[", "]]>");
  }
  if (looking_at("<?")) {
    return scan_instruction();
  }
  if (looking_at("<!DOCTYPE")) {
    return scan_doctype();
  }
  return looking_at("</") ? scan_end_tag() : scan_start_tag();
}

Result<Token> Scanner::scan_text() {
  Token token;
  token.kind = Kind::text;
  token.begin = position_;
  position_ = find("<").value_or(text_.size());
  token.end = position_;
  token.raw = text_.substr(token.begin, token.end - token.begin);
  // Outside the root only white space; NULs too, with which XMP packets are padded.
  const bool blank = std::all_of(token.raw.begin(), token.raw.end(),
                                 [](char c) { return is_space(c) || c == '\0'; });
  if (open_.empty() && !blank) {
    return Fault::malformed;
  }
  return token;
}

Result<Token> Scanner::scan_delimited(Kind kind, std::string_view open, std::string_view close) {
  Token token;
  token.kind = kind;
  token.begin = position_;
  position_ += open.size();
  const size_t content = position_;
  const auto end = find(close);
  if (!end) {
    return Fault::truncated;
  }
  token.raw = text_.substr(content, *end - content);
  position_ = *end + close.size();
  token.end = position_;
  return token;
}

Result<Token> Scanner::scan_instruction() {
  ASSAY_TRY(token, scan_delimited(Kind::instruction, "<?", "?>"));
  const auto end = std::find_if(token.raw.begin(), token.raw.end(), is_space);
  token.name.qualified = token.raw.substr(0, static_cast<size_t>(end - token.raw.begin()));
  if (token.name.qualified.empty()) {
    return Fault::malformed;
  }
  return std::move(token);
}

// <!DOCTYPE name … [ internal subset ] >: skipped, nothing in it is processed.
Result<Token> Scanner::scan_doctype() {
  Token token;
  token.kind = Kind::doctype;
  token.begin = position_;
  if (root_seen_) {
    return Fault::malformed;
  }
  position_ += std::string_view("<!DOCTYPE").size();
  bool in_subset = false;
  while (position_ < text_.size()) {
    const char c = text_[position_];
    if (c == '>' && !in_subset) {
      token.end = ++position_;
      return token;
    }
    if (c == '[' || c == ']') {
      in_subset = c == '[';
    }
    ASSAY_CHECK(skip_subset_item());
  }
  return Fault::truncated;
}

// A comment, an instruction, a quoted literal or one other character. Brackets inside the first
// three mean nothing.
Status Scanner::skip_subset_item() {
  std::string_view close;
  size_t skipped = 1;
  const char c = text_[position_];
  if (looking_at("<!--")) {
    close = "-->";
    skipped = 4;
  } else if (looking_at("<?")) {
    close = "?>";
    skipped = 2;
  } else if (c == '"' || c == '\'') {
    close = text_.substr(position_, 1);
  }
  position_ += skipped;
  if (close.empty()) {
    return {};
  }
  const auto end = find(close);
  if (!end) {
    return Fault::truncated;
  }
  position_ = *end + close.size();
  return {};
}

bool Scanner::looking_at(std::string_view expected) const {
  return starts_with(text_.substr(position_), expected);
}

std::optional<size_t> Scanner::find(std::string_view wanted) const {
  const size_t found = text_.find(wanted, position_);
  return found == std::string_view::npos ? std::nullopt : std::optional(found);
}

size_t Scanner::skip_space() {
  const size_t before = position_;
  while (position_ < text_.size() && is_space(text_[position_])) {
    ++position_;
  }
  return position_ - before;
}

}  // namespace assay::xml
