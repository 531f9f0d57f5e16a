// Limits: every ceiling that hostile input can meet, in one place. What lies above is refused with
// a reason, never followed (R-009, threats: resource exhaustion T-16, T-50, T-52, T-62, T-63,
// T-78).
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace assay {

// The ceilings: each is a number that input can reach.
enum class Limit : uint8_t {
#define ASSAY_LIMIT(type, name, ...) name,
#define ASSAY_SIZE(...)
#include "base/limits.def"
#undef ASSAY_LIMIT
#undef ASSAY_SIZE
  count_  // how many there are
};

// Which of them one validation met, so that no report is silent about it.
using MetLimits = std::bitset<static_cast<size_t>(Limit::count_)>;

struct Limits {
#define ASSAY_LIMIT(type, name, value, ...) type name = value;
#define ASSAY_SIZE(type, name, value) type name = value;
#include "base/limits.def"
#undef ASSAY_LIMIT
#undef ASSAY_SIZE

  MetLimits* met = nullptr;  // the validation's, where there is one

  // Says that input went above `limit`.
  Fault refuse(Limit limit) const {
    if (met != nullptr) {
      met->set(static_cast<size_t>(limit));
    }
    return Fault::limit;
  }
  // Whether `amount` is above `limit`; if so, says it.
  bool exceeded(Limit limit, uint64_t amount) const;
};

const char* limit_name(Limit limit);  // "jumbfBoxes"
std::optional<Limit> limit_named(std::string_view name);
uint64_t limit_value(const Limits& limits, Limit limit);
void set_limit(Limits& limits, Limit limit, uint64_t value);
// "more than 65536 boxes in the manifest store"
std::string limit_sentence(const Limits& limits, Limit limit);

}  // namespace assay
