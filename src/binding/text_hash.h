// c2pa.hash.data over unstructured text with a manifest wrapper (spec §Hashing of Unstructured
// Text; ).
#pragma once

#include <cstddef>

#include "base/limits.h"
#include "codec/cbor/cbor.h"
#include "container/text_layout.h"

namespace assay::binding {

// Does the data hash assertion exclude exactly wrapper `index`? Of several wrappers in a text the
// one whose own store says so is the store.
bool excludes_wrapper(const cbor::Value& assertion, const container::TextLayout& layout,
                      size_t index, const Limits& limits);

}  // namespace assay::binding
