#include "identity/base58.h"

#include <algorithm>

namespace assay::identity {
namespace {

// A P-521 key has 96 characters, an ECDSA signature over P-384 132.
constexpr size_t kMostBase58 = 160;

}  // namespace

std::optional<Bytes> from_base58(std::string_view text) {
  constexpr std::string_view kAlphabet =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  if (text.size() > kMostBase58) {
    return std::nullopt;
  }
  Bytes little;  // least significant byte first
  for (const char c : text) {
    const size_t digit = kAlphabet.find(c);
    if (digit == std::string_view::npos) {
      return std::nullopt;
    }
    auto carry = static_cast<uint32_t>(digit);
    for (uint8_t& byte : little) {
      carry += uint32_t{byte} * 58;
      byte = static_cast<uint8_t>(carry);
      carry >>= 8;
    }
    while (carry != 0) {
      little.push_back(static_cast<uint8_t>(carry));
      carry >>= 8;
    }
  }
  const size_t zeros = std::min(text.find_first_not_of('1'), text.size());
  little.insert(little.end(), zeros, 0);
  std::reverse(little.begin(), little.end());
  return little;
}

}  // namespace assay::identity
