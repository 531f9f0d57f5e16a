// The head of one BMFF box (ISO/IEC 14496-12 §4.2.2): size, type, largesize, and version and flags
// where the type has them.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "container/bmff_layout.h"

namespace assay::container {

// The box whose first bytes are `head` (at most BmffBox::kHeadBytes of them, fewer when the
// enclosing level ends) and that stands at `offset`. `level_end` is the end of the enclosing box,
// or of the file when `root`. Nothing when the bytes are no box: fewer than 8, a size smaller than
// its own header, a size that passes the enclosing box, or zero filling.
std::optional<BmffBox> read_box_head(ByteView head, uint64_t offset, uint64_t level_end, bool root);

}  // namespace assay::container
