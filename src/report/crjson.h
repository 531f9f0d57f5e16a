// crJSON 2.4 (§Content Credential JSON; R-1020…R-1029): the manifests of a store and their results
// in the form that conformance tools read. Unlike the assay report it passes texts on as they stand
// in the file; whoever shows them has to neutralise them.
#pragma once

#include <string>

#include "validate/session.h"

namespace assay::report {

// Manifests that the schema cannot hold (no readable claim, no assertions) and claim fields that it
// does not know stand under "assay" in the root, so that nothing is left out (R-1029).
std::string to_crjson(const validate::Session& session);

}  // namespace assay::report
