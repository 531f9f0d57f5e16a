// Pass 1 (spec §Performing recursive validation; R-901… …R-913): which manifests belong
// to the asset's history, what their claims list, and what later manifests redacted.
#include <algorithm>

#include "base/text.h"
#include "crypto/digest.h"
#include "manifest/uri.h"
#include "validate/context.h"

namespace assay::validate {
namespace {

using manifest::Origin;
using manifest::Reference;
using manifest::Target;

Integrity integrity_of(ReferenceState state) {
  switch (state) {
    case ReferenceState::match:
      return Integrity::ok;
    case ReferenceState::unsupported_algorithm:
      return Integrity::unsupported;
    case ReferenceState::mismatch:
    case ReferenceState::missing:
    case ReferenceState::external:
      break;
  }
  return Integrity::mismatch;
}

// One entry of created_assertions, gathered_assertions or assertions: resolved and hashed.
AssertionResult load_assertion(Context& context, const ManifestResult& result,
                               const Reference& reference) {
  AssertionResult out;
  out.origin = reference.origin;
  const CheckedReference checked =
      check_reference(context, reference.uri, result, result.claim.alg);
  const Target& target = checked.target;
  out.url = target.url;
  out.label = std::string(manifest::last_segment(target.path));
  out.base_label = std::string(manifest::base_label(out.label));
  out.box = target.box;
  // a path into another manifest is refused whether or not that manifest exists.
  const bool elsewhere =
      !target.manifest_label.empty() && target.manifest_label != result.manifest->label;
  const bool in_assertion_store = starts_with(target.path, "c2pa.assertions/");
  if (elsewhere || (target.found() && !in_assertion_store)) {
    out.integrity = Integrity::outside;
    return out;
  }
  if (!target.found()) {
    out.integrity = Integrity::missing;
    return out;
  }
  out.integrity = integrity_of(checked.state);
  out.content = manifest::content_of(*result.manifest->tree, *target.box);
  if (out.integrity == Integrity::ok) {
    out.parsed = manifest::parse_content(out.content, context.policy.limits, context.budget);
  }
  return out;
}

// the same assertion in both lists is shown once, as created.
bool already_listed(const ManifestResult& result, const AssertionResult& candidate) {
  return candidate.integrity == Integrity::ok && candidate.origin == Origin::gathered &&
         std::any_of(result.assertions.begin(), result.assertions.end(),
                     [&](const AssertionResult& known) {
                       return known.box == candidate.box && known.integrity == Integrity::ok;
                     });
}

void load_assertions(Context& context, ManifestResult& result) {
  result.assertions.reserve(result.claim.references.size());
  for (const Reference& reference : result.claim.references) {
    AssertionResult loaded = load_assertion(context, result, reference);
    if (!already_listed(result, loaded)) {
      result.assertions.push_back(std::move(loaded));
    }
  }
}

void collect_redactions(Context& context, ManifestResult& result) {
  for (const std::string& uri : result.claim.redacted) {
    const Target target = context.store.resolve(uri, *result.manifest);
    context.redactions[target.url].insert(result.manifest->index);
    if (target.manifest != nullptr) {
      context.redacted_manifests.insert(target.manifest->index);
    }
  }
}

struct Visit {
  size_t manifest;
  size_t depth;
};

// The manifests that the ingredients of `result` name; every relationship is walked.
void load_ingredients(Context& context, ManifestResult& result, std::vector<Visit>& open) {
  for (size_t i = 0; i < result.assertions.size(); ++i) {
    const AssertionResult& assertion = result.assertions[i];
    const bool usable = assertion.integrity == Integrity::ok && assertion.parsed.cbor &&
                        manifest::is_ingredient_label(assertion.base_label);
    if (!usable) {
      continue;
    }
    IngredientResult ingredient;
    ingredient.assertion = i;
    ingredient.data = manifest::read_ingredient(assertion.parsed.root(), assertion.base_label);
    if (ingredient.data.manifest.present) {
      const Target target = context.store.resolve(ingredient.data.manifest.url, *result.manifest);
      if (target.manifest != nullptr) {
        ingredient.manifest = target.manifest->index;
        open.push_back({target.manifest->index, result.depth + 1});
      }
    }
    result.ingredients.push_back(std::move(ingredient));
  }
}

void load_manifest(Context& context, const Visit& visit, std::vector<Visit>& open) {
  ManifestResult& result = context.verdict.manifests[visit.manifest];
  result.reached = true;
  result.depth = visit.depth;
  context.verdict.order.push_back(visit.manifest);
  context.budget.grant_signature_checks(6);
  if (result.manifest->box == nullptr) {
    return;  // compressed and not inflated: check_claim says so
  }
  auto read =
      manifest::read_claim(context.store, *result.manifest, context.policy.limits, context.budget);
  result.claim_state = read.state;
  result.claim = std::move(read.claim);
  if (!read.explanation.empty()) {
    result.claim.problems.insert(result.claim.problems.begin(), read.explanation);
  }
  if (result.claim_state != manifest::ClaimState::ok) {
    return;
  }
  load_assertions(context, result);
  collect_redactions(context, result);
  std::vector<Visit> found;
  load_ingredients(context, result, found);
  // The stack is popped from the back; reversed, so that manifests are met in listed order.
  open.insert(open.end(), found.rbegin(), found.rend());
}

// a manifest cannot usefully stamp itself.
void collect_timestamps(Context& context, const ManifestResult& result, const cbor::Value& root) {
  for (size_t i = 0; i < root.size(); ++i) {
    const auto label = root.key(i).as_text();
    const auto token = root.at(i).untagged().as_bytes();
    if (label && token && *label != result.manifest->label) {
      context.timestamps[std::string(*label)].push_back(*token);
    }
  }
}

//
void collect_answers(Context& context, size_t manifest, const cbor::Value& root) {
  const cbor::Value answers = root.get("ocspVals");
  for (size_t i = 0; i < answers.size(); ++i) {
    if (const auto answer = answers.at(i).as_bytes()) {
      context.ocsp_answers.emplace_back(manifest, *answer);
    }
  }
}

}  // namespace

void collect_manifests(Context& context) {
  const auto& manifests = context.store.manifests();
  Verdict& verdict = context.verdict;
  verdict.manifests.resize(manifests.size());
  for (size_t i = 0; i < manifests.size(); ++i) {
    verdict.manifests[i].manifest = &manifests[i];
  }
  std::vector<Visit> open = {{context.store.active()->index, 0}};
  size_t visits = 0;
  while (!open.empty()) {
    const Visit visit = open.back();
    open.pop_back();
    const size_t references = visits++;  // nothing refers to the active manifest
    if (verdict.manifests[visit.manifest].reached) {
      continue;  // each manifest is validated once
    }
    const Limits& limits = context.policy.limits;
    if (limits.exceeded(Limit::ingredient_depth, visit.depth) ||
        limits.exceeded(Limit::ingredient_references, references) || !context.budget.spend()) {
      context.add(StatusCode::general_error, context.store.url_of(*context.store.active(), ""),
                  context.store.active()->index,
                  "the history of ingredients is larger than this validator follows");
      break;
    }
    load_manifest(context, visit, open);
  }
  for (size_t i = 0; i < manifests.size(); ++i) {
    if (!verdict.manifests[i].reached) {
      verdict.order.push_back(i);
    }
  }
}

void collect_supplements(Context& context) {
  for (const size_t index : context.verdict.order) {
    const ManifestResult& result = context.verdict.manifests[index];
    for (const AssertionResult& assertion : result.assertions) {
      if (assertion.base_label == "c2pa.time-stamp") {
        collect_timestamps(context, result, assertion.parsed.root());
      } else if (assertion.base_label == "c2pa.certificate-status") {
        collect_answers(context, index, assertion.parsed.root());
      }
    }
  }
}

}  // namespace assay::validate
