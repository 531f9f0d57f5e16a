// The asset's boxes as writers have listed them: the specification's cut, and the other cuts that
// are met and accepted.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "binding/binding.h"
#include "binding/boxes_list.h"
#include "container/carrier.h"

namespace assay::binding {

// A box's name, quoted, in a form that may be shown.
std::string shown_name(std::string_view name);

using Shape = std::vector<container::NamedBox>;

// The specification's shape first. Every shape covers the same bytes, PNG's signature excepted.
std::vector<Shape> shapes_of(const container::Carrier& carrier, const std::vector<BoxEntry>& list);

// Do the listed names, in order, name the boxes of `shape`, all of them? If not, why.
std::optional<Finding> compare_names(const std::vector<BoxEntry>& list, const Shape& shape);

}  // namespace assay::binding
