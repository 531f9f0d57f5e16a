#include "validate/finding.h"

#include <algorithm>
#include <functional>

namespace assay::validate {

void Findings::add(StatusCode code, std::string_view url, std::optional<size_t> manifest,
                   std::string explanation) {
  const size_t hash = std::hash<std::string_view>{}(url) ^ (static_cast<size_t>(code) << 20) ^
                      (manifest.value_or(~size_t{0}) << 5);
  const auto [first, last] = index_.equal_range(hash);
  const bool known = std::any_of(first, last, [&](const auto& entry) {
    const Finding& finding = list_[entry.second];
    return finding.code == code && finding.manifest == manifest && finding.url == url;
  });
  if (known) {
    return;
  }
  index_.emplace(hash, list_.size());
  list_.push_back({code, std::string(url), manifest, std::move(explanation)});
}

bool Findings::has(StatusCode code, std::optional<size_t> manifest) const {
  return std::any_of(list_.begin(), list_.end(), [&](const Finding& finding) {
    return finding.code == code && finding.manifest == manifest;
  });
}

bool Findings::has(StatusCode code) const {
  return std::any_of(list_.begin(), list_.end(),
                     [&](const Finding& finding) { return finding.code == code; });
}

}  // namespace assay::validate
