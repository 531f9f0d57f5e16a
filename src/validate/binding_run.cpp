// a store from elsewhere is held against the asset like one inside it.
#include "validate/binding_run.h"

#include <algorithm>
#include <utility>

#include "validate/binding_status.h"
#include "validate/uncovered_words.h"

namespace assay::validate {

using binding::Kind;

namespace {

constexpr const char* kOnlyGathered =
    " The claim lists this assertion as only gathered: its signer does not say that it made it.";

}  // namespace

std::unique_ptr<BindingRun> BindingRun::start(Context& context, const container::Carrier& carrier) {
  Verdict& verdict = context.verdict;
  const auto selected = select_binding(context);
  // a manifest store alone says nothing about content that is not there.
  const bool store_alone =
      carrier.format == container::Format::c2pa && verdict.presence == Presence::embedded;
  if (!selected || store_alone) {
    return nullptr;
  }
  const AssertionResult& assertion =
      verdict.manifests[selected->manifest].assertions[selected->assertion];
  if (assertion.integrity != Integrity::ok || !assertion.parsed.cbor) {
    return nullptr;  // the assertion itself is broken; its finding says so
  }
  std::unique_ptr<BindingRun> run(new BindingRun(context, carrier, *selected));
  run->plan(assertion, *binding::kind_of(assertion.base_label));
  return run;
}

BindingRun::BindingRun(Context& context, const container::Carrier& carrier,
                       const SelectedBinding& selected)
    : context_(context), carrier_(carrier), selected_(selected) {}

void BindingRun::plan(const AssertionResult& assertion, Kind kind) {
  const ManifestResult& home = context_.verdict.manifests[selected_.manifest];
  binding::Input input;
  input.kind = kind;
  input.base_label = assertion.base_label;
  input.assertion = assertion.parsed.root();
  input.default_alg = home.claim.alg;
  input.carrier = &carrier_;
  input.store_is_embedded = context_.verdict.presence == Presence::embedded;
  input.updated = selected_.updated;
  input.limits = &context_.policy.limits;
  input.resolve_part = [this](const cbor::Value& reference) { return resolve_part(reference); };
  kind_ = kind;
  url_ = assertion.url;
  binding_ = binding::plan(input, context_.budget);
  rounds_.emplace(*binding_, context_.policy.limits);
}

std::optional<FragmentBasis> BindingRun::fragment_basis() const {
  const ManifestResult& home = context_.verdict.manifests[selected_.manifest];
  const AssertionResult& assertion = home.assertions[selected_.assertion];
  if (binding::kind_of(assertion.base_label) != Kind::bmff) {
    return std::nullopt;
  }
  binding::Input input;
  input.assertion = assertion.parsed.root();
  input.default_alg = home.claim.alg;
  input.limits = &context_.policy.limits;
  auto fragments = std::make_unique<binding::FragmentStream>(input);
  if (!fragments->problem().empty()) {
    return std::nullopt;
  }
  return FragmentBasis{std::move(fragments), assertion.url, selected_.manifest};
}

// `hashAssertion` is a hashed URI; a bare URI is tolerated and has no hash to
// compare.
std::optional<binding::PartAssertion> BindingRun::resolve_part(const cbor::Value& reference) {
  const ManifestResult& home = context_.verdict.manifests[selected_.manifest];
  manifest::HashedUri uri = manifest::parse_hashed_uri(reference);
  const bool bare = !uri.present;
  if (bare) {
    uri.url = std::string(reference.untagged().as_text().value_or(""));
  }
  const CheckedReference checked = check_reference(context_, uri, home, home.claim.alg);
  for (const AssertionResult& assertion : home.assertions) {
    if (assertion.box == checked.target.box && assertion.integrity == Integrity::ok) {
      binding::PartAssertion part;
      part.base_label = assertion.base_label;
      part.assertion = assertion.parsed.root();
      part.hash_matches = bare || checked.state == ReferenceState::match;
      return part;
    }
  }
  return std::nullopt;
}

HashRun::Progress BindingRun::run(io::ByteSource& source) {
  while (!finished_) {
    const HashRun::Progress progress = rounds_->run(source);
    if (progress != HashRun::Progress::done) {
      return progress;
    }
    finished_ = !try_multi_asset();
  }
  return HashRun::Progress::done;
}

// a multi-asset hash is looked at only after the hard binding did not match.
bool BindingRun::try_multi_asset() {
  if (first_outcome_ || is_match(binding_->outcome())) {
    return false;
  }
  const ManifestResult& home = context_.verdict.manifests[selected_.manifest];
  const AssertionResult* found = nullptr;
  for (const AssertionResult& assertion : home.assertions) {
    const bool usable = assertion.base_label == "c2pa.hash.multi-asset" &&
                        assertion.integrity == Integrity::ok && assertion.parsed.cbor;
    if (!usable) {
      continue;
    }
    if (found != nullptr) {
      context_.add(StatusCode::multi_asset_hash_malformed, assertion.url, selected_.manifest,
                   "the manifest has more than one multi-asset hash");
      return false;
    }
    found = &assertion;
  }
  if (found == nullptr) {
    return false;
  }
  first_outcome_ = binding_->outcome();
  first_url_ = url_;
  first_kind_ = kind_;
  plan(*found, Kind::multi_asset);
  return true;
}

void BindingRun::conclude() {
  Verdict& verdict = context_.verdict;
  const binding::Outcome& outcome = binding_->outcome();
  const bool match = is_match(outcome);
  const AssertionResult& selected =
      verdict.manifests[selected_.manifest].assertions[selected_.assertion];
  const auto record = [&](const binding::Outcome& from, Kind kind, const std::string& url) {
    // P-4: claims of version 1 know no difference.
    const bool gathered = selected.origin == manifest::Origin::gathered && url == selected.url;
    for (const binding::Finding& finding : from.findings) {
      context_.add(binding_status(kind, finding.code), url, selected_.manifest,
                   finding.explanation + (gathered ? kOnlyGathered : ""));
    }
  };
  // parts that match excuse the hard binding; parts that do not are reported with it.
  if (first_outcome_ && !match) {
    record(*first_outcome_, first_kind_, first_url_);
  }
  record(outcome, kind_, url_);
  add_uncovered(outcome, verdict.uncovered);
  if (!match) {
    verdict.content = ContentState::mismatch;
  } else {
    verdict.content = outcome.partial ? ContentState::not_checked : ContentState::verified;
  }
}

}  // namespace assay::validate
