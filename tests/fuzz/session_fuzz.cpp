// A whole validation of any bytes: the first byte says what kind of host this is, what follows is
// the asset. It ends, its report is JSON, nobody is trusted without a list, and two hosts that
// differ only in how they bring the same bytes get the same report.
#include <algorithm>
#include <string>

#include "base/text.h"
#include "codec/json/json.h"
#include "crypto/digest.h"
#include "fuzz/require.h"
#include "report/crjson.h"
#include "report/report.h"
#include "validate/session.h"

namespace assay {
namespace {

using fuzz::require;
using validate::Need;
using validate::Refusal;
using validate::Session;

constexpr UnixTime kNow{1795392000};
constexpr int kMostSteps = 20000;

struct Host {
  bool has_sidecar = false;
  bool supplies = false;  // resources: with the asset's own bytes
  bool digests = false;   // computes digests, or leaves that to the core
  bool gives_up = false;  // refuses bytes now and then
  uint64_t window = 0;    // 0: the whole asset at once
};

Host host_of(uint8_t options) {
  return {(options & 1U) != 0, (options & 2U) != 0, (options & 4U) != 0, (options & 8U) != 0,
          (options & 16U) != 0 ? uint64_t{1} + (options >> 5U) * 37U : 0};
}

Bytes digest_of(const binding::HashJob& job, ByteView asset) {
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

void answer_bytes(Session& session, const Need& need, ByteView asset, const Host& host) {
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

void answer(Session& session, const Need& need, ByteView asset, const Host& host) {
  switch (need.kind) {
    case Need::Kind::bytes:
      if (host.gives_up && need.range.offset % 7 == 6) {
        session.refuse(need.id, Refusal::failed);
      } else {
        answer_bytes(session, need, asset, host);
      }
      return;
    case Need::Kind::digest:
      if (host.digests) {
        session.supply(need.id, digest_of(need.job, asset));
      } else {
        session.refuse(need.id, Refusal::not_allowed);
      }
      return;
    case Need::Kind::resource:
      if (host.supplies && asset.size() <= need.max_bytes) {
        session.supply(need.id, asset);
      } else {
        session.refuse(need.id, Refusal::failed);
      }
      return;
  }
}

std::string validate_with(const Host& host, ByteView asset) {
  validate::Engine engine;
  validate::Policy policy;
  policy.now = kNow;
  policy.has_sidecar = host.has_sidecar;
  Session session(engine, std::move(policy), asset.size());
  for (int steps = 0; !session.done(); ++steps) {
    require(steps < kMostSteps);
    const std::vector<Need> needs = session.step();
    require(session.done() || !needs.empty());
    for (const Need& need : needs) {
      answer(session, need, asset, host);
    }
  }
  require(session.verdict().state != validate::AssetState::trusted);
  const std::string report = report::to_json(session, false);
  require(json::parse(as_bytes(report), Limits()).ok());
  require(!report::to_crjson(session).empty());
  return report;
}

void run(ByteView input) {
  if (input.empty()) {
    return;
  }
  Host host = host_of(input[0]);
  const ByteView asset = input.subspan(1);
  const std::string report = validate_with(host, asset);
  if (!host.gives_up) {
    host.window = host.window == 0 ? 4096 : 0;
    host.digests = !host.digests;
    require(validate_with(host, asset) == report);
  }
}

}  // namespace
}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  assay::run({data, size});
  return 0;
}
