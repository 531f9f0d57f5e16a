// What the walk has to know about single box types of ISO/IEC 14496-12 and its relatives.
#pragma once

#include <cstdint>
#include <string>

namespace assay::container {

// Boxes that hold nothing but boxes, and `meta`, whose children producers address although it is a
// FullBox.
bool is_bmff_container(uint32_t type);

// Boxes that begin with version and flags. `meta` is one in ISO files and none in QuickTime files
// the walk looks at its content.
bool is_bmff_full_box(uint32_t type);

// "moov"; bytes that do not print become "%a9"-style escapes.
std::string box_type_text(uint32_t type);

}  // namespace assay::container
