// ManifestView: what the identity layer sees of a manifest: assertions whose hash matched, nothing
// else.
#pragma once

#include <string>
#include <vector>

#include "codec/cbor/cbor.h"
#include "codec/json/json.h"
#include "manifest/claim.h"
#include "manifest/store.h"

namespace assay::identity {

struct AssertionView {
  std::string label;
  std::string base_label;
  std::string url;
  cbor::Value cbor;                   // absent unless CBOR
  const json::Value* json = nullptr;  // null unless JSON
};

struct ManifestView {
  const manifest::Store* store = nullptr;
  const manifest::Manifest* manifest = nullptr;
  const manifest::Claim* claim = nullptr;
  std::vector<AssertionView> assertions;
};

}  // namespace assay::identity
