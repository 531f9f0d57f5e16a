// a store from elsewhere is held against the asset like one inside it.
#include "validate/binding_run.h"

#include <algorithm>
#include <utility>

#include "validate/uncovered_words.h"

namespace assay::validate {
namespace {

using binding::Code;
using binding::Kind;

StatusCode data_code(Code code) {
  switch (code) {
    case Code::match:
      return StatusCode::data_hash_match;
    case Code::malformed:
      return StatusCode::data_hash_malformed;
    case Code::additional_exclusions:
      return StatusCode::data_hash_additional_exclusions;
    case Code::mismatch:
    case Code::unsupported_algorithm:
    case Code::unknown_box:
    case Code::invalid_uri:
    case Code::incorrect_file_count:
    case Code::missing_part:
      break;
  }
  return StatusCode::data_hash_mismatch;
}

StatusCode bmff_code(Code code) {
  if (code == Code::match) {
    return StatusCode::bmff_hash_match;
  }
  if (code == Code::malformed) {
    return StatusCode::bmff_hash_malformed;
  }
  return code == Code::additional_exclusions ? StatusCode::bmff_hash_additional_exclusions
                                             : StatusCode::bmff_hash_mismatch;
}

StatusCode boxes_code(Code code) {
  if (code == Code::match) {
    return StatusCode::boxes_hash_match;
  }
  if (code == Code::malformed) {
    return StatusCode::boxes_hash_malformed;
  }
  if (code == Code::unknown_box) {
    return StatusCode::boxes_hash_unknown_box;
  }
  return code == Code::additional_exclusions ? StatusCode::boxes_hash_additional_exclusions
                                             : StatusCode::boxes_hash_mismatch;
}

StatusCode collection_code(Code code) {
  if (code == Code::match) {
    return StatusCode::collection_hash_match;
  }
  if (code == Code::malformed) {
    return StatusCode::collection_hash_malformed;
  }
  if (code == Code::invalid_uri) {
    return StatusCode::collection_hash_invalid_uri;
  }
  return code == Code::incorrect_file_count ? StatusCode::collection_hash_incorrect_file_count
                                            : StatusCode::collection_hash_mismatch;
}

StatusCode multi_asset_code(Code code) {
  if (code == Code::match) {
    return StatusCode::multi_asset_hash_match;
  }
  if (code == Code::malformed) {
    return StatusCode::multi_asset_hash_malformed;
  }
  return code == Code::missing_part ? StatusCode::multi_asset_hash_missing_part
                                    : StatusCode::multi_asset_hash_mismatch;
}

StatusCode code_of(Kind kind, Code code) {
  if (code == Code::unsupported_algorithm) {
    return StatusCode::algorithm_unsupported;
  }
  switch (kind) {
    case Kind::data:
      return data_code(code);
    case Kind::bmff:
      return bmff_code(code);
    case Kind::boxes:
      return boxes_code(code);
    case Kind::collection:
      return collection_code(code);
    case Kind::multi_asset:
      return multi_asset_code(code);
  }
  return StatusCode::general_error;
}

bool is_match(const binding::Outcome& outcome) {
  bool match = false;
  for (const binding::Finding& finding : outcome.findings) {
    if (finding.code == Code::match) {
      match = true;
    } else if (finding.code != Code::additional_exclusions) {
      return false;
    }
  }
  return match;
}

}  // namespace

std::unique_ptr<BindingRun> BindingRun::start(Context& context, const container::Carrier& carrier) {
  Verdict& verdict = context.verdict;
  verdict.content = ContentState::not_checked;
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
  round_open_ = false;
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

BindingRun::Progress BindingRun::run(io::ByteSource& source) {
  while (!finished_) {
    if (!gather_bytes(source)) {
      return Progress::needs_bytes;
    }
    if (!binding_->done()) {
      const Progress progress = run_jobs(source);
      if (progress != Progress::done) {
        return progress;
      }
    }
    if (binding_->done() && !try_multi_asset()) {
      finished_ = true;
    }
  }
  return Progress::done;
}

bool BindingRun::gather_bytes(io::ByteSource& source) {
  while (!binding_->done() && !binding_->wanted_bytes().empty()) {
    std::vector<Bytes> answers;
    for (const Range& range : binding_->wanted_bytes()) {
      auto bytes = source.view(range);
      if (bytes.fault() == Fault::need) {
        return false;
      }
      answers.push_back(bytes.ok() ? to_bytes(*bytes) : Bytes());
    }
    binding_->supply_bytes(answers);
  }
  return true;
}

BindingRun::Progress BindingRun::run_jobs(io::ByteSource& source) {
  if (!round_open_) {
    jobs_.clear();
    jobs_.resize(binding_->jobs().size());
    round_open_ = true;
  }
  for (size_t i = 0; i < jobs_.size(); ++i) {
    Job& job = jobs_[i];
    if (job.state == Job::State::fresh || job.state == Job::State::published) {
      return Progress::needs_digests;
    }
    if (job.state == Job::State::refused) {
      if (!job.hasher) {
        job.hasher = std::make_unique<Hasher>(binding_->jobs()[i], context_.policy.limits);
      }
      auto digest = job.hasher->run(source);
      if (digest.fault() == Fault::need) {
        return Progress::needs_bytes;
      }
      job.digest = digest.ok() ? std::move(*digest) : Bytes();
      job.state = Job::State::done;
      job.hasher.reset();
    }
  }
  std::vector<Bytes> digests;
  for (Job& job : jobs_) {
    digests.push_back(std::move(job.digest));
  }
  round_open_ = false;
  binding_->supply(digests);
  return Progress::done;
}

std::vector<Need> BindingRun::unpublished() const {
  std::vector<Need> needs;
  for (size_t i = 0; i < jobs_.size(); ++i) {
    if (jobs_[i].state == Job::State::fresh) {
      Need need;
      need.kind = Need::Kind::digest;
      need.job = binding_->jobs()[i];
      need.subject = i;
      needs.push_back(std::move(need));
    }
  }
  return needs;
}

void BindingRun::published(size_t job, uint32_t id) {
  jobs_[job].state = Job::State::published;
  jobs_[job].id = id;
}

BindingRun::Job* BindingRun::find_job(uint32_t id) {
  const auto found = std::find_if(jobs_.begin(), jobs_.end(), [id](const Job& job) {
    return job.state == Job::State::published && job.id == id;
  });
  return found == jobs_.end() ? nullptr : &*found;
}

void BindingRun::supply(uint32_t id, ByteView digest) {
  Job* job = find_job(id);
  if (job == nullptr) {
    return;
  }
  const size_t index = static_cast<size_t>(job - jobs_.data());
  const bool fits = digest.size() == crypto::digest_size(binding_->jobs()[index].alg);
  job->digest = to_bytes(digest);
  job->state = fits ? Job::State::done : Job::State::refused;
}

void BindingRun::refuse(uint32_t id) {
  if (Job* job = find_job(id)) {
    job->state = Job::State::refused;
  }
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
  const auto record = [&](const binding::Outcome& from, Kind kind, const std::string& url) {
    for (const binding::Finding& finding : from.findings) {
      context_.add(code_of(kind, finding.code), url, selected_.manifest, finding.explanation);
    }
  };
  // parts that match excuse the hard binding; parts that do not are reported with it.
  if (first_outcome_ && !match) {
    record(*first_outcome_, first_kind_, first_url_);
  }
  record(outcome, kind_, url_);
  for (const binding::Uncovered& bytes : outcome.uncovered) {
    verdict.uncovered.push_back({bytes.range, bytes.kind, false, words_for_uncovered(bytes.kind)});
  }
  if (!match) {
    verdict.content = ContentState::mismatch;
  } else {
    verdict.content = outcome.partial ? ContentState::not_checked : ContentState::verified;
  }
}

}  // namespace assay::validate
