// Any bytes: children lie in order inside their parents, counts keep to the limits, and every
// labelled box is found under its label.
#include <algorithm>

#include "codec/jumbf/jumbf.h"
#include "fuzz/require.h"

namespace assay {
namespace {

using fuzz::require;
using jumbf::Box;
using jumbf::Tree;

void check_place(const Tree& tree, const Box& box, ByteView input) {
  require(box.offset + box.bytes.size() <= input.size());
  require(box.bytes.data() == input.subspan(static_cast<size_t>(box.offset)).data());
  require(box.payload.size() + 8 <= box.bytes.size());
  require(equal(box.payload, box.bytes.last(box.payload.size())));
  if (box.parent) {
    const Box& parent = tree.at(*box.parent);
    const uint64_t payload = parent.offset + (parent.bytes.size() - parent.payload.size());
    require(box.offset > payload);  // the description comes first
    require(box.offset + box.bytes.size() <= parent.offset + parent.bytes.size());
    require(parent.is_superbox());
  }
}

void check_children(const Tree& tree, const Box& box, const Limits& limits) {
  require(box.children.size() <= limits.jumbf_children);
  require(box.children.empty() || box.is_superbox());
  uint64_t end = 0;
  for (const Box* child : tree.children_of(box)) {
    require(child->offset >= end);
    end = child->offset + child->bytes.size();
    const auto found = tree.children_labelled(box, child->label());
    const bool listed = std::find(found.begin(), found.end(), child) != found.end();
    require(listed == !child->label().empty());
  }
  // Nothing between the last child and the end of the superbox goes unnoticed.
  require(box.children.empty() || end == box.offset + box.bytes.size());
}

void run(ByteView input) {
  const Limits limits;
  Budget budget(limits);
  jumbf::Defect defect;
  const auto tree = Tree::parse(input, limits, budget, &defect);
  if (!tree) {
    require(defect.fault == tree.fault() && defect.offset <= input.size());
    return;
  }
  require(tree->size() <= limits.jumbf_boxes);
  require(tree->root().bytes.size() + tree->trailing().size() == input.size());
  for (jumbf::BoxIndex index = 0; index < tree->size(); ++index) {
    check_place(*tree, tree->at(index), input);
    check_children(*tree, tree->at(index), limits);
  }
}

}  // namespace
}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  assay::run({data, size});
  return 0;
}
