// A host for session tests: how it supplies bytes and digests, and the report it gets.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "crypto/digest.h"
#include "report/report.h"
#include "validate/session.h"

namespace assay::test {

// How a host behaves.
struct Host {
  size_t chunk = 0;     // 0: the whole file with the first need
  bool hashes = false;  // answers digests itself
  bool gives_bytes = true;
};

inline Bytes digest_of(const binding::HashJob& job, const Bytes& file) {
  crypto::Digest digest(job.alg);
  for (const binding::Segment& segment : job.segments) {
    if (const Bytes* literal = std::get_if<Bytes>(&segment)) {
      digest.update(*literal);
    } else {
      const Range range = std::get<Range>(segment);
      digest.update(ByteView(file).subspan(static_cast<size_t>(range.offset),
                                           static_cast<size_t>(range.length)));
    }
  }
  return digest.finish();
}

inline void answer(validate::Session& session, const validate::Need& need, const Bytes& file,
                   const Host& host) {
  using Kind = validate::Need::Kind;
  if (need.kind == Kind::bytes && host.gives_bytes) {
    const size_t from = host.chunk == 0 ? 0 : static_cast<size_t>(need.range.offset);
    const size_t to = host.chunk == 0 ? file.size() : static_cast<size_t>(need.range.end());
    const size_t step = host.chunk == 0 ? file.size() : host.chunk;
    for (size_t at = from; at < to; at += step) {
      session.supply_bytes(at, ByteView(file).subspan(at, std::min(step, to - at)));
    }
  } else if (need.kind == Kind::digest && host.hashes) {
    session.supply(need.id, digest_of(need.job, file));
  } else {
    session.refuse(need.id, validate::Refusal::not_allowed);
  }
}

inline void run(validate::Session& session, const Bytes& file, const Host& host) {
  for (size_t rounds = 0; rounds < 1000000; ++rounds) {
    const std::vector<validate::Need> needs = session.step();
    if (session.done()) {
      return;
    }
    EXPECT_FALSE(needs.empty()) << "waiting for nothing";
    for (const validate::Need& need : needs) {
      answer(session, need, file, host);
    }
  }
  ADD_FAILURE() << "the session does not end";
}

inline validate::Policy policy() {
  validate::Policy out;
  out.now = *parse_rfc3339("2026-11-23T00:00:00Z");
  return out;
}

inline std::string report_on(validate::Engine& engine, const Bytes& file, const Host& host) {
  validate::Session session(engine, policy(), file.size());
  run(session, file, host);
  return report::to_json(session, false);
}

}  // namespace assay::test
