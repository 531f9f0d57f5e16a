// The outermost JUMBF superbox of a manifest store, as far as a container has to know it: how long
// it is, and how two stores become one (ISO 19566-5 §5.2; ).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace assay::container {

// Bytes of head that superbox_length() wants, fewer when the carrier ends before.
constexpr uint64_t kSuperboxHead = 16;

// Length of the superbox whose first bytes are `head` and for which `available` bytes exist.
// Fault::malformed: no `jumb` box; Fault::truncated: longer than `available`.
Result<uint64_t> superbox_length(ByteView head, uint64_t available);

// One logical store: the description box of the first, then the content boxes of all in order. The
// content boxes keep their bytes, so every hash over them stays what it was.
Result<Bytes> merge_stores(const std::vector<ByteView>& stores);

}  // namespace assay::container
