// Text that comes from a file: validity, encodings, and the form in which it may be shown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace assay {

bool is_utf8(std::string_view text);

std::string to_hex(ByteView bytes);
std::optional<Bytes> from_hex(std::string_view text);

std::string to_base64(ByteView bytes);
// Standard alphabet; white space is skipped; padding optional; anything else is malformed.
std::optional<Bytes> from_base64(std::string_view text);
// URL alphabet without padding (RFC 7515 §2).
std::optional<Bytes> from_base64url(std::string_view text);

// The next scalar value of `text` at `index`, which moves behind it. U+FFFD for a broken sequence
// (index then moves one byte). `index` must be < text.size().
char32_t next_code_point(std::string_view text, size_t& index);
void append_code_point(std::string& out, char32_t code_point);

void append_decimal(std::string& out, uint64_t number);

// How many characters at the start are printable ASCII.
size_t plain_run(std::string_view text);

// The form in which text of a file may reach a screen (threat T-14): valid UTF-8, control, bidi
// and zero-width characters replaced by U+FFFD, at most `max_bytes`, an ellipsis where it was cut.
std::string display_text(std::string_view text, size_t max_bytes);

bool starts_with(std::string_view text, std::string_view prefix);
bool ends_with(std::string_view text, std::string_view suffix);
// Space, tab, CR or LF.
bool is_space(char c);
// ASCII only.
std::string to_lower(std::string_view text);

}  // namespace assay
