// From what a binding found to the status codes of the specification.
#pragma once

#include "binding/binding.h"
#include "validate/status.h"

namespace assay::validate {

StatusCode binding_status(binding::Kind kind, binding::Code code);

// Whether nothing but a match was found, exclusions that are reported aside.
bool is_match(const binding::Outcome& outcome);

}  // namespace assay::validate
