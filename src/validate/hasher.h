// Hasher: computes one HashJob from the asset's bytes, window by window: the core's own executor,
// for hosts that refuse a digest.
#pragma once

#include "base/limits.h"
#include "base/result.h"
#include "binding/hash_plan.h"
#include "crypto/digest.h"
#include "io/byte_source.h"

namespace assay::validate {

class Hasher {
 public:
  Hasher(binding::HashJob job, const Limits& limits);

  // Fault::need: supply source.wanted() and call again; goes on where it stopped.
  Result<Bytes> run(io::ByteSource& source);

 private:
  binding::HashJob job_;
  uint64_t window_;
  crypto::Digest digest_;
  size_t segment_ = 0;
  uint64_t position_ = 0;  // inside the segment
};

}  // namespace assay::validate
