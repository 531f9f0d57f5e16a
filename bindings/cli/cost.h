// What a validation costs, counted instead of timed: the same on every machine and in every run.
#pragma once

#include <cstdint>

namespace assay::cli {

struct Cost {
  uint64_t comparisons = 0;  // executed by the core; 0 unless it was built for fuzzing
  uint64_t allocated = 0;    // bytes that the heap holds
  uint64_t peak = 0;         // the most that it held since the last reset_peak()
};

const Cost& cost();
void reset_cost();  // counts from now on; `peak` begins with what is allocated

}  // namespace assay::cli
