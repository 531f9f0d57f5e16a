// Hard bindings: does the asset still hold the bytes that the assertion was made over? (spec §Hard
// bindings, §Validating a …hash.) A Binding is planned from the assertion and the container's walk,
// is fed digests, and ends in an Outcome.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.h"
#include "base/limits.h"
#include "binding/hash_plan.h"
#include "codec/cbor/cbor.h"
#include "container/carrier.h"

namespace assay::binding {

enum class Kind : uint8_t { data, bmff, boxes, collection, multi_asset };

// The hard binding kind of an assertion's base label ("c2pa.hash.data", …), if it is one.
std::optional<Kind> kind_of(std::string_view base_label);

// validate/ maps (Kind, Code) to the spec's status codes.
enum class Code : uint8_t {
  match,
  mismatch,
  malformed,
  unsupported_algorithm,
  additional_exclusions,  // informational, next to one of the others
  unknown_box,            // boxes
  invalid_uri,            // collection
  incorrect_file_count,   // collection
  missing_part,           // multi-asset
};

struct Finding {
  Code code;
  std::string explanation;  // plain English: what was compared, what differs
};

// Bytes of the asset that the binding does not cover, for `uncovered[]`.
struct Uncovered {
  Range range;
  std::string kind;  // "manifestStore", "metadata:EXIF", "exclusion", "trailing", …
};

struct Outcome {
  std::vector<Finding>
      findings;  // exactly one of match/mismatch/malformed/unsupported…, plus informational
  std::vector<Uncovered> uncovered;
  // Only a part of the content was compared (an init segment without its fragments): `match` then
  // says nothing about the whole asset and must not become a verdict on it.
  bool partial = false;
};

// An assertion `c2pa.hash.….part` that a multi-asset hash refers to.
struct PartAssertion {
  std::string_view base_label;  // "c2pa.hash.data.part", …
  cbor::Value assertion;
  bool hash_matches = true;  // of the hashed URI that led here
};
// Resolves `hashAssertion`: a hashed_uri, or a text that is only the URI. Nothing when
// there is no such assertion in the manifest.
using PartResolver = std::function<std::optional<PartAssertion>(const cbor::Value& reference)>;

struct Input {
  Kind kind = Kind::data;
  std::string_view base_label;   // tells bmff.v2 from .v3
  cbor::Value assertion;         // root of the assertion's CBOR
  std::string_view default_alg;  // the claim's `alg`, possibly empty
  const container::Carrier* carrier = nullptr;
  bool store_is_embedded = true;  // false: side-car or remote store; then a non-empty store
                                  // exclusion must match C2PA bytes really present (T-37)
  bool updated = false;  // an update manifest came later: store exclusion re-lengthened, later ones
                         // shifted
  const Limits* limits = nullptr;
  PartResolver resolve_part;  // Kind::multi_asset only
};

class Binding {
 public:
  virtual ~Binding() = default;
  // Bytes of the asset that the plan depends on (BMFF exclusions with `data` conditions, R-519). As
  // long as this is not empty, fetch them and call supply_bytes() before looking at jobs(). May
  // happen again after every supply() (multi-asset: part by part).
  virtual const std::vector<Range>& wanted_bytes() const {
    static const std::vector<Range> kNone;
    return kNone;
  }
  virtual void supply_bytes(const std::vector<Bytes>& /*bytes: one per range, same order*/) {}
  // The digests still missing, in a fixed order; empty once outcome() may be called. May be called
  // again after supply(): a plan can have further rounds.
  virtual const std::vector<HashJob>& jobs() const = 0;
  // Digests of all jobs(), same order. Starts the next round or finishes.
  virtual void supply(const std::vector<Bytes>& digests) = 0;
  virtual bool done() const = 0;
  virtual const Outcome& outcome() const = 0;
};

// Never null: a malformed assertion gives a Binding that is done at once. `budget` and everything
// that `input` points to must outlive the Binding.
std::unique_ptr<Binding> plan(const Input& input, Budget& budget);

}  // namespace assay::binding
