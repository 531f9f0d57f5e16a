// The assay report, `assay-report/1` (web/src/report.ts describes it field by field). Same bytes,
// options and time give the same JSON, byte for byte.
#pragma once

#include <string>

#include "validate/session.h"

namespace assay::report {

std::string to_json(const validate::Session& session, bool pretty);

}  // namespace assay::report
