// What the CBOR tests share: a parsed document together with the bytes that it looks into.
#pragma once

#include <utility>

#include "codec/cbor/cbor.h"
#include "support/hex.h"

namespace assay::cbor::test {

using assay::test::hex;

struct Parsed {
  explicit Parsed(Bytes bytes_, Limits limits = {}) : bytes(std::move(bytes_)), budget(limits) {
    result = Document::parse(bytes, limits, budget);
  }
  explicit Parsed(const char* text) : Parsed(hex(text)) {}
  Value root() const { return result.ok() ? result->root() : Value(); }

  Bytes bytes;
  Budget budget;
  Result<Document> result = Fault::none;
};

inline Fault fault_of(const char* text) { return Parsed(text).result.fault(); }

}  // namespace assay::cbor::test
