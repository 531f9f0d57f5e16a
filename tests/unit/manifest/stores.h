// Manifest stores of tests: boxes without hashes or signatures.
#pragma once

#include <memory>
#include <string_view>
#include <utility>

#include "codec/jumbf/boxes.h"
#include "manifest/store.h"
#include "support/cbor_items.h"

namespace assay::manifest::test {

namespace jt = assay::jumbf::test;

inline Bytes store_of(std::initializer_list<Bytes> manifests) {
  return jt::superbox("c2pa", "c2pa", manifests);
}
inline Bytes claim_box(const Bytes& cbor, std::string_view label = "c2pa.claim.v2") {
  return jt::superbox("c2cl", label, {jt::box("cbor", cbor)});
}
inline Bytes assertions_box(std::initializer_list<Bytes> assertions) {
  return jt::superbox("c2as", "c2pa.assertions", assertions);
}
inline Bytes cbor_assertion(std::string_view label, const Bytes& cbor) {
  return jt::superbox("cbor", label, {jt::box("cbor", cbor)});
}

// Parses, and keeps the budget alive.
struct ParsedStore {
  explicit ParsedStore(Bytes bytes) : budget(limits) {
    auto parsed = Store::parse(std::move(bytes), limits, budget, nullptr);
    if (parsed.ok()) {
      store = std::move(*parsed);
    }
  }
  Limits limits;
  Budget budget;
  std::unique_ptr<Store> store;
};

}  // namespace assay::manifest::test
