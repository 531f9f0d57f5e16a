#include "report/deltas.h"

#include <array>
#include <set>
#include <tuple>

#include "base/sort.h"
#include "manifest/uri.h"

namespace assay::report {
namespace {

using validate::Finding;
using validate::IngredientResult;
using validate::ManifestResult;
using validate::StatusKind;
using validate::Verdict;

using Key = Deltas::Key;

Key key_of(const Finding& finding) {
  return {validate::status_kind(finding.code), std::string(validate::status_text(finding.code)),
          finding.url};
}

// R-840, R-1013: unknown codes stay as they are; renamed ones are read under their old names too.
std::string current_code(const std::string& code) {
  constexpr std::array<std::array<const char*, 2>, 4> kRenamed = {{
      {"signingCredential.expired", "claimSignature.outsideValidity"},
      {"signingCredential.revoked", "signingCredential.ocsp.revoked"},
      {"signingCredential.notRevoked", "signingCredential.ocsp.notRevoked"},
      {"ingredient.hashedURI.mismatch", "ingredient.manifest.mismatch"},
  }};
  for (const auto& [old_code, new_code] : kRenamed) {
    if (code == old_code) {
      return new_code;
    }
  }
  return code;
}

// relative URLs are relative to the ingredient's manifest.
std::string absolute(const std::string& url, const std::string& manifest_label) {
  const auto uri = manifest::parse_jumbf_uri(url);
  if (!uri || !uri->well_formed) {
    return url;
  }
  std::string out = "self#jumbf=/c2pa/" + (uri->manifest.empty() ? manifest_label : uri->manifest);
  return uri->path.empty() ? out : out + "/" + uri->path;
}

StatusKind kind_of(std::string_view name) {
  if (name == "success") {
    return StatusKind::success;
  }
  return name == "informational" ? StatusKind::informational : StatusKind::failure;
}

int gravity(StatusKind kind) {
  switch (kind) {
    case StatusKind::failure:
      return 0;
    case StatusKind::informational:
      return 1;
    case StatusKind::success:
      break;
  }
  return 2;
}

}  // namespace

Deltas::Deltas(const Verdict& verdict, const ManifestResult& manifest) : verdict_(verdict) {
  for (const IngredientResult& ingredient : manifest.ingredients) {
    if (ingredient.manifest) {
      found_[*ingredient.manifest];
    }
  }
  if (found_.empty()) {
    return;
  }
  for (const Finding& finding : verdict.findings.all()) {
    const auto found = finding.manifest ? found_.find(*finding.manifest) : found_.end();
    if (found != found_.end()) {
      found->second.gravest_first.push_back(&finding);
      found->second.keys.insert(key_of(finding));
    }
  }
  for (auto& [index, found] : found_) {
    sort_by(found.gravest_first, [](const Finding* a, const Finding* b) {
      return gravity(validate::status_kind(a->code)) < gravity(validate::status_kind(b->code));
    });
  }
}

// T-62, T-63: each finding is either listed, and so many are not, or was recorded in the
// ingredient itself. So the work goes with the length of its own list, however many ingredients
// have the same manifest and however much was found out about that.
std::vector<Delta> Deltas::of(const IngredientResult& ingredient, const Limits& limits) const {
  std::vector<Delta> out;
  if (!ingredient.manifest) {
    return out;
  }
  const ManifestResult& target = verdict_.manifests[*ingredient.manifest];
  const Found& found = found_.at(*ingredient.manifest);
  std::set<Key> recorded;
  for (const manifest::RecordedStatus& status : ingredient.data.recorded) {
    recorded.emplace(kind_of(status.kind), current_code(status.code),
                     absolute(status.url, target.manifest->label));
  }
  for (const Finding* finding : found.gravest_first) {
    const StatusKind kind = validate::status_kind(finding->code);
    // lists of the first versions name failures only; silence about the rest means nothing.
    const bool comparable = ingredient.data.has_validation_results || kind == StatusKind::failure;
    if (!comparable || out.size() > limits.delta_statuses) {
      break;
    }
    if (recorded.count(key_of(*finding)) == 0) {
      out.push_back({std::string(validate::status_text(finding->code)), finding->url, kind, false,
                     finding->explanation});
    }
  }
  for (const Key& key : recorded) {
    if (found.keys.count(key) == 0) {
      const auto& [kind, code, url] = key;
      out.push_back({code, url, kind, true, "recorded by the signer, not found again"});
    }
  }
  sort_by(out, [](const Delta& a, const Delta& b) { return gravity(a.kind) < gravity(b.kind); });
  if (out.size() > limits.delta_statuses) {
    out.resize(limits.delta_statuses);
    out.back() = {"general.error", "", StatusKind::informational, false,
                  "there are more differences than are listed"};
  }
  return out;
}

}  // namespace assay::report
