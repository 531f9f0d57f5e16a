#include "pki/policy.h"

#include <algorithm>

namespace assay::pki {
namespace {

void lower(uint64_t& counter, const std::optional<uint64_t>& value) {
  if (value && *value < counter) {
    counter = *value;
  }
}

void step_down(uint64_t& counter) {
  if (counter > 0) {
    --counter;
  }
}

}  // namespace

PolicyState::PolicyState(const PolicyInputs& inputs, size_t count)
    : inputs_(inputs),
      explicit_policy_(inputs.require_explicit ? 0 : count + 1),
      policy_mapping_(inputs.inhibit_mapping ? 0 : count + 1),
      inhibit_any_(inputs.inhibit_any ? 0 : count + 1) {}

bool PolicyState::next(const Certificate& certificate, bool last) {
  read_policies(certificate, last);
  if (explicit_policy_ == 0 && graph_is_null_) {  // §6.1.3 (f)
    return false;
  }
  if (last) {
    return acceptable(certificate);
  }
  if (!map_policies(certificate)) {
    return false;
  }
  count_down(certificate);
  return true;
}

// §6.1.3 (d), (e)
void PolicyState::read_policies(const Certificate& certificate, bool last) {
  if (!certificate.extensions.policies || graph_is_null_) {
    graph_is_null_ = true;
    return;
  }
  const auto& policies = certificate.extensions.policies->policies;
  Level nodes;
  bool names_any = false;
  for (const std::string& policy : policies) {
    if (policy == kPolicyAny) {
      names_any = true;
    } else if (const auto expected = level_.find(policy); expected != level_.end()) {
      nodes[policy] = expected->second;
    } else if (any_node_) {
      nodes[policy] = {policy};
    }
  }
  const bool any_counts = names_any && (inhibit_any_ > 0 || (!last && certificate.self_issued()));
  if (any_counts) {
    for (const auto& [policy, roots] : level_) {
      nodes.try_emplace(policy, roots);
    }
  }
  any_node_ = any_node_ && any_counts;
  level_ = std::move(nodes);
  graph_is_null_ = level_.empty() && !any_node_;
}

// §6.1.4 (a), (b)
bool PolicyState::map_policies(const Certificate& certificate) {
  const auto& mappings = certificate.extensions.policy_mappings;
  for (const PolicyMapping& mapping : mappings) {
    if (mapping.issuer_domain == kPolicyAny || mapping.subject_domain == kPolicyAny) {
      return false;
    }
  }
  if (graph_is_null_ || mappings.empty()) {
    return true;
  }
  Level expected;
  Level mapped;
  for (const PolicyMapping& mapping : mappings) {
    const std::string& from = mapping.issuer_domain;
    const auto node = level_.find(from);
    if (policy_mapping_ > 0 && (node != level_.end() || any_node_)) {
      const Roots roots = node != level_.end() ? node->second : Roots{from};
      mapped[mapping.subject_domain].insert(roots.begin(), roots.end());
    }
  }
  for (const PolicyMapping& mapping : mappings) {
    level_.erase(mapping.issuer_domain);
  }
  expected = std::move(level_);
  for (const auto& [policy, roots] : mapped) {
    expected[policy].insert(roots.begin(), roots.end());
  }
  level_ = std::move(expected);
  graph_is_null_ = level_.empty() && !any_node_;
  return true;
}

// §6.1.4 (h), (i), (j)
void PolicyState::count_down(const Certificate& certificate) {
  if (!certificate.self_issued()) {
    step_down(explicit_policy_);
    step_down(policy_mapping_);
    step_down(inhibit_any_);
  }
  if (const auto& constraints = certificate.extensions.policy_constraints) {
    lower(explicit_policy_, constraints->require_explicit_policy);
    lower(policy_mapping_, constraints->inhibit_policy_mapping);
  }
  lower(inhibit_any_, certificate.extensions.inhibit_any_policy);
}

// §6.1.5 (a), (b), (g)
bool PolicyState::acceptable(const Certificate& certificate) {
  step_down(explicit_policy_);
  const auto& constraints = certificate.extensions.policy_constraints;
  if (constraints && constraints->require_explicit_policy == uint64_t{0}) {
    explicit_policy_ = 0;
  }
  if (explicit_policy_ > 0) {
    return true;
  }
  if (graph_is_null_) {
    return false;
  }
  const auto& wanted = inputs_.initial_policies;
  const auto is_wanted = [&](std::string_view policy) {
    return std::find(wanted.begin(), wanted.end(), policy) != wanted.end();
  };
  if (any_node_ || is_wanted(kPolicyAny)) {
    return true;
  }
  return std::any_of(level_.begin(), level_.end(), [&](const auto& node) {
    return std::any_of(node.second.begin(), node.second.end(), is_wanted);
  });
}

}  // namespace assay::pki
