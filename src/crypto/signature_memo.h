// SignatureMemo: remembers the answers of verify() for the life of an engine, so that no signature
// is checked twice (docs/adr/0002). The key is a SHA-256 over everything the answer depends on:
// algorithm, public key, message and signature. The budget of a validation counts each question
// once, known or not, so that the same input gives the same verdict whatever the engine saw before.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>

#include "base/budget.h"
#include "base/result.h"
#include "crypto/signature.h"

namespace assay::crypto {

class SignatureMemo {
 public:
  // Forgets everything when `capacity` answers are held, so hostile input cannot grow it.
  explicit SignatureMemo(size_t capacity) : capacity_(capacity) {}

  // Fault::limit when the budget allows no further check.
  Result<Verified> verify(const SigAlg& alg, const PublicKey& key, ByteView message,
                          ByteView signature, Budget& budget);

  uint64_t hits() const { return hits_; }
  uint64_t checks() const { return checks_; }

 private:
  using Key = std::array<uint8_t, 32>;

  size_t capacity_;
  std::map<Key, Verified> known_;
  uint64_t hits_ = 0;
  uint64_t checks_ = 0;
};

}  // namespace assay::crypto
