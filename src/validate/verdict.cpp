#include "validate/verdict.h"

namespace assay::validate {

std::string_view resource_kind_name(ResourceKind kind) {
  switch (kind) {
    case ResourceKind::sidecar:
      return "sidecar";
    case ResourceKind::remote_manifest:
      return "remoteManifest";
    case ResourceKind::ocsp:
      return "ocsp";
    case ResourceKind::did_document:
      return "didDocument";
    case ResourceKind::status_list:
      return "statusList";
    case ResourceKind::brotli:
      break;
  }
  return "brotli";
}

}  // namespace assay::validate
