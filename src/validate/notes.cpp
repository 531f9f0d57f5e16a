#include "validate/notes.h"

namespace assay::validate {
namespace {

using container::DefectKind;
using container::StoreState;

StatusCode code_of(DefectKind kind) {
  switch (kind) {
    case DefectKind::text_corrupted_wrapper:
      return StatusCode::manifest_text_corrupted_wrapper;
    case DefectKind::html_multiple_manifests:
      return StatusCode::manifest_html_multiple_manifests;
    case DefectKind::structured_no_manifest:
      return StatusCode::manifest_structured_text_no_manifest;
    case DefectKind::structured_empty_reference:
      return StatusCode::manifest_structured_text_empty_reference;
    case DefectKind::structured_malformed_reference:
      return StatusCode::manifest_structured_text_malformed_reference;
    case DefectKind::structured_multiple_references:
      return StatusCode::manifest_structured_text_multiple_references;
    case DefectKind::none:
    case DefectKind::other:
      break;
  }
  return StatusCode::general_error;
}

void add_store_bytes(Verdict& verdict, const jumbf::Box& box, std::string kind, std::string text) {
  verdict.uncovered.push_back(
      {{box.offset, box.bytes.size()}, std::move(kind), true, std::move(text)});
}

bool is_known_child(const jumbf::Box& child) {
  const std::string_view label = child.label();
  return label == "c2pa.assertions" || label == "c2pa.claim" || label == "c2pa.claim.v2" ||
         label == "c2pa.signature";
}

// T-09: a credential that nothing refers to can be put there without a key.
void note_credentials(Context& context, const jumbf::Tree& tree, const jumbf::Box& store) {
  for (const jumbf::Box* credential : tree.children_of(store)) {
    const bool padding = credential->type == jumbf::fourcc("free") && all_zero(credential->payload);
    if (!padding && context.referred_credentials.count(credential) == 0) {
      add_store_bytes(context.verdict, *credential, "credentials",
                      "a credential that nothing in the signed record refers to");
    }
  }
}

// descriptions outside every hash hold a type and a label, nothing else. Other flags,
// an id, a signature or a private box there are nobody's statement.
void note_description(Context& context, const jumbf::Box& box) {
  constexpr uint8_t kRequestableAndLabelled = 3;
  if (box.description->toggles == kRequestableAndLabelled) {
    return;
  }
  ByteReader reader(box.payload);
  const auto length = reader.be32();
  context.verdict.uncovered.push_back({{box.offset + box.bytes.size() - box.payload.size(),
                                        length.ok() ? *length : box.payload.size()},
                                       "description",
                                       true,
                                       "a description of a box says more than its type and label"});
}

void note_descriptions(Context& context, const ManifestResult& result) {
  const manifest::Manifest& manifest = *result.manifest;
  note_description(context, *manifest.box);
  for (const jumbf::Box* child : manifest.tree->children_of(*manifest.box)) {
    if (is_known_child(*child)) {
      note_description(context, *child);
    }
  }
}

// Boxes inside a manifest that the claim does not cover: data boxes and credentials count as
// covered only where a reference names them.
void note_manifest(Context& context, const ManifestResult& result) {
  const manifest::Manifest& manifest = *result.manifest;
  if (manifest.box == nullptr || manifest.box != manifest.stored) {
    return;  // offsets inside an inflated manifest are not offsets of the store
  }
  if (&result == context.verdict.active()) {  // an ingredient's is in the hash that refers to it
    note_descriptions(context, result);
  }
  for (const jumbf::Box* child : manifest.tree->children_of(*manifest.box)) {
    if (is_known_child(*child)) {
      continue;
    }
    if (child->type == jumbf::fourcc("free")) {
      if (!all_zero(child->payload)) {
        add_store_bytes(context.verdict, *child, "padding", "padding of a manifest is not empty");
      }
      continue;
    }
    if (child->label() == "c2pa.credentials") {
      note_credentials(context, *manifest.tree, *child);
      continue;
    }
    const bool data = child->label() == "c2pa.databoxes";
    add_store_bytes(context.verdict, *child, data ? "dataBoxes" : "unknownBox",
                    "a box that the claim does not list; only what a hash refers to is covered");
  }
}

}  // namespace

void note_container(const container::Carrier& carrier, Verdict& verdict) {
  switch (carrier.state) {
    case StoreState::none:
    case StoreState::single:
    case StoreState::candidates:
      break;
    case StoreState::multiple:
      // R-102, P-14: none of them is used. Only some formats have a code of their own for it.
      verdict.presence = Presence::multiple;
      verdict.presence_note = "the asset holds more than one manifest store; none is used";
      verdict.findings.add(code_of(carrier.defect_kind), "", std::nullopt, verdict.presence_note);
      break;
    case StoreState::broken:
      verdict.presence = Presence::broken;
      verdict.presence_note = carrier.defect;
      verdict.findings.add(code_of(carrier.defect_kind), "", std::nullopt, carrier.defect);
      break;
  }
  for (const container::Note& note : carrier.notes) {
    verdict.uncovered.push_back({note.range, note.kind, false, note.text});
  }
  for (const container::EmbeddedStore& store : carrier.stores) {
    for (const Range& range : store.dirty_padding) {
      verdict.uncovered.push_back(
          {range, "padding", false, "padding around the manifest store is not empty"});
    }
  }
}

void note_store(Context& context) {
  const jumbf::Tree& tree = context.store.tree();
  note_description(context, tree.root());
  if (!all_zero(tree.trailing())) {
    context.verdict.uncovered.push_back({{tree.root().bytes.size(), tree.trailing().size()},
                                         "trailing",
                                         true,
                                         "bytes after the manifest store"});
  }
  for (const ManifestResult& result : context.verdict.manifests) {
    if (result.reached) {
      note_manifest(context, result);
    } else {
      // T-48: not part of this asset's history.
      add_store_bytes(context.verdict, *result.manifest->stored, "unreachedManifest",
                      "a manifest that the history of the asset does not lead to");
    }
  }
  for (const jumbf::Box* child : tree.children_of(tree.root())) {
    bool is_manifest = false;
    for (const ManifestResult& result : context.verdict.manifests) {
      is_manifest = is_manifest || result.manifest->stored == child;
    }
    const bool empty_padding = child->type == jumbf::fourcc("free") && all_zero(child->payload);
    if (!is_manifest && !empty_padding) {
      add_store_bytes(context.verdict, *child, "unknownBox",
                      "a box of the manifest store that is no manifest");
    }
  }
}

}  // namespace assay::validate
