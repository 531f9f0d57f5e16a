// Budget: counted work of one validation, drawn on by every loop over untrusted input. Counting
// steps instead of reading a clock keeps verdicts deterministic.
#pragma once

#include <cstdint>
#include <set>

#include "base/limits.h"

namespace assay {

class Budget {
 public:
  explicit Budget(const Limits& limits)
      : steps_(limits.work_steps), signature_checks_(limits.signature_checks), limits_(limits) {}

  // Each returns false once the budget is used up; then the caller stops with Fault::limit.
  bool spend(uint64_t steps = 1) { return draw(steps_, steps, Limit::work_steps); }
  // `question` identifies what is verified; asking the same again costs nothing. What the engine
  // remembers from other assets makes no difference, so that the verdict does not depend on it.
  bool spend_signature_check(uint64_t question) {
    return asked_.count(question) != 0 ||
           (draw(signature_checks_, 1, Limit::signature_checks) && asked_.insert(question).second);
  }
  void grant_signature_checks(uint64_t count) { signature_checks_ += count; }
  bool exhausted() const { return exhausted_; }

 private:
  bool draw(uint64_t& left, uint64_t amount, Limit limit) {
    if (amount > left) {
      left = 0;
      exhausted_ = true;
      limits_.refuse(limit);
      return false;
    }
    left -= amount;
    return true;
  }

  uint64_t steps_;
  uint64_t signature_checks_;
  Limits limits_;
  bool exhausted_ = false;
  std::set<uint64_t> asked_;
};

}  // namespace assay
