// Stream: judges the segments of a presentation against its initialisation segment and
// against each other. It writes into the verdict of the init segment's session,
// which becomes the verdict on the stream.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/limits.h"
#include "binding/fragments.h"
#include "validate/live_segment.h"
#include "validate/stream_result.h"
#include "validate/verdict.h"

namespace assay::validate {

// The hard binding of the init segment, when it has Merkle maps of fragments.
struct FragmentBasis {
  std::unique_ptr<binding::FragmentStream> fragments;
  std::string url;  // of its assertion
  size_t manifest = 0;
};

class Stream {
 public:
  // `init`: shared with the session of the init segment, which is done.
  Stream(std::shared_ptr<Verdict> init, std::optional<FragmentBasis> basis, const Limits& limits);

  // Whether segments are fragments of a Merkle tree; else they have to vouch for themselves.
  bool has_fragments() const { return basis_.has_value(); }
  // The check of one fragment's file; only with has_fragments().
  std::unique_ptr<binding::FragmentBinding> plan(const container::Carrier& fragment,
                                                 Budget& budget) const;

  // What became of a segment, in the order of presentation. `segment`: the verdict of its own
  // session, which learns its state here.
  void record_fragment(const binding::FragmentBinding& fragment, Verdict& segment);
  void record_live(Verdict& segment);

  // No more segments come: what is missing now is missing for good.
  void end();

 private:
  SegmentResult begin(const Verdict& segment) const;
  void add(SegmentResult result, Verdict& segment);
  void refresh();
  void notice_live();
  void check_manifest(Verdict& segment, SegmentResult& result);

  std::shared_ptr<Verdict> init_;
  std::optional<FragmentBasis> basis_;
  const Limits limits_;
  const bool init_matches_;          // the init segment is the one that was signed
  const AssetState fragment_state_;  // of a fragment that matches
  bool live_noticed_ = false;
  std::optional<LiveSegment> previous_;  // of live video
};

}  // namespace assay::validate
