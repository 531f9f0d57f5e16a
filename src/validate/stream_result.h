// What is known about a stream: one initialisation segment and the segments that came so far
// (R-534, R-590…R-592). Plain data for report/.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "pki/certificate.h"
#include "validate/finding.h"
#include "validate/uncovered_words.h"

namespace assay::validate {

enum class AssetState : uint8_t { none, invalid, well_formed, valid, trusted };

struct SegmentResult {
  // What vouches for a segment, as far as anything does.
  enum class Proof : uint8_t {
    none,
    fragment,      // its place in a Merkle tree of the init segment's hard binding
    manifest,      // a manifest of its own (live video)
    segment_info,  // signed segment information in an event message (live video)
  };
  // what the order says, next to the segment's own state.
  enum class Order : uint8_t { unknown, expected, discontinuity };

  uint64_t index = 0;  // in order of arrival
  uint64_t size = 0;   // bytes
  Proof proof = Proof::none;
  // Of this segment alone, with everything that the init segment's state says about it.
  AssetState state = AssetState::none;
  Order order = Order::unknown;
  std::optional<int64_t> track;      // fragment
  std::optional<uint64_t> location;  // fragment: which leaf; live video: its sequence number
  pki::CertificatePtr signer;        // of a manifest of its own whose signature was verified
  std::vector<Finding> findings;
  // Of the segment, what no hash covers.
  std::vector<UncoveredBytes> uncovered;
  std::string note;  // what was not checked, plain English
};

struct StreamResult {
  bool live = false;   // segments vouch for themselves; else: fragments of one Merkle tree each
  bool ended = false;  // the host said that no more segments come
  uint64_t received = 0;
  uint64_t failed = 0;             // segments, and what is missing of the whole
  uint64_t jumps = 0;              // segments that did not follow the one before
  uint64_t unsigned_segments = 0;  // came with nothing that vouches for them
  // Live video: the worst state of a segment that something vouches for.
  std::optional<AssetState> floor;
  // The last ones; a stream may have no end.
  std::deque<SegmentResult> segments;
  std::vector<std::string> missing;  // fragments that were not seen, in words
};

}  // namespace assay::validate
