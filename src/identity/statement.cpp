#include "identity/statement.h"

#include "base/text.h"
#include "manifest/assertion.h"
#include "manifest/uri.h"

namespace assay::identity {
namespace {

constexpr size_t kTextBytes = 480;

std::string display(const cbor::Value& value) {
  const auto text = value.untagged().as_text();
  return text ? display_text(*text, kTextBytes) : std::string();
}

IdentityStatement read_statement(const AssertionView& assertion) {
  IdentityStatement statement;
  statement.url = assertion.url;
  const cbor::Value payload = assertion.cbor.get("signer_payload");
  statement.sig_type = display(payload.get("sig_type"));
  const cbor::Value roles = payload.get("role");
  for (size_t i = 0; i < roles.size() && i < 32; ++i) {
    statement.roles.push_back(display(roles.at(i)));
  }
  const cbor::Value references = payload.get("referenced_assertions");
  for (size_t i = 0; i < references.size() && i < 1024; ++i) {
    const auto url = references.at(i).get("url").untagged().as_text();
    if (!url) {
      continue;
    }
    statement.referenced_assertions.push_back(display_text(*url, kTextBytes));
    const auto label = manifest::base_label(manifest::last_segment(*url));
    statement.covers_content = statement.covers_content || manifest::is_hard_binding_label(label);
  }
  return statement;
}

}  // namespace

std::vector<IdentityStatement> identity_statements(const ManifestView& view) {
  std::vector<IdentityStatement> out;
  for (const AssertionView& assertion : view.assertions) {
    if (assertion.base_label == "cawg.identity" && assertion.cbor.is(cbor::Type::map)) {
      out.push_back(read_statement(assertion));
    }
  }
  return out;
}

}  // namespace assay::identity
