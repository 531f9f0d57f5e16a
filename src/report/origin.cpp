#include "report/origin.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "manifest/assertion.h"

namespace assay::report {
namespace {

using validate::AssertionResult;
using validate::IngredientResult;
using validate::Integrity;
using validate::ManifestResult;
using validate::ManifestState;
using validate::Verdict;

struct SourceType {
  std::string_view term;
  OriginKind kind;
  bool trained_model;
};

// Terms of the IPTC vocabulary and of C2PA's own. A term that is not here stays unknown.
constexpr std::array<SourceType, 13> kSourceTypes = {{
    {"digitalCapture", OriginKind::captured, false},
    {"computationalCapture", OriginKind::captured, false},
    {"negativeFilm", OriginKind::captured, false},
    {"positiveFilm", OriginKind::captured, false},
    {"print", OriginKind::captured, false},
    {"trainedAlgorithmicMedia", OriginKind::generated, true},
    {"trainedAlgorithmicData", OriginKind::generated, true},
    {"algorithmicMedia", OriginKind::generated, false},
    {"virtualRecording", OriginKind::composite, false},
    {"composite", OriginKind::composite, false},
    {"compositeCapture", OriginKind::composite, false},
    {"compositeSynthetic", OriginKind::composite, false},
    {"compositeWithTrainedAlgorithmicMedia", OriginKind::composite, true},
}};

const SourceType* source_type(std::string_view uri) {
  for (const std::string_view prefix :
       {std::string_view("http://cv.iptc.org/newscodes/digitalsourcetype/"),
        std::string_view("https://cv.iptc.org/newscodes/digitalsourcetype/"),
        std::string_view("http://c2pa.org/digitalsourcetype/")}) {
    if (!starts_with(uri, prefix)) {
      continue;
    }
    const std::string_view term = uri.substr(prefix.size());
    const auto* found = std::find_if(kSourceTypes.begin(), kSourceTypes.end(),
                                     [&](const SourceType& type) { return type.term == term; });
    return found == kSourceTypes.end() ? nullptr : found;
  }
  return nullptr;
}

std::string_view text_of(const cbor::Value& value) {
  return value.untagged().as_text().value_or("");
}

// What the actions of one manifest say.
struct Account {
  bool created = false;
  std::string_view source;  // of the created action
  manifest::Origin stated_by = manifest::Origin::created;
  bool trained_model = false;  // in any action
};

// Only assertions whose hash matched speak; what is merely gathered never overrides what the
// signer states (T-13).
Account account_of(const ManifestResult& result) {
  Account out;
  for (const AssertionResult& assertion : result.assertions) {
    const bool usable = assertion.integrity == Integrity::ok && assertion.parsed.cbor &&
                        assertion.origin != manifest::Origin::undeclared &&
                        manifest::is_actions_label(assertion.base_label);
    const cbor::Value actions = usable ? assertion.parsed.root().get("actions") : cbor::Value();
    for (size_t i = 0; i < actions.size(); ++i) {
      const std::string_view source = text_of(actions.at(i).get("digitalSourceType"));
      const SourceType* type = source_type(source);
      out.trained_model = out.trained_model || (type != nullptr && type->trained_model);
      const bool first_word = !out.created || (out.stated_by == manifest::Origin::gathered &&
                                               assertion.origin != manifest::Origin::gathered);
      if (text_of(actions.at(i).get("action")) == "c2pa.created" && first_word) {
        out.created = true;
        out.source = source;
        out.stated_by = assertion.origin;
      }
    }
  }
  return out;
}

// The manifest of the version that this one was made from, if it is the one referred to.
std::optional<size_t> parent_of(const ManifestResult& result) {
  for (const IngredientResult& ingredient : result.ingredients) {
    const bool linked = ingredient.link == IngredientResult::Link::ok ||
                        ingredient.link == IngredientResult::Link::redacted;
    if (ingredient.data.relationship == "parentOf" && linked && ingredient.manifest) {
      return ingredient.manifest;
    }
  }
  return std::nullopt;
}

bool holds(const ManifestResult& result) {
  return result.state != ManifestState::invalid &&
         result.signature.state == validate::SignatureState::validated;
}

}  // namespace

std::string_view origin_kind_name(OriginKind kind) {
  switch (kind) {
    case OriginKind::captured:
      return "captured";
    case OriginKind::generated:
      return "generated";
    case OriginKind::composite:
      return "composite";
    case OriginKind::unknown:
      break;
  }
  return "unknown";
}

std::optional<OriginStatement> origin_of(const Verdict& verdict) {
  const bool speaks = verdict.state == validate::AssetState::trusted ||
                      verdict.state == validate::AssetState::valid ||
                      verdict.state == validate::AssetState::well_formed;
  const ManifestResult* current = speaks ? verdict.active() : nullptr;
  std::vector<uint8_t> seen(verdict.manifests.size());
  bool trained_later = false;
  // R-1005: the walk ends where a manifest does not hold.
  while (current != nullptr && holds(*current) && seen[current->manifest->index] == 0) {
    seen[current->manifest->index] = 1;
    const Account account = account_of(*current);
    trained_later = trained_later || account.trained_model;
    if (account.created) {
      const SourceType* type = source_type(account.source);
      OriginStatement out;
      out.kind = type == nullptr ? OriginKind::unknown : type->kind;
      if (trained_later && out.kind != OriginKind::generated) {
        out.kind = OriginKind::composite;
      }
      out.trained_model = trained_later;
      out.stated_by = account.stated_by;
      out.manifest = current->manifest->index;
      out.source = account.source;
      return out;
    }
    const auto parent = parent_of(*current);
    current = parent ? &verdict.manifests[*parent] : nullptr;
  }
  return std::nullopt;
}

}  // namespace assay::report
