// The planners' factories, one per kind of hard binding; plan() dispatches on Input::kind.
#pragma once

#include <memory>

#include "base/budget.h"
#include "binding/binding.h"

namespace assay::binding {

std::unique_ptr<Binding> plan_data(const Input& input, Budget& budget);
// The data hash of a text with a manifest wrapper (Carrier::text is set).
std::unique_ptr<Binding> plan_text(const Input& input);
std::unique_ptr<Binding> plan_boxes(const Input& input, Budget& budget);
std::unique_ptr<Binding> plan_multi_asset(const Input& input, Budget& budget);
std::unique_ptr<Binding> plan_bmff(const Input& input, Budget& budget);
std::unique_ptr<Binding> plan_collection(const Input& input, Budget& budget);

}  // namespace assay::binding
