// Where an XMP packet says that the manifest store lies.
#pragma once

#include <string>
#include <string_view>

#include "base/budget.h"
#include "base/limits.h"

namespace assay::container {

// The value of `dcterms:provenance`, attribute or element, of the first description that has one;
// empty when there is none or the packet cannot be read. Whatever it says is shown, never followed
// here; `self#…` values name the embedded store and are returned like any other.
std::string xmp_provenance(std::string_view packet, const Limits& limits, Budget& budget);

}  // namespace assay::container
