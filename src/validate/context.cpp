#include "validate/context.h"

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

namespace {

constexpr size_t kWorthKeeping = 512;

// The hash of a box as R-207 says, or nothing when the budget does not allow it.
std::optional<Bytes> hash_of(Context& context, const jumbf::Box& box, crypto::DigestAlg alg) {
  const auto known = context.digests.find({&box, alg});
  if (known != context.digests.end()) {
    return context.budget.spend() ? std::optional(known->second) : std::nullopt;
  }
  if (!context.budget.spend(box.payload.size() / 64 + 1)) {
    return std::nullopt;
  }
  Bytes digest = crypto::digest(alg, box.payload);
  if (box.payload.size() >= kWorthKeeping) {
    context.digests.emplace(std::pair(&box, alg), digest);
  }
  return digest;
}

}  // namespace

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
  const auto digest = uri.hash ? hash_of(context, *checked.target.box, *alg) : std::nullopt;
  if (digest && equal(*digest, *uri.hash)) {
    checked.state = ReferenceState::match;
  }
  return checked;
}

}  // namespace assay::validate
