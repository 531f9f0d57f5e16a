// Details: what a standard assertion says, in fields of known names (spec §Standard assertions;
// R-574…R-586). One table describes all kinds; whatever it does not name stays data alone. Nothing
// here is checked against anything: it is what the file states.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "codec/json/json.h"
#include "manifest/assertion.h"

namespace assay::manifest {

struct Details {
  std::string_view kind;  // "softBinding", as in reports
  json::Value fields;     // an object; its texts are those of the file
  // Fields, by their names in `fields` with a dot before those of a part, that are missing although
  // the schema has them, are of another type, or hold more than Limits::detail_entries.
  std::vector<std::string> unread;
};

// Nothing for labels without details.
std::optional<Details> details_of(std::string_view base_label, const AssertionContent& content,
                                  const ParsedContent& parsed, const Limits& limits);

}  // namespace assay::manifest
