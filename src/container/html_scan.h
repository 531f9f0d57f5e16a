// HtmlScanner: start and end tags of an HTML document the way a browser's tokenizer finds them, as
// far as the head needs it (HTML Living Standard §13.2.5): comments, attribute quoting, raw text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::container {

struct HtmlTag {
  std::string name;  // lower case
  bool end = false;
  size_t begin = 0;  // of '<'
  size_t close = 0;  // behind '>'
  // Names in lower case, values with character references left as they are; of attributes that
  // occur twice only the first, as in a browser.
  std::vector<std::pair<std::string, std::string_view>> attributes;

  std::optional<std::string_view> attribute(std::string_view name_) const;
};

class HtmlScanner {
 public:
  explicit HtmlScanner(std::string_view text) : text_(text) {}

  // The next tag; nothing at the end of the text. Comments and declarations are skipped; character
  // data other than white space is reported by saw_text().
  std::optional<HtmlTag> next();
  bool saw_text() const { return saw_text_; }

  // Behind a start tag whose content is raw text (script, style, title, …): moves to the matching
  // end tag and returns the content. Nothing when there is no end tag.
  std::optional<std::string_view> raw_content(std::string_view name);

  size_t position() const { return at_; }

 private:
  std::optional<HtmlTag> tag_here();
  void skip_markup_declaration();
  bool read_attributes(HtmlTag& tag);
  std::string_view read_value();
  size_t script_end() const;
  size_t find_end_tag(std::string_view name, size_t from) const;
  bool tag_name_at(size_t at, std::string_view name) const;

  std::string_view text_;
  size_t at_ = 0;
  bool saw_text_ = false;
};

// Character references that occur in URLs (&amp; and numeric ones) replaced.
std::string html_decoded(std::string_view value);

}  // namespace assay::container
