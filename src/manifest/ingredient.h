// Ingredient assertions, versions 1 to 3 (spec §Ingredient; R-568…R-570).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "codec/cbor/cbor.h"
#include "manifest/hashed_uri.h"

namespace assay::manifest {

struct RecordedStatus {
  std::string code;
  std::string url;
  std::string kind;  // "success", "informational", "failure"
};

inline constexpr size_t kMostAlgorithms = 100;

struct Ingredient {
  uint8_t version = 1;
  std::string title;
  std::string format;
  std::string relationship;  // parentOf, componentOf, inputTo
  std::string instance_id;
  HashedUri manifest;         // activeManifest, or c2pa_manifest of v1 and v2
  HashedUri claim_signature;  // v3
  HashedUri thumbnail;
  HashedUri data;  // v2 and v3
  // its generator found the record by watermark or fingerprint, with these algorithms (v3).
  bool soft_bindings_matched = false;
  std::vector<std::string> soft_binding_algorithms;  // at most kMostAlgorithms
  bool has_validation_results = false;
  bool has_digital_source_type = false;
  std::vector<RecordedStatus> recorded;  // what the signer found out about it

  // Rules that it breaks, in words.
  std::vector<std::string> problems;
};

// `base_label` tells the version.
Ingredient read_ingredient(const cbor::Value& root, std::string_view base_label);

}  // namespace assay::manifest
