// The assertion `c2pa.livevideo.segment`: where a segment of live video stands in its stream (spec
// §Live video; R-591).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "validate/finding.h"
#include "validate/verdict.h"

namespace assay::validate {

struct LiveSegment {
  std::string url;          // of the assertion
  std::string manifest_id;  // label of the manifest that it stands in
  std::optional<uint64_t> sequence;
  std::optional<std::string> stream_id;
  std::optional<std::string> method;
  std::optional<std::string> previous_manifest_id;
};

// Of the active manifest; nothing when it has none that can be relied on.
std::optional<LiveSegment> live_segment_of(const Verdict& segment);

// Holds it against the segment before, if that was seen.
void check_live_segment(const LiveSegment& segment, const std::optional<LiveSegment>& previous,
                        Findings& findings);

}  // namespace assay::validate
