// Explanations as the reader sees them: sentences, whichever layer they come from.
#pragma once

#include <string>
#include <string_view>

namespace assay::report {

// `text` with a capital first and a full stop last. A first word that is an identifier
// (c2pa.opened, dc:title, softwareAgentIndex) keeps its letters; empty text stays empty.
std::string as_sentence(std::string_view text);

}  // namespace assay::report
