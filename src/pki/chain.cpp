#include "pki/chain.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/sort.h"
#include "pki/path.h"

namespace assay::pki {
namespace {

struct Candidate {
  CertificatePtr certificate;
  AnchorRef anchor;  // empty for a certificate of the pool
};

struct Step {
  std::vector<Candidate> candidates;  // issuers of the certificate at this depth
  size_t next = 0;
};

enum class Link : uint8_t { verified, wrong, unsupported, stopped };

// Whether AKI and SKI agree: 0 yes, 1 nothing to compare, 2 no. A hint for the order only.
int key_id_rank(const Certificate& subject, const Certificate& issuer) {
  const auto& wanted = subject.extensions.authority_key_id;
  const auto& offered = issuer.extensions.subject_key_id;
  if (!wanted || !offered) {
    return 1;
  }
  return equal(*wanted, *offered) ? 0 : 2;
}

bool same_key_and_subject(const Certificate& a, const Certificate& b) {
  return equal(a.spki, b.spki) && equal(a.subject.comparable, b.subject.comparable);
}

bool only(const std::vector<std::vector<PathError>>& errors, auto accepts) {
  return std::all_of(errors.begin(), errors.end(), [&](const auto& list) {
    return std::all_of(list.begin(), list.end(),
                       [&](const PathError& error) { return accepts(error.rule); });
  });
}

ChainResult classify(const std::vector<std::vector<PathError>>& errors) {
  const auto outside = [](PathRule rule) { return rule == PathRule::outside_validity; };
  if (only(errors, [](PathRule) { return false; })) {
    return ChainResult::trusted;
  }
  if (only(errors, outside)) {
    return ChainResult::outside_validity;
  }
  if (only(errors, [&](PathRule rule) { return rule == PathRule::profile || outside(rule); })) {
    return ChainResult::profile_invalid;
  }
  return ChainResult::untrusted;
}

class Search {
 public:
  Search(const ChainRequest& request, const TrustStore& store, Context& context)
      : request_(request), store_(store), context_(context) {
    path_.push_back(request.leaf);
  }

  ChainOutcome run() {
    steps_.push_back({issuers(*request_.leaf), 0});
    consider_dead_end();
    while (!steps_.empty() && !best_.trusted()) {
      advance();
      if (stopped_) {
        best_.result = ChainResult::limit;
        best_.explanation = "The search for a certificate chain was stopped by a limit.";
        break;
      }
    }
    best_.leaf_issuer = leaf_issuer_;
    return std::move(best_);
  }

 private:
  void advance() {
    Step& step = steps_.back();
    if (step.next == step.candidates.size()) {
      steps_.pop_back();
      path_.pop_back();
      return;
    }
    const Candidate candidate = step.candidates[step.next++];
    if (context_.limits.exceeded(Limit::path_nodes, ++nodes_) || !context_.budget.spend()) {
      stopped_ = true;
      return;
    }
    follow(candidate);
  }

  void follow(const Candidate& candidate) {
    const Link link = check_link(*path_.back(), *candidate.certificate);
    if (link == Link::stopped) {
      stopped_ = true;
    }
    if (link == Link::verified && path_.size() == 1 && leaf_issuer_ == nullptr) {
      leaf_issuer_ = candidate.certificate;
    }
    if (link != Link::verified && link != Link::unsupported) {
      return;
    }
    path_.push_back(candidate.certificate);
    if (link == Link::unsupported) {
      consider_unsupported();
    } else if (candidate.anchor.anchor != nullptr) {
      consider_anchor(candidate.anchor);
    } else {
      steps_.push_back({issuers(*candidate.certificate), 0});
      consider_dead_end();
      return;
    }
    path_.pop_back();
  }

  // §6.1.3 (a) (1): the signature verifies with the issuer's key, by an allowed algorithm.
  Link check_link(const Certificate& subject, const Certificate& issuer) {
    const bool same_algorithm =
        equal(subject.signature_algorithm.encoded, subject.inner_signature_algorithm.encoded);
    if (!subject.signature_scheme || !same_algorithm ||
        !key_permits(issuer, *subject.signature_scheme)) {
      return Link::unsupported;
    }
    const auto answer = context_.signatures.verify(*subject.signature_scheme, issuer.public_key,
                                                   subject.tbs, subject.signature, context_.budget);
    if (!answer) {
      return Link::stopped;
    }
    switch (*answer) {
      case crypto::Verified::yes:
        return Link::verified;
      case crypto::Verified::unsupported:
        return Link::unsupported;
      case crypto::Verified::no:
        break;
    }
    return Link::wrong;
  }

  // only anchors tied to a key purpose of the leaf may validate it.
  bool purpose_fits(const TrustList& list) const {
    if (request_.role == ListRole::time_stamping) {
      return true;
    }
    return std::any_of(list.info.purposes.begin(), list.info.purposes.end(),
                       [&](const std::string& eku) { return request_.leaf->has_purpose(eku); });
  }

  bool on_path(const Certificate& certificate) const {
    return std::any_of(path_.begin(), path_.end(), [&](const CertificatePtr& other) {
      return same_key_and_subject(*other, certificate);
    });
  }

