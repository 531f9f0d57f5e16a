// What walkers share: copying a store out of the asset, telling a manifest store from other JUMBF,
// and counting the stores that were found.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/budget.h"
#include "base/bytes.h"
#include "base/checked.h"
#include "base/limits.h"
#include "base/result.h"
#include "container/carrier.h"
#include "io/byte_source.h"

namespace assay::container {

// Copies `range` into `out` in windows of at most `limits.window_bytes`. `out` remembers how far
// it came, so after Fault::need call again with the same arguments.
Status copy_range(io::ByteSource& source, Range range, const Limits& limits, Bytes& out);

enum class StoreTest : uint8_t { no, yes, undecided };

// Does `box` begin like a C2PA manifest store: a `jumb` box whose description box has the type
// UUID `c2pa`? `undecided` when the bytes end too early to tell and agree so far.
StoreTest test_store(ByteView box);
// The same for the content of the superbox, without its header.
StoreTest test_store_content(ByteView content);
// The description's label; "c2pa" in a store.
bool is_labelled_c2pa(ByteView content);

// LBox or XLBox of the box that `bytes` begin with; 0 when it runs to the end of its container.
// Fault::truncated or Fault::malformed (smaller than its own header).
Result<uint64_t> box_length(ByteView bytes);

// `store.bytes` holds all the data of its carrier, which lies at `data` in the asset: cuts off what
// follows the superbox and records it as dirty padding unless it is zero.
void trim_padding(EmbeddedStore& store, Range data);

// A store was found; a second one, broken or not, makes the state `multiple`.
void add_store(Carrier& carrier, EmbeddedStore store);
void add_broken_store(Carrier& carrier, std::string defect);

void add_note(Carrier& carrier, std::string_view kind, Range range, std::string_view text);
// Appends the box unless `limits.named_boxes` are there; above, all names are dropped with a note,
// because an incomplete list would look complete.
void add_box(Carrier& carrier, const Limits& limits, std::string_view name, Range range);

// Remembers asset metadata, up to as many ranges as there may be named boxes: an exclusion of what
// is not remembered is a mismatch, so forgetting errs on the safe side.
void add_metadata(Carrier& carrier, const Limits& limits, Range range, std::string_view kind);

// Bytes behind the end of the format's own structure (T-30).
void add_trailing(Carrier& carrier, uint64_t from);

}  // namespace assay::container
