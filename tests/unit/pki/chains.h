// Builds chains from certificates of tests and public suites.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "pki/chain.h"
#include "pki/trust_store.h"

namespace assay::pki::test {

inline UnixTime at(std::string_view rfc3339) {
  const auto time = parse_rfc3339(rfc3339);
  EXPECT_TRUE(time.has_value()) << rfc3339;
  return time.value_or(UnixTime{});
}

// A context with fresh limits, budget and memory.
struct Bench {
  Limits limits;
  Budget budget{limits};
  crypto::SignatureMemo signatures{limits.remembered_signatures};
  CertificateMemo certificates{limits.remembered_certificates};
  Context context{limits, budget, signatures, certificates};
};

struct PemBlock {
  std::string label;
  Bytes content;
};

inline std::vector<PemBlock> pem_blocks(std::string_view text) {
  constexpr std::string_view kBegin = "-----BEGIN ";
  constexpr std::string_view kDashes = "-----";
  std::vector<PemBlock> out;
  for (size_t begin = text.find(kBegin); begin != std::string_view::npos;
       begin = text.find(kBegin)) {
    text = text.substr(begin + kBegin.size());
    const size_t label_end = text.find(kDashes);
    const std::string label(text.substr(0, label_end));
    text = text.substr(label_end + kDashes.size());
    const auto content = from_base64(text.substr(0, text.find("-----END ")));
    out.push_back({label, content.value_or(Bytes())});
  }
  return out;
}

inline TrustList list_of(const std::vector<CertificatePtr>& anchors, ListRole role,
                         std::vector<std::string> purposes = {}) {
  TrustList list;
  list.info.name = "test list";
  list.info.role = role;
  list.info.purposes = std::move(purposes);
  for (const CertificatePtr& anchor : anchors) {
    list.anchors.push_back({anchor, std::nullopt, std::nullopt});
  }
  return list;
}

// RFC 5280 alone: the time-stamping role asks for no key purpose, CaRules::rfc5280 for no profile.
inline ChainOutcome plain_chain(const CertificatePtr& leaf, const std::vector<CertificatePtr>& pool,
                                const std::vector<CertificatePtr>& anchors, UnixTime time,
                                Bench& bench, const PolicyInputs& policy = {}) {
  TrustStore store;
  store.add_list(list_of(anchors, ListRole::time_stamping));
  const ChainRequest request{leaf, pool, ListRole::time_stamping, time, CaRules::rfc5280, policy};
  return build_chain(request, store, bench.context);
}

inline std::string describe(const ChainOutcome& outcome) {
  std::string text =
      "result " + std::to_string(static_cast<int>(outcome.result)) + ": " + outcome.explanation;
  for (size_t i = 0; i < outcome.errors.size(); ++i) {
    text += "\n  " + outcome.path[i]->subject.text();
    for (const PathError& error : outcome.errors[i]) {
      text += "\n    " + std::to_string(static_cast<int>(error.rule)) + " " + error.explanation;
    }
  }
  return text;
}

}  // namespace assay::pki::test
