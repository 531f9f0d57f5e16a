// The other standard assertions that have rules of their own (R-574…R-583). The rest is kept as
// data (R-002, R-584, R-1161).
#include <array>

#include "base/text.h"
#include "validate/context.h"

namespace assay::validate {
namespace {

using cbor::Type;
using cbor::Value;

bool is_hash_label(std::string_view label) { return starts_with(label, "c2pa.hash."); }

bool is_structural_label(std::string_view label) {
  return manifest::is_actions_label(label) || manifest::is_ingredient_label(label) ||
         label == "c2pa.cloud-data";
}

// T-41.
void check_cloud_data(Context& context, const ManifestResult& result,
                      const AssertionResult& assertion) {
  const size_t index = result.manifest->index;
  const Value root = assertion.parsed.root();
  const auto label = root.get("label").untagged().as_text();
  const bool complete = label && root.get("size").as_uint() && root.get("location").is(Type::map);
  if (!complete) {
    context.add(StatusCode::cloud_data_malformed, assertion.url, index,
                "label, size or location is missing");
  }
  if (!label) {
    return;
  }
  const std::string_view base = *label;
  const bool is_update = result.manifest->kind == manifest::ManifestKind::update;
  if (is_hash_label(base)) {
    context.add(StatusCode::cloud_data_hard_binding, assertion.url, index,
                "a hard binding may not be stored elsewhere");
  } else if (is_update && manifest::is_actions_label(base)) {
    context.add(StatusCode::cloud_data_actions, assertion.url, index,
                "actions of an update manifest may not be stored elsewhere");
  } else if (is_structural_label(base)) {
    context.add(StatusCode::cloud_data_malformed, assertion.url, index,
                "an assertion of this kind may not be stored elsewhere");
  }
}

//
void check_external_reference(Context& context, const ManifestResult& result,
                              const AssertionResult& assertion) {
  const Value root = assertion.parsed.root();
  const Value location = root.get("location");
  const bool has_url = location.get("url").untagged().is(Type::text);
  const bool has_alg = location.get("alg").present();
  const bool has_hash = location.get("hash").present();
  const auto label = root.get("label").untagged().as_text();
  const bool forbidden = label && (is_hash_label(*label) || is_structural_label(*label) ||
                                   *label == "c2pa.external-reference");
  if (!has_url || has_alg != has_hash || forbidden) {
    context.add(StatusCode::external_reference_malformed, assertion.url, result.manifest->index,
                forbidden ? "an assertion of this kind may not be stored elsewhere"
                          : "the location is incomplete");
  }
}

//
void check_time_stamp(Context& context, const ManifestResult& result,
                      const AssertionResult& assertion) {
  const Value root = assertion.parsed.root();
  if (!root.is(Type::map) || root.size() == 0) {
    context.add(StatusCode::timestamp_assertion_malformed, assertion.url, result.manifest->index,
                "the assertion is not a map of manifests to time-stamps");
  }
}

struct AlternativeContent {
  Context& context;
  const ManifestResult& result;
  const AssertionResult& assertion;

  void add(StatusCode code, std::string text) const {
    context.add(code, assertion.url, result.manifest->index, std::move(text));
  }

  bool is_preserved_original() const {
    const auto type = assertion.parsed.root().get("type").untagged().as_text();
    return type && *type == "exif.originalPreservationImage";
  }

  // exactly one of a part index and a hashed URI. The schema has both within `parameters`,
  // the clause speaks of them as fields of the assertion.
  void check() const {
    const Value root = assertion.parsed.root();
    const Value parameters = root.get("parameters").untagged();
    const Value fields = parameters.is(Type::map) ? parameters : root;
    const Value index = fields.get("multiAssetPartIndex");
    const manifest::HashedUri image =
        manifest::parse_hashed_uri(fields.get("embeddedOriginalPreservationImage"));
    if (index.present() == image.present || (image.present && !image.hash)) {
      add(StatusCode::alternative_content_malformed,
          "needs either a part index or a hashed reference to the preserved original");
      return;
    }
    if (image.present) {
      check_image(image);
    } else if (index.as_uint().value_or(~uint64_t{0}) >= part_count()) {
      add(StatusCode::alternative_content_malformed,
          "the part index points at no part of a multi-asset hash");
    }
  }

  void check_image(const manifest::HashedUri& image) const {
    const CheckedReference checked = check_reference(context, image, result, result.claim.alg);
    if (!checked.target.found()) {
      add(StatusCode::alternative_content_missing, "the preserved original is not there");
    } else if (checked.state != ReferenceState::match) {
      add(StatusCode::alternative_content_hash_mismatch,
          "the preserved original differs from the one that was referred to");
    } else {
      add(StatusCode::alternative_content_match,
          "the preserved original is the one that was referred to");
    }
  }

  size_t part_count() const {
    for (const AssertionResult& candidate : result.assertions) {
      if (candidate.base_label == "c2pa.hash.multi-asset") {
        return candidate.parsed.root().get("parts").size();
      }
    }
    return 0;
  }
};

}  // namespace

void check_other_assertions(Context& context, ManifestResult& result) {
  size_t alternatives = 0;
  for (const AssertionResult& assertion : result.assertions) {
    if (assertion.integrity != Integrity::ok || !assertion.parsed.cbor) {
      continue;
    }
    if (assertion.base_label == "c2pa.cloud-data") {
      check_cloud_data(context, result, assertion);
    } else if (assertion.base_label == "c2pa.external-reference") {
      check_external_reference(context, result, assertion);
    } else if (assertion.base_label == "c2pa.time-stamp") {
      check_time_stamp(context, result, assertion);
    } else if (assertion.base_label == "c2pa.alternative-content-representation") {
      const AlternativeContent alternative{context, result, assertion};
      if (!alternative.is_preserved_original()) {
        continue;
      }
      alternative.check();
      if (++alternatives > 1) {
        alternative.add(StatusCode::alternative_content_malformed,
                        "there is more than one preserved original");
      }
    }
  }
}

}  // namespace assay::validate
