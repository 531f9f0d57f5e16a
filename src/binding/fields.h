// Fields of a hash assertion, read the way every binding reads them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "codec/cbor/cbor.h"
#include "crypto/digest.h"

namespace assay::binding {

// The value under `key`; writers also leave a field out by writing null or undefined.
cbor::Value field(const cbor::Value& map, std::string_view key);

// The algorithm of a hash: `alg` beside it, else that of the enclosing structure. Nothing
// when the name is none of sha256, sha384, sha512 or there is no name.
std::optional<crypto::DigestAlg> alg_of(const cbor::Value& map, std::string_view enclosing);
// The name itself, to be handed to enclosed structures.
std::string_view alg_name_of(const cbor::Value& map, std::string_view enclosing);

}  // namespace assay::binding
