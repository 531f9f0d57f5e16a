// ManifestView: what the identity layer sees of a manifest: assertions whose hash matched, nothing
// else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"
#include "codec/cbor/cbor.h"
#include "codec/json/json.h"
#include "manifest/claim.h"
#include "manifest/store.h"

namespace assay::identity {

struct AssertionView {
  std::string label;
  std::string base_label;
  std::string url;
  cbor::Value cbor;                   // absent unless CBOR that could be read
  const json::Value* json = nullptr;  // null unless JSON that could be read
};

struct ClaimView {
  const manifest::Manifest* manifest = nullptr;
  const manifest::Claim* claim = nullptr;
};

struct ManifestView {
  const manifest::Store* store = nullptr;
  const manifest::Manifest* manifest = nullptr;
  const manifest::Claim* claim = nullptr;
  std::vector<AssertionView> assertions;

  // This claim and all that its ingredients lead to (R-1104).
  std::vector<ClaimView> history;
  // The hard binding that speaks for the content this manifest is about (R-571, R-1106).
  std::optional<std::string> binding_url;
  // Stapled answers about certificates that other manifests of the store hold (R-831, R-1126).
  std::vector<ByteView> ocsp_answers;
  // When the claim existed, by a trusted time-stamp over it (R-1124).
  std::optional<UnixTime> attested;
};

}  // namespace assay::identity
