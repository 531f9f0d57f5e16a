// NFC (Unicode Standard Annex #15): the form over which C2PA hashes unstructured text. The
// tables are our own, so that a verdict never depends on the host's Unicode version; see
// docs/adr/0006-unicode-normalisation.md.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace assay::unicode {

// Most marks that may follow one base character (real text: a handful; Stream-Safe Text Format:
// 30).
constexpr size_t kMostMarks = 65536;

// `text`, valid UTF-8, in NFC. Fault::limit for a longer run of combining marks than kMostMarks.
Result<std::string> to_nfc(std::string_view text);

// False: `text` is in NFC for certain, because all of it lies below the first combining mark.
bool may_change_in_nfc(std::string_view text);

}  // namespace assay::unicode
