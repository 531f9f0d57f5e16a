// Extensions of signed answers: OCSP responses (RFC 6960 §4.4) and time-stamps (RFC 3161 §2.4.2).
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace assay::pki {

// `list` is the content of an Extensions SEQUENCE: whether one of them is critical and not `known`,
// so that what carries it must not be relied on.
Result<bool> has_unknown_critical(ByteView list, std::string_view known);

}  // namespace assay::pki
