// Names and other texts that an identity brings along, in the form in which they may be shown.
#pragma once

#include <string>
#include <string_view>

namespace assay::identity {

// NFC; control, bidi and zero-width characters replaced; at most 480 bytes (T-14).
std::string shown_name(std::string_view text);

}  // namespace assay::identity
