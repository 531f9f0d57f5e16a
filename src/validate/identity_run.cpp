#include "validate/identity_run.h"

#include <algorithm>
#include <set>

namespace assay::validate {
namespace {

std::optional<std::string> own_binding_url(const ManifestResult& result) {
  for (const AssertionResult& assertion : result.assertions) {
    if (manifest::is_hard_binding_label(assertion.base_label) &&
        assertion.integrity == Integrity::ok) {
      return assertion.url;
    }
  }
  return std::nullopt;
}

// R-571 for one manifest: its own hard binding, or that of the manifest which its chain of updates
// leads to.
std::optional<std::string> binding_url(const Verdict& verdict, const ManifestResult& home) {
  const ManifestResult* current = &home;
  std::set<const ManifestResult*> seen;
  while (current != nullptr && seen.insert(current).second) {
    if (current->manifest->kind != manifest::ManifestKind::update) {
      return own_binding_url(*current);
    }
    const auto parent = std::find_if(
        current->ingredients.begin(), current->ingredients.end(),
        [](const IngredientResult& entry) { return entry.data.relationship == "parentOf"; });
    const bool known = parent != current->ingredients.end() && parent->manifest;
    current = known ? &verdict.manifests[*parent->manifest] : nullptr;
  }
  return std::nullopt;
}

// R-1104: this claim and those that its ingredients lead to.
std::vector<identity::ClaimView> history_of(const Verdict& verdict, const ManifestResult& home) {
  std::vector<identity::ClaimView> out;
  std::set<size_t> seen;
  std::vector<size_t> open = {home.manifest->index};
  while (!open.empty()) {
    const size_t index = open.back();
    open.pop_back();
    const ManifestResult& result = verdict.manifests[index];
    if (!seen.insert(index).second || result.claim_state != manifest::ClaimState::ok) {
      continue;
    }
    out.push_back({result.manifest, &result.claim});
    for (const IngredientResult& ingredient : result.ingredients) {
      if (ingredient.manifest) {
        open.push_back(*ingredient.manifest);
      }
    }
  }
  return out;
}

}  // namespace

identity::ManifestView identity_view(const Context& context, const ManifestResult& result) {
  const Verdict& verdict = context.verdict;
  identity::ManifestView view;
  view.store = &context.store;
  view.manifest = result.manifest;
  view.claim = &result.claim;
  for (const AssertionResult& assertion : result.assertions) {
    if (assertion.integrity == Integrity::ok) {
      const json::Value* json = assertion.parsed.json ? &*assertion.parsed.json : nullptr;
      view.assertions.push_back(
          {assertion.label, assertion.base_label, assertion.url, assertion.parsed.root(), json});
    }
  }
  view.ocsp_answers = ocsp_answers_beside(context, result.manifest->index);
  view.history = history_of(verdict, result);
  view.binding_url = binding_url(verdict, result);
  if (result.signature.attested && result.signature.timestamp) {
    view.attested = result.signature.timestamp->attested();
  }
  return view;
}

void IdentityRun::examine() {
  context_.verdict.identities.clear();
  context_.verdict.attached.clear();
  for (const size_t index : context_.verdict.order) {
    if (context_.verdict.manifests[index].claim_state == manifest::ClaimState::ok) {
      examine_manifest(index);
    }
  }
}

void IdentityRun::examine_manifest(size_t index) {
  Verdict& verdict = context_.verdict;
  const Limits& limits = context_.policy.limits;
  const ManifestResult& result = verdict.manifests[index];
  const identity::ManifestView view = identity_view(context_, result);
  const identity::Environment environment{context_.engine.trust,
                                          context_.engine.issuers,
                                          limits,
                                          budget_,
                                          context_.engine.signatures,
                                          context_.engine.certificates,
                                          context_.policy.now,
                                          answers_};
  // R-1101: nothing is said about identities in a manifest that is itself not well formed.
  auto statements = result.state == ManifestState::invalid
                        ? identity::unexamined_statements(view, limits)
                        : identity::examine_statements(view, environment);
  for (identity::IdentityStatement& statement : statements) {
    verdict.identities.push_back({index, std::move(statement)});
  }
  identity::AttachedCredentials attached = identity::attached_credentials(view, environment);
  for (identity::AttachedCredential& entry : attached.entries) {
    verdict.attached.push_back({index, std::move(entry)});
  }
  verdict.manifests[index].names_cut = std::move(attached.cut);
}

std::vector<identity::ResourceRequest> IdentityRun::unasked() {
  std::vector<identity::ResourceRequest> out;
  const Limits& limits = context_.policy.limits;
  for (const IdentityResult& result : context_.verdict.identities) {
    if (result.manifest != context_.verdict.order.front()) {
      continue;
    }
    for (const identity::ResourceRequest& wanted : result.statement.wanted) {
      const bool known = std::find(asked_.begin(), asked_.end(), wanted.url) != asked_.end();
      if (!known && !limits.exceeded(Limit::identity_resources, asked_.size() + 1)) {
        asked_.push_back(wanted.url);
        out.push_back(wanted);
      }
    }
  }
  return out;
}

void IdentityRun::answer(const std::string& url, identity::Answer answer) {
  answers_[url] = std::move(answer);
}

}  // namespace assay::validate
