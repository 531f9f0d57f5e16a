// Claim: the CBOR map that a claim generator signs, versions 1 and 2 (spec §Claims; R-401…R-428).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.h"
#include "codec/cbor/cbor.h"
#include "manifest/hashed_uri.h"
#include "manifest/store.h"

namespace assay::manifest {

// How a claim names an assertion. Only `created` ones are the signer's own statements (R-1006).
enum class Origin : uint8_t { created, gathered, listed, undeclared };

struct Reference {
  Origin origin = Origin::created;
  HashedUri uri;
};

struct GeneratorInfo {
  std::string name;
  std::string version;
};

struct Claim {
  uint8_t version = 0;  // 1 or 2
  std::string url;      // of the claim box
  ByteView payload;     // the CBOR item's bytes: what the signature covers
  cbor::Value root;

  std::string signature;  // URI; empty when missing
  std::string alg;
  std::vector<Reference> references;  // created, then gathered; or v1 `assertions`
  std::vector<std::string> redacted;  // URIs as written
  std::string title;
  std::string format;
  std::string instance_id;
  std::string generator_text;  // v1 `claim_generator`
  std::vector<GeneratorInfo> generators;

  // Rules that the claim breaks, in words; empty when it is well formed.
  std::vector<std::string> problems;

 private:
  friend class ClaimReader;
  std::vector<cbor::Document> documents_;  // keeps `root` alive
};

enum class ClaimState : uint8_t {
  ok,            // parsed; `problems` may still be non-empty
  missing,       // no claim box, or only of versions to come
  multiple,
  cbor_invalid,
};

struct ClaimResult {
  ClaimState state = ClaimState::missing;
  std::string explanation;
  Claim claim;
};

// Finds and reads the claim of a manifest whose `box` is not null.
ClaimResult read_claim(const Store& store, const Manifest& manifest, const Limits& limits,
                       Budget& budget);

}  // namespace assay::manifest
