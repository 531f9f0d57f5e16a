#include "cost.h"

#include <malloc.h>

#include <cstdlib>
#include <new>

namespace assay::cli {
namespace {

Cost counted;

}  // namespace

const Cost& cost() { return counted; }

void reset_cost() {
  counted.comparisons = 0;
  counted.peak = counted.allocated;
}

}  // namespace assay::cli

namespace {

using assay::cli::counted;

void* allocate(std::size_t size) {
  void* memory = std::malloc(size == 0 ? 1 : size);  // NOLINT: this is the allocator
  if (memory == nullptr) {
    std::abort();
  }
  counted.allocated += malloc_usable_size(memory);
  counted.peak = counted.allocated > counted.peak ? counted.allocated : counted.peak;
  return memory;
}

void release(void* memory) noexcept {
  if (memory != nullptr) {
    counted.allocated -= malloc_usable_size(memory);
    std::free(memory);  // NOLINT: this is the allocator
  }
}

}  // namespace

// Everything that the core allocates comes through here: its C libraries allocate nothing.
void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void operator delete(void* memory) noexcept { release(memory); }
void operator delete[](void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { release(memory); }

#ifdef __clang__
// Clang calls these at every comparison of code built for fuzzing (SanitizerCoverage): each turn of
// a loop makes at least one.
#define ASSAY_COUNT(name, type)                                               \
  extern "C" __attribute__((no_sanitize("coverage"))) void name(type, type) { \
    ++counted.comparisons;                                                    \
  }
ASSAY_COUNT(__sanitizer_cov_trace_cmp1, uint8_t)
ASSAY_COUNT(__sanitizer_cov_trace_cmp2, uint16_t)
ASSAY_COUNT(__sanitizer_cov_trace_cmp4, uint32_t)
ASSAY_COUNT(__sanitizer_cov_trace_cmp8, uint64_t)
ASSAY_COUNT(__sanitizer_cov_trace_const_cmp1, uint8_t)
ASSAY_COUNT(__sanitizer_cov_trace_const_cmp2, uint16_t)
ASSAY_COUNT(__sanitizer_cov_trace_const_cmp4, uint32_t)
ASSAY_COUNT(__sanitizer_cov_trace_const_cmp8, uint64_t)
#undef ASSAY_COUNT
#endif
