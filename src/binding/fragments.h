// Fragments: a stream of separate BMFF files, one initialisation segment and any number of
// fragments, against the Merkle maps of the init segment's assertion (R-522, R-531…R-534). The init
// segment itself is checked by plan(); here come the fragments, one by one, as they arrive.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "binding/binding.h"
#include "binding/bmff_rules.h"

namespace assay::binding {

// Which leaf a fragment claims to be.
struct FragmentPlace {
  int64_t unique_id = 0;
  int64_t local_id = 0;
  uint64_t location = 0;
};

class FragmentBinding : public Binding {
 public:
  // Nothing when the fragment does not say, or says what no map has.
  virtual std::optional<FragmentPlace> place() const = 0;
};

// What the order of the fragments says, next to each one's own verdict.
enum class Continuity : uint8_t {
  expected,       // the first of its map, or the one after the last
  discontinuity,  // a jump: to be shown to the user, not a failure
  unknown_place,  // the fragment has no place
};

class FragmentStream {
 public:
  // `init`: as given to plan() for the init segment. Everything needed of it is copied.
  explicit FragmentStream(const Input& init);

  // Not empty: the assertion is malformed or has no maps of fragments; no fragment can match.
  const std::string& problem() const { return rules_->problem; }

  // The check of one fragment's file. Never null; its outcome is about this fragment alone.
  std::unique_ptr<FragmentBinding> plan(const container::Carrier& fragment, Budget& budget) const;

  // Tell the stream about each fragment in the order of presentation, once its outcome is known.
  Continuity record(const FragmentBinding& fragment);
  // One failed: the stream as a whole does not recover.
  bool failed() const { return failed_; }

  // At the end of the stream: maps of which leaves were never seen, in words; empty if complete.
  // While fragments may still come this says nothing.
  std::vector<std::string> missing() const;

 private:
  struct Progress {
    std::optional<uint64_t> last;
    std::set<uint64_t> seen;  // locations; grows with the fragments that came, whatever they claim
  };

  std::shared_ptr<BmffRules> rules_;
  Limits limits_;
  std::map<size_t, Progress> progress_;  // by index of the map
  bool failed_ = false;
};

}  // namespace assay::binding
