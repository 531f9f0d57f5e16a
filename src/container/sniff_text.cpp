#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/text.h"
#include "container/sniff.h"

namespace assay::container {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kSpace = " \t\r\n\f";
constexpr std::string_view kBom = "\xEF\xBB\xBF";
// U+FEFF and the variation selector that stands for the `C` of C2PATXT.
constexpr std::string_view kWrapperBegin = "\xEF\xBB\xBF\xF3\xA0\x84\xB3";

// "Text/HTML; charset=utf-8" -> "text/html".
std::string bare_type(std::string_view declared) {
  declared = declared.substr(0, declared.find(';'));
  while (!declared.empty() && kSpace.find(declared.back()) != std::string_view::npos) {
    declared.remove_suffix(1);
  }
  return to_lower(declared);
}

bool is_text(ByteView head, bool whole) {
  std::string_view text = as_text(head);
  if (text.find('\0') != std::string_view::npos) {
    return false;
  }
  if (is_utf8(text)) {
    return true;
  }
  // The window may have cut a character, and so may have whoever cut a text inside its invisible
  // manifest wrapper, which must be seen to be said.
  const bool may_be_cut = !whole || text.find(kWrapperBegin) != std::string_view::npos;
  for (size_t cut = 1; may_be_cut && cut <= 3 && cut <= text.size(); ++cut) {
    if (is_utf8(text.substr(0, text.size() - cut))) {
      return true;
    }
  }
  return false;
}

void skip_space(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
}

bool skip_past(std::string_view& text, std::string_view terminator) {
  const size_t found = text.find(terminator);
  if (found == std::string_view::npos) {
    return false;
  }
  text.remove_prefix(found + terminator.size());
  return true;
}

// <!DOCTYPE …>; an internal subset may hold '>' inside its brackets.
bool skip_doctype(std::string_view& text) {
  const size_t stop = text.find_first_of("[>");
  if (stop == std::string_view::npos) {
    return false;
  }
  if (text[stop] == '[' && !skip_past(text, "]")) {
    return false;
  }
  return skip_past(text, ">");
}

struct Opening {
  bool html_doctype = false;
  std::string element;  // lower case, without a namespace prefix; empty when there is none
};

// What a document begins with, behind processing instructions, comments and document type.
Opening opening_of(std::string_view text) {
  Opening opening;
  if (starts_with(text, kBom)) {
    text.remove_prefix(kBom.size());
  }
  for (;;) {
    skip_space(text);
    bool skipped = false;
    if (starts_with(text, "<!--")) {
      skipped = skip_past(text, "-->");
    } else if (starts_with(text, "<?")) {
      skipped = skip_past(text, "?>");
    } else if (to_lower(text.substr(0, 9)) == "<!doctype") {
      text.remove_prefix(9);
      skip_space(text);
      opening.html_doctype = to_lower(text.substr(0, 4)) == "html";
      skipped = skip_doctype(text);
    }
    if (!skipped) {
      break;
    }
  }
  if (starts_with(text, "<")) {
    text = text.substr(1, text.find_first_of(" \t\r\n\f/>", 1) - 1);
    const size_t colon = text.find(':');
    opening.element = to_lower(colon == std::string_view::npos ? text : text.substr(colon + 1));
  }
  return opening;
}

bool begins_html(const Opening& opening) {
  constexpr std::array kHtml = {"html"sv, "head"sv,  "body"sv, "script"sv, "title"sv,
                                "link"sv, "style"sv, "meta"sv, "base"sv};
  return opening.html_doctype ||
         std::find(kHtml.begin(), kHtml.end(), std::string_view(opening.element)) != kHtml.end();
}

}  // namespace

Format sniff_text(ByteView head, bool whole, std::string_view declared_type) {
  const std::string declared = bare_type(declared_type);
  const bool declared_html = declared == "text/html" || declared == "application/xhtml+xml";
  if (!is_text(head, whole)) {
    // A document in an older encoding is read as bytes.
    const bool has_nul = as_text(head).find('\0') != std::string_view::npos;
    return !has_nul && (declared_html || begins_html(opening_of(as_text(head)))) ? Format::html
                                                                                 : Format::unknown;
  }
  if (declared_html) {
    return Format::html;
  }
  if (declared == "image/svg+xml") {
    return Format::svg;
  }
  if (starts_with(declared, "text/") && declared != "text/xml") {
    return Format::text;
  }
  const Opening opening = opening_of(as_text(head));
  if (opening.element == "svg") {
    return Format::svg;
  }
  return begins_html(opening) ? Format::html : Format::text;
}

}  // namespace assay::container
