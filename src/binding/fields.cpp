#include "binding/fields.h"

namespace assay::binding {

cbor::Value field(const cbor::Value& map, std::string_view key) {
  const cbor::Value value = map.get(key);
  if (value.is(cbor::Type::null) || value.is(cbor::Type::undefined)) {
    return {};
  }
  return value;
}

std::string_view alg_name_of(const cbor::Value& map, std::string_view enclosing) {
  if (map.has_duplicate("alg")) {
    return {};  // two names are none, and not the enclosing structure's either
  }
  const cbor::Value alg = field(map, "alg");
  if (!alg.present()) {
    return enclosing;
  }
  return alg.as_text().value_or(std::string_view());
}

std::optional<crypto::DigestAlg> alg_of(const cbor::Value& map, std::string_view enclosing) {
  return crypto::digest_alg_from_name(alg_name_of(map, enclosing));
}

}  // namespace assay::binding
