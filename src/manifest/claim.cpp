#include "manifest/claim.h"

#include <utility>

#include "base/text.h"
#include "manifest/uri.h"

namespace assay::manifest {

using cbor::Type;
using cbor::Value;

namespace {

constexpr auto kClaimType = jumbf::type_uuid("c2cl");

std::string text_of(const Value& value) {
  const auto text = value.untagged().as_text();
  return text ? std::string(*text) : std::string();
}

bool is_claim(const jumbf::Box& box) {
  const std::string_view label = base_label(box.label());
  return box.has_type(kClaimType) && (label == "c2pa.claim" || label == "c2pa.claim.v2");
}

const jumbf::Box* cbor_box(const Manifest& manifest, const jumbf::Box& superbox) {
  const jumbf::Box* found = nullptr;
  for (const jumbf::Box* child : manifest.tree->children_of(superbox)) {
    if (child->type == jumbf::fourcc("cbor")) {
      if (found != nullptr) {
        return nullptr;  // T-45: two CBOR boxes leave open which one was meant
      }
      found = child;
    }
  }
  return found;
}

GeneratorInfo generator_info(const Value& value) {
  return {text_of(value.get("name")), text_of(value.get("version"))};
}

}  // namespace

// Reads the fields and collects what is missing or of the wrong type.
class ClaimReader {
 public:
  ClaimReader(Claim& claim, const Limits& limits) : claim_(claim), limits_(limits) {}

  Status parse(ByteView payload, Budget& budget) {
    auto document = cbor::Document::parse(payload, limits_, budget);
    if (!document.ok()) {
      return document.fault();
    }
    claim_.payload = payload;
    claim_.root = document->root();
    claim_.documents_.push_back(std::move(*document));
    return {};
  }

  void read() {
    if (!claim_.root.is(Type::map)) {
      problem("the claim is not a map");
      return;
    }
    // an ambiguous key is never resolved to one of its values.
    if (claim_.root.has_duplicate_keys()) {
      problem("a key occurs twice in the claim");
    }
    claim_.signature = required_text("signature");
    claim_.instance_id =
        claim_.version == 2 ? required_text("instanceID") : optional_text("instanceID");
    claim_.alg = optional_text("alg");
    claim_.title = optional_text("dc:title");
    claim_.format = optional_text("dc:format");
    read_redactions();
    if (claim_.version == 2) {
      read_version_2();
    } else {
      read_version_1();
    }
  }

 private:
  void problem(std::string text) { claim_.problems.push_back(std::move(text)); }

  std::string required_text(std::string_view key) {
    const auto text = claim_.root.get(key).untagged().as_text();
    if (!text) {
      problem(std::string(key) + " is missing or not text");
      return {};
    }
    return std::string(*text);
  }

  std::string optional_text(std::string_view key) {
    const Value value = claim_.root.get(key).untagged();
    if (value.present() && !value.is(Type::text)) {
      problem(std::string(key) + " is not text");
    }
    return text_of(value);
  }

  // v2 needs created_assertions and claim_generator_info with a name.
  void read_version_2() {
    const Value created = claim_.root.get("created_assertions");
    if (!created.is(Type::array) || created.size() == 0) {
      problem("created_assertions is missing, empty or not an array");
    }
    read_references(created, Origin::created);
    const Value gathered = claim_.root.get("gathered_assertions");
    if (gathered.present() && !gathered.is(Type::array)) {
      problem("gathered_assertions is not an array");
    }
    read_references(gathered, Origin::gathered);
    const Value info = claim_.root.get("claim_generator_info");
    if (!info.is(Type::map)) {
      problem("claim_generator_info is missing or not a map");
    } else if (!info.get("name").untagged().is(Type::text)) {
      problem("claim_generator_info has no name");
    } else {
      claim_.generators.push_back(generator_info(info));
    }
  }

  // of the v1 fields only `assertions` and `signature` are insisted on.
  void read_version_1() {
    const Value assertions = claim_.root.get("assertions");
    if (!assertions.is(Type::array)) {
      problem("assertions is missing or not an array");
    }
    read_references(assertions, Origin::listed);
    claim_.generator_text = text_of(claim_.root.get("claim_generator"));
    const Value info = claim_.root.get("claim_generator_info");
    for (size_t i = 0; i < info.size() && info.is(Type::array); ++i) {
      if (limits_.exceeded(Limit::assertions, claim_.generators.size() + 1)) {
        problem("more claim generators than the limit of " + std::to_string(limits_.assertions));
        return;
      }
      claim_.generators.push_back(generator_info(info.at(i)));
    }
    if (info.is(Type::map)) {
      claim_.generators.push_back(generator_info(info));
    }
  }

  void read_references(const Value& list, Origin origin) {
    if (!list.is(Type::array)) {
      return;
    }
    size_t malformed = 0;
    for (size_t i = 0; i < list.size(); ++i) {
      if (limits_.exceeded(Limit::assertions, claim_.references.size() + 1)) {
        problem("more assertions than the limit of " + std::to_string(limits_.assertions));
        return;
      }
      claim_.references.push_back({origin, parse_hashed_uri(list.at(i))});
      const HashedUri& uri = claim_.references.back().uri;
      malformed += uri.url.empty() || !uri.hash ? 1 : 0;
      if (malformed > limits_.malformed_references) {
        problem("more than " + std::to_string(limits_.malformed_references) +
                " references without URL or hash; those after them are not read");
        return;
      }
    }
  }

  void read_redactions() {
    const Value list = claim_.root.get("redacted_assertions");
    if (list.present() && !list.is(Type::array) && !list.is(Type::null)) {
      problem("redacted_assertions is not an array");
      return;
    }
    for (size_t i = 0; i < list.size(); ++i) {
      if (limits_.exceeded(Limit::assertions, claim_.redacted.size() + 1)) {
        problem("more redactions than the limit of " + std::to_string(limits_.assertions));
        return;
      }
      const auto uri = list.at(i).untagged().as_text();
      if (!uri) {
        problem("an entry of redacted_assertions is not text");
        continue;
      }
      claim_.redacted.emplace_back(*uri);
    }
  }

  Claim& claim_;
  const Limits& limits_;
};

ClaimResult read_claim(const Store& store, const Manifest& manifest, const Limits& limits,
                       Budget& budget) {
  ClaimResult result;
  const jumbf::Box* found = nullptr;
  for (const jumbf::Box* child : manifest.tree->children_of(*manifest.box)) {
    if (!is_claim(*child)) {
      continue;
    }
    if (found != nullptr) {
      result.state = ClaimState::multiple;
      result.explanation = "the manifest has more than one claim";
      return result;
    }
    found = child;
  }
  if (found == nullptr) {
    result.explanation = "the manifest has no claim box of a known version";
    return result;
  }
  Claim& claim = result.claim;
  claim.version = found->label() == "c2pa.claim.v2" ? 2 : 1;
  claim.url = store.url_of(manifest, found->label());
  const jumbf::Box* content = cbor_box(manifest, *found);
  ClaimReader reader(claim, limits);
  if (content == nullptr || !reader.parse(content->payload, budget).ok()) {
    result.state = ClaimState::cbor_invalid;
    result.explanation = content == nullptr ? "the claim does not hold exactly one CBOR box"
                                            : "the claim is not one well-formed CBOR item";
    return result;
  }
  reader.read();
  result.state = ClaimState::ok;
  return result;
}

}  // namespace assay::manifest
