// HashRun: one Binding through its rounds of bytes and digests; what the host refuses to hash, the
// core hashes itself.
#pragma once

#include <memory>
#include <vector>

#include "binding/binding.h"
#include "io/byte_source.h"
#include "validate/hasher.h"
#include "validate/need.h"

namespace assay::validate {

class HashRun {
 public:
  enum class Progress : uint8_t { done, needs_bytes, needs_digests };

  // Both must outlive the run.
  HashRun(binding::Binding& binding, const Limits& limits) : binding_(binding), limits_(limits) {}

  // Works until something is missing: bytes are wanted of `source`, or digests of the host.
  Progress run(io::ByteSource& source);

  // Digest needs that were not published yet; tell their ids with published().
  std::vector<Need> unpublished() const;
  void published(size_t job, uint32_t id);
  void supply(uint32_t id, ByteView digest);
  void refuse(uint32_t id);

 private:
  struct Job {
    enum class State : uint8_t { fresh, published, refused, done };
    State state = State::fresh;
    uint32_t id = 0;
    Bytes digest;
    std::unique_ptr<Hasher> hasher;
  };

  bool gather_bytes(io::ByteSource& source);
  Progress run_jobs(io::ByteSource& source);
  Job* find_job(uint32_t id);

  binding::Binding& binding_;
  const Limits& limits_;
  std::vector<Job> jobs_;
  bool round_open_ = false;
};

}  // namespace assay::validate
