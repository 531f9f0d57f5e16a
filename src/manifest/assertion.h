// Assertion: one superbox of an assertion store (spec §Assertion store; R-215…R-218).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.h"
#include "codec/cbor/cbor.h"
#include "codec/json/json.h"
#include "manifest/store.h"

namespace assay::manifest {

enum class ContentKind : uint8_t { cbor, json, embedded_file, uuid, other, none };

// What is inside. Views into the store.
struct AssertionContent {
  ContentKind kind = ContentKind::none;
  ByteView bytes;               // payload of the content box; of an embedded file: its data
  std::string_view media_type;  // embedded file
  std::string_view file_name;   // embedded file
  bool external = false;        // embedded file toggle that C2PA forbids
};

AssertionContent content_of(const jumbf::Tree& tree, const jumbf::Box& assertion);

// every content and padding box holds only zeros, the redaction UUID excepted.
bool is_redacted_in_place(const jumbf::Tree& tree, const jumbf::Box& assertion);

// Parsed content, kept as long as the report needs it.
struct ParsedContent {
  bool well_formed = true;
  std::optional<cbor::Document> cbor;
  std::optional<json::Value> json;
  cbor::Value root() const { return cbor ? cbor->root() : cbor::Value(); }
};

ParsedContent parse_content(const AssertionContent& content, const Limits& limits, Budget& budget);

// Labels whose content the specification defines: for these malformed content is a failure.
bool is_standard_label(std::string_view base_label);
bool is_actions_label(std::string_view base_label);
bool is_ingredient_label(std::string_view base_label);
// Labels that count as a hard binding; `.part` forms and `c2pa.hash.bmff` do not.
bool is_hard_binding_label(std::string_view base_label);

}  // namespace assay::manifest
