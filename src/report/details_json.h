// Details of an assertion in the report: what it says, in fields whose names depend on its kind.
#pragma once

#include "codec/json/json.h"
#include "report/attached_names.h"
#include "validate/verdict.h"

namespace assay::report {

// An object with `kind`, or null where there are none. Names of people who are attached stand in
// their own zone alone (T-09): fields that hold one are left out.
json::Value details_json(const validate::AssertionResult& assertion, const AttachedNames& names,
                         const Limits& limits);

}  // namespace assay::report
