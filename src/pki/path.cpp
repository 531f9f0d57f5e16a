#include "pki/path.h"

#include <algorithm>
#include <limits>

#include "pki/name_constraints.h"
#include "pki/policy.h"
#include "pki/profile.h"

namespace assay::pki {
namespace {

class PathCheck {
 public:
  PathCheck(const PathInput& input, Context& context)
      : input_(input),
        context_(context),
        errors_(input.path.size()),
        policy_(input.policy, issued_count()) {}

  std::vector<std::vector<PathError>> run() {
    // From the anchor down to the leaf, which is index 0.
    for (size_t left = input_.path.size(); left > 0; --left) {
      check(left - 1);
    }
    return std::move(errors_);
  }

 private:
  bool is_anchor(size_t index) const {
    return input_.anchor != nullptr && index + 1 == input_.path.size();
  }
  // Certificates without the anchor: n of §6.1.
  size_t issued_count() const { return input_.path.size() - (input_.anchor != nullptr ? 1 : 0); }

  void fail(size_t index, PathRule rule, std::string explanation) {
    errors_[index].push_back({rule, std::move(explanation)});
  }

  void check(size_t index) {
    const Certificate& certificate = *input_.path[index];
    const bool leaf = index == 0;
    validity(index, certificate);
    if (!certificate.extensions.unknown_critical.empty()) {
      fail(index, PathRule::critical_extension,
           "The certificate contains an unknown critical extension (" +
               certificate.extensions.unknown_critical.front() + ").");
    }
    if (is_anchor(index)) {
      authority(index, certificate);
      prepare_next(certificate);
      return;
    }
    names(index, certificate, leaf);
    if (!policy_.next(certificate, leaf) && !policy_failed_) {
      policy_failed_ = true;  // once it has failed it stays failed; say so once
      fail(index, PathRule::policy, "The certificate policies of the chain do not agree.");
    }
    if (leaf) {
      if (certificate.extensions.name_constraints && !certificate.is_ca()) {  // §4.2.1.10
        fail(index, PathRule::name_constraints,
             "Name constraints stand in a certificate that is no CA certificate.");
      }
      return;
    }
    authority(index, certificate);
    path_length(index, certificate);
    profile(index, certificate);
    prepare_next(certificate);
  }

  void validity(size_t index, const Certificate& certificate) {
    if (!certificate.validity.contains(input_.at)) {
      const bool early = input_.at < certificate.validity.not_before;
      fail(index, PathRule::outside_validity,
           early ? "The certificate was not valid yet at that time."
                 : "The certificate had expired at that time.");
    }
    if (is_anchor(index) && !input_.anchor->usable_at(input_.at)) {
      fail(index, PathRule::anchor_window,
           "The trust list did not trust this anchor at that time.");
    }
  }

  // §6.1.3 (b), (c): self-issued CA certificates are exempt.
  void names(size_t index, const Certificate& certificate, bool leaf) {
    if (!leaf && certificate.self_issued()) {
      return;
    }
    if (auto reason = constraints_.violation(certificate, context_.limits, context_.budget)) {
      fail(index, PathRule::name_constraints, std::move(*reason));
    }
  }

  // §6.1.4 (k), (n)
  void authority(size_t index, const Certificate& certificate) {
    if (!certificate.is_ca() || certificate.subject.empty()) {  // §4.1.2.6: a CA has a name
      fail(index, PathRule::not_a_ca, "The issuer is not a CA certificate.");
    }
    const auto& usage = certificate.extensions.key_usage;
    if (usage && !usage->has(KeyUsageBit::key_cert_sign)) {
      fail(index, PathRule::key_cert_sign, "The issuer's key may not sign certificates.");
    }
  }

  // §6.1.4 (l)
  void path_length(size_t index, const Certificate& certificate) {
    if (certificate.self_issued()) {
      return;
    }
    if (certificates_left_ == 0) {
      fail(index, PathRule::path_length, "The chain is longer than an issuer allows.");
      return;
    }
    --certificates_left_;
  }

  void profile(size_t index, const Certificate& certificate) {
    if (input_.ca_rules == CaRules::rfc5280) {
      return;
    }
    for (ProfileProblem& problem : check_profile(certificate, Role::intermediate)) {
      fail(index, PathRule::profile, std::move(problem.explanation));
    }
  }

  // §6.1.4 (g), (m); the anchor's own limits count too (R-721, T-70).
  void prepare_next(const Certificate& certificate) {
    if (certificate.extensions.name_constraints) {
      constraints_.add(*certificate.extensions.name_constraints);
    }
    const auto& basic = certificate.extensions.basic_constraints;
    if (basic && basic->path_length) {
      certificates_left_ = std::min(certificates_left_, *basic->path_length);
    }
  }

  const PathInput& input_;
  Context& context_;
  std::vector<std::vector<PathError>> errors_;
  PolicyState policy_;
  NameConstraintSet constraints_;
  bool policy_failed_ = false;
  uint64_t certificates_left_ = std::numeric_limits<uint64_t>::max();
};

}  // namespace

std::vector<std::vector<PathError>> check_path(const PathInput& input, Context& context) {
  return PathCheck(input, context).run();
}

}  // namespace assay::pki