  // Anchors first, then the pool; within each the issuers whose key identifier fits.
  std::vector<Candidate> issuers(const Certificate& subject) {
    std::vector<Candidate> out;
    const ByteView name(subject.issuer.comparable);
    for (const AnchorRef& anchor : store_.anchors(request_.role, name)) {
      // an anchor issues others; that the subject itself stands on a list proves nothing.
      if (anchor.anchor->certificate->fingerprint == subject.fingerprint) {
        continue;
      }
      if (!purpose_fits(*anchor.list)) {
        purpose_missing_ = true;
        continue;
      }
      out.push_back({anchor.anchor->certificate, anchor});
    }
    const size_t anchors = out.size();
    if (path_.size() <= context_.limits.x5chain_certificates) {
      add_pool_issuers(subject, out);
    }
    const auto order = [&](const Candidate& a, const Candidate& b) {
      return key_id_rank(subject, *a.certificate) < key_id_rank(subject, *b.certificate);
    };
    sort_by(std::span<Candidate>(out).first(anchors), order);
    sort_by(std::span<Candidate>(out).subspan(anchors), order);
    return out;
  }

  void add_pool_issuers(const Certificate& subject, std::vector<Candidate>& out) {
    const size_t first = out.size();
    for (const CertificatePtr& candidate : request_.pool) {
      if (!equal(candidate->subject.comparable, subject.issuer.comparable) || on_path(*candidate)) {
        continue;
      }
      const bool known = std::any_of(
          out.begin() + static_cast<std::ptrdiff_t>(first), out.end(), [&](const Candidate& other) {
            return other.certificate->fingerprint == candidate->fingerprint;
          });
      if (!known) {
        out.push_back({candidate, {}});
      }
    }
  }

  void consider_anchor(const AnchorRef& anchor) {
    ChainOutcome outcome;
    outcome.errors = check_path(
        {path_, anchor.anchor, request_.at, request_.ca_rules, request_.policy}, context_);
    outcome.result = classify(outcome.errors);
    outcome.list = anchor.list->info;
    outcome.explanation = explain(outcome);
    keep_better(std::move(outcome));
  }

  void consider_dead_end() {
    ChainOutcome outcome;
    outcome.errors =
        check_path({path_, nullptr, request_.at, request_.ca_rules, request_.policy}, context_);
    if (purpose_missing_) {
      outcome.explanation =
          "The certificate names no purpose that the trust list of its issuer is for.";
      outcome.errors.front().push_back({PathRule::no_purpose, outcome.explanation});
    } else {
      outcome.explanation = "The certificate does not lead to a trust list.";
      outcome.errors.back().push_back(
          {PathRule::no_issuer, "No trusted issuer of the certificate is known."});
    }
    keep_better(std::move(outcome));
  }

  void consider_unsupported() {
    ChainOutcome outcome;
    outcome.errors =
        check_path({path_, nullptr, request_.at, request_.ca_rules, request_.policy}, context_);
    outcome.errors.at(path_.size() - 2)
        .push_back({PathRule::unsupported_signature,
                    "The signature on the certificate is of a kind that is not accepted."});
    outcome.explanation = "A signature in the chain is of a kind that is not accepted.";
    keep_better(std::move(outcome));
  }

  static std::string explain(const ChainOutcome& outcome) {
    if (outcome.trusted()) {
      return "The certificate leads to an anchor of a trust list.";
    }
    for (const auto& list : outcome.errors) {
      if (!list.empty()) {
        return list.front().explanation;
      }
    }
    return {};
  }

  // Nearer to trust is better; then longer, since it says more about where the chain breaks.
  static std::tuple<int, bool, size_t> merit(const ChainOutcome& outcome, size_t length) {
    int nearness = 0;
    if (outcome.trusted()) {
      nearness = 3;
    } else if (outcome.result == ChainResult::outside_validity) {
      nearness = 2;
    } else if (outcome.result == ChainResult::profile_invalid) {
      nearness = 1;
    }
    return {nearness, outcome.list.has_value(), length};
  }

  void keep_better(ChainOutcome outcome) {
    if (best_.path.empty() || merit(outcome, path_.size()) > merit(best_, best_.path.size())) {
      outcome.path = path_;
      best_ = std::move(outcome);
    }
  }

  const ChainRequest& request_;
  const TrustStore& store_;
  Context& context_;
  std::vector<CertificatePtr> path_;
  std::vector<Step> steps_;
  ChainOutcome best_;
  CertificatePtr leaf_issuer_;
  size_t nodes_ = 0;
  bool stopped_ = false;
  bool purpose_missing_ = false;
};

}  // namespace

ChainOutcome build_chain(const ChainRequest& request, const TrustStore& store, Context& context) {
  const TrustedEntity* entity = store.entity(request.leaf->fingerprint, request.role);
  if (entity == nullptr) {
    return Search(request, store, context).run();
  }
  ChainOutcome outcome;  // accepted without a chain, though not outside its own validity
  outcome.path = {request.leaf};
  outcome.errors.resize(1);
  outcome.entity = *entity;
  outcome.leaf_issuer = Search(request, store, context).run().leaf_issuer;  // T-04: may revoke it
  outcome.result = ChainResult::trusted;
  outcome.explanation = "The certificate itself is on a list of the user.";
  if (!request.leaf->validity.contains(request.at)) {
    outcome.result = ChainResult::outside_validity;
    outcome.explanation = "The certificate is not valid at that time.";
    outcome.errors.front().push_back({PathRule::outside_validity, outcome.explanation});
  }
  return outcome;
}

const Certificate* outside_validity(std::span<const CertificatePtr> path, UnixTime time) {
  for (const CertificatePtr& certificate : path) {
    if (!certificate->validity.contains(time)) {
      return certificate.get();
    }
  }
  return nullptr;
}

}  // namespace assay::pki
