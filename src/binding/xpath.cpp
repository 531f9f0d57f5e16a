#include "binding/xpath.h"

#include <map>
#include <utility>

#include "base/fourcc.h"
#include "base/text.h"
#include "container/bmff_boxes.h"

namespace assay::binding {
namespace {

using container::BmffBox;

constexpr uint32_t kMaxIndex = 1000000;

// "[n]" at `at`, if there is one; n >= 1 without leading zeros.
bool parse_index(std::string_view text, size_t& at, uint32_t& index) {
  if (at >= text.size() || text[at] != '[') {
    return true;
  }
  const size_t begin = ++at;
  uint32_t value = 0;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9' && value < kMaxIndex) {
    value = value * 10 + static_cast<uint32_t>(text[at] - '0');
    ++at;
  }
  if (at == begin || text[begin] == '0' || at >= text.size() || text[at] != ']') {
    return false;
  }
  ++at;
  index = value;
  return true;
}

// Four characters of Latin-1: a type may hold any byte, and the text is UTF-8.
bool parse_type(std::string_view text, size_t& at, uint32_t& type) {
  for (int i = 0; i < 4; ++i) {
    if (at >= text.size()) {
      return false;
    }
    const char32_t code_point = next_code_point(text, at);
    if (code_point > 0xFF) {
      return false;
    }
    type = (type << 8) | static_cast<uint32_t>(code_point);
  }
  return true;
}

}  // namespace

std::optional<XPath> parse_xpath(std::string_view text) {
  XPath path;
  size_t at = 0;
  while (at < text.size()) {
    XPathStep step;
    if (text[at] != '/') {
      return std::nullopt;
    }
    ++at;
    if (!parse_type(text, at, step.type) || !parse_index(text, at, step.index)) {
      return std::nullopt;
    }
    const bool last = at == text.size();
    if (!last && step.type != fourcc("meta") && container::is_bmff_full_box(step.type)) {
      return std::nullopt;
    }
    path.push_back(step);
  }
  if (path.empty()) {
    return std::nullopt;
  }
  return path;
}

std::vector<uint32_t> sibling_numbers(const container::BmffLayout& layout) {
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> seen;
  std::vector<uint32_t> numbers;
  numbers.reserve(layout.boxes.size());
  for (const BmffBox& box : layout.boxes) {
    numbers.push_back(++seen[{box.parent, box.type}]);
  }
  return numbers;
}

bool matches(const XPath& path, const container::BmffLayout& layout,
             const std::vector<uint32_t>& numbers, uint32_t index) {
  for (size_t left = path.size(); left > 0; --left) {
    if (index == BmffBox::kRoot) {
      return false;
    }
    const XPathStep& step = path[left - 1];
    const BmffBox& box = layout.boxes[index];
    if (box.type != step.type || (step.index != 0 && numbers[index] != step.index)) {
      return false;
    }
    index = box.parent;
  }
  return index == BmffBox::kRoot;
}

}  // namespace assay::binding
