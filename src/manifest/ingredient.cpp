#include "manifest/ingredient.h"

#include <algorithm>
#include <array>

namespace assay::manifest {
namespace {

using cbor::Type;
using cbor::Value;

std::string text_of(const Value& value) {
  const auto text = value.untagged().as_text();
  return text ? std::string(*text) : std::string();
}

void read_status_list(const Value& list, std::string_view kind, Ingredient& out) {
  for (size_t i = 0; i < list.size(); ++i) {
    const Value entry = list.at(i);
    out.recorded.push_back(
        {text_of(entry.get("code")), text_of(entry.get("url")), std::string(kind)});
  }
}

// R-1011: results of the ingredient's active manifest; deltas of its own ingredients are not
// compared.
void read_validation_results(const Value& results, Ingredient& out) {
  out.has_validation_results = results.present() && !results.is(Type::null);
  const Value active = results.get("activeManifest");
  for (const std::string_view kind : {"success", "informational", "failure"}) {
    read_status_list(active.get(kind), kind, out);
  }
}

// R-1015: 1.x lists carry `success`; without it a listed status was a failure.
void read_validation_status(const Value& list, Ingredient& out) {
  for (size_t i = 0; i < list.size(); ++i) {
    const Value entry = list.at(i);
    const bool success = entry.get("success").as_bool().value_or(false);
    out.recorded.push_back(
        {text_of(entry.get("code")), text_of(entry.get("url")), success ? "success" : "failure"});
  }
}

void check(Ingredient& out) {
  const bool known = out.relationship == "parentOf" || out.relationship == "componentOf" ||
                     out.relationship == "inputTo";
  if (!known) {
    out.problems.emplace_back(
        "relationship is missing or not one of parentOf, componentOf, inputTo");
  }
  if (out.version == 3 && out.manifest.present && !out.has_validation_results) {
    out.problems.emplace_back("activeManifest without validationResults");
  }
  if (out.version == 3 && out.manifest.present && out.has_digital_source_type) {
    out.problems.emplace_back("both activeManifest and digitalSourceType");
  }
}

//
void read_soft_bindings(const Value& root, Ingredient& out) {
  out.soft_bindings_matched = root.get("softBindingsMatched").as_bool().value_or(false);
  const Value algorithms = root.get("softBindingAlgorithmsMatched");
  for (size_t i = 0; i < std::min(algorithms.size(), kMostAlgorithms); ++i) {
    out.soft_binding_algorithms.push_back(text_of(algorithms.at(i)));
  }
}

}  // namespace

Ingredient read_ingredient(const Value& root, std::string_view base_label) {
  Ingredient out;
  out.version = base_label == "c2pa.ingredient.v3" ? 3 : base_label == "c2pa.ingredient.v2" ? 2 : 1;
  if (!root.is(Type::map)) {
    out.problems.emplace_back("the assertion is not a map");
    return out;
  }
  if (root.has_duplicate_keys()) {
    out.problems.emplace_back("a key occurs twice");
  }
  out.title = text_of(root.get("dc:title"));
  out.format = text_of(root.get("dc:format"));
  out.relationship = text_of(root.get("relationship"));
  out.instance_id = text_of(root.get("instanceID"));
  out.thumbnail = parse_hashed_uri(root.get("thumbnail"));
  out.data = parse_hashed_uri(root.get("data"));
  out.has_digital_source_type = root.get("digitalSourceType").present();
  if (out.version == 3) {
    out.manifest = parse_hashed_uri(root.get("activeManifest"));
    out.claim_signature = parse_hashed_uri(root.get("claimSignature"));
    read_validation_results(root.get("validationResults"), out);
    read_soft_bindings(root, out);
  } else {
    out.manifest = parse_hashed_uri(root.get("c2pa_manifest"));
    read_validation_status(root.get("validationStatus"), out);
  }
  check(out);
  return out;
}

}  // namespace assay::manifest
