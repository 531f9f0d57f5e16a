// Session: one validation, sans I/O. step() works until something is missing and says what; the
// host supplies or refuses; repeat until done(). verdict() may be read at any time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.h"
#include "container/scan.h"
#include "io/byte_source.h"
#include "validate/context.h"
#include "validate/engine.h"
#include "validate/hash_run.h"
#include "validate/need.h"
#include "validate/stream.h"
#include "validate/verdict.h"

namespace assay::validate {

class BindingRun;
class IdentityRun;

class Session {
 public:
  // `asset_size` in bytes. The engine must outlive the session.
  Session(Engine& engine, Policy policy, uint64_t asset_size);
  ~Session();

  // What is needed to go on; empty when done. Needs already published stay open.
  const std::vector<Need>& step();
  bool done() const { return phase_ == Phase::done; }

  // Bytes of the asset at `offset`; may be more than was asked for. Answers every open bytes need
  // that it covers.
  void supply_bytes(uint64_t offset, ByteView bytes);
  // Answers a need: bytes that stand at `offset` of the asset, a digest (of the wrong size it
  // counts as refused), or a resource.
  void supply(uint32_t id, ByteView answer, uint64_t offset = 0);
  // A refused digest is computed from bytes by the core; refused bytes end the walk with a limit.
  void refuse(uint32_t id, Refusal reason);

  // A session for the next segment of the stream that this asset initialises; its outcome goes into
  // this session's verdict. One after the other, in the order of presentation. Null before
  // this session is done, and for segments.
  std::unique_ptr<Session> open_segment(uint64_t size);
  // No more segments come: what is missing now is missing for good.
  void end_stream();

  // The manifest store was judged by itself, and the asset's content is being compared: from here
  // on a report says who signed, and what failed already stays failed. Never for segments.
  bool awaits_content() const { return phase_ == Phase::binding && context_ && !parent_; }

  const Verdict& verdict() const { return verdict_; }
  const Policy& policy() const { return policy_; }
  const Engine& engine() const { return engine_; }
  uint64_t asset_size() const { return source_.size(); }
  const container::Carrier& carrier() const { return scan_.carrier(); }

 private:
  enum class Phase : uint8_t { scan, resources, claims, revocation, binding, identities, done };

  // Each returns true when the phase is over, false when something is needed.
  bool run_scan();
  bool run_resources();
  void run_claims();
  bool run_revocation();
  bool run_binding();
  bool run_fragment();
  bool begin_stream();
  bool run_identities();
  void report_limits();
  void finish();
  void record_segment();

  void publish_compressed();
  void open_embedded();
  void choose_candidate(container::Carrier& carrier);
  void open_store(Bytes bytes, Presence presence);
  void note_scan_problem(Fault fault);
  const std::string& remote_store() const;
  void note_unreachable();
  uint32_t publish(Need need);
  void publish_bytes();
  void publish_digests();
  bool serve(HashRun::Progress progress);
  HashRun* rounds();
  bool is_fragment() const { return parent_ && parent_->has_fragments(); }
  void answer_resource(const Need& need, ByteView answer);
  void refuse_resource(const Need& need, Refusal reason);
  void refuse_inflated(const Need& need, Refusal reason);
  void record_network(const Need& need, NetworkUse::Outcome outcome);
  const Need* open_need(uint32_t id) const;
  void close_need(uint32_t id);

  Engine& engine_;
  MetLimits met_;
  Policy policy_;
  Budget budget_;
  io::ByteSource source_;
  container::Scan scan_;
  const std::shared_ptr<Verdict> shared_verdict_ = std::make_shared<Verdict>();
  Verdict& verdict_ = *shared_verdict_;
  Phase phase_ = Phase::scan;

  std::vector<Need> needs_;
  uint32_t next_id_ = 1;
  bool bytes_refused_ = false;

  // resources
  bool asked_sidecar_ = false;
  bool asked_remote_ = false;
  std::shared_ptr<manifest::Store> store_;
  uint64_t inflated_bytes_ = 0;
  bool asked_compressed_ = false;

  // claims and revocation
  std::unique_ptr<Context> context_;
  bool asked_ocsp_ = false;

  // binding
  std::unique_ptr<BindingRun> binding_;

  // streams: that of the segments that follow, and that which this is a segment of
  std::shared_ptr<Stream> stream_;
  std::shared_ptr<Stream> parent_;
  std::unique_ptr<binding::FragmentBinding> fragment_;
  std::optional<HashRun> fragment_rounds_;

  // identities
  std::unique_ptr<IdentityRun> identities_;
};

}  // namespace assay::validate
