// Manifest stores written as invisible variation selectors (spec §Embedding Manifests into
// Unstructured Text; ).
#pragma once

#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "base/checked.h"

namespace assay::container {

struct FoundWrapper {
  Range stored;        // U+FEFF and the selectors that follow
  uint64_t used = 0;   // bytes up to the end of the store
  bool whole = false;  // version, length and store are all there
  bool clean = true;   // the selectors behind the store are padding
  Bytes store;
};

// The next wrapper at or behind `at`, which moves behind it: a U+FEFF followed by selectors that
// spell the magic number. Nothing when there is no more.
std::optional<FoundWrapper> next_wrapper(std::string_view text, size_t& at);

}  // namespace assay::container
