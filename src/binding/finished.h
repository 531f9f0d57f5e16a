// Finished: a Binding whose outcome is known without hashing anything. Comparison: one whose
// outcome hangs on one round of digests.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "binding/binding.h"

namespace assay::binding {

class Finished : public Binding {
 public:
  explicit Finished(Outcome outcome) : outcome_(std::move(outcome)) {}
  Finished(Code code, std::string explanation)
      : outcome_{{Finding{code, std::move(explanation)}}, {}} {}

  const std::vector<HashJob>& jobs() const override { return jobs_; }
  void supply(const std::vector<Bytes>& /*digests*/) override {}
  bool done() const override { return true; }
  const Outcome& outcome() const override { return outcome_; }

 private:
  std::vector<HashJob> jobs_;
  Outcome outcome_;
};

class Comparison : public Binding {
 public:
  // `expected`: one digest per job. `outcome` holds what is known already; the finding about the
  // content is added in front of it.
  Comparison(std::vector<HashJob> jobs, std::vector<Bytes> expected, Outcome outcome,
             std::string matched, std::string differed)
      : jobs_(std::move(jobs)),
        expected_(std::move(expected)),
        outcome_(std::move(outcome)),
        matched_(std::move(matched)),
        differed_(std::move(differed)) {}

  const std::vector<HashJob>& jobs() const override { return jobs_; }
  void supply(const std::vector<Bytes>& digests) override {
    const bool match = digests == expected_;
    outcome_.findings.insert(outcome_.findings.begin(), match ? Finding{Code::match, matched_}
                                                              : Finding{Code::mismatch, differed_});
    jobs_.clear();
    done_ = true;
  }
  bool done() const override { return done_; }
  const Outcome& outcome() const override { return outcome_; }

 private:
  std::vector<HashJob> jobs_;
  std::vector<Bytes> expected_;
  Outcome outcome_;
  std::string matched_;
  std::string differed_;
  bool done_ = false;
};

}  // namespace assay::binding
