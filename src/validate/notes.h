// Bytes and boxes that nobody vouches for (threats T-47, T-48, T-68): reported, never shown as
// content.
#pragma once

#include "validate/context.h"

namespace assay::validate {

// What the container's walk noticed: presence, defects, notes.
void note_container(const container::Carrier& carrier, Verdict& verdict);
// Unknown, padding and unreached boxes of the store.
void note_store(Context& context);

}  // namespace assay::validate
