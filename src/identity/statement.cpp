#include "identity/statement.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "identity/methods.h"
#include "manifest/assertion.h"
#include "manifest/hashed_uri.h"
#include "manifest/uri.h"

namespace assay::identity {
namespace {

constexpr size_t kTextBytes = 480;
constexpr size_t kMostRoles = 32;
constexpr size_t kMostShownReferences = 256;
constexpr std::string_view kX509 = "cawg.x509.cose";
constexpr std::string_view kAggregation = "cawg.identity_claims_aggregation";

std::string display(const cbor::Value& value) {
  const auto text = value.untagged().as_text();
  return text ? display_text(*text, kTextBytes) : std::string();
}

// What is written in it, whether or not it holds.
IdentityStatement read_statement(const AssertionView& assertion) {
  IdentityStatement statement;
  statement.url = assertion.url;
  const cbor::Value payload = assertion.cbor.get("signer_payload");
  statement.sig_type = display(payload.get("sig_type"));
  const cbor::Value roles = payload.get("role");
  for (size_t i = 0; i < roles.size() && i < kMostRoles; ++i) {
    statement.roles.push_back(display(roles.at(i)));
  }
  const cbor::Value references = payload.get("referenced_assertions");
  for (size_t i = 0; i < references.size() && i < kMostShownReferences; ++i) {
    statement.referenced_assertions.push_back(display(references.at(i).get("url")));
  }
  return statement;
}

bool is_text_list(const cbor::Value& value) {
  bool good = value.is(cbor::Type::array) && value.size() > 0;
  for (size_t i = 0; good && i < value.size(); ++i) {
    good = value.at(i).is(cbor::Type::text);
  }
  return good;
}

bool is_hashed_uri(const cbor::Value& value) {
  const manifest::HashedUri uri = manifest::parse_hashed_uri(value);
  const cbor::Value alg = value.get("alg");
  return uri.present && !uri.url.empty() && uri.hash &&
         (!alg.present() || alg.is(cbor::Type::text));
}

// R-1102, R-1103: the shape; the reason if it is broken.
std::optional<std::string> shape_problem(const cbor::Value& root) {
  using cbor::Type;
  const cbor::Value payload = root.get("signer_payload");
  if (!root.is(Type::map) || !payload.is(Type::map)) {
    return "the assertion is no map with a signer payload";
  }
  if (!root.get("signature").is(Type::bytes) || !root.get("pad1").is(Type::bytes)) {
    return "the signature or its padding is missing or no byte string";
  }
  if (root.get("pad2").present() && !root.get("pad2").is(Type::bytes)) {
    return "the second padding is no byte string";
  }
  const cbor::Value references = payload.get("referenced_assertions");
  bool good = references.is(Type::array);  // an empty one lacks the binding (R-1106)
  for (size_t i = 0; good && i < references.size(); ++i) {
    good = is_hashed_uri(references.at(i));
  }
  if (!good) {
    return "the list of referenced assertions is malformed";
  }
  if (!payload.get("sig_type").is(Type::text)) {
    return "the type of the signature is missing";
  }
  const cbor::Value role = payload.get("role");
  return role.present() && !is_text_list(role) ? std::optional<std::string>("the roles are no list")
                                               : std::nullopt;
}

class Examination {
 public:
  Examination(const ManifestView& view, const Environment& environment)
      : view_(view), environment_(environment) {}

  IdentityStatement run(const AssertionView& assertion) {
    IdentityStatement out = read_statement(assertion);
    if (const auto problem = shape_problem(assertion.cbor)) {
      out.add(Code::cbor_invalid, *problem);
      out.state = StatementState::failed;
      return out;
    }
    const cbor::Value payload = assertion.cbor.get("signer_payload");
    check_references(payload.get("referenced_assertions"), out);
    check_padding(assertion.cbor, out);
    const auto signature = assertion.cbor.get("signature").as_bytes();
    const auto type = payload.get("sig_type").as_text();
    MethodResult result;
    if (type == kX509) {
      result = check_x509(payload, *signature, view_, environment_, out);
    } else if (type == kAggregation) {
      result = check_aggregation(payload, *signature, view_, environment_, out);
    } else {  // R-1108
      out.add(Code::sig_type_unknown, "the type of the signature is not known");
    }
    conclude(std::move(result), out);
    return out;
  }

