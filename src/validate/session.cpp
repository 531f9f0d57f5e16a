#include "validate/session.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "pki/ocsp.h"
#include "validate/binding_run.h"
#include "validate/candidates.h"
#include "validate/identity_run.h"
#include "validate/notes.h"
#include "validate/revocation.h"

namespace assay::validate {
namespace {

Policy recording(Policy policy, MetLimits& met) {
  policy.limits.met = &met;
  return policy;
}

}  // namespace

Session::Session(Engine& engine, Policy policy, uint64_t asset_size)
    : engine_(engine),
      policy_(recording(std::move(policy), met_)),
      budget_(policy_.limits),
      source_(asset_size),
      scan_(source_, policy_.media_type, policy_.limits) {
  verdict_.carrier = &scan_.carrier();
}

Session::~Session() = default;

const std::vector<Need>& Session::step() {
  while (phase_ != Phase::done) {
    switch (phase_) {
      case Phase::scan:
        if (!run_scan()) {
          return needs_;
        }
        phase_ = Phase::resources;
        break;
      case Phase::resources:
        if (!run_resources()) {
          return needs_;
        }
        phase_ = Phase::claims;
        break;
      case Phase::claims:
        run_claims();
        phase_ = Phase::revocation;
        break;
      case Phase::revocation:
        if (!run_revocation()) {
          return needs_;
        }
        phase_ = Phase::binding;
        break;
      case Phase::binding:
        if (!run_binding()) {
          return needs_;
        }
        needs_.clear();
        judge(verdict_);
        phase_ = Phase::identities;
        break;
      case Phase::identities:
        if (!run_identities()) {
          return needs_;
        }
        finish();
        break;
      case Phase::done:
        break;
    }
  }
  needs_.clear();
  return needs_;
}

uint32_t Session::publish(Need need) {
  need.id = next_id_++;
  needs_.push_back(std::move(need));
  return needs_.back().id;
}

void Session::publish_bytes() {
  const auto wanted = source_.wanted();
  const auto same = [&](const Need& need) {
    return need.kind == Need::Kind::bytes && wanted && need.range == *wanted;
  };
  if (wanted && std::none_of(needs_.begin(), needs_.end(), same)) {
    Need need;
    need.range = *wanted;
    publish(std::move(need));
  }
}

const Need* Session::open_need(uint32_t id) const {
  for (const Need& need : needs_) {
    if (need.id == id) {
      return &need;
    }
  }
  return nullptr;
}

void Session::close_need(uint32_t id) {
  std::erase_if(needs_, [id](const Need& need) { return need.id == id; });
}

void Session::supply_bytes(uint64_t offset, ByteView bytes) {
  source_.supply(offset, bytes);
  // A need is met once all of it is there, in however many pieces it came.
  std::erase_if(needs_, [&](const Need& need) {
    return need.kind == Need::Kind::bytes && source_.view(need.range).ok();
  });
}

void Session::supply(uint32_t id, ByteView answer, uint64_t offset) {
  const Need* found = open_need(id);
  if (found == nullptr) {
    return;
  }
  const Need need = *found;
  close_need(id);
  switch (need.kind) {
    case Need::Kind::bytes:
      supply_bytes(offset, answer);
      break;
    case Need::Kind::digest:
      if (HashRun* run = rounds()) {
        run->supply(id, answer);
      }
      break;
    case Need::Kind::resource:
      if (answer.size() > need.max_bytes) {
        refuse_resource(need, Refusal::too_large);
      } else {
        answer_resource(need, answer);
      }
      break;
  }
}

void Session::refuse(uint32_t id, Refusal reason) {
  const Need* found = open_need(id);
  if (found == nullptr) {
    return;
  }
  const Need need = *found;
  close_need(id);
  switch (need.kind) {
    case Need::Kind::bytes:
      bytes_refused_ = true;
      break;
    case Need::Kind::digest:
      if (HashRun* run = rounds()) {
        run->refuse(id);
      }
      break;
    case Need::Kind::resource:
      refuse_resource(need, reason);
      break;
  }
}

void Session::refuse_resource(const Need& need, Refusal reason) {
  const bool asked = reason != Refusal::not_allowed;
  record_network(need, asked ? NetworkUse::Outcome::failed : NetworkUse::Outcome::not_allowed);
  if (need.resource == ResourceKind::brotli) {
    refuse_inflated(need, reason);
  } else if (identities_) {
    using State = identity::Answer::State;
    identities_->answer(need.url, {asked ? State::failed : State::not_allowed, {}});
  }
}

void Session::refuse_inflated(const Need& need, Refusal reason) {
  switch (reason) {
    case Refusal::not_allowed:
      store_->refuse_inflated(need.subject, "no Brotli decoder is at hand");
      break;
    case Refusal::failed:
      store_->refuse_inflated(need.subject, "the compressed manifest is not one Brotli stream");
      break;
    case Refusal::too_large:
      policy_.limits.refuse(need.max_bytes == policy_.limits.decompressed_manifest_bytes
                                ? Limit::decompressed_manifest_bytes
                                : Limit::decompression_ratio);
      store_->refuse_inflated(need.subject, "the manifest inflates to more than the limit");
      break;
  }
}

void Session::record_network(const Need& need, NetworkUse::Outcome outcome) {
  // Only what would leave the machine is network use.
  if (need.resource != ResourceKind::sidecar && need.resource != ResourceKind::brotli) {
    verdict_.network.push_back(
        {need.resource, display_text(need.url, policy_.limits.shown_text_bytes), outcome});
  }
}

void Session::answer_resource(const Need& need, ByteView answer) {
  switch (need.resource) {
    case ResourceKind::sidecar:
      open_store(to_bytes(answer), Presence::sidecar);
      break;
    case ResourceKind::remote_manifest:
      record_network(need, NetworkUse::Outcome::used);
      open_store(to_bytes(answer), Presence::remote);
      break;
    case ResourceKind::brotli:
      inflated_bytes_ += answer.size();
      if (policy_.limits.exceeded(Limit::decompressed_store_bytes, inflated_bytes_)) {
        store_->refuse_inflated(need.subject, "the manifests inflate to more than the limit");
      } else {
        store_->supply_inflated(need.subject, to_bytes(answer), policy_.limits, budget_);
      }
      break;
    case ResourceKind::ocsp: {
      record_network(need, NetworkUse::Outcome::used);
      ManifestResult& active = verdict_.manifests[verdict_.order.front()];
      check_online_revocation(*context_, active, answer);
      break;
    }
    case ResourceKind::did_document:
    case ResourceKind::status_list:
      record_network(need, NetworkUse::Outcome::used);
      identities_->answer(need.url, {identity::Answer::State::supplied, to_bytes(answer)});
      break;
  }
}

}  // namespace assay::validate
