#include "validate/stream.h"

#include <algorithm>
#include <utility>

#include "base/fourcc.h"
#include "container/bmff_layout.h"
#include "validate/binding_status.h"
#include "validate/context.h"
#include "validate/uncovered_words.h"

namespace assay::validate {
namespace {

using Order = SegmentResult::Order;
using Proof = SegmentResult::Proof;

Order order_of(binding::Continuity continuity) {
  switch (continuity) {
    case binding::Continuity::expected:
      return Order::expected;
    case binding::Continuity::discontinuity:
      return Order::discontinuity;
    case binding::Continuity::unknown_place:
      break;
  }
  return Order::unknown;
}

bool has_media(const container::Carrier& carrier) {
  return carrier.bmff && std::any_of(carrier.bmff->roots.begin(), carrier.bmff->roots.end(),
                                     [&carrier](uint32_t root) {
                                       return carrier.bmff->boxes[root].type == fourcc("mdat");
                                     });
}

bool has_segment_info(const container::Carrier& carrier) {
  return std::any_of(carrier.notes.begin(), carrier.notes.end(),
                     [](const container::Note& note) { return note.kind == "liveVideo"; });
}

bool is_failure(const Finding& finding) {
  return status_kind(finding.code) == StatusKind::failure &&
         finding.code != StatusCode::signing_credential_untrusted;
}

// The manifests of a live segment are not those of the init segment, and what they hold may be
// long.
std::vector<Finding> failures_of(const Verdict& segment, size_t limit) {
  std::vector<Finding> failures;
  for (const Finding& finding : segment.findings.all()) {
    if (status_kind(finding.code) == StatusKind::failure && failures.size() < limit) {
      failures.push_back(finding);
      failures.back().manifest.reset();
    }
  }
  return failures;
}

}  // namespace

Stream::Stream(std::shared_ptr<Verdict> init, std::optional<FragmentBasis> basis,
               const Limits& limits)
    : init_(std::move(init)),
      basis_(std::move(basis)),
      limits_(limits),
      init_matches_(init_->content != ContentState::mismatch &&
                    init_->findings.has(StatusCode::bmff_hash_match)),
      fragment_state_(state_if_content_matches(*init_)) {
  init_->stream.emplace();
  init_->stream->live = !basis_;
  // An init segment with a manifest that is not made for fragments announces live video.
  if (!basis_ && init_->presence != Presence::none) {
    notice_live();
  }
  refresh();
}

std::unique_ptr<binding::FragmentBinding> Stream::plan(const container::Carrier& fragment,
                                                       Budget& budget) const {
  return basis_->fragments->plan(fragment, budget);
}

SegmentResult Stream::begin(const Verdict& segment) const {
  SegmentResult result;
  result.index = init_->stream->received;
  result.size = segment.carrier->asset_size;
  return result;
}

// …R-534.
void Stream::record_fragment(const binding::FragmentBinding& fragment, Verdict& segment) {
  SegmentResult result = begin(segment);
  if (!fragment.done()) {
    result.state = AssetState::well_formed;
    result.note = "The host did not supply all bytes of the segment; it was not checked.";
    add(std::move(result), segment);
    return;
  }
  result.order = order_of(basis_->fragments->record(fragment));
  if (const auto place = fragment.place()) {
    result.proof = Proof::fragment;
    result.track = place->local_id;
    result.location = place->location;
  }
  for (const binding::Finding& finding : fragment.outcome().findings) {
    segment.findings.add(binding_status(binding::Kind::bmff, finding.code), basis_->url,
                         basis_->manifest, finding.explanation);
  }
  add_uncovered(fragment.outcome(), segment.uncovered);
  const bool match = is_match(fragment.outcome());
  segment.content = match ? ContentState::verified : ContentState::mismatch;
  result.state = match ? fragment_state_ : AssetState::invalid;
  result.findings = segment.findings.all();
  add(std::move(result), segment);
}

//
void Stream::record_live(Verdict& segment) {
  SegmentResult result = begin(segment);
  const bool own = segment.presence != Presence::none && segment.presence != Presence::unreachable;
  if (own) {
    result.proof = Proof::manifest;
    check_manifest(segment, result);
  } else if (has_segment_info(*segment.carrier)) {
    result.proof = Proof::segment_info;
    result.state = AssetState::well_formed;
    result.note = "The signed segment information in an event message was not checked.";
  }
  if (result.proof != Proof::none) {
    notice_live();
  } else if (live_noticed_) {
    segment.findings.add(StatusCode::live_segment_invalid, "", std::nullopt,
                         "nothing in the segment vouches for it");
    result.state = AssetState::invalid;
  } else {
    init_->stream->unsigned_segments += 1;
  }
  result.findings = failures_of(segment, limits_.segment_failures);
  add(std::move(result), segment);
}

// a manifest of the segment's own, and how it goes on from the segment before.
void Stream::check_manifest(Verdict& segment, SegmentResult& result) {
  if (segment.state == AssetState::invalid) {
    segment.findings.add(StatusCode::live_manifest_invalid, "", std::nullopt,
                         "the manifest of the segment is not valid");
  }
  const bool follows = previous_.has_value();
  auto live = live_segment_of(segment);
  if (!live) {
    segment.findings.add(StatusCode::live_assertion_invalid, "", std::nullopt,
                         "nothing says where in the stream the segment belongs");
  } else {
    check_live_segment(*live, previous_, segment.findings);
    result.location = live->sequence;
    if (live->sequence && live->stream_id) {
      previous_ = std::move(live);
    }
  }
  const ManifestResult* active = segment.active();
  if (active != nullptr && active->signature.state == SignatureState::validated) {
    result.signer = active->signature.leaf;
  }
  const auto& all = segment.findings.all();
  const bool broken = std::any_of(all.begin(), all.end(), [](const Finding& finding) {
    return !finding.manifest && is_failure(finding);
  });
  result.state = broken ? AssetState::invalid : segment.state;
  result.order = broken ? Order::discontinuity : follows ? Order::expected : Order::unknown;
}

// from now on every segment needs something that vouches for it.
void Stream::notice_live() {
  if (live_noticed_) {
    return;
  }
  live_noticed_ = true;
  StreamResult& stream = *init_->stream;
  if (has_media(*init_->carrier)) {
    init_->findings.add(StatusCode::live_init_invalid, "", std::nullopt,
                        "the initialisation segment holds media data");
    stream.failed += 1;
  }
  if (stream.unsigned_segments > 0) {
    init_->findings.add(StatusCode::live_segment_invalid, "", std::nullopt,
                        "nothing vouches for " + std::to_string(stream.unsigned_segments) +
                            " segments that came first");
    stream.failed += stream.unsigned_segments;
  }
}

void Stream::add(SegmentResult result, Verdict& segment) {
  StreamResult& stream = *init_->stream;
  segment.state = result.state;
  result.uncovered = segment.uncovered;
  stream.received += 1;
  stream.jumps += result.order == Order::discontinuity ? 1 : 0;
  // once failed, it stays failed.
  stream.failed += result.state == AssetState::invalid ? 1 : 0;
  for (const Finding& finding : result.findings) {
    const bool failed = result.state == AssetState::invalid && is_failure(finding);
    // Exclusions may hit boxes that only segments have.
    if (failed || finding.code == StatusCode::bmff_hash_additional_exclusions) {
      init_->findings.add(finding.code, basis_ ? finding.url : "",
                          basis_ ? finding.manifest : std::nullopt,
                          "segment " + std::to_string(result.index) + ": " + finding.explanation);
    }
  }
  if (stream.live && result.proof != Proof::none) {
    stream.floor = std::min(stream.floor.value_or(result.state), result.state);
  }
  if (stream.segments.size() == limits_.shown_segments) {
    stream.segments.pop_front();
  }
  stream.segments.push_back(std::move(result));
  refresh();
}

void Stream::refresh() {
  StreamResult& stream = *init_->stream;
  if (basis_) {
    stream.missing = basis_->fragments->missing();
    const bool whole = init_matches_ && stream.missing.empty();
    if (stream.failed > 0) {
      init_->content = ContentState::mismatch;
    } else if (init_->content != ContentState::mismatch) {
      init_->content = whole ? ContentState::verified : ContentState::not_checked;
    }
  }
  judge(*init_);
}

void Stream::end() {
  StreamResult& stream = *init_->stream;
  if (stream.ended) {
    return;
  }
  stream.ended = true;
  for (const std::string& text : stream.missing) {
    init_->findings.add(StatusCode::bmff_hash_mismatch, basis_->url, basis_->manifest,
                        "the stream ended before all of it was there: " + text);
    stream.failed += 1;
  }
  refresh();
}

}  // namespace assay::validate
