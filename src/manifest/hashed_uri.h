// hashed_uri: a JUMBF URI and the hash of what it points at (spec §Hashed URIs).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "codec/cbor/cbor.h"

namespace assay::manifest {

struct HashedUri {
  std::string url;               // empty when missing or not text
  std::string alg;               // empty when not given: the enclosing structure's applies
  std::optional<ByteView> hash;  // absent when missing or not a byte string
  bool present = false;          // there was a map at all
};

// From a CBOR map `{url, ?alg, hash}`. Absent or other types give present = false.
HashedUri parse_hashed_uri(const cbor::Value& value);

}  // namespace assay::manifest
