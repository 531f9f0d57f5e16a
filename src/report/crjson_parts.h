// The parts of crJSON that are files of their own.
#pragma once

#include "codec/cbor/cbor.h"
#include "codec/json/json.h"
#include "validate/session.h"
#include "validate/verdict.h"

namespace assay::report::crjson {

// R-1023: byte strings become "b64'" and Base64, keys become texts, tags are left out. Integers
// beyond 2^53 stay integers in the text; NaN and infinities become null (R-1024).
json::Value from_cbor(const cbor::Value& value);

// R-1025. Whether the schema can hold this claim at all.
bool is_representable(const validate::ManifestResult& result);
json::Value claim_json(const manifest::Claim& claim);
// Fields of the claim that the schema does not know (R-1029); null when there are none.
json::Value other_claim_fields(const manifest::Claim& claim);

// R-1026: the leaf only.
json::Value signature_json(const validate::SignatureResult& signature);

}  // namespace assay::report::crjson
