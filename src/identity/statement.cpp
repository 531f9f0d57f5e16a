#include "identity/statement.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

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

bool is_statement(const AssertionView& assertion) {
  return assertion.base_label == "cawg.identity";
}

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

// What a statement refers to, and which of it a claim lists in the same way (R-1104).
class Citations {
 public:
  // False when the same assertion was there before (R-1105).
  bool add(const manifest::HashedUri& uri, const std::string& url) {
    const Bytes hash = to_bytes(*uri.hash);
    hashes_.insert(hash);
    cited_.emplace(Key{url, hash, uri.alg}, false);
    return urls_.insert(url).second;
  }

  // False when the budget is used up. Addresses are only resolved for hashes that are asked for.
  bool mark_listed(const ClaimView& entry, const manifest::Store& store, Budget& budget) {
    for (const manifest::Reference& reference : entry.claim->references) {
      const Bytes hash = to_bytes(reference.uri.hash.value_or(ByteView()));
      const bool wanted = hashes_.count(hash) != 0;
      if (!budget.spend(wanted ? kResolveSteps : 1)) {
        return false;
      }
      if (wanted) {
        const std::string url = store.resolve(reference.uri.url, *entry.manifest).url;
        const std::string& usual = entry.claim->alg;
        const std::string& alg = reference.uri.alg.empty() ? usual : reference.uri.alg;
        mark({url, hash, alg});
        mark({url, hash, alg == usual ? std::string() : alg});
      }
    }
    return true;
  }

  bool all_listed() const {
    return std::all_of(cited_.begin(), cited_.end(), [](const auto& one) { return one.second; });
  }
  bool is_listed(const manifest::HashedUri& uri, const std::string& url) const {
    const auto found = cited_.find({url, to_bytes(*uri.hash), uri.alg});
    return found != cited_.end() && found->second;
  }

 private:
  using Key = std::tuple<std::string, Bytes, std::string>;  // address, hash, algorithm as written
  static constexpr uint64_t kResolveSteps = 64;

  void mark(const Key& key) {
    if (const auto found = cited_.find(key); found != cited_.end()) {
      found->second = true;
    }
  }

  std::map<Key, bool> cited_;
  std::set<Bytes> hashes_;
  std::set<std::string> urls_;
};

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
    Citations citations;
    std::vector<std::pair<manifest::HashedUri, std::string>> bindings;
    bool twice = false;
    for (size_t i = 0; i < references.size(); ++i) {
      const manifest::HashedUri uri = manifest::parse_hashed_uri(references.at(i));
      const manifest::Target target = view_.store->resolve(uri.url, *view_.manifest);
      twice = !citations.add(uri, target.url) || twice;
      const auto label = manifest::base_label(manifest::last_segment(target.path));
      if (manifest::is_hard_binding_label(label)) {
        bindings.emplace_back(uri, target.url);
      }
    }
    if (!mark_history(citations)) {
      out.limited = true;
      return;
    }
    if (!citations.all_listed()) {
      out.add(Code::assertion_mismatch,
              "it refers to an assertion that the claim does not list in the same way");
    }
    if (twice) {
      out.add(Code::assertion_duplicate, "it refers to the same assertion twice");
    }
    out.covers_content = std::any_of(bindings.begin(), bindings.end(), [&](const auto& binding) {
      return binding.second == view_.binding_url &&
             citations.is_listed(binding.first, binding.second);
    });
    if (bindings.empty()) {
      out.add(Code::hard_binding_missing, "it does not refer to the binding to the content");
    } else if (!out.covers_content) {
      out.add(Code::hard_binding_incorrect,
              "it refers to another binding than the one that speaks for the content");
    }
  }

  // This claim and those that its ingredients lead to.
  bool mark_history(Citations& citations) const {
    return std::all_of(view_.history.begin(), view_.history.end(), [&](const ClaimView& entry) {
      return citations.mark_listed(entry, *view_.store, environment_.budget);
    });
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

void IdentityStatement::add(Code code, std::string explanation) {
  const bool known = std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.code == code && finding.explanation == explanation;
  });
  if (!known) {
    findings.push_back({code, std::move(explanation)});
  }
}

bool IdentityStatement::has(Code code) const {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const Finding& finding) { return finding.code == code; });
}

std::vector<IdentityStatement> examine_statements(const ManifestView& view,
                                                  const Environment& environment) {
  std::vector<IdentityStatement> out;
  Examination examination(view, environment);
  for (const AssertionView& assertion : view.assertions) {
    if (is_statement(assertion) &&
        !environment.limits.exceeded(Limit::identity_statements, out.size() + 1)) {
      out.push_back(examination.run(assertion));
    }
  }
  return out;
}

std::vector<IdentityStatement> unexamined_statements(const ManifestView& view,
                                                     const Limits& limits) {
  std::vector<IdentityStatement> out;
  for (const AssertionView& assertion : view.assertions) {
    if (is_statement(assertion) && !limits.exceeded(Limit::identity_statements, out.size() + 1)) {
      out.push_back(read_statement(assertion));
    }
  }
  return out;
}

}  // namespace assay::identity
