#include "validate/context.h"

#include "crypto/digest.h"

namespace assay::validate {

std::vector<ByteView> ocsp_answers_beside(const Context& context, size_t manifest) {
  std::vector<ByteView> answers;
  for (const auto& [holder, answer] : context.ocsp_answers) {
    if (holder != manifest) {
      answers.push_back(answer);
    }
  }
  return answers;
}

std::optional<crypto::DigestAlg> resolve_alg(const std::string& own, std::string_view enclosing) {
  return crypto::digest_alg_from_name(own.empty() ? enclosing : std::string_view(own));
}

bool is_redacted(const Context& context, std::string_view absolute_url) {
  return context.redactions.find(absolute_url) != context.redactions.end();
}

CheckedReference check_reference(Context& context, const manifest::HashedUri& uri,
                                 const ManifestResult& home, std::string_view enclosing_alg) {
  CheckedReference checked;
  checked.target = context.store.resolve(uri.url, *home.manifest);
  if (checked.target.state == manifest::Target::State::external) {
    checked.state = ReferenceState::external;
    return checked;
  }
  if (!checked.target.found()) {
    return checked;
  }
  const auto alg = resolve_alg(uri.alg, enclosing_alg);
  if (!alg) {
    checked.state = ReferenceState::unsupported_algorithm;
    return checked;
  }
  checked.state = ReferenceState::mismatch;
  // An absent hash never matches (R-410, T-60); neither does a truncated one.
  if (uri.hash && context.budget.spend(checked.target.box->payload.size() / 64 + 1)) {
    const Bytes digest = crypto::digest(*alg, checked.target.box->payload);
    checked.state = equal(digest, *uri.hash) ? ReferenceState::match : ReferenceState::mismatch;
  }
  return checked;
}

}  // namespace assay::validate
