#include "manifest/assertion.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace assay::manifest {
namespace {

using jumbf::Box;

constexpr auto kCborType = jumbf::type_uuid("cbor");
constexpr auto kJsonType = jumbf::type_uuid("json");
constexpr auto kUuidType = jumbf::type_uuid("uuid");
constexpr jumbf::Uuid kRedactionUuid = {0xCA, 0xA9, 0x8E, 0xEE, 0x9D, 0x4D, 0xF8, 0x0E,
                                        0x86, 0xAD, 0x4D, 0xFF, 0xCA, 0x26, 0x39, 0x73};

ContentKind kind_of(const Box& box) {
  if (box.has_type(kCborType)) {
    return ContentKind::cbor;
  }
  if (box.has_type(kJsonType)) {
    return ContentKind::json;
  }
  if (box.has_type(jumbf::kEmbeddedFile)) {
    return ContentKind::embedded_file;
  }
  return box.has_type(kUuidType) ? ContentKind::uuid : ContentKind::other;
}

const Box* first_of_type(const jumbf::Tree& tree, const Box& parent, uint32_t type) {
  for (const Box* child : tree.children_of(parent)) {
    if (child->type == type) {
      return child;
    }
  }
  return nullptr;
}

// `bfdb`: toggles, media type NUL, file name NUL if toggle bit 0.
void read_file_description(const Box& box, AssertionContent& content) {
  ByteReader reader(box.payload);
  const auto toggles = reader.u8();
  if (!toggles.ok()) {
    return;
  }
  content.external = (*toggles & 2) != 0;
  const auto type = reader.take_until_nul();
  content.media_type = as_text(type.ok() ? *type : reader.rest());
  if (type.ok() && (*toggles & 1) != 0) {
    const auto name = reader.take_until_nul();
    content.file_name = as_text(name.ok() ? *name : reader.rest());
  }
}

}  // namespace

AssertionContent content_of(const jumbf::Tree& tree, const Box& assertion) {
  AssertionContent content;
  content.kind = kind_of(assertion);
  uint32_t wanted = 0;
  switch (content.kind) {
    case ContentKind::cbor:
      wanted = jumbf::fourcc("cbor");
      break;
    case ContentKind::json:
      wanted = jumbf::fourcc("json");
      break;
    case ContentKind::uuid:
      wanted = jumbf::fourcc("uuid");
      break;
    case ContentKind::embedded_file:
      wanted = jumbf::fourcc("bidb");
      if (const Box* description = first_of_type(tree, assertion, jumbf::fourcc("bfdb"))) {
        read_file_description(*description, content);
      }
      break;
    case ContentKind::other:
    case ContentKind::none:
      return content;
  }
  const Box* box = first_of_type(tree, assertion, wanted);
  if (box == nullptr) {
    content.kind = ContentKind::none;
    return content;
  }
  content.bytes = box->payload;
  return content;
}

bool is_redacted_in_place(const jumbf::Tree& tree, const Box& assertion) {
  const auto children = tree.children_of(assertion);
  return std::all_of(children.begin(), children.end(), [](const Box* child) {
    ByteView payload = child->payload;
    const bool is_uuid_box = child->type == jumbf::fourcc("uuid") && payload.size() >= 16;
    if (is_uuid_box && equal(payload.first(16), kRedactionUuid)) {
      payload = payload.subspan(16);
    }
    return all_zero(payload);
  });
}

ParsedContent parse_content(const AssertionContent& content, const Limits& limits, Budget& budget) {
  ParsedContent parsed;
  if (content.kind == ContentKind::cbor) {
    auto document = cbor::Document::parse(content.bytes, limits, budget);
    parsed.well_formed = document.ok();
    if (document.ok()) {
      parsed.cbor = std::move(*document);
    }
  } else if (content.kind == ContentKind::json) {
    auto value = json::parse(content.bytes, limits);
    parsed.well_formed = value.ok();
    if (value.ok()) {
      parsed.json = std::move(*value);
    }
  } else if (content.kind == ContentKind::none) {
    parsed.well_formed = false;
  }
  return parsed;
}

// font.info and c2pa.font.info are the same assertion.
bool is_standard_label(std::string_view label) {
  return starts_with(label, "c2pa.") || starts_with(label, "stds.") || label == "font.info";
}

bool is_actions_label(std::string_view label) {
  return label == "c2pa.actions" || label == "c2pa.actions.v2";
}

bool is_ingredient_label(std::string_view label) {
  return label == "c2pa.ingredient" || label == "c2pa.ingredient.v2" ||
         label == "c2pa.ingredient.v3";
}

// P-5: c2pa.hash.bmff counts for nothing, T-08: neither does a soft
// binding.
bool is_hard_binding_label(std::string_view label) {
  constexpr std::array<std::string_view, 5> kLabels = {"c2pa.hash.data", "c2pa.hash.boxes",
                                                       "c2pa.hash.collection.data",
                                                       "c2pa.hash.bmff.v2", "c2pa.hash.bmff.v3"};
  return std::find(kLabels.begin(), kLabels.end(), label) != kLabels.end();
}

}  // namespace assay::manifest
