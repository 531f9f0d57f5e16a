// Sessions of a stream (session.h): the hashing that every kind of session shares, and what a
// segment does instead of looking for credentials of its own.
#include <utility>

#include "validate/binding_run.h"
#include "validate/identity_run.h"
#include "validate/session.h"

namespace assay::validate {

HashRun* Session::rounds() {
  if (binding_) {
    return &binding_->rounds();
  }
  return fragment_rounds_ ? &*fragment_rounds_ : nullptr;
}

void Session::publish_digests() {
  HashRun& run = *rounds();
  for (Need& need : run.unpublished()) {
    const size_t job = need.subject;
    run.published(job, publish(std::move(need)));
  }
}

// True when nothing is missing any more.
bool Session::serve(HashRun::Progress progress) {
  switch (progress) {
    case HashRun::Progress::needs_bytes:
      publish_bytes();
      return false;
    case HashRun::Progress::needs_digests:
      publish_digests();
      return false;
    case HashRun::Progress::done:
      break;
  }
  return true;
}

bool Session::run_fragment() {
  if (!fragment_) {
    fragment_ = parent_->plan(scan_.carrier(), budget_);
    fragment_rounds_.emplace(*fragment_, policy_.limits);
  }
  return bytes_refused_ || serve(fragment_rounds_->run(source_));
}

bool Session::begin_stream() {
  if (!done() || parent_) {
    return false;
  }
  if (!stream_) {
    stream_ = std::make_shared<Stream>(
        shared_verdict_, binding_ ? binding_->fragment_basis() : std::nullopt, policy_.limits);
  }
  return true;
}

std::unique_ptr<Session> Session::open_segment(uint64_t size) {
  if (!begin_stream()) {
    return nullptr;
  }
  Policy policy = policy_;
  policy.has_sidecar = false;
  policy.linked_store.clear();  // it speaks of the initialisation segment
  auto segment = std::make_unique<Session>(engine_, std::move(policy), size);
  segment->parent_ = stream_;
  return segment;
}

void Session::end_stream() {
  if (begin_stream()) {
    stream_->end();
  }
}

void Session::record_segment() {
  if (!parent_) {
    return;
  }
  if (fragment_) {
    parent_->record_fragment(*fragment_, verdict_);
  } else {
    parent_->record_live(verdict_);
  }
}

}  // namespace assay::validate
