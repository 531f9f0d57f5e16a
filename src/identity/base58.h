// Base58 in the Bitcoin alphabet, as multibase "z" has it (did:key, Data Integrity proofs).
#pragma once

#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace assay::identity {

// Nothing for other characters, and for texts longer than any key or signature in use.
std::optional<Bytes> from_base58(std::string_view text);

}  // namespace assay::identity
