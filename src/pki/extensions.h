// Certificate extensions (RFC 5280 §4.2).
#pragma once

#include "pki/certificate.h"

namespace assay::pki {

// Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension. A second instance of an extension and a known
// extension that does not parse are malformed; extensions that only serve display are skipped then.
Result<Extensions> parse_extensions(ByteView encoded);

// GeneralName ::= CHOICE { … } as the next element of `in`.
Result<GeneralName> parse_general_name(ByteView encoded);

}  // namespace assay::pki
