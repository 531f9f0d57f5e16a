// Actions (spec §Validation of actions; …R-565). Rules about which actions a manifest
// must have came with claim version 2; to claims of version 1 only the shape is applied
// (docs/adr/0010).
#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/text.h"
#include "validate/context.h"

namespace assay::validate {
namespace {

using cbor::Type;
using cbor::Value;

// Where an actions assertion stands among those of its manifest.
struct Place {
  const AssertionResult* assertion = nullptr;
  bool first_of_its_list = false;
};

class Actions {
 public:
  Actions(Context& context, ManifestResult& result)
      : context_(context), result_(result), strict_(result.claim.version == 2) {}

  void run() {
    const AssertionResult* first_created = nullptr;
    const AssertionResult* first_gathered = nullptr;
    for (const AssertionResult& assertion : result_.assertions) {
      if (!manifest::is_actions_label(assertion.base_label) ||
          assertion.integrity != Integrity::ok || !assertion.parsed.cbor) {
        continue;
      }
      const bool gathered = assertion.origin == manifest::Origin::gathered;
      const AssertionResult*& first = gathered ? first_gathered : first_created;
      const bool is_first = first == nullptr;
      first = is_first ? &assertion : first;
      check_assertion({&assertion, is_first});
    }
    check_beginning();
  }

 private:
  void malformed(const AssertionResult& assertion, std::string text) {
    context_.add(StatusCode::action_malformed, assertion.url, result_.manifest->index,
                 std::move(text));
  }
  void ingredient_mismatch(const AssertionResult& assertion, std::string text) {
    context_.add(StatusCode::action_ingredient_mismatch, assertion.url, result_.manifest->index,
                 std::move(text));
  }

  //
  void check_assertion(const Place& place) {
    const Value actions = place.assertion->parsed.root().get("actions");
    if (!actions.is(Type::array) || actions.size() == 0) {
      malformed(*place.assertion, "the list of actions is missing or empty");
      return;
    }
    for (size_t i = 0; i < actions.size(); ++i) {
      const auto name = actions.at(i).get("action").untagged().as_text();
      if (!name) {
        malformed(*place.assertion, "an action has no name");
        continue;
      }
      check_position(place, *name, i);
      if (strict_) {
        check_action(*place.assertion, actions.at(i), *name);
      }
    }
  }

  // created and opened begin the first actions assertion of their list.
  void check_position(const Place& place, std::string_view name, size_t position) {
    if (name != "c2pa.created" && name != "c2pa.opened") {
      return;
    }
    ++beginnings_;
    if (strict_ && (position != 0 || !place.first_of_its_list)) {
      malformed(*place.assertion,
                std::string(name) + " is not the first action of the first actions assertion");
    }
  }

  // exactly one beginning. Update manifests add none of their own.
  void check_beginning() {
    if (!strict_ || result_.manifest->kind == manifest::ManifestKind::update) {
      return;
    }
    if (beginnings_ != 1) {
      context_.add(StatusCode::action_malformed, context_.store.url_of(*result_.manifest, ""),
                   result_.manifest->index,
                   beginnings_ == 0
                       ? "no action says whether the asset was created or opened"
                       : "more than one action says that the asset was created or opened");
    }
  }

  void check_action(const AssertionResult& assertion, const Value& action, std::string_view name) {
    const Value parameters = action.get("parameters");
    if (name == "c2pa.opened" || name == "c2pa.placed" || name == "c2pa.removed") {
      check_required_ingredients(assertion, parameters, name);
    } else if (name == "c2pa.transcoded" || name == "c2pa.repackaged") {
      for (const Value& reference : ingredient_references(parameters)) {
        expect_ingredient(assertion, reference, name, "parentOf");
      }
    } else if (name == "c2pa.redacted") {
      check_redacted(assertion, parameters);
    } else if (name == "c2pa.watermarked" || name == "c2pa.watermarked.bound") {
      check_watermark(assertion);
    }
    check_agent_index(assertion, action);
    check_related(assertion, parameters);
  }

  static std::vector<Value> ingredient_references(const Value& parameters) {
    std::vector<Value> out;
    for (const std::string_view key : {"ingredients", "ingredient"}) {
      const Value value = parameters.get(key);
      if (value.is(Type::map)) {
        out.push_back(value);
      }
      for (size_t i = 0; value.is(Type::array) && i < value.size(); ++i) {
        out.push_back(value.at(i));
      }
    }
    return out;
  }

  //
  void check_required_ingredients(const AssertionResult& assertion, const Value& parameters,
                                  std::string_view name) {
    const auto references = ingredient_references(parameters);
    if (references.empty()) {
      ingredient_mismatch(assertion, std::string(name) + " names no ingredient");
      return;
    }
    if (name == "c2pa.opened" && references.size() != 1) {
      ingredient_mismatch(assertion, "c2pa.opened names more than one ingredient");
    }
    for (const Value& reference : references) {
      if (name == "c2pa.removed") {
        expect_removed(assertion, reference);
      } else {
        expect_ingredient(assertion, reference, name,
                          name == "c2pa.opened" ? "parentOf" : "componentOf");
      }
    }
  }

