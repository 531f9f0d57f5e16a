#include "manifest/hashed_uri.h"

namespace assay::manifest {

HashedUri parse_hashed_uri(const cbor::Value& raw) {
  HashedUri result;
  const cbor::Value value = raw.untagged();
  if (!value.is(cbor::Type::map)) {
    return result;
  }
  result.present = true;
  if (const auto url = value.get("url").untagged().as_text()) {
    result.url = std::string(*url);
  }
  if (const auto alg = value.get("alg").as_text()) {
    result.alg = std::string(*alg);
  }
  result.hash = value.get("hash").untagged().as_bytes();
  return result;
}

}  // namespace assay::manifest
