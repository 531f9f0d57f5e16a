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

// Bytes of a manifest. Offsets inside an inflated manifest are not offsets of the store, so that of
// those the whole compressed one is named.
void add_manifest_bytes(Verdict& verdict, const manifest::Manifest& manifest, Range range,
                        std::string kind, std::string text) {
  if (manifest.box != manifest.stored) {
    range = {manifest.stored->offset, manifest.stored->bytes.size()};
  }
  verdict.uncovered.push_back({range, std::move(kind), true, std::move(text)});
}

// descriptions outside every hash hold a type and a label, nothing else. Other flags,
// an id, a signature or a private box there are nobody's statement.
std::optional<Range> more_than_label(const jumbf::Box& box) {
  constexpr uint8_t kRequestableAndLabelled = 3;
  if (!box.description || box.description->toggles == kRequestableAndLabelled) {
    return std::nullopt;
  }
  ByteReader reader(box.payload);
  const auto length = reader.be32();
  return Range{box.offset + box.bytes.size() - box.payload.size(),
               length.ok() ? *length : box.payload.size()};
}

constexpr const char* kDescriptionText = "a description of a box says more than its type and label";

void note_description(Context& context, const manifest::Manifest& manifest, const jumbf::Box& box) {
  if (const auto range = more_than_label(box)) {
    add_manifest_bytes(context.verdict, manifest, *range, "description", kDescriptionText);
  }
}

void note_padding(Context& context, const manifest::Manifest& manifest, const jumbf::Box& box) {
  if (!all_zero(box.payload)) {
    add_manifest_bytes(context.verdict, manifest, {box.offset, box.bytes.size()}, "padding",
                       "padding of a manifest is not empty");
  }
}

// T-09: a credential that nothing refers to can be put there without a key.
void note_credentials(Context& context, const manifest::Manifest& manifest,
                      const jumbf::Box& store) {
  note_description(context, manifest, store);
  for (const jumbf::Box* credential : manifest.tree->children_of(store)) {
    const bool padding = credential->type == jumbf::fourcc("free") && all_zero(credential->payload);
    if (!padding && context.referred_credentials.count(credential) == 0) {
      add_manifest_bytes(context.verdict, manifest, {credential->offset, credential->bytes.size()},
                         "credentials", "a credential that nothing in the signed record refers to");
    }
  }
}

// R-206, T-47: the boxes that hold claim, signature and assertions have room of their own.
void note_frames(Context& context, const manifest::Manifest& manifest) {
  note_description(context, manifest, *manifest.box);
  for (const jumbf::Box* child : manifest.tree->children_of(*manifest.box)) {
    if (!is_known_child(*child)) {
      continue;
    }
    note_description(context, manifest, *child);
    for (const jumbf::Box* inner : manifest.tree->children_of(*child)) {
      if (inner->type == jumbf::fourcc("free")) {
        note_padding(context, manifest, *inner);
      }
    }
  }
}

// Boxes inside a manifest that the claim does not cover: data boxes and credentials count as
// covered only where a reference names them.
void note_manifest(Context& context, const ManifestResult& result) {
  const manifest::Manifest& manifest = *result.manifest;
  if (manifest.box == nullptr) {
    return;
  }
  // An ingredient's frames are in the hash that refers to it, unless something was redacted.
  if (&result == context.verdict.active() ||
      context.redacted_manifests.count(manifest.index) != 0) {
    note_frames(context, manifest);
  }
  for (const jumbf::Box* child : manifest.tree->children_of(*manifest.box)) {
    if (is_known_child(*child)) {
      continue;
    }
    if (child->type == jumbf::fourcc("free")) {
      note_padding(context, manifest, *child);
    } else if (child->label() == "c2pa.credentials") {
      note_credentials(context, manifest, *child);
    } else {
      const bool data = child->label() == "c2pa.databoxes";
      add_manifest_bytes(
          context.verdict, manifest, {child->offset, child->bytes.size()},
          data ? "dataBoxes" : "unknownBox",
          "a box that the claim does not list; only what a hash refers to is covered");
    }
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
  if (const auto range = more_than_label(tree.root())) {
    context.verdict.uncovered.push_back({*range, "description", true, kDescriptionText});
  }
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