  // T-62: looked up, because references and ingredients can both be thousands.
  bool has_ingredient(const ManifestResult& of, const std::string& url,
                      std::string_view relationship) {
    if (indexed_.insert(of.manifest->index).second) {
      for (const IngredientResult& ingredient : of.ingredients) {
        ingredients_.insert(ingredient.data.relationship + ' ' +
                            of.assertions[ingredient.assertion].url);
      }
    }
    return ingredients_.count(std::string(relationship) + ' ' + url) != 0;
  }

  // The reference must be to an ingredient of this manifest with that relationship.
  void expect_ingredient(const AssertionResult& assertion, const Value& reference,
                         std::string_view name, std::string_view relationship) {
    const auto uri = manifest::parse_hashed_uri(reference);
    const manifest::Target target = context_.store.resolve(uri.url, *result_.manifest);
    if (has_ingredient(result_, target.url, relationship)) {
      return;
    }
    if (!is_redacted(context_, target.url)) {
      ingredient_mismatch(assertion, std::string(name) +
                                         " names no ingredient of this manifest that is " +
                                         std::string(relationship));
    }
  }

  // a removed component was an ingredient of another manifest.
  void expect_removed(const AssertionResult& assertion, const Value& reference) {
    const auto uri = manifest::parse_hashed_uri(reference);
    const manifest::Target target = context_.store.resolve(uri.url, *result_.manifest);
    if (target.manifest != nullptr && target.manifest != result_.manifest) {
      const ManifestResult& other = context_.verdict.manifests[target.manifest->index];
      if (has_ingredient(other, target.url, "componentOf")) {
        return;
      }
    }
    ingredient_mismatch(assertion, "c2pa.removed names no component of another manifest");
  }

  // the redacted assertion exists, or its manifest's claim or our own list names it.
  void check_redacted(const AssertionResult& assertion, const Value& parameters) {
    const auto uri = parameters.get("redacted").untagged().as_text();
    const manifest::Target target =
        uri ? context_.store.resolve(*uri, *result_.manifest) : manifest::Target();
    const bool assertion_path = starts_with(target.path, "c2pa.assertions/");
    const bool declared = target.manifest != nullptr && is_redacted(context_, target.url);
    if (!assertion_path || (!target.found() && !declared)) {
      context_.add(StatusCode::action_redaction_mismatch, assertion.url, result_.manifest->index,
                   "c2pa.redacted does not name an assertion that exists or was redacted");
    }
  }

  //
  void check_watermark(const AssertionResult& assertion) {
    if (!soft_binding_) {
      soft_binding_ = false;
      for (const AssertionResult& candidate : result_.assertions) {
        soft_binding_ = *soft_binding_ || candidate.base_label == "c2pa.soft-binding";
      }
    }
    if (*soft_binding_) {
      return;
    }
    context_.add(StatusCode::action_soft_binding_missing, assertion.url, result_.manifest->index,
                 "a watermark was added, but no soft binding describes it");
  }

  //
  void check_agent_index(const AssertionResult& assertion, const Value& action) {
    const Value index = action.get("softwareAgentIndex");
    const size_t agents = assertion.parsed.root().get("softwareAgents").size();
    if (index.present() && index.as_uint().value_or(agents) >= agents) {
      malformed(assertion, "softwareAgentIndex points at no software agent");
    }
  }

  //
  void check_related(const AssertionResult& assertion, const Value& parameters) {
    const Value related = parameters.get("relatedAssertions");
    if (!related.present()) {
      return;
    }
    bool fits = related.is(Type::array) && related.size() > 0;
    for (size_t i = 0; fits && i < related.size(); ++i) {
      const auto uri = manifest::parse_hashed_uri(related.at(i));
      const manifest::Target target = context_.store.resolve(uri.url, *result_.manifest);
      const bool own = target.manifest == result_.manifest;
      const bool kind = starts_with(target.path, "c2pa.assertions/c2pa.ingredient") ||
                        starts_with(target.path, "c2pa.assertions/c2pa.actions");
      fits = own && !kind;
    }
    if (!fits) {
      malformed(assertion,
                "relatedAssertions must name assertions of this manifest other than "
                "ingredients and actions");
    }
  }

  Context& context_;
  ManifestResult& result_;
  bool strict_;
  size_t beginnings_ = 0;
  std::set<size_t> indexed_;           // manifests whose ingredients are in the next
  std::set<std::string> ingredients_;  // relationship and absolute address
  std::optional<bool> soft_binding_;
};

}  // namespace

void check_actions(Context& context, ManifestResult& result) { Actions(context, result).run(); }

}  // namespace assay::validate
