// What is said about bytes of the asset that a hard binding leaves out, by the kind it gives them
// (binding/binding.h).
#pragma once

#include <string>
#include <string_view>

namespace assay::validate {

// One sentence, plain English; never empty.
std::string words_for_uncovered(std::string_view kind);

}  // namespace assay::validate
