// Bytes that nothing vouches for, and what is said about those that a hard binding leaves out, by
// the kind it gives them (binding/binding.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/checked.h"
#include "binding/binding.h"

namespace assay::validate {

struct UncoveredBytes {
  Range range;
  std::string kind;
  bool in_store = false;  // else in the asset, or in the segment
  std::string text;
};

// One sentence, plain English; never empty.
std::string words_for_uncovered(std::string_view kind);

// Adds what a binding found.
void add_uncovered(const binding::Outcome& outcome, std::vector<UncoveredBytes>& out);

}  // namespace assay::validate
