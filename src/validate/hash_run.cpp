#include "validate/hash_run.h"

#include <algorithm>
#include <utility>

namespace assay::validate {

HashRun::Progress HashRun::run(io::ByteSource& source) {
  while (!binding_.done()) {
    if (!gather_bytes(source)) {
      return Progress::needs_bytes;
    }
    if (!binding_.done()) {
      const Progress progress = run_jobs(source);
      if (progress != Progress::done) {
        return progress;
      }
    }
  }
  return Progress::done;
}

bool HashRun::gather_bytes(io::ByteSource& source) {
  while (!binding_.done() && !binding_.wanted_bytes().empty()) {
    std::vector<Bytes> answers;
    for (const Range& range : binding_.wanted_bytes()) {
      auto bytes = source.view(range);
      if (bytes.fault() == Fault::need) {
        return false;
      }
      answers.push_back(bytes.ok() ? to_bytes(*bytes) : Bytes());
    }
    binding_.supply_bytes(answers);
  }
  return true;
}

HashRun::Progress HashRun::run_jobs(io::ByteSource& source) {
  if (!round_open_) {
    jobs_.clear();
    jobs_.resize(binding_.jobs().size());
    round_open_ = true;
  }
  for (size_t i = 0; i < jobs_.size(); ++i) {
    Job& job = jobs_[i];
    if (job.state == Job::State::fresh || job.state == Job::State::published) {
      return Progress::needs_digests;
    }
    if (job.state == Job::State::refused) {
      if (!job.hasher) {
        job.hasher = std::make_unique<Hasher>(binding_.jobs()[i], limits_);
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
  binding_.supply(digests);
  return Progress::done;
}

std::vector<Need> HashRun::unpublished() const {
  std::vector<Need> needs;
  for (size_t i = 0; i < jobs_.size(); ++i) {
    if (jobs_[i].state == Job::State::fresh) {
      Need need;
      need.kind = Need::Kind::digest;
      need.job = binding_.jobs()[i];
      need.subject = i;
      needs.push_back(std::move(need));
    }
  }
  return needs;
}

void HashRun::published(size_t job, uint32_t id) {
  jobs_[job].state = Job::State::published;
  jobs_[job].id = id;
}

HashRun::Job* HashRun::find_job(uint32_t id) {
  const auto found = std::find_if(jobs_.begin(), jobs_.end(), [id](const Job& job) {
    return job.state == Job::State::published && job.id == id;
  });
  return found == jobs_.end() ? nullptr : &*found;
}

void HashRun::supply(uint32_t id, ByteView digest) {
  Job* job = find_job(id);
  if (job == nullptr) {
    return;
  }
  const size_t index = static_cast<size_t>(job - jobs_.data());
  const bool fits = digest.size() == crypto::digest_size(binding_.jobs()[index].alg);
  job->digest = to_bytes(digest);
  job->state = fits ? Job::State::done : Job::State::refused;
}

void HashRun::refuse(uint32_t id) {
  if (Job* job = find_job(id)) {
    job->state = Job::State::refused;
  }
}

}  // namespace assay::validate
