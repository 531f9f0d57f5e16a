// Findings: the list that validation appends to. Verdicts are data; nothing already recorded is
// ever taken back, and a failure ends nothing but its own check (R-1003, A-26).
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "validate/status.h"

namespace assay::validate {

struct Finding {
  StatusCode code = StatusCode::general_error;
  std::string url;  // JUMBF URI of what it is about; empty: the asset
  // Index of the manifest it counts against (R-1002, P-1); nothing: the asset as a whole.
  std::optional<size_t> manifest;
  std::string explanation;
};

class Findings {
 public:
  // The same code about the same url of the same manifest is kept once (R-1014).
  void add(StatusCode code, std::string_view url, std::optional<size_t> manifest,
           std::string explanation);

  const std::vector<Finding>& all() const { return list_; }
  bool has(StatusCode code, std::optional<size_t> manifest) const;
  bool has(StatusCode code) const;

 private:
  std::vector<Finding> list_;
  std::multimap<size_t, size_t> index_;  // hash -> position in list_
};

}  // namespace assay::validate
