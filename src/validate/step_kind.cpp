// What a standard or update manifest may and must hold (spec §Validate the correct assertions for
// the type of manifest; R-501…R-508), and which hard binding speaks for the asset (R-571,
// never one of an ingredient).
#include <algorithm>
#include <set>

#include "base/text.h"
#include "validate/context.h"

namespace assay::validate {
namespace {

using manifest::ManifestKind;

// a box hash of a TIFF file is undefined and therefore no binding. Of ingredients the format
// is not known here; nothing is bound to them.
bool is_undefined(const Context& context, const ManifestResult& result,
                  const AssertionResult& assertion) {
  const container::Format format = context.verdict.carrier->format;
  const bool tiff = format == container::Format::tiff || format == container::Format::dng;
  const auto& chain = context.verdict.binding_chain;
  const bool of_asset = result.depth == 0 || std::find(chain.begin(), chain.end(),
                                                       result.manifest->index) != chain.end();
  return tiff && of_asset && assertion.base_label == "c2pa.hash.boxes";
}

// P-4: gathered ones count like created ones; binding_run.cpp says which it was.
std::vector<size_t> hard_bindings(const Context& context, const ManifestResult& result) {
  std::vector<size_t> found;
  for (size_t i = 0; i < result.assertions.size(); ++i) {
    const AssertionResult& assertion = result.assertions[i];
    const bool listed = assertion.origin != manifest::Origin::undeclared &&
                        assertion.integrity != Integrity::outside;
    if (listed && manifest::is_hard_binding_label(assertion.base_label) &&
        !is_redacted(context, assertion.url) && !is_undefined(context, result, assertion)) {
      found.push_back(i);
    }
  }
  return found;
}

bool has_redacted_binding(const Context& context, const ManifestResult& result) {
  for (const AssertionResult& assertion : result.assertions) {
    if (manifest::is_hard_binding_label(assertion.base_label) &&
        is_redacted(context, assertion.url)) {
      return true;
    }
  }
  return false;
}

size_t count_parents(const ManifestResult& result) {
  size_t parents = 0;
  for (const IngredientResult& ingredient : result.ingredients) {
    parents += ingredient.data.relationship == "parentOf" ? 1 : 0;
  }
  return parents;
}

// T-56.
void check_standard(Context& context, ManifestResult& result) {
  const size_t index = result.manifest->index;
  const auto bindings = hard_bindings(context, result);
  if (bindings.empty() && !has_redacted_binding(context, result)) {
    context.add(StatusCode::claim_hard_bindings_missing, result.claim.url, index,
                "the manifest has no hard binding: nothing ties it to any content");
  }
  if (bindings.size() > 1) {
    context.add(StatusCode::assertion_multiple_hard_bindings,
                context.store.url_of(*result.manifest, "c2pa.assertions"), index,
                "the manifest has more than one hard binding");
  }
  if (count_parents(result) > 1) {
    context.add(StatusCode::manifest_multiple_parents, result.claim.url, index,
                "the manifest has more than one parent ingredient");
  }
}

// what an update manifest must not hold.
bool is_forbidden_in_update(std::string_view label) {
  return manifest::is_hard_binding_label(label) || label == "c2pa.hash.multi-asset" ||
         starts_with(label, "c2pa.thumbnail.");
}

//
void check_update_actions(Context& context, const ManifestResult& result,
                          const AssertionResult& assertion) {
  const cbor::Value actions = assertion.parsed.root().get("actions");
  for (size_t i = 0; i < actions.size(); ++i) {
    const auto action = actions.at(i).get("action").as_text();
    const bool allowed = action && (*action == "c2pa.edited.metadata" || *action == "c2pa.opened" ||
                                    *action == "c2pa.published" || *action == "c2pa.redacted");
    if (!allowed) {
      context.add(StatusCode::manifest_update_invalid, result.claim.url, result.manifest->index,
                  "an update manifest holds an action that changes content");
      return;
    }
  }
}

// R-505…R-508.
void check_update(Context& context, ManifestResult& result) {
  const size_t index = result.manifest->index;
  for (const AssertionResult& assertion : result.assertions) {
    if (is_forbidden_in_update(assertion.base_label)) {
      context.add(StatusCode::manifest_update_invalid, result.claim.url, index,
                  "an update manifest holds " + display_text(assertion.label, 100));
    }
    if (manifest::is_actions_label(assertion.base_label)) {
      check_update_actions(context, result, assertion);
    }
  }
  const bool one_parent = result.ingredients.size() == 1 && count_parents(result) == 1 &&
                          result.ingredients.front().data.manifest.present;
  if (!one_parent) {
    context.add(StatusCode::manifest_update_wrong_parents, result.claim.url, index,
                "an update manifest needs exactly one ingredient, the parent manifest");
  }
}

const IngredientResult* parent_of(const ManifestResult& result) {
  for (const IngredientResult& ingredient : result.ingredients) {
    if (ingredient.data.relationship == "parentOf") {
      return &ingredient;
    }
  }
  return nullptr;
}

}  // namespace

void check_manifest_kind(Context& context, ManifestResult& result) {
  if (result.manifest->kind == ManifestKind::update) {
    check_update(context, result);
  } else {
    check_standard(context, result);
  }
}

std::optional<SelectedBinding> select_binding(Context& context) {
  const ManifestResult* active = context.verdict.active();
  const ManifestResult* current = active;
  std::set<const ManifestResult*> seen;
  SelectedBinding selected;
  while (current != nullptr && current->claim_state == manifest::ClaimState::ok &&
         seen.insert(current).second) {
    context.verdict.binding_chain.push_back(current->manifest->index);
    if (current->manifest->kind != ManifestKind::update) {
      const auto bindings = hard_bindings(context, *current);
      if (bindings.size() != 1) {
        break;
      }
      selected.manifest = current->manifest->index;
      selected.assertion = bindings.front();
      return selected;
    }
    selected.updated = true;
    const IngredientResult* parent = parent_of(*current);
    current = parent != nullptr && parent->manifest ? &context.verdict.manifests[*parent->manifest]
                                                    : nullptr;
  }
  if (current != nullptr && has_redacted_binding(context, *current)) {
    // the redacted binding is the one that the asset needs.
    context.add(StatusCode::assertion_hard_binding_redacted, current->claim.url,
                active->manifest->index, "the hard binding of the asset was redacted");
    return std::nullopt;
  }
  if (active->claim_state == manifest::ClaimState::ok && current != active) {
    context.add(StatusCode::claim_hard_bindings_missing, active->claim.url, active->manifest->index,
                "the chain of update manifests leads to no manifest with a hard binding");
  }
  return std::nullopt;
}

}  // namespace assay::validate
