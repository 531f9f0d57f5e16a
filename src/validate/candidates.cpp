#include "validate/candidates.h"

#include "manifest/assertion.h"
#include "manifest/store.h"

namespace assay::validate {
namespace {

// Whether an exclusion of this data hash is exactly `carrier`.
bool excludes(const cbor::Value& data_hash, const Range& carrier) {
  const cbor::Value exclusions = data_hash.get("exclusions");
  for (size_t i = 0; i < exclusions.size(); ++i) {
    const auto start = exclusions.at(i).get("start").as_uint();
    const auto length = exclusions.at(i).get("length").as_uint();
    if (start && length && Range{*start, *length} == carrier) {
      return true;
    }
  }
  return false;
}

bool matches(const container::EmbeddedStore& candidate, const Limits& limits, Budget& budget) {
  auto store = manifest::Store::parse(candidate.bytes, limits, budget, nullptr);
  if (!store.ok() || (*store)->active() == nullptr || candidate.carrier.size() != 1) {
    return false;
  }
  for (const manifest::Manifest& manifest : (*store)->manifests()) {
    const auto target = (*store)->resolve("self#jumbf=c2pa.assertions/c2pa.hash.data", manifest);
    if (!target.found() || manifest.tree == nullptr) {
      continue;
    }
    const auto content = manifest::content_of(*manifest.tree, *target.box);
    const auto parsed = manifest::parse_content(content, limits, budget);
    if (excludes(parsed.root(), candidate.carrier.front())) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::vector<size_t> matching_candidates(const container::Carrier& carrier, const Limits& limits,
                                        Budget& budget) {
  std::vector<size_t> found;
  for (size_t i = 0; i < carrier.stores.size(); ++i) {
    if (matches(carrier.stores[i], limits, budget)) {
      found.push_back(i);
    }
  }
  return found;
}

}  // namespace assay::validate
