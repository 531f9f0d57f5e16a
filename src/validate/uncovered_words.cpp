#include "validate/uncovered_words.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace assay::validate {
namespace {

struct Words {
  std::string_view kind;
  std::string_view text;
};

constexpr std::array kWords = {
    Words{"manifestStore", "The record itself, which cannot hold a hash of its own bytes."},
    Words{"merkleProof", "Where a part of the media belongs, with hashes that were checked."},
    Words{"trailing", "Bytes behind everything that was hashed."},
    Words{"gap", "Bytes between the parts that were hashed."},
    Words{"fontDirectory", "The list of the font's tables; the tables themselves were hashed."},
    Words{"zip64", "Records at the end of the archive that only say where its directory is."},
    Words{"partHeader", "The header of a part whose content was hashed."},
};

// Kinds that go on with a name of the format: "metadata:EXIF", "box:free".
std::string named_words(std::string_view kind) {
  constexpr std::string_view kMetadata = "metadata:";
  constexpr std::string_view kBox = "box:";
  if (starts_with(kind, kMetadata)) {
    return "Metadata (" + std::string(kind.substr(kMetadata.size())) +
           ") that the signer left out of the hash.";
  }
  if (starts_with(kind, kBox)) {
    return "A box (" + std::string(kind.substr(kBox.size())) +
           ") that the signer left out of the hash.";
  }
  return "Bytes that were left out of the hash.";
}

}  // namespace

std::string words_for_uncovered(std::string_view kind) {
  const auto* found = std::find_if(kWords.begin(), kWords.end(),
                                   [kind](const Words& words) { return words.kind == kind; });
  return found != kWords.end() ? std::string(found->text) : named_words(kind);
}

void add_uncovered(const binding::Outcome& outcome, std::vector<UncoveredBytes>& out) {
  for (const binding::Uncovered& bytes : outcome.uncovered) {
    out.push_back({bytes.range, bytes.kind, false, words_for_uncovered(bytes.kind)});
  }
}

}  // namespace assay::validate
