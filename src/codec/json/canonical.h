// JSON Canonicalization Scheme (RFC 8785): the one text of a value that a signature can be made
// over.
#pragma once

#include <optional>
#include <string>

#include "codec/json/json.h"

namespace assay::json {

// Numbers are doubles and written as ECMAScript writes them; members stand in the order of their
// names' UTF-16 code units. Nothing for a value that holds a name twice in one object (§3.1).
std::optional<std::string> canonical(const Value& value);

}  // namespace assay::json
