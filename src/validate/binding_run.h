// BindingRun: drives the hard binding of the asset (and, if that fails, a multi-asset hash) through
// its rounds of bytes and digests (spec §Validate the asset's content; ).
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "binding/binding.h"
#include "io/byte_source.h"
#include "validate/context.h"
#include "validate/hash_run.h"
#include "validate/stream.h"

namespace assay::validate {

class BindingRun {
 public:
  // Null when there is no binding to check; the reason is recorded.
  static std::unique_ptr<BindingRun> start(Context& context, const container::Carrier& carrier);

  // Works until something is missing: bytes are wanted of `source`, or digests of the host.
  HashRun::Progress run(io::ByteSource& source);
  bool done() const { return finished_; }
  // What is being hashed just now.
  HashRun& rounds() { return *rounds_; }

  // Records findings, uncovered bytes and the state of the content.
  void conclude();

  // The same binding as the basis of a stream's fragments; nothing when it has no Merkle maps of
  // fragments.
  std::optional<FragmentBasis> fragment_basis() const;

 private:
  BindingRun(Context& context, const container::Carrier& carrier, const SelectedBinding& selected);
  void plan(const AssertionResult& assertion, binding::Kind kind);
  std::optional<binding::PartAssertion> resolve_part(const cbor::Value& reference);
  bool try_multi_asset();

  Context& context_;
  const container::Carrier& carrier_;
  SelectedBinding selected_;
  std::string url_;  // of the assertion whose binding runs
  binding::Kind kind_ = binding::Kind::data;
  std::unique_ptr<binding::Binding> binding_;
  std::optional<HashRun> rounds_;
  bool finished_ = false;
  // The hard binding's outcome, kept while a multi-asset hash is tried.
  std::optional<binding::Outcome> first_outcome_;
  std::string first_url_;
  binding::Kind first_kind_ = binding::Kind::data;
};

}  // namespace assay::validate
