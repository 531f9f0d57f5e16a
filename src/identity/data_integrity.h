// Proofs inside a JSON-LD credential (W3C Data Integrity 1.0, R-1174). Those over canonical JSON
// are verified; those over canonical RDF are not, see docs/adr/0011-proofs-of-credentials.md.
#pragma once

#include <string_view>

#include "codec/json/json.h"
#include "identity/attached.h"
#include "identity/environment.h"

namespace assay::identity {

// What `proof`, one proof or a set of them, is worth for the `credential` it stands in. A key only
// counts if it is one of the issuer.
CheckedProof check_data_integrity(const json::Value& credential, const json::Value& proof,
                                  std::string_view issuer, const Environment& environment);

}  // namespace assay::identity
