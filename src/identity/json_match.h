// Compares a signer payload with its JSON form inside a credential (R-1145).
#pragma once

#include "base/budget.h"
#include "codec/cbor/cbor.h"
#include "codec/json/json.h"

namespace assay::identity {

// Whether `json` is `cbor` as JSON: maps with the same members in any order, byte strings as
// standard base64 with padding. Also accepted for byte strings, as older aggregators wrote them: an
// array of their bytes, or of the characters of that base64.
bool matches_json(const cbor::Value& cbor, const json::Value& json, Budget& budget);

}  // namespace assay::identity
