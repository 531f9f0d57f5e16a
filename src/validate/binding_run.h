// BindingRun: drives the hard binding of the asset (and, if that fails, a multi-asset hash) through
// its rounds of bytes and digests (spec §Validate the asset's content; ).
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "binding/binding.h"
#include "io/byte_source.h"
#include "validate/context.h"
#include "validate/hasher.h"
#include "validate/session.h"

namespace assay::validate {

class BindingRun {
 public:
  enum class Progress : uint8_t { done, needs_bytes, needs_digests };

  // Null when there is no binding to check; the reason is recorded.
  static std::unique_ptr<BindingRun> start(Context& context, const container::Carrier& carrier);

  // Works until something is missing: bytes are wanted of `source`, or digests of the host.
  Progress run(io::ByteSource& source);
  bool done() const { return finished_; }

  // Digest needs that were not published yet; tell their ids with published().
  std::vector<Need> unpublished() const;
  void published(size_t job, uint32_t id);
  void supply(uint32_t id, ByteView digest);
  void refuse(uint32_t id);

  // Records findings, uncovered bytes and the state of the content.
  void conclude();

 private:
  struct Job {
    enum class State : uint8_t { fresh, published, refused, done };
    State state = State::fresh;
    uint32_t id = 0;
    Bytes digest;
    std::unique_ptr<Hasher> hasher;
  };

  BindingRun(Context& context, const container::Carrier& carrier, const SelectedBinding& selected);
  void plan(const AssertionResult& assertion, binding::Kind kind);
  std::optional<binding::PartAssertion> resolve_part(const cbor::Value& reference);
  bool try_multi_asset();
  bool gather_bytes(io::ByteSource& source);
  Progress run_jobs(io::ByteSource& source);
  Job* find_job(uint32_t id);
  bool matched() const;

  Context& context_;
  const container::Carrier& carrier_;
  SelectedBinding selected_;
  std::string url_;  // of the assertion whose binding runs
  binding::Kind kind_ = binding::Kind::data;
  std::unique_ptr<binding::Binding> binding_;
  std::vector<Job> jobs_;
  bool round_open_ = false;
  bool finished_ = false;
  // The hard binding's outcome, kept while a multi-asset hash is tried.
  std::optional<binding::Outcome> first_outcome_;
  std::string first_url_;
  binding::Kind first_kind_ = binding::Kind::data;
};

}  // namespace assay::validate
