// The decoded tables behind nfc.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace assay::unicode {

struct Decomposition {
  char32_t code_point = 0;
  bool composes = false;  // parts are a pair that composes to `code_point` again
  uint8_t count = 0;
  std::array<char32_t, 4> parts{};
};

class NfcTables {
 public:
  // Decoded on first use.
  static const NfcTables& get();

  // Only the order of the classes means something; 0 for starters.
  uint8_t combining_class(char32_t code_point) const;
  // Without Hangul syllables, which are computed.
  const Decomposition* decomposition(char32_t code_point) const;
  std::optional<char32_t> composition(char32_t first, char32_t second) const;
  // Can the character be the second of a pair that composes?
  bool composes_backward(char32_t code_point) const;

 private:
  NfcTables();
  void read_decompositions();
  void read_classes();

  struct ClassRun {
    char32_t first;
    char32_t last;
    uint8_t value;
  };
  std::vector<Decomposition> decompositions_;  // by code point
  std::vector<uint16_t> pairs_;                // indices of decompositions_, by (first, second)
  std::vector<char32_t> seconds_;              // sorted
  std::vector<ClassRun> classes_;              // sorted
};

}  // namespace assay::unicode
