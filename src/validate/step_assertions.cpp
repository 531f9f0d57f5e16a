// The assertions that a claim lists, and those that it does not (spec §Validate the assertions;
// R-410…R-419; T-02, T-43, T-44).
#include <set>

#include "base/text.h"
#include "manifest/uri.h"
#include "validate/context.h"

namespace assay::validate {
namespace {

using manifest::ContentKind;

// R-415…R-417: what a later manifest removed needs no content, but must really be gone.
void check_redacted(Context& context, ManifestResult& result, AssertionResult& assertion) {
  const size_t index = result.manifest->index;
  if (manifest::is_actions_label(assertion.base_label)) {
    context.add(StatusCode::action_redacted, assertion.url, index, "actions may not be redacted");
  }
  if (assertion.box != nullptr &&
      !manifest::is_redacted_in_place(*result.manifest->tree, *assertion.box)) {
    const std::string text = "declared as redacted, but its content is still there";
    context.add(StatusCode::assertion_not_redacted, assertion.url, index, text);
    // Nothing else holds what was planted there (T-61): it counts against whoever declared it gone.
    for (const size_t redactor : context.redactions.find(assertion.url)->second) {
      context.add(StatusCode::assertion_not_redacted, assertion.url, redactor, text);
    }
  }
  assertion.integrity = Integrity::redacted;
  assertion.parsed = {};
}

void check_integrity(Context& context, const ManifestResult& result,
                     const AssertionResult& assertion) {
  const size_t index = result.manifest->index;
  switch (assertion.integrity) {
    case Integrity::ok:
      context.add(StatusCode::assertion_hashed_uri_match, assertion.url, index,
                  "the assertion is the one that the claim lists");
      break;
    case Integrity::mismatch:
      context.add(StatusCode::assertion_hashed_uri_mismatch, assertion.url, index,
                  "the assertion differs from the one that the claim lists");
      break;
    case Integrity::unsupported:
      context.add(StatusCode::algorithm_unsupported, assertion.url, index,
                  "no supported hash algorithm is given for the assertion");
      break;
    case Integrity::missing:
      context.add(StatusCode::assertion_missing, result.claim.url, index,
                  "the claim lists " + display_text(assertion.url, 200) +
                      ", which does not exist or is ambiguous");
      break;
    case Integrity::outside:
      context.add(StatusCode::assertion_outside_manifest, result.claim.url, index,
                  "the claim lists " + display_text(assertion.url, 200) +
                      ", which is not in its own assertion store");
      break;
    case Integrity::redacted:
      break;
  }
}

// the content of standard assertions must be well formed.
void check_content(Context& context, const ManifestResult& result,
                   const AssertionResult& assertion) {
  const bool standard = manifest::is_standard_label(assertion.base_label);
  if (assertion.integrity != Integrity::ok || !standard || assertion.parsed.well_formed) {
    return;
  }
  const bool is_json = assertion.content.kind == ContentKind::json;
  context.add(is_json ? StatusCode::assertion_json_invalid : StatusCode::assertion_cbor_invalid,
              assertion.url, result.manifest->index,
              is_json ? "the content is not one JSON value"
                      : "the content is not one well-formed CBOR item");
}

constexpr auto kAssertionStoreType = jumbf::type_uuid("c2as");

// a box of another type is no assertion store, whatever its label says.
void check_store_type(Context& context, const ManifestResult& result, const jumbf::Box& store) {
  if (!store.has_type(kAssertionStoreType)) {
    context.add(StatusCode::assertion_missing,
                context.store.url_of(*result.manifest, "c2pa.assertions"), result.manifest->index,
                "the box that should hold the assertions is not an assertion store");
  }
}

// every box of the assertion store must be listed by the claim.
void check_undeclared(Context& context, ManifestResult& result) {
  std::set<const jumbf::Box*> listed;
  for (const AssertionResult& assertion : result.assertions) {
    listed.insert(assertion.box);
  }
  const manifest::Manifest& manifest = *result.manifest;
  for (const jumbf::Box* store :
       manifest.tree->children_labelled(*manifest.box, "c2pa.assertions")) {
    check_store_type(context, result, *store);
    for (const jumbf::Box* child : manifest.tree->children_of(*store)) {
      const bool padding = child->type == jumbf::fourcc("free");
      if (padding || listed.count(child) != 0) {
        continue;
      }
      AssertionResult undeclared;
      undeclared.label = std::string(child->label());
      undeclared.base_label = std::string(manifest::base_label(undeclared.label));
      undeclared.url = context.store.url_of(manifest, "c2pa.assertions/" + undeclared.label);
      undeclared.origin = manifest::Origin::undeclared;
      undeclared.integrity = Integrity::mismatch;
      undeclared.box = child;
      context.add(StatusCode::assertion_undeclared, undeclared.url, manifest.index,
                  "the assertion store holds a box that the claim does not list");
      result.assertions.push_back(std::move(undeclared));
    }
  }
}

}  // namespace

void check_assertions(Context& context, ManifestResult& result) {
  for (AssertionResult& assertion : result.assertions) {
    if (is_redacted(context, assertion.url)) {
      check_redacted(context, result, assertion);
    } else {
      check_integrity(context, result, assertion);
      check_content(context, result, assertion);
    }
  }
  check_undeclared(context, result);
}

}  // namespace assay::validate
