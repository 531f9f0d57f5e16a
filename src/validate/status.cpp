#include "validate/status.h"

namespace assay::validate {
namespace {

struct Entry {
  std::string_view text;
  StatusKind kind;
};

constexpr Entry kEntries[] = {
#define ASSAY_STATUS(id, text, kind) {text, StatusKind::kind},
#include "validate/status.def"
#undef ASSAY_STATUS
};

}  // namespace

std::string_view status_text(StatusCode code) { return kEntries[static_cast<uint8_t>(code)].text; }

StatusKind status_kind(StatusCode code) { return kEntries[static_cast<uint8_t>(code)].kind; }

std::string_view status_kind_name(StatusKind kind) {
  switch (kind) {
    case StatusKind::success:
      return "success";
    case StatusKind::informational:
      return "informational";
    case StatusKind::failure:
      return "failure";
  }
  return "failure";
}

}  // namespace assay::validate
