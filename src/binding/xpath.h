// The path expressions of BMFF hash exclusions: `/4cc` or `/4cc[n]` steps from the file's outermost
// level, nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "container/bmff_layout.h"

namespace assay::binding {

struct XPathStep {
  uint32_t type = 0;
  uint32_t index = 0;  // 1-based among siblings of the same type; 0: all of them
};
using XPath = std::vector<XPathStep>;

// Nothing when the expression breaks the grammar or a step on the way is a FullBox, which holds
// fields of its own (`meta` excepted, whose children writers do address).
std::optional<XPath> parse_xpath(std::string_view text);

// For every box its 1-based number among the siblings of its type.
std::vector<uint32_t> sibling_numbers(const container::BmffLayout& layout);

// Does the path lead to box `index`?
bool matches(const XPath& path, const container::BmffLayout& layout,
             const std::vector<uint32_t>& numbers, uint32_t index);

}  // namespace assay::binding
