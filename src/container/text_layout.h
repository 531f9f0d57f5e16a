// TextLayout: the manifest wrappers of an unstructured text, and the text in the form that is
// hashed (spec §Embedding Manifests into Unstructured Text, §Hashing of Unstructured Text;
// R-170…R-173).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/checked.h"

namespace assay::container {

struct TextWrapper {
  Range stored;       // U+FEFF and all variation selectors that follow, in the file
  uint64_t used = 0;  // bytes of `stored` up to the end of the store; what follows is padding
  uint64_t normal_offset = 0;  // where `stored` begins in the NFC form of the text
};

struct TextLayout {
  // The text as stored, and in NFC. Empty when nothing in it can change: then stored offsets are
  // NFC offsets too.
  std::string text;
  std::string normal;
  std::vector<TextWrapper> wrappers;  // whole ones, file order, as Carrier::stores
};

}  // namespace assay::container
