#include "binding/finished.h"
#include "binding/planners.h"

namespace assay::binding {

std::optional<Kind> kind_of(std::string_view base_label) {
  if (base_label == "c2pa.hash.data") {
    return Kind::data;
  }
  if (base_label == "c2pa.hash.bmff.v2" || base_label == "c2pa.hash.bmff.v3") {
    return Kind::bmff;
  }
  if (base_label == "c2pa.hash.boxes") {
    return Kind::boxes;
  }
  if (base_label == "c2pa.hash.collection.data") {
    return Kind::collection;
  }
  return std::nullopt;  // R-005, P-5: c2pa.hash.bmff is ignored; c2pa.hash.multi-asset is
                        // no hard binding
}

std::unique_ptr<Binding> plan(const Input& input, Budget& budget) {
  // R-302, T-51: a key with two values has none, and that is another thing than a field left out.
  if (input.assertion.has_duplicate_keys()) {
    return std::make_unique<Finished>(Code::malformed, "The hash assertion has a key twice.");
  }
  switch (input.kind) {
    case Kind::data:
      return plan_data(input, budget);
    case Kind::bmff:
      return plan_bmff(input, budget);
    case Kind::boxes:
      return plan_boxes(input, budget);
    case Kind::multi_asset:
      return plan_multi_asset(input, budget);
    case Kind::collection:
      return plan_collection(input, budget);
  }
  return std::make_unique<Finished>(Code::malformed, "This kind of binding is not known.");
}

}  // namespace assay::binding
