#include "identity/name.h"

#include "base/text.h"
#include "codec/unicode/nfc.h"

namespace assay::identity {
namespace {

constexpr size_t kNameBytes = 480;
// What comes behind can only fall to the cut, however marks combine.
constexpr size_t kReadBytes = 16 * kNameBytes;

}  // namespace

std::string shown_name(std::string_view text) {
  const auto composed = unicode::to_nfc(text.substr(0, kReadBytes));
  return display_text(composed.ok() ? std::string_view(*composed) : text, kNameBytes);
}

}  // namespace assay::identity
