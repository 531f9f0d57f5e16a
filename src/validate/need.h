// Need: what a session lacks to go on. The host supplies or refuses it.
#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/checked.h"
#include "binding/hash_plan.h"
#include "validate/verdict.h"

namespace assay::validate {

struct Need {
  enum class Kind : uint8_t { bytes, digest, resource };
  uint32_t id = 0;
  Kind kind = Kind::bytes;
  Range range;           // bytes
  size_t subject = 0;    // digest: which job; Brotli: which manifest
  binding::HashJob job;  // digest
  ResourceKind resource = ResourceKind::sidecar;
  std::string url;         // resource: as written in the file, untrusted; never fetched by the core
  Bytes body;              // resource: request body (OCSP) or compressed bytes (Brotli)
  uint64_t max_bytes = 0;  // resource: larger answers are refused
};

enum class Refusal : uint8_t {
  not_allowed,
  failed,
  too_large,  // the answer has more bytes than Need::max_bytes
};

}  // namespace assay::validate
