#include "identity/environment.h"

#include "base/text.h"
#include "identity/did.h"

namespace assay::identity {

std::vector<TrustedIssuer> issuers_of_list(std::string_view file, std::string_view list,
                                           const Limits& limits) {
  std::vector<TrustedIssuer> out;
  while (!file.empty() && out.size() < limits.trusted_issuers) {
    const size_t end = file.find('\n');
    std::string_view line = file.substr(0, end);
    file = end == std::string_view::npos ? std::string_view() : file.substr(end + 1);
    while (!line.empty() && is_space(line.back())) {
      line.remove_suffix(1);
    }
    if (starts_with(line, "did:") && parse_did(line)) {
      out.push_back({std::string(line), std::string(list)});
    }
  }
  return out;
}

}  // namespace assay::identity
