// A host for whole validations of any bytes, and what has to hold of every report.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "codec/json/json.h"
#include "crypto/digest.h"
#include "fuzz/require.h"
#include "report/crjson.h"
#include "report/report.h"
#include "validate/session.h"

namespace assay::fuzz {

inline constexpr UnixTime kNow{1795392000};
inline constexpr int kMostSteps = 20000;

struct Host {
  bool has_sidecar = false;
  bool supplies = false;  // resources: with the asset's own bytes
  bool digests = false;   // computes digests, or leaves that to the core
  bool gives_up = false;  // refuses bytes now and then
  uint64_t window = 0;    // 0: the whole asset at once
  std::optional<ByteView> sidecar;
  Limits limits;
};

inline Host host_of(uint8_t options) {
  Host host;
  host.has_sidecar = (options & 1U) != 0;
  host.supplies = (options & 2U) != 0;
  host.digests = (options & 4U) != 0;
  host.gives_up = (options & 8U) != 0;
  host.window = (options & 16U) != 0 ? uint64_t{1} + (options >> 5U) * 37U : 0;
  return host;
}

inline Bytes digest_by_host(const binding::HashJob& job, ByteView asset) {
  crypto::Digest digest(job.alg);
  for (const binding::Segment& segment : job.segments) {
    if (const auto* range = std::get_if<Range>(&segment)) {
      require(range->end() <= asset.size());
      digest.update(
          asset.subspan(static_cast<size_t>(range->offset), static_cast<size_t>(range->length)));
    } else {
      digest.update(std::get<Bytes>(segment));
    }
  }
  return digest.finish();
}

inline void answer_bytes(validate::Session& session, const validate::Need& need, ByteView asset,
                         const Host& host) {
  require(need.range.end() <= asset.size());
  if (host.window == 0) {
    session.supply_bytes(0, asset);
    return;
  }
  for (uint64_t at = need.range.offset; at < need.range.end(); at += host.window) {
    const uint64_t length = std::min(host.window, need.range.end() - at);
    session.supply_bytes(at, asset.subspan(static_cast<size_t>(at), static_cast<size_t>(length)));
  }
}

inline void answer_resource(validate::Session& session, const validate::Need& need, ByteView asset,
                            const Host& host) {
  const bool sidecar = host.sidecar && need.resource == validate::ResourceKind::sidecar;
  const ByteView body = sidecar ? *host.sidecar : asset;
  if ((sidecar || host.supplies) && body.size() <= need.max_bytes) {
    session.supply(need.id, body);
  } else {
    session.refuse(need.id, validate::Refusal::failed);
  }
}

inline void answer(validate::Session& session, const validate::Need& need, ByteView asset,
                   const Host& host) {
  using Kind = validate::Need::Kind;
  if (need.kind == Kind::resource) {
    answer_resource(session, need, asset, host);
  } else if (need.kind == Kind::digest && host.digests) {
    session.supply(need.id, digest_by_host(need.job, asset));
  } else if (need.kind == Kind::digest) {
    session.refuse(need.id, validate::Refusal::not_allowed);
  } else if (host.gives_up && need.range.offset % 7 == 6) {
    session.refuse(need.id, validate::Refusal::failed);
  } else {
    answer_bytes(session, need, asset, host);
  }
}

inline void run_to_end(validate::Session& session, ByteView asset, const Host& host) {
  for (int steps = 0; !session.done(); ++steps) {
    require(steps < kMostSteps);
    const std::vector<validate::Need> needs = session.step();
    require(session.done() || !needs.empty());
    for (const validate::Need& need : needs) {
      answer(session, need, asset, host);
    }
  }
}

// The report on the asset, or on the stream of it and the segment.
inline std::string validate_with(validate::Engine& engine, const Host& host, ByteView asset,
                                 std::optional<ByteView> segment = std::nullopt) {
  validate::Policy policy;
  policy.now = kNow;
  policy.has_sidecar = host.has_sidecar;
  policy.limits = host.limits;
  validate::Session session(engine, std::move(policy), asset.size());
  run_to_end(session, asset, host);
  if (segment) {
    const auto next = session.open_segment(segment->size());
    require(next != nullptr);
    run_to_end(*next, *segment, host);
    session.end_stream();
  }
  const bool listed = !engine.trust.lists().empty();
  require(listed || session.verdict().state != validate::AssetState::trusted);
  const std::string report = report::to_json(session, false);
  require(json::parse(as_bytes(report), Limits()).ok());
  require(!report::to_crjson(session).empty());
  return report;
}

}  // namespace assay::fuzz