 private:
  // R-1104…R-1106. References between identity assertions cannot form a cycle: each carries the
  // hash of the other (R-1112).
  void check_references(const cbor::Value& references, IdentityStatement& out) {
    std::set<std::string> seen;
    bool foreign = false;
    bool twice = false;
    bool any_binding = false;
    for (size_t i = 0; i < references.size(); ++i) {
      const manifest::HashedUri uri = manifest::parse_hashed_uri(references.at(i));
      const manifest::Target target = view_.store->resolve(uri.url, *view_.manifest);
      const bool listed = is_listed(uri, target.url);
      foreign = foreign || !listed;
      twice = twice || !seen.insert(target.url).second;
      const auto label = manifest::base_label(manifest::last_segment(target.path));
      any_binding = any_binding || manifest::is_hard_binding_label(label);
      out.covers_content = out.covers_content || (listed && target.url == view_.binding_url);
    }
    if (foreign) {
      out.add(Code::assertion_mismatch,
              "it refers to an assertion that the claim does not list in the same way");
    }
    if (twice) {
      out.add(Code::assertion_duplicate, "it refers to the same assertion twice");
    }
    if (!any_binding) {
      out.add(Code::hard_binding_missing, "it does not refer to the binding to the content");
    } else if (!out.covers_content) {
      out.add(Code::hard_binding_incorrect,
              "it refers to another binding than the one that speaks for the content");
    }
  }

  // R-1104: url, algorithm and hash as in this claim or one that its ingredients lead to.
  bool is_listed(const manifest::HashedUri& uri, std::string_view url) const {
    for (const ClaimView& entry : view_.history) {
      for (const manifest::Reference& reference : entry.claim->references) {
        if (!environment_.budget.spend()) {
          return false;
        }
        const std::string& default_alg = entry.claim->alg;
        const bool same_alg = (uri.alg.empty() ? default_alg : uri.alg) ==
                              (reference.uri.alg.empty() ? default_alg : reference.uri.alg);
        if (same_alg && reference.uri.hash && equal(*reference.uri.hash, *uri.hash) &&
            view_.store->resolve(reference.uri.url, *entry.manifest).url == url) {
          return true;
        }
      }
    }
    return false;
  }

  // R-1107, T-68
  static void check_padding(const cbor::Value& root, IdentityStatement& out) {
    const auto pad1 = root.get("pad1").as_bytes();
    const auto pad2 = root.get("pad2").as_bytes();
    if (!all_zero(*pad1) || (pad2 && !all_zero(*pad2))) {
      out.add(Code::pad_invalid, "the padding is not empty");
    }
  }

  // An unlisted credential alone leaves a statement well formed; what could not be checked is
  // neither good nor bad (R-1110).
  static bool is_failure(Code code) {
    return code_kind(code) == Kind::failure && code != Code::x509_credential_untrusted &&
           code != Code::ica_untrusted_issuer && !is_unchecked(code);
  }
  static bool is_unchecked(Code code) {
    return code == Code::sig_type_unknown || code == Code::network_traffic_blocked ||
           code == Code::ica_did_unavailable || code == Code::ica_did_unsupported_method ||
           code == Code::ica_revocation_unsupported || code == Code::ica_revocation_unavailable;
  }

  static void conclude(MethodResult result, IdentityStatement& out) {
    const auto any = [&](bool (*test)(Code)) {
      return std::any_of(out.findings.begin(), out.findings.end(),
                         [&](const Finding& finding) { return test(finding.code); });
    };
    if (any(is_failure)) {
      out.state = StatementState::failed;
      return;
    }
    if (any(is_unchecked) || out.limited || !result.signature_good) {
      out.state = StatementState::not_checked;
      return;
    }
    out.state = result.trusted ? StatementState::trusted : StatementState::well_formed;
    out.add(result.trusted ? Code::trusted : Code::well_formed,
            result.trusted ? "the credential is rooted in a list you use"
                           : "the signature is good, and the credential is on no list you use");
    out.name = std::move(result.name);
    out.vouched_by = std::move(result.vouched_by);
    out.aggregator = std::move(result.aggregator);
    out.verified = std::move(result.verified);
  }

  const ManifestView& view_;
  const Environment& environment_;
};

}  // namespace

bool IdentityStatement::has(Code code) const {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const Finding& finding) { return finding.code == code; });
}

std::vector<IdentityStatement> examine_statements(const ManifestView& view,
                                                  const Environment& environment) {
  std::vector<IdentityStatement> out;
  Examination examination(view, environment);
  for (const AssertionView& assertion : view.assertions) {
    if (assertion.base_label != "cawg.identity") {
      continue;
    }
    if (out.size() >= environment.limits.identity_statements) {
      out.back().limited = true;
      break;
    }
    out.push_back(examination.run(assertion));
  }
  return out;
}

std::vector<IdentityStatement> unexamined_statements(const ManifestView& view,
                                                     const Limits& limits) {
  std::vector<IdentityStatement> out;
  for (const AssertionView& assertion : view.assertions) {
    if (assertion.base_label == "cawg.identity" && out.size() < limits.identity_statements) {
      out.push_back(read_statement(assertion));
    }
  }
  return out;
}

}  // namespace assay::identity
