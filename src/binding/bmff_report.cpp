#include "binding/bmff_report.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/fourcc.h"
#include "base/text.h"
#include "container/bmff_boxes.h"

namespace assay::binding {
namespace {

using container::BmffBox;

constexpr size_t kMostUncovered = 1000;  // entries in a report

// With a hash and trees the media data is covered by the trees; without a hash (fragments) what is
// excluded is covered by nothing.
bool has_mdat_trees(const BmffRules& rules) { return rules.hash && !rules.maps.empty(); }

// Every BMFF hash excludes these; `free` and `skip` hold nothing.
bool is_usual_root(uint32_t type) {
  return type == fourcc("ftyp") || type == fourcc("mfra") || type == fourcc("free") ||
         type == fourcc("skip");
}

bool is_usual(const BmffRules& rules, const BmffBox& box, const ExcludedBytes& piece) {
  if (box.parent != BmffBox::kRoot) {
    return false;
  }
  if (is_usual_root(box.type) || box.has_uuid(container::kC2paBoxUuid)) {
    return true;
  }
  return box.type == fourcc("mdat") && has_mdat_trees(rules) && !piece.whole &&
         piece.range.offset >= box.offset + 16;
}

// An entry that matches nothing here is still beyond the list when it names another box.
bool names_usual_root(const BmffRules& rules, const BmffExclusion& entry) {
  if (entry.path.size() != 1) {
    return false;
  }
  const uint32_t type = entry.path.front().type;
  return is_usual_root(type) || type == fourcc("uuid") ||
         (type == fourcc("mdat") && has_mdat_trees(rules));
}

const PlacedProof* proof_in(const std::vector<PlacedProof>& proofs, uint32_t box) {
  const auto found =
      std::lower_bound(proofs.begin(), proofs.end(), box,
                       [](const PlacedProof& proof, uint32_t index) { return proof.box < index; });
  return found != proofs.end() && found->box == box ? &*found : nullptr;
}

bool stands_before_moof(const container::BmffLayout& layout, uint32_t box) {
  const auto root = std::upper_bound(layout.roots.begin(), layout.roots.end(), box);
  return root != layout.roots.end() && layout.boxes[*root].type == fourcc("moof");
}

// is it a proof that the trees check, and nothing but that? Other Merkle boxes are no
// part of what was signed, although every hash leaves them out.
bool is_checked_proof(const BmffRules& rules, const container::BmffLayout& layout,
                      const PlacedProof& placed) {
  const MerkleProof& proof = placed.proof;
  const bool known =
      std::any_of(rules.maps.begin(), rules.maps.end(), [&proof](const MerkleMap& map) {
        return map.unique_id == proof.unique_id && map.local_id == proof.local_id &&
               proof.location < map.count;
      });
  return placed.readable && proof.plain && known &&
         (!rules.fragmented() || stands_before_moof(layout, placed.box));
}

std::string kind_of_box(const BmffBox& box) { return "box:" + container::box_type_text(box.type); }

std::string kind_of_c2pa_box(const BmffRules& rules, const container::BmffLayout& layout,
                             const std::vector<PlacedProof>& proofs, BmffPart part,
                             uint32_t index) {
  const PlacedProof* proof = proof_in(proofs, index);
  if (proof != nullptr && is_checked_proof(rules, layout, *proof)) {
    return "merkleProof";
  }
  return proof == nullptr && part == BmffPart::file ? "manifestStore"
                                                    : kind_of_box(layout.boxes[index]);
}

}  // namespace

void describe_exclusions(const BmffRules& rules, const container::BmffLayout& layout,
                         const std::vector<PlacedProof>& proofs, BmffPart part,
                         const std::vector<ExcludedBytes>& excluded, Outcome& outcome) {
  std::vector<uint8_t> beyond(rules.exclusions.size());
  for (size_t i = 0; i < rules.exclusions.size(); ++i) {
    beyond[i] = names_usual_root(rules, rules.exclusions[i]) ? 0 : 1;
  }
  for (const ExcludedBytes& piece : excluded) {
    const BmffBox& box = layout.boxes[piece.box];
    const bool usual = is_usual(rules, box, piece);
    if (!usual) {
      beyond[piece.entry] = 1;
    }
    const bool in_tree = usual && box.type == fourcc("mdat");
    if (!in_tree && outcome.uncovered.size() < kMostUncovered) {
      const bool c2pa = box.parent == BmffBox::kRoot && box.has_uuid(container::kC2paBoxUuid);
      outcome.uncovered.push_back(
          {piece.range,
           c2pa ? kind_of_c2pa_box(rules, layout, proofs, part, piece.box) : kind_of_box(box)});
    }
  }
  std::string names;
  for (size_t i = 0; i < beyond.size(); ++i) {
    if (beyond[i] != 0 && names.size() < 500) {
      names += (names.empty() ? "" : ", ") + display_text(rules.exclusions[i].xpath, 200);
    }
  }
  if (!names.empty()) {
    outcome.findings.push_back(
        {Code::additional_exclusions, "Boxes that the signature does not cover: " + names + "."});
  }
}

}  // namespace assay::binding
