// Deltas (§Returning validation results; ): what a signer recorded about an ingredient
// next to what is found now.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "base/limits.h"
#include "codec/json/json.h"
#include "validate/verdict.h"

namespace assay::report {

struct Delta {
  std::string code;
  std::string url;
  validate::StatusKind kind = validate::StatusKind::failure;
  bool recorded = false;  // recorded and not found again; else found and not recorded
  std::string explanation;
};

// Compares the ingredients of one manifest. Findings are looked up by manifest once, so that many
// ingredients of the same manifest cost no more than their own lists.
class Deltas {
 public:
  // Kind, code and url: what makes two statuses equivalent.
  using Key = std::tuple<validate::StatusKind, std::string, std::string>;

  Deltas(const validate::Verdict& verdict, const validate::ManifestResult& manifest);

  // Failures first; at most limits.delta_statuses. Empty for an ingredient without manifest.
  std::vector<Delta> of(const validate::IngredientResult& ingredient, const Limits& limits) const;

 private:
  struct Found {
    std::vector<const validate::Finding*> gravest_first;
    std::set<Key> keys;
  };

  const validate::Verdict& verdict_;
  std::map<size_t, Found> found_;  // by manifest
};

}  // namespace assay::report
