// XML 1.0 with namespaces, as far as locating data needs it: a non-validating token scanner over
// UTF-8 (or another ASCII superset). No DTD processing and no entity beyond the five predefined and
// numeric references; what an unknown entity stands for stays unread. Every token carries
// its byte offsets, because hashes exclude bytes of the file as stored.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.h"
#include "base/result.h"

namespace assay::xml {

// Name: a qualified name and the namespace that its prefix stands for.
struct Name {
  std::string_view qualified;  // as written, "c2pa:manifest"
  std::string_view prefix;     // "c2pa", empty if there is none
  std::string_view local;      // "manifest"
  std::string_view uri;        // empty: no namespace, or the prefix is not declared
  bool undeclared = false;     // has a prefix that no enclosing xmlns declares

  bool is(std::string_view uri_, std::string_view local_) const {
    return uri == uri_ && local == local_;
  }
};

inline constexpr std::string_view kXmlNamespace = "http://www.w3.org/XML/1998/namespace";

struct Attribute {
  Name name;
  std::string_view raw;  // between the quotes, references not replaced: see decode()
};

enum class Kind : uint8_t {
  end_of_input,
  start_element,
  end_element,  // follows every start_element; of <a/> it has length 0 and stands behind it
  text,         // character data, references not replaced
  cdata,
  comment,
  instruction,  // <?target …?>, the XML declaration too
  doctype,      // skipped as a whole, its internal subset included
};

struct Token {
  Kind kind = Kind::end_of_input;
  size_t begin = 0;  // offsets in the scanned text, markup included
  size_t end = 0;
  Name name;                          // elements; an instruction's target in `qualified`
  std::vector<Attribute> attributes;  // start_element, without namespace declarations
  bool empty_element = false;         // <a/>
  std::string_view raw;               // text, cdata, comment, instruction: content without markup
};

// Scanner: next() hands out token after token until Kind::end_of_input or a fault, which is final.
// Names and attributes are views that live as long as the text and the scanner do. Not well-formed
// input (mismatched tags, two roots, an attribute twice, …) is Fault::malformed, input that ends
// inside an element or token Fault::truncated, UTF-16 Fault::unsupported.
class Scanner {
 public:
  Scanner(std::string_view text, const Limits& limits, Budget& budget);

  Result<Token> next();

  // The elements that are open now, outermost first: after a start_element the last one is that
  // element, after an end_element it is gone.
  std::span<const Name> open_elements() const { return open_; }

 private:
  struct Binding {
    std::string_view prefix;
    std::string_view uri;
    size_t depth = 0;  // number of open elements when it was declared
  };

  Result<Token> scan();
  Result<Token> end_of_text();
  Result<Token> scan_markup();
  Result<Token> scan_text();
  Result<Token> scan_delimited(Kind kind, std::string_view open, std::string_view close);
  Result<Token> scan_instruction();
  Result<Token> scan_doctype();
  Result<Token> scan_start_tag();
  Result<Token> scan_end_tag();
  Result<Token> close_element(size_t begin);
  Result<Attribute> scan_attribute();
  Result<Name> scan_name();
  Status skip_subset_item();
  Status declare(const Attribute& attribute);
  Status resolve(Name& name, bool is_attribute);
  Status resolve_all(Token& token, const std::vector<Attribute>& written);

  bool looking_at(std::string_view expected) const;
  std::optional<size_t> find(std::string_view wanted) const;
  size_t skip_space();

  std::string_view text_;
  const Limits& limits_;
  Budget& budget_;
  size_t position_ = 0;
  uint32_t tokens_ = 0;
  Fault fault_ = Fault::none;
  bool root_seen_ = false;
  bool close_pending_ = false;  // the start tag just handed out was <a/>
  std::vector<Name> open_;
  std::vector<Binding> bindings_;
  std::deque<std::string> decoded_uris_;  // those that contained references
};

// Replaces the five predefined entities and numeric character references. Nothing when a reference
// is broken or names any other entity.
std::optional<std::string> decode(std::string_view raw);

}  // namespace assay::xml
