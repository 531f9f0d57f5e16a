#include "report/sentence.h"

#include <algorithm>

namespace assay::report {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

// A word of the language: small letters only, apart from a mark behind it.
bool is_plain_word(std::string_view word) {
  constexpr std::string_view kMarks = ",:;";
  if (!word.empty() && kMarks.find(word.back()) != std::string_view::npos) {
    word.remove_suffix(1);
  }
  return !word.empty() &&
         std::all_of(word.begin(), word.end(), [](char c) { return is_lower(c) || c == '-'; });
}

}  // namespace

std::string as_sentence(std::string_view text) {
  constexpr std::string_view kEnds = ".!?";
  std::string out(text);
  if (out.empty()) {
    return out;
  }
  if (is_lower(out.front()) && is_plain_word(text.substr(0, text.find(' ')))) {
    out.front() = static_cast<char>(out.front() - 'a' + 'A');
  }
  if (kEnds.find(out.back()) == std::string_view::npos) {
    out.push_back('.');
  }
  return out;
}

}  // namespace assay::report
