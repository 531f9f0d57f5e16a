// The JSON that crosses the boundary (web/src/core.ts): options in, needs out.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pki/trust_store.h"
#include "validate/session.h"

namespace assay::bindings {

struct OpenOptions {
  uint64_t size = 0;
  validate::Policy policy;
};

// Whether a size fits the numbers that cross the boundary.
bool is_size(double bytes);

// Nothing when `size` or `now` is missing or malformed.
std::optional<OpenOptions> parse_open_options(std::string_view text);

struct ListOptions {
  enum class Holds : uint8_t { anchors, allowed_entities, address_book };
  pki::ListInfo info;
  Holds holds = Holds::anchors;           // or end-entity certificates
  std::vector<pki::Fingerprint> without;  // entries that the user switched off
};
std::optional<ListOptions> parse_list_options(std::string_view text);

std::string needs_json(const validate::Session& session, const std::vector<validate::Need>& needs);

// `{"ok":true,"anchors":n,"sha256":hex}` or `{"ok":false,"error":text}`.
std::string list_added_json(size_t anchors, std::string_view sha256);
std::string error_json(std::string_view error);

}  // namespace assay::bindings
