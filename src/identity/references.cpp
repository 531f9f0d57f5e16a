// Where old assertions name actors and their credentials (R-1171).
#include "base/text.h"
#include "identity/attached.h"
#include "manifest/assertion.h"
#include "manifest/hashed_uri.h"

namespace assay::identity {
namespace {

class Collector {
 public:
  explicit Collector(const Limits& limits) : limits_(limits) {}

  void read(const AssertionView& assertion) {
    assertion_ = &assertion;
    if (assertion.base_label == "stds.schema-org.CreativeWork" && assertion.json != nullptr) {
      read_work(*assertion.json);
    }
    if (manifest::is_actions_label(assertion.base_label)) {
      const cbor::Value actions = assertion.cbor.get("actions");
      for (size_t i = 0; i < actions.size(); ++i) {
        read_actors(actions.at(i).get("actors"));
      }
    }
    const bool is_metadata = assertion.base_label == "c2pa.assertion.metadata";
    const cbor::Value metadata = is_metadata ? assertion.cbor : assertion.cbor.get("metadata");
    read_actors(metadata.get("dataSource").get("actors"));
  }

  CredentialReferences take() { return std::move(out_); }

 private:
  // Any property of a schema.org work may name a person: author, copyrightHolder, ….
  void read_work(const json::Value& work) {
    for (const auto& [name, value] : work.members()) {
      if (value.is(json::Type::object)) {
        read_person(value);
      }
      for (const json::Value& entry : value.items()) {
        read_person(entry);
      }
    }
  }

  void read_person(const json::Value& person) {
    const json::Value* list = person.get("credential");
    if (list == nullptr) {
      return;
    }
    if (list->is(json::Type::object)) {
      add(*list);
    }
    for (const json::Value& entry : list->items()) {
      add(entry);
    }
  }

  void read_actors(const cbor::Value& actors) {
    for (size_t i = 0; i < actors.size(); ++i) {
      const cbor::Value list = actors.at(i).get("credentials");
      for (size_t j = 0; list.is(cbor::Type::array) && j < list.size(); ++j) {
        const manifest::HashedUri uri = manifest::parse_hashed_uri(list.at(j));
        if (uri.present && !uri.url.empty()) {
          push({assertion_->url, uri.url, uri.alg,
                uri.hash ? std::optional(to_bytes(*uri.hash)) : std::nullopt});
        }
      }
    }
  }

  // `{url, alg?, hash}`; the hash in base64, or as an array of its bytes, as the first
  // writers had it.
  void add(const json::Value& entry) {
    const json::Value* url = entry.get("url");
    const auto address = url == nullptr ? std::nullopt : url->as_text();
    if (!address) {
      return;
    }
    const json::Value* alg = entry.get("alg");
    const auto name = alg == nullptr ? std::nullopt : alg->as_text();
    const json::Value* hash = entry.get("hash");
    push({assertion_->url, std::string(*address), std::string(name.value_or("")),
          hash == nullptr ? std::nullopt : bytes_of(*hash)});
  }

  static std::optional<Bytes> bytes_of(const json::Value& hash) {
    if (const auto text = hash.as_text()) {
      return from_base64(*text);
    }
    Bytes out;
    for (const json::Value& item : hash.items()) {
      const auto byte = item.as_uint();
      if (!byte || *byte > 0xFF || out.size() >= 64) {
        return std::nullopt;
      }
      out.push_back(static_cast<uint8_t>(*byte));
    }
    return out;
  }

  void push(CredentialReference reference) {
    if (limits_.exceeded(Limit::attached_names, out_.entries.size() + 1)) {
      out_.complete = false;
    } else {
      out_.entries.push_back(std::move(reference));
    }
  }

  const Limits& limits_;
  const AssertionView* assertion_ = nullptr;
  CredentialReferences out_;
};

}  // namespace

CredentialReferences credential_references(const ManifestView& view, const Limits& limits) {
  if (view.claim->version != 1) {
    return {};
  }
  Collector collector(limits);
  for (const AssertionView& assertion : view.assertions) {
    collector.read(assertion);
  }
  return collector.take();
}

}  // namespace assay::identity
