// StatusCode: one enumerator per code of status.def.
#pragma once

#include <cstdint>
#include <string_view>

namespace assay::validate {

enum class StatusKind : uint8_t { success, informational, failure };

enum class StatusCode : uint8_t {
#define ASSAY_STATUS(id, text, kind) id,
#include "validate/status.def"
#undef ASSAY_STATUS
};

std::string_view status_text(StatusCode code);  // "assertion.dataHash.mismatch"
StatusKind status_kind(StatusCode code);
std::string_view status_kind_name(StatusKind kind);  // "success", "informational", "failure"

}  // namespace assay::validate
