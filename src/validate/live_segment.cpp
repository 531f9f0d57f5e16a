#include "validate/live_segment.h"

namespace assay::validate {
namespace {

constexpr std::string_view kByManifestId = "c2pa.manifestId";

std::optional<std::string> text_of(const cbor::Value& map, std::string_view name) {
  const auto text = map.get(name).untagged().as_text();
  return text ? std::optional<std::string>(*text) : std::nullopt;
}

void check_method(const LiveSegment& segment, const std::optional<LiveSegment>& previous,
                  Findings& findings) {
  const auto fail = [&](StatusCode code, const char* explanation) {
    findings.add(code, segment.url, std::nullopt, explanation);
  };
  if (!segment.method || *segment.method != kByManifestId) {
    fail(StatusCode::live_continuity_invalid,
         "it is not said, or not in a known way, how the segment follows the one before");
  } else if (!segment.previous_manifest_id) {
    // The first segment of all has none before it to name.
    if (previous) {
      fail(StatusCode::live_continuity_invalid, "the manifest of the segment before is not named");
    }
  } else if (previous && *segment.previous_manifest_id != previous->manifest_id) {
    fail(StatusCode::live_segment_invalid,
         "the segment does not follow the one before: it names another manifest");
  }
}

}  // namespace

std::optional<LiveSegment> live_segment_of(const Verdict& segment) {
  const ManifestResult* active = segment.active();
  if (active == nullptr) {
    return std::nullopt;
  }
  for (const AssertionResult& assertion : active->assertions) {
    const bool usable = assertion.base_label == "c2pa.livevideo.segment" &&
                        assertion.integrity == Integrity::ok && assertion.parsed.cbor;
    if (usable) {
      const cbor::Value root = assertion.parsed.root();
      return LiveSegment{assertion.url,
                         std::string(active->manifest->label),
                         root.get("sequenceNumber").untagged().as_uint(),
                         text_of(root, "streamId"),
                         text_of(root, "continuityMethod"),
                         text_of(root, "previousManifestId")};
    }
  }
  return std::nullopt;
}

void check_live_segment(const LiveSegment& segment, const std::optional<LiveSegment>& previous,
                        Findings& findings) {
  const bool complete = segment.sequence && segment.stream_id;
  const bool follows = complete && (!previous || (*segment.sequence > *previous->sequence &&
                                                  *segment.stream_id == *previous->stream_id));
  if (!follows) {
    findings.add(StatusCode::live_assertion_invalid, segment.url, std::nullopt,
                 complete ? "the segment is of another stream, or not later than the one before"
                          : "the number of the segment or the name of its stream is missing");
  }
  check_method(segment, previous, findings);
}

}  // namespace assay::validate
