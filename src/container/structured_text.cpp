#include "container/structured_text.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "container/store.h"
#include "container/text_store.h"

namespace assay::container {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kBegin = "-----BEGIN C2PA MANIFEST-----";
constexpr std::string_view kEnd = "-----END C2PA MANIFEST-----";
constexpr std::string_view kData = "data:";
constexpr std::array kStoreTypes = {"application/c2pa;base64,"sv,
                                    "application/x-c2pa-manifest-store;base64,"sv};
constexpr size_t kMostComment = 16;

size_t count(std::string_view text, std::string_view wanted) {
  size_t number = 0;
  for (size_t at = text.find(wanted); at != std::string_view::npos;
       at = text.find(wanted, at + wanted.size())) {
    ++number;
  }
  return number;
}

// Only what opens or closes a comment: punctuation and blanks, or one of the words that do.
bool is_comment_syntax(std::string_view text) {
  constexpr std::array kWords = {"REM"sv, "rem"sv, "NOTE"sv, "dnl"sv};
  const std::string_view word = trimmed(text);
  if (std::find(kWords.begin(), kWords.end(), word) != kWords.end()) {
    return true;
  }
  return text.size() <= kMostComment && std::all_of(text.begin(), text.end(), [](char c) {
           const bool alphanumeric =
               (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           return c == '\t' || (c >= 0x20 && c < 0x7F && !alphanumeric);
         });
}

// the lines of the block with their line break; at the end of the file also the line break
// before them. Lines that hold anything else than the block and comment syntax are not included.
Range block_range(std::string_view text, size_t begin, size_t end) {
  const size_t break_before = text.substr(0, begin).find_last_of('\n');
  const size_t line = break_before == std::string_view::npos ? 0 : break_before + 1;
  if (is_comment_syntax(text.substr(line, begin - line))) {
    begin = line;
  }
  const size_t line_end = std::min(text.find('\n', end), text.size());
  std::string_view suffix = text.substr(end, line_end - end);
  if (ends_with(suffix, "\r")) {
    suffix.remove_suffix(1);
  }
  if (is_comment_syntax(suffix)) {
    end = std::min(line_end + 1, text.size());
  }
  if (end == text.size() && begin == line && begin > 0) {
    begin -= begin >= 2 && text[begin - 2] == '\r' ? 2 : 1;
  }
  return {begin, end - begin};
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// RFC 3986: scheme ":" something, in printable ASCII. Whether anybody can follow it is asked later
// a web address must name a host.
bool is_url(std::string_view reference) {
  const size_t colon = reference.find(':');
  if (colon == std::string_view::npos || colon + 1 == reference.size() ||
      !is_letter(reference.front())) {
    return false;
  }
  const std::string scheme = to_lower(reference.substr(0, colon));
  const bool known_letters = std::all_of(scheme.begin(), scheme.end(), [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  });
  const bool printable =
      std::all_of(reference.begin(), reference.end(), [](char c) { return c > 0x20 && c < 0x7F; });
  const bool web = scheme == "http" || scheme == "https";
  return known_letters && printable && (!web || starts_with(reference.substr(colon + 1), "//"));
}

void fail(Carrier& carrier, StoreState state, DefectKind kind, std::string_view why) {
  carrier.state = state;
  carrier.defect_kind = kind;
  carrier.defect = why;
}

void read_reference(std::string_view reference, Range range, const Limits& limits,
                    Carrier& carrier) {
  if (reference.empty()) {
    fail(carrier, StoreState::broken, DefectKind::structured_empty_reference,
         "The manifest block is empty.");
    return;
  }
  const bool data = to_lower(reference.substr(0, kData.size())) == kData;
  if (!data && is_url(reference)) {
    carrier.provenance_url = std::string(reference);
    carrier.reference = {range};
    return;
  }
  if (data) {
    const std::string_view rest = reference.substr(kData.size());
    for (const std::string_view type : kStoreTypes) {
      if (to_lower(rest.substr(0, type.size())) == type) {
        add_base64_store(carrier, rest.substr(type.size()), range, limits);
        return;
      }
    }
  }
  fail(carrier, StoreState::broken, DefectKind::structured_malformed_reference,
       "The manifest block holds neither a web address nor a manifest store.");
}

}  // namespace

bool read_structured_text(std::string_view text, const Limits& limits, Carrier& carrier) {
  const size_t begins = count(text, kBegin);
  const size_t ends = count(text, kEnd);
  if (begins == 0 && ends == 0) {
    return false;
  }
  carrier.format = Format::structured_text;
  const size_t begin = text.find(kBegin);
  const size_t content = begin == std::string_view::npos ? text.size() : begin + kBegin.size();
  // Behind the first line: the two may not share dashes.
  const size_t end = text.find(kEnd, content);
  if (end == std::string_view::npos) {
    fail(carrier, StoreState::broken, DefectKind::structured_no_manifest,
         "The manifest block has only one of its two armour lines.");
    return true;
  }
  read_reference(trimmed(text.substr(content, end - content)),
                 block_range(text, begin, end + kEnd.size()), limits, carrier);
  if (begins > 1 || ends > 1) {
    fail(carrier, StoreState::multiple, DefectKind::structured_multiple_references,
         "The text has more than one manifest block.");
  }
  return true;
}

}  // namespace assay::container
