// Certificate policies (RFC 5280 §6.1 as corrected by RFC 9618): the policy graph, kept as one
// level that knows which of the authority's policies each of its nodes goes back to. That is all
// the result needs, and it cannot grow exponentially.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "pki/certificate.h"
#include "pki/chain.h"

namespace assay::pki {

class PolicyState {
 public:
  // `count`: certificates of the path without the anchor.
  PolicyState(const PolicyInputs& inputs, size_t count);

  // Certificates in order from the one the anchor issued to the leaf; false when §6.1.3 (f), §6.1.4
  // (a) or §6.1.5 (g) makes the path fail.
  bool next(const Certificate& certificate, bool last);

 private:
  using Roots = std::set<std::string>;
  using Level = std::map<std::string, Roots>;  // policy to the policies it goes back to

  void read_policies(const Certificate& certificate, bool last);
  bool map_policies(const Certificate& certificate);
  void count_down(const Certificate& certificate);
  bool acceptable(const Certificate& certificate);

  const PolicyInputs& inputs_;
  uint64_t explicit_policy_;
  uint64_t policy_mapping_;
  uint64_t inhibit_any_;
  bool graph_is_null_ = false;
  Level level_;           // nodes of the current depth; between certificates: what is expected
  bool any_node_ = true;  // anyPolicy is a node of the current depth
};

}  // namespace assay::pki
