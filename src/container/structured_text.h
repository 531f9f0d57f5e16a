// A manifest block in a text with comments or front matter (spec §Embedding Manifests into
// Structured Text; R-180…R-187).
#pragma once

#include <string_view>

#include "base/limits.h"
#include "container/carrier.h"

namespace assay::container {

// Looks for the armour lines and records what they hold in `carrier`. False when there is none.
bool read_structured_text(std::string_view text, const Limits& limits, Carrier& carrier);

}  // namespace assay::container
