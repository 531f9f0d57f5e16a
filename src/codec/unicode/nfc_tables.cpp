#include "codec/unicode/nfc_tables.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/sort.h"

namespace assay::unicode {
namespace {

#include "codec/unicode/nfc_data.inc"

// Reads the generator's variable-length numbers. The data is ours, not a file's: it is well formed.
class Numbers {
 public:
  explicit Numbers(std::span<const uint8_t> data) : data_(data) {}

  bool at_end() const { return at_ == data_.size(); }
  uint32_t next() {
    uint32_t value = 0;
    for (uint32_t shift = 0;; shift += 7) {
      const uint8_t byte = data_[at_++];
      value |= static_cast<uint32_t>(byte & 0x7F) << shift;
      if (byte < 0x80) {
        return value;
      }
    }
  }
  // A signed distance from `base`.
  char32_t near(char32_t base) {
    const uint32_t value = next();
    return value % 2 == 0 ? base + value / 2 : base - (value + 1) / 2;
  }

 private:
  std::span<const uint8_t> data_;
  size_t at_ = 0;
};

}  // namespace

const NfcTables& NfcTables::get() {
  static const NfcTables kTables;
  return kTables;
}

NfcTables::NfcTables() {
  read_decompositions();
  read_classes();
}

void NfcTables::read_decompositions() {
  Numbers numbers(kDecompositions);
  char32_t code_point = 0;
  while (!numbers.at_end()) {
    const uint32_t head = numbers.next();
    code_point += head / 8;
    Decomposition entry;
    entry.code_point = code_point;
    entry.composes = head % 8 == 0;
    entry.count = static_cast<uint8_t>(entry.composes ? 2 : head % 8);
    entry.parts[0] = numbers.near(code_point);
    for (size_t i = 1; i < entry.count; ++i) {
      entry.parts.at(i) = numbers.near(0x300);
    }
    if (entry.composes) {
      pairs_.push_back(static_cast<uint16_t>(decompositions_.size()));
      seconds_.push_back(entry.parts[1]);
    }
    decompositions_.push_back(entry);
  }
  sort_by(pairs_, [this](uint16_t a, uint16_t b) {
    const auto& left = decompositions_[a].parts;
    const auto& right = decompositions_[b].parts;
    return std::pair(left[0], left[1]) < std::pair(right[0], right[1]);
  });
  sort_ascending(seconds_);
}

void NfcTables::read_classes() {
  Numbers numbers(kCombiningClasses);
  char32_t end = 0;
  while (!numbers.at_end()) {
    const char32_t first = end + numbers.next();
    const uint32_t length = numbers.next();
    const auto value = static_cast<uint8_t>(numbers.next());
    end = first + length;
    classes_.push_back({first, end - 1, value});
  }
}

uint8_t NfcTables::combining_class(char32_t code_point) const {
  const auto run = std::partition_point(
      classes_.begin(), classes_.end(),
      [code_point](const ClassRun& candidate) { return candidate.last < code_point; });
  return run != classes_.end() && run->first <= code_point ? run->value : uint8_t{0};
}

const Decomposition* NfcTables::decomposition(char32_t code_point) const {
  const auto found = std::partition_point(
      decompositions_.begin(), decompositions_.end(),
      [code_point](const Decomposition& candidate) { return candidate.code_point < code_point; });
  return found != decompositions_.end() && found->code_point == code_point ? &*found : nullptr;
}

std::optional<char32_t> NfcTables::composition(char32_t first, char32_t second) const {
  const auto found =
      std::partition_point(pairs_.begin(), pairs_.end(), [&, this](uint16_t candidate) {
        const auto& parts = decompositions_[candidate].parts;
        return std::pair(parts[0], parts[1]) < std::pair(first, second);
      });
  if (found == pairs_.end()) {
    return std::nullopt;
  }
  const Decomposition& entry = decompositions_[*found];
  if (entry.parts[0] != first || entry.parts[1] != second) {
    return std::nullopt;
  }
  return entry.code_point;
}

bool NfcTables::composes_backward(char32_t code_point) const {
  return std::binary_search(seconds_.begin(), seconds_.end(), code_point);
}

}  // namespace assay::unicode
