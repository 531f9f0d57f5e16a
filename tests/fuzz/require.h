// require(condition): stops the fuzzer at an invariant that does not hold.
#pragma once

#include <cstdlib>

namespace assay::fuzz {

inline void require(bool condition) {
  if (!condition) {
    std::abort();
  }
}

}  // namespace assay::fuzz
