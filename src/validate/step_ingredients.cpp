// Ingredients: is the manifest that an ingredient assertion names still the one that the signer
// saw? (spec §Validate the ingredients; …,
// T-07: nothing but hash and signature binds it).
#include "base/text.h"
#include "crypto/digest.h"
#include "validate/context.h"

namespace assay::validate {
namespace {

using Link = IngredientResult::Link;

// files of the first versions hashed the claim instead of the manifest box.
bool matches_legacy_hash(Context& context, const ManifestResult& result,
                         const IngredientResult& ingredient) {
  const manifest::HashedUri& uri = ingredient.data.manifest;
  if (ingredient.data.version != 1 || !ingredient.manifest || !uri.hash) {
    return false;
  }
  const auto alg = resolve_alg(uri.alg, result.claim.alg);
  const ManifestResult& target = context.verdict.manifests[*ingredient.manifest];
  return alg && target.claim_state == manifest::ClaimState::ok &&
         equal(crypto::digest(*alg, target.claim.payload), *uri.hash);
}

// the signature box, for manifests that something was redacted from.
void check_claim_signature(Context& context, ManifestResult& result, IngredientResult& ingredient,
                           const std::string& url) {
  const size_t index = result.manifest->index;
  const CheckedReference checked =
      check_reference(context, ingredient.data.claim_signature, result, result.claim.alg);
  const bool same_manifest = checked.target.manifest != nullptr && ingredient.manifest &&
                             checked.target.manifest->index == *ingredient.manifest &&
                             checked.target.path == "c2pa.signature";
  if (!ingredient.data.claim_signature.present || !checked.target.found() || !same_manifest) {
    ingredient.link = Link::missing;
    context.add(StatusCode::ingredient_claim_signature_missing, url, index,
                "the ingredient's claim signature is not referred to or is gone");
    return;
  }
  if (checked.state != ReferenceState::match) {
    ingredient.link = Link::mismatch;
    context.add(StatusCode::ingredient_claim_signature_mismatch, url, index,
                "the ingredient's claim signature differs from the one that was referred to");
    return;
  }
  const bool redacted = context.redacted_manifests.count(*ingredient.manifest) != 0;
  ingredient.link = redacted ? Link::redacted : Link::ok;
  context.add(StatusCode::ingredient_claim_signature_validated, url, index,
              "the ingredient's claim signature is the one that was referred to");
}

// the manifest as a box.
void check_manifest_hash(Context& context, ManifestResult& result, IngredientResult& ingredient,
                         const std::string& url) {
  const size_t index = result.manifest->index;
  const CheckedReference checked =
      check_reference(context, ingredient.data.manifest, result, result.claim.alg);
  const bool is_manifest = checked.target.found() && checked.target.path.empty();
  if (!is_manifest && !matches_legacy_hash(context, result, ingredient)) {
    ingredient.link = Link::missing;
    context.add(StatusCode::ingredient_manifest_missing, url, index,
                "the ingredient's manifest is not in the store, or more than one has its label");
    return;
  }
  if (checked.state == ReferenceState::unsupported_algorithm) {
    ingredient.link = Link::mismatch;
    context.add(StatusCode::algorithm_unsupported, url, index,
                "no supported hash algorithm is given for the ingredient's manifest");
    return;
  }
  if (checked.state == ReferenceState::match || matches_legacy_hash(context, result, ingredient)) {
    ingredient.link = Link::ok;
    context.add(StatusCode::ingredient_manifest_validated, url, index,
                "the ingredient's manifest is the one that was referred to");
    return;
  }
  ingredient.link = Link::mismatch;
  context.add(StatusCode::ingredient_manifest_mismatch, url, index,
              "the ingredient's manifest differs from the one that was referred to");
}

// P-2, R-908: stores of claim version 1 only had no claimSignature to refer to.
bool is_all_version_1(const Verdict& verdict) {
  for (const ManifestResult& result : verdict.manifests) {
    if (result.reached && result.claim.version != 1) {
      return false;
    }
  }
  return true;
}

void check_link(Context& context, ManifestResult& result, IngredientResult& ingredient) {
  const std::string& url = result.assertions[ingredient.assertion].url;
  const size_t index = result.manifest->index;
  if (!ingredient.data.manifest.present) {
    // an input needs no provenance of its own.
    if (ingredient.data.relationship != "inputTo") {
      context.add(StatusCode::ingredient_unknown_provenance, url, index,
                  "the ingredient has no Content Credentials");
    }
    return;
  }
  const bool redacted =
      ingredient.manifest && context.redacted_manifests.count(*ingredient.manifest) != 0;
  if (!redacted) {
    check_manifest_hash(context, result, ingredient, url);
    // both methods where both are given; a signature reference that does not fit is never
    // ignored.
    if (ingredient.data.claim_signature.present && ingredient.link == Link::ok) {
      check_claim_signature(context, result, ingredient, url);
    }
    return;
  }
  if (!ingredient.data.claim_signature.present && is_all_version_1(context.verdict)) {
    // The claim's own signature is what still holds it together, and nothing says which claim it
    // was.
    ingredient.link = Link::redacted;
    context.add(StatusCode::ingredient_unknown_provenance, url, index,
                "nothing shows that this is the manifest that was referred to: it is redacted, and "
                "records of version 1 do not refer to its signature");
    return;
  }
  check_claim_signature(context, result, ingredient, url);
}

// a manifest cannot be its own ancestor, except by forged bytes.
bool leads_back(const Verdict& verdict, size_t from, size_t to) {
  std::vector<uint8_t> seen(verdict.manifests.size());
  std::vector<size_t> open = {from};
  while (!open.empty()) {
    const size_t current = open.back();
    open.pop_back();
    if (current == to) {
      return true;
    }
    if (seen[current] != 0) {
      continue;
    }
    seen[current] = 1;
    for (const IngredientResult& ingredient : verdict.manifests[current].ingredients) {
      if (ingredient.manifest) {
        open.push_back(*ingredient.manifest);
      }
    }
  }
  return false;
}

}  // namespace

void check_ingredients(Context& context, ManifestResult& result) {
  const size_t index = result.manifest->index;
  for (IngredientResult& ingredient : result.ingredients) {
    const AssertionResult& assertion = result.assertions[ingredient.assertion];
    if (is_redacted(context, assertion.url)) {
      continue;
    }
    for (const std::string& problem : ingredient.data.problems) {
      context.add(StatusCode::ingredient_malformed, assertion.url, index, problem);
    }
    const bool spent = context.budget.spend(context.verdict.manifests.size());
    if (spent && ingredient.manifest && leads_back(context.verdict, *ingredient.manifest, index)) {
      context.add(StatusCode::ingredient_malformed, assertion.url, index,
                  "the ingredient leads back to the manifest that names it");
    }
    check_link(context, result, ingredient);
  }
}

}  // namespace assay::validate
