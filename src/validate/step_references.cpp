// Hashed URIs inside standard assertions and the claim (spec §Validation of references;
// R-420…R-423).
#include "base/text.h"
#include "manifest/hashed_uri.h"
#include "validate/context.h"

namespace assay::validate {
namespace {

using cbor::Type;
using cbor::Value;

class References {
 public:
  References(Context& context, ManifestResult& result) : context_(context), result_(result) {}

  // `enclosing_alg`: of the structure around the reference, or empty.
  void check(const Value& value, std::string_view url, std::string_view enclosing_alg) {
    const manifest::HashedUri reference = manifest::parse_hashed_uri(value);
    if (!reference.present) {
      return;
    }
    const std::string_view alg = enclosing_alg.empty() ? result_.claim.alg : enclosing_alg;
    const CheckedReference checked = check_reference(context_, reference, result_, alg);
    if (is_redacted(context_, checked.target.url)) {
      return;  // a declared redaction is not a broken reference
    }
    if (checked.state == ReferenceState::mismatch && is_covered_by_old_claim(checked.target)) {
      return;
    }
    report(checked, url);
  }

 private:
  // docs/adr/0010: claims of version 1 were made when nothing checked these hashes, and many hold
  // stale ones. Where the claim itself covers the target with a hash that fits, nothing is left
  // open.
  bool is_covered_by_old_claim(const manifest::Target& target) const {
    if (result_.claim.version != 1) {
      return false;
    }
    for (const AssertionResult& assertion : result_.assertions) {
      if (assertion.box == target.box && assertion.integrity == Integrity::ok) {
        return true;
      }
    }
    return false;
  }

  void report(const CheckedReference& checked, std::string_view url) {
    const size_t index = result_.manifest->index;
    const std::string target = display_text(checked.target.url, 200);
    switch (checked.state) {
      case ReferenceState::match:
      case ReferenceState::external:  // only checked when fetched
        return;
      case ReferenceState::missing:
        context_.add(StatusCode::hashed_uri_missing, url, index,
                     "refers to " + target + ", which does not exist or is ambiguous");
        return;
      case ReferenceState::mismatch:
        context_.add(StatusCode::hashed_uri_mismatch, url, index,
                     "refers to " + target + ", which differs from what was referred to");
        return;
      case ReferenceState::unsupported_algorithm:
        context_.add(StatusCode::algorithm_unsupported, url, index,
                     "no supported hash algorithm is given for the reference to " + target);
        return;
    }
  }

  Context& context_;
  ManifestResult& result_;
};

// An array of references, or a single one.
void check_each(References& references, const Value& value, std::string_view url,
                std::string_view alg) {
  if (!value.is(Type::array)) {
    references.check(value, url, alg);
    return;
  }
  for (size_t i = 0; i < value.size(); ++i) {
    references.check(value.at(i), url, alg);
  }
}

// Icons, ingredients and related assertions of one action or template.
void check_action(References& references, const Value& action, std::string_view url,
                  std::string_view alg) {
  references.check(action.get("icon"), url, alg);
  references.check(action.get("softwareAgent").get("icon"), url, alg);
  const Value parameters = action.get("parameters");
  check_each(references, parameters.get("ingredient"), url, alg);
  check_each(references, parameters.get("ingredients"), url, alg);
  check_each(references, parameters.get("relatedAssertions"), url, alg);
}

void check_actions(References& references, const Value& root, std::string_view url,
                   std::string_view alg) {
  for (const std::string_view list : {"actions", "templates"}) {
    const Value items = root.get(list);
    for (size_t i = 0; i < items.size(); ++i) {
      check_action(references, items.at(i), url, alg);
    }
  }
  const Value agents = root.get("softwareAgents");
  for (size_t i = 0; i < agents.size(); ++i) {
    references.check(agents.at(i).get("icon"), url, alg);
  }
}

// also where the main binding fits, so that nobody asks for the parts. A text alone has no
// hash.
void check_parts(References& references, const Value& root, std::string_view url,
                 std::string_view alg) {
  const Value parts = root.get("parts");
  for (size_t i = 0; i < parts.size(); ++i) {
    const Value reference = parts.at(i).get("hashAssertion");
    if (reference.is(Type::map)) {
      references.check(reference, url, alg);
    }
  }
}

}  // namespace

void check_references(Context& context, ManifestResult& result) {
  References references(context, result);
  const Value info = result.claim.root.get("claim_generator_info");
  check_each(references, info.is(Type::map) ? info.get("icon") : Value(), result.claim.url, "");
  for (size_t i = 0; info.is(Type::array) && i < info.size(); ++i) {
    references.check(info.at(i).get("icon"), result.claim.url, "");
  }
  for (const AssertionResult& assertion : result.assertions) {
    if (assertion.integrity != Integrity::ok || !assertion.parsed.cbor) {
      continue;
    }
    const Value root = assertion.parsed.root();
    const auto own_alg = root.get("alg").as_text();
    const std::string_view alg = own_alg ? *own_alg : std::string_view();
    if (manifest::is_actions_label(assertion.base_label)) {
      check_actions(references, root, assertion.url, alg);
    } else if (manifest::is_ingredient_label(assertion.base_label)) {
      // activeManifest and claimSignature have rules and codes of their own.
      references.check(root.get("thumbnail"), assertion.url, alg);
      references.check(root.get("data"), assertion.url, alg);
    } else if (assertion.base_label == "c2pa.hash.multi-asset") {
      check_parts(references, root, assertion.url, alg);
    }
  }
}

}  // namespace assay::validate
