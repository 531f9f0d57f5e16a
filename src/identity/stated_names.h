// Names of people and accounts that an assertion states without any proof: authors of schema.org
// works (spec 1.0–1.4), and artists, creators and rights holders in metadata as Exif, IPTC, Dublin
// Core and PLUS have it (spec §Metadata; CAWG metadata). Nobody but the signer vouches for them
// (T-09).
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "identity/manifest_view.h"

namespace assay::identity {

struct StatedName {
  std::string_view kind;   // AttachedCredential::kind
  std::string_view field;  // of the standard, with its usual prefix: "tiff:Artist"
  std::string name;        // display form, never empty
  std::string account_of;  // of an account: whose, display form; empty where that is not stated
};

// In the order of the text, repetitions included, until `take` returns false. Values that are not
// text are passed over.
void read_stated_names(const AssertionView& assertion, const std::function<bool(StatedName)>& take);

}  // namespace assay::identity
