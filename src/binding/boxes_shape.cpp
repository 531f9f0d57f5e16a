#include "binding/boxes_shape.h"

#include <algorithm>
#include <map>
#include <string>

#include "base/sort.h"
#include "base/text.h"

namespace assay::binding {
namespace {

bool is_restart(const container::NamedBox& box) {
  return box.name.size() == 4 && starts_with(box.name, "RST");
}

// JPEG: the scan's box takes in what follows its restart markers. `keep_markers`: each RSTn is
// listed as its two bytes, which the scan's box holds as well; else it is not listed.
Shape merge_restarts(const Shape& shape, bool keep_markers) {
  constexpr uint64_t kMarkerBytes = 2;
  Shape merged;
  size_t scan = 0;
  for (const container::NamedBox& box : shape) {
    if (!is_restart(box)) {
      scan = merged.size();
      merged.push_back(box);
      continue;
    }
    if (!merged.empty()) {
      Range& range = merged[scan].ranges.front();
      range.length = box.ranges.front().end() - range.offset;
    }
    if (keep_markers) {
      merged.push_back({box.name, {Range{box.ranges.front().offset, kMarkerBytes}}, {}});
    }
  }
  return merged;
}

// Fonts: early writers listed the tables as they stand in the file and cut `head` around its
// checkSumAdjustment into "hea0" and "hea2".
Shape split_font_head(const Shape& shape) {
  constexpr uint64_t kBefore = 8;
  constexpr uint64_t kAdjustment = 4;
  Shape split;
  for (const container::NamedBox& box : shape) {
    if (box.zeroed.empty()) {
      split.push_back(box);
      continue;
    }
    const Range whole = box.ranges.front();
    const uint64_t after = whole.offset + kBefore + kAdjustment;
    split.push_back({"hea0", {Range{whole.offset, kBefore}}, {}});
    split.push_back({"hea2", {Range{after, whole.end() - after}}, {}});
  }
  sort_by(split, [](const auto& a, const auto& b) {
    return a.ranges.front().offset < b.ranges.front().offset;
  });
  return split;
}

std::string_view first_name(const std::vector<BoxEntry>& list) {
  return list.empty() || list.front().names.empty() ? std::string_view()
                                                    : std::string_view(list.front().names.front());
}

// The specification writes the name of JPEG XL's signature box without its space.
bool same_name(std::string_view listed, std::string_view box) {
  return listed == box || (box == "JXL " && listed == "JXL");
}

std::string_view canonical(std::string_view listed) {
  return listed == "JXL" ? std::string_view("JXL ") : listed;
}

std::vector<std::string_view> flat_names(const std::vector<BoxEntry>& list) {
  std::vector<std::string_view> names;
  for (const BoxEntry& entry : list) {
    names.insert(names.end(), entry.names.begin(), entry.names.end());
  }
  return names;
}

// A box of the asset that is listed less often than it is there.
std::optional<std::string_view> unlisted_box(const std::vector<std::string_view>& names,
                                             const Shape& shape) {
  std::map<std::string_view, int64_t> count;
  for (const std::string_view name : names) {
    ++count[canonical(name)];
  }
  for (const container::NamedBox& box : shape) {
    if (--count[box.name] < 0) {
      return box.name;
    }
  }
  return std::nullopt;
}

}  // namespace

std::string shown_name(std::string_view name) { return "\"" + display_text(name, 40) + "\""; }

std::vector<Shape> shapes_of(const container::Carrier& carrier, const std::vector<BoxEntry>& list) {
  std::vector<Shape> shapes{carrier.boxes};
  if (carrier.format == container::Format::jpeg &&
      std::any_of(carrier.boxes.begin(), carrier.boxes.end(), is_restart)) {
    shapes.push_back(merge_restarts(carrier.boxes, true));
    shapes.push_back(merge_restarts(carrier.boxes, false));
  }
  if (carrier.format == container::Format::font) {
    shapes.push_back(split_font_head(carrier.boxes));
  }
  if (carrier.format == container::Format::png && !carrier.boxes.empty() &&
      first_name(list) != "PNGh") {
    shapes.front().erase(shapes.front().begin());  // older writers begin with IHDR
  }
  return shapes;
}

std::optional<Finding> compare_names(const std::vector<BoxEntry>& list, const Shape& shape) {
  const std::vector<std::string_view> names = flat_names(list);
  const size_t common = std::min(names.size(), shape.size());
  size_t same = 0;
  while (same < common && same_name(names[same], shape[same].name)) {
    ++same;
  }
  const bool after = !list.empty() && list.back().after;
  if (same == names.size() && (same == shape.size() || after)) {
    return std::nullopt;
  }
  if (const auto box = unlisted_box(names, shape); box && !after) {
    if (*box == kStoreName) {  // R-540a
      return Finding{Code::malformed, "The box list has no entry for the manifest store."};
    }
    return Finding{Code::unknown_box,
                   "The asset has a box " + shown_name(*box) + " that the list does not have."};
  }
  if (same == shape.size()) {
    return Finding{Code::mismatch, "The listed box " + shown_name(names[same]) + " is missing."};
  }
  return Finding{Code::mismatch,
                 "The asset has a box " + shown_name(shape[same].name) + " where the list has " +
                     (same < names.size() ? shown_name(names[same]) : "none") + "."};
}

}  // namespace assay::binding
