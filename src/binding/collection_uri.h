// The URIs of a collection hash.
#pragma once

#include <string>
#include <string_view>

namespace assay::binding {

// Relative, without `.` and `..` segments in any spelling, back-slashes, schemes or NUL.
bool is_safe_collection_uri(std::string_view uri);

// With %XX replaced; broken escapes stay as they are.
std::string percent_decoded(std::string_view uri);

}  // namespace assay::binding
