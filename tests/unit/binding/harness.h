// Runs a Binding over an asset in memory, and a few words of CBOR to write assertions with.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "binding/binding.h"
#include "codec/cbor/cbor.h"
#include "container/feeds.h"
#include "crypto/digest.h"

namespace assay::test {

// ---- CBOR ----

inline std::string cbor_head(int major, uint64_t argument) {
  Bytes out;
  cbor::write_head(out, static_cast<uint8_t>(major), argument);
  return std::string(as_text(out));
}
inline std::string cb_uint(uint64_t value) { return cbor_head(0, value); }
inline std::string cb_negative() { return cbor_head(1, 4); }  // -5
inline std::string cb_bytes(std::string_view value) {
  return cbor_head(2, value.size()) + std::string(value);
}
inline std::string cb_text(std::string_view value) {
  return cbor_head(3, value.size()) + std::string(value);
}
inline std::string cb_array(const std::vector<std::string>& items) {
  std::string out = cbor_head(4, items.size());
  for (const std::string& item : items) {
    out += item;
  }
  return out;
}
inline std::string cb_map(const std::vector<std::pair<std::string, std::string>>& entries) {
  std::string out = cbor_head(5, entries.size());
  for (const auto& [key, value] : entries) {
    out += cb_text(key) + value;
  }
  return out;
}
inline std::string cb_bool(bool value) { return value ? "\xF5" : "\xF4"; }
inline std::string cb_exclusion(uint64_t start, uint64_t length) {
  return cb_map({{"start", cb_uint(start)}, {"length", cb_uint(length)}});
}

// ---- digests ----

inline std::string hash_of(std::string_view bytes,
                           crypto::DigestAlg alg = crypto::DigestAlg::sha256) {
  return std::string(as_text(crypto::digest(alg, as_bytes(bytes))));
}

inline Bytes digest_of(const binding::HashJob& job, std::string_view asset) {
  crypto::Digest digest(job.alg);
  for (const binding::Segment& segment : job.segments) {
    if (const Range* range = std::get_if<Range>(&segment)) {
      EXPECT_LE(range->end(), asset.size());
      digest.update(as_bytes(asset).subspan(static_cast<size_t>(range->offset),
                                            static_cast<size_t>(range->length)));
    } else {
      digest.update(std::get<Bytes>(segment));
    }
  }
  return digest.finish();
}

// ---- bindings ----

// Answers whatever the binding asks for; the number of rounds of digests.
inline uint64_t run_to_end(binding::Binding& bound, std::string_view asset) {
  uint64_t rounds = 0;
  for (int steps = 0; !bound.done(); ++steps) {
    if (steps > 1000) {
      ADD_FAILURE() << "a binding that does not end";
      break;
    }
    if (!bound.wanted_bytes().empty()) {
      std::vector<Bytes> wanted;
      for (const Range& range : bound.wanted_bytes()) {
        wanted.push_back(to_bytes(as_bytes(asset).subspan(static_cast<size_t>(range.offset),
                                                          static_cast<size_t>(range.length))));
      }
      bound.supply_bytes(wanted);
      continue;
    }
    std::vector<Bytes> digests;
    for (const binding::HashJob& job : bound.jobs()) {
      digests.push_back(digest_of(job, asset));
    }
    EXPECT_FALSE(digests.empty());
    bound.supply(digests);
    ++rounds;
  }
  return rounds;
}

struct Asked {
  binding::Kind kind = binding::Kind::data;
  std::string label = "c2pa.hash.data";
  std::string assertion;  // CBOR
  std::string default_alg = "sha256";
  bool embedded = true;
  bool updated = false;
  binding::PartResolver resolve_part = nullptr;
};

struct Judged {
  binding::Outcome outcome;
  uint64_t rounds = 0;

  bool has(binding::Code code) const {
    return std::any_of(outcome.findings.begin(), outcome.findings.end(),
                       [code](const binding::Finding& finding) { return finding.code == code; });
  }
  binding::Code code() const { return outcome.findings.front().code; }
  std::string uncovered() const {
    std::string out;
    for (const auto& item : outcome.uncovered) {
      out += item.kind + "[" + std::to_string(item.range.offset) + "+" +
             std::to_string(item.range.length) + "]";
    }
    return out;
  }
};

inline Judged judge(std::string_view asset, const container::Carrier& carrier, const Asked& asked) {
  const Limits limits;
  Budget budget(limits);
  const Bytes bytes = to_bytes(as_bytes(asked.assertion));
  const auto document = cbor::Document::parse(bytes, limits, budget);
  EXPECT_TRUE(document.ok());
  binding::Input input;
  input.kind = asked.kind;
  input.base_label = asked.label;
  input.assertion = document->root();
  input.default_alg = asked.default_alg;
  input.carrier = &carrier;
  input.store_is_embedded = asked.embedded;
  input.updated = asked.updated;
  input.limits = &limits;
  input.resolve_part = asked.resolve_part;
  const std::unique_ptr<binding::Binding> bound = binding::plan(input, budget);
  Judged result;
  result.rounds = run_to_end(*bound, asset);
  result.outcome = bound->outcome();
  EXPECT_FALSE(result.outcome.findings.empty());
  return result;
}

inline Judged judge(std::string_view asset, const Asked& asked) {
  return judge(asset, scan_by(asset, 0).carrier, asked);
}

}  // namespace assay::test
