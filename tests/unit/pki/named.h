// The certificates, time-stamps and revocation answers of tests/vectors/pki.txt by name
// (tests/fixtures/make-pki-vectors.mjs writes them).
#pragma once

#include <map>
#include <sstream>

#include "pki/chains.h"
#include "support/corpus.h"

namespace assay::pki::test {

inline const Bytes& named(const std::string& name) {
  static const std::map<std::string, Bytes> all = [] {
    const char* source = std::getenv("ASSAY_SOURCE_DIR");
    const std::string path = std::string(source != nullptr ? source : ".");
    const auto file = assay::test::read_whole(path + "/tests/vectors/pki.txt");
    EXPECT_TRUE(file.has_value());
    std::map<std::string, Bytes> out;
    std::istringstream lines{std::string(as_text(file.value_or(Bytes())))};
    std::string key;
    std::string value;
    while (lines >> key >> value) {
      out[key] = from_base64(value).value_or(Bytes());
    }
    return out;
  }();
  const auto found = all.find(name);
  EXPECT_NE(found, all.end()) << name;
  static const Bytes kNone;
  return found == all.end() ? kNone : found->second;
}

inline CertificatePtr cert(const std::string& name) {
  const auto parsed = parse_certificate(named(name), Limits());
  EXPECT_TRUE(parsed.ok()) << name;
  return parsed ? *parsed : nullptr;
}

inline const UnixTime kNow{1795392000};  // 2026-11-23T00:00:00Z

// The C2PA signer list with the test root, and a time-stamp list with the test authority's root.
inline TrustStore test_store() {
  TrustStore store;
  store.add_list(list_of({cert("root")}, ListRole::signer, {std::string(kEkuC2paClaimSigning)}));
  store.add_list(list_of({cert("tsa_root")}, ListRole::time_stamping));
  return store;
}

inline ChainOutcome signer_chain(const std::string& leaf, const std::vector<std::string>& pool,
                                 const TrustStore& store, Bench& bench, UnixTime time = kNow) {
  std::vector<CertificatePtr> certificates;
  for (const std::string& name : pool) {
    certificates.push_back(cert(name));
  }
  const ChainRequest request{cert(leaf), certificates, ListRole::signer, time};
  return build_chain(request, store, bench.context);
}

}  // namespace assay::pki::test
