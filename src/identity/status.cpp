#include "identity/status.h"

namespace assay::identity {
namespace {

struct Entry {
  std::string_view text;
  Kind kind;
};

constexpr Entry kEntries[] = {
#define ASSAY_IDENTITY_STATUS(id, text, kind) {text, Kind::kind},
#include "identity/status.def"
#undef ASSAY_IDENTITY_STATUS
};

}  // namespace

std::string_view code_text(Code code) { return kEntries[static_cast<uint8_t>(code)].text; }

Kind code_kind(Code code) { return kEntries[static_cast<uint8_t>(code)].kind; }

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::success:
      return "success";
    case Kind::informational:
      return "informational";
    case Kind::failure:
      break;
  }
  return "failure";
}

}  // namespace assay::identity
