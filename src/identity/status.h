// Code: one enumerator per code of status.def. A type of its own: what is found out about an
// identity cannot be appended to the findings about a claim (T-09).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::identity {

enum class Kind : uint8_t { success, informational, failure };

enum class Code : uint8_t {
#define ASSAY_IDENTITY_STATUS(id, text, kind) id,
#include "identity/status.def"
#undef ASSAY_IDENTITY_STATUS
};

std::string_view code_text(Code code);  // "cawg.identity.trusted"
Kind code_kind(Code code);
std::string_view kind_name(Kind kind);  // "success", "informational", "failure"

struct Finding {
  Code code = Code::cbor_invalid;
  std::string explanation;
};

}  // namespace assay::identity
