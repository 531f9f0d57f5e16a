#include "base/result.h"

namespace assay {

const char* fault_name(Fault fault) {
  switch (fault) {
    case Fault::none:
      return "none";
    case Fault::truncated:
      return "truncated";
    case Fault::malformed:
      return "malformed";
    case Fault::limit:
      return "limit";
    case Fault::unsupported:
      return "unsupported";
    case Fault::need:
      return "need";
  }
  return "unknown";
}

}  // namespace assay
