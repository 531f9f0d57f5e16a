#include "codec/unicode/nfc.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/sort.h"
#include "base/text.h"
#include "codec/unicode/nfc_tables.h"

namespace assay::unicode {
namespace {

constexpr char32_t kFirstMark = 0x300;
constexpr uint8_t kFirstMarkLead = 0xCC;  // lead byte of U+0300 in UTF-8

// Hangul syllables are computed (Unicode Standard §3.12).
constexpr char32_t kSyllables = 0xAC00;
constexpr char32_t kLeads = 0x1100;
constexpr char32_t kVowels = 0x1161;
constexpr char32_t kTails = 0x11A7;
constexpr char32_t kLeadCount = 19;
constexpr char32_t kVowelCount = 21;
constexpr char32_t kTailCount = 28;
constexpr char32_t kSyllableCount = kLeadCount * kVowelCount * kTailCount;

bool is_syllable(char32_t c) { return c >= kSyllables && c < kSyllables + kSyllableCount; }
bool is_vowel(char32_t c) { return c >= kVowels && c < kVowels + kVowelCount; }
bool is_tail(char32_t c) { return c > kTails && c < kTails + kTailCount; }

std::optional<char32_t> compose_hangul(char32_t first, char32_t second) {
  if (first >= kLeads && first < kLeads + kLeadCount && is_vowel(second)) {
    return kSyllables + ((first - kLeads) * kVowelCount + (second - kVowels)) * kTailCount;
  }
  if (is_syllable(first) && (first - kSyllables) % kTailCount == 0 && is_tail(second)) {
    return first + (second - kTails);
  }
  return std::nullopt;
}

struct Mark {
  char32_t code_point;
  uint8_t combining_class;
};

// One base character with everything that may combine with it.
class Segment {
 public:
  explicit Segment(const NfcTables& tables) : tables_(tables) {}

  bool empty() const { return marks_.empty(); }
  size_t size() const { return marks_.size(); }

  void add(char32_t code_point) {
    if (is_syllable(code_point)) {
      const char32_t index = code_point - kSyllables;
      push(kLeads + index / (kVowelCount * kTailCount));
      push(kVowels + index / kTailCount % kVowelCount);
      if (index % kTailCount != 0) {
        push(kTails + index % kTailCount);
      }
      return;
    }
    const Decomposition* entry = tables_.decomposition(code_point);
    if (entry == nullptr) {
      push(code_point);
      return;
    }
    // The first of a pair may be a pair itself: last characters are collected on the way down.
    std::vector<char32_t> tail;
    while (entry != nullptr && entry->composes) {
      tail.push_back(entry->parts[1]);
      code_point = entry->parts[0];
      entry = tables_.decomposition(code_point);
    }
    if (entry == nullptr) {
      push(code_point);
    }
    for (size_t i = 0; entry != nullptr && i < entry->count; ++i) {
      push(entry->parts.at(i));
    }
    std::for_each(tail.rbegin(), tail.rend(), [this](char32_t part) { push(part); });
  }

  void flush(std::string& out) {
    order();
    compose();
    for (const Mark& mark : marks_) {
      append_code_point(out, mark.code_point);
    }
    marks_.clear();
  }

 private:
  void push(char32_t code_point) {
    marks_.push_back({code_point, tables_.combining_class(code_point)});
  }

  // Canonical ordering: marks by class, stable, between starters.
  void order() {
    for (auto at = marks_.begin(); at != marks_.end();) {
      if (at->combining_class == 0) {
        ++at;
        continue;
      }
      const auto end = std::find_if(at, marks_.end(),
                                    [](const Mark& mark) { return mark.combining_class == 0; });
      const auto begin = static_cast<size_t>(at - marks_.begin());
      const auto length = static_cast<size_t>(end - at);
      sort_by(std::span<Mark>(marks_).subspan(begin, length),
              [](const Mark& a, const Mark& b) { return a.combining_class < b.combining_class; });
      at = end;
    }
  }

  // Canonical composition: a character joins the last starter unless one of the same or a higher
  // class, or another starter, stands between them.
  void compose() {
    size_t kept = 0;
    std::optional<size_t> starter;
    for (size_t i = 0; i < marks_.size(); ++i) {
      const Mark mark = marks_[i];
      const bool adjacent = starter && *starter + 1 == kept;
      const bool blocked =
          !adjacent && kept > 0 &&
          (mark.combining_class == 0 || marks_[kept - 1].combining_class >= mark.combining_class);
      if (starter && !blocked) {
        const auto composed = pair(marks_[*starter].code_point, mark.code_point);
        if (composed) {
          marks_[*starter].code_point = *composed;
          continue;
        }
      }
      if (mark.combining_class == 0) {
        starter = kept;
      }
      marks_[kept++] = mark;
    }
    marks_.resize(kept);
  }

  std::optional<char32_t> pair(char32_t first, char32_t second) const {
    const auto hangul = compose_hangul(first, second);
    return hangul ? hangul : tables_.composition(first, second);
  }

  const NfcTables& tables_;
  std::vector<Mark> marks_;
};

// Nothing in front of the character can change it or be changed by it.
bool begins_segment(const NfcTables& tables, char32_t code_point) {
  if (code_point < kFirstMark || is_syllable(code_point)) {
    return true;
  }
  const Decomposition* entry = tables.decomposition(code_point);
  while (entry != nullptr) {
    code_point = entry->parts[0];
    entry = entry->composes ? tables.decomposition(code_point) : nullptr;
  }
  return tables.combining_class(code_point) == 0 && !tables.composes_backward(code_point) &&
         !is_vowel(code_point) && !is_tail(code_point);
}

}  // namespace

bool may_change_in_nfc(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char byte) { return static_cast<uint8_t>(byte) >= kFirstMarkLead; });
}

Result<std::string> to_nfc(std::string_view text) {
  if (!may_change_in_nfc(text)) {
    return std::string(text);
  }
  const NfcTables& tables = NfcTables::get();
  std::string out;
  out.reserve(text.size());
  Segment segment(tables);
  for (size_t at = 0; at < text.size();) {
    const char32_t code_point = next_code_point(text, at);
    if (!segment.empty() && begins_segment(tables, code_point)) {
      segment.flush(out);
    }
    segment.add(code_point);
    if (segment.size() > kMostMarks) {
      return Fault::limit;
    }
  }
  segment.flush(out);
  return out;
}

}  // namespace assay::unicode
