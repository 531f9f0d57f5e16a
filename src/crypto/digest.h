// Digest: SHA-2 over a stream of bytes. SHA-1 exists only to match OCSP CertIDs (RFC 6960 §4.1.1);
// it never decides about content.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace assay::crypto {

enum class DigestAlg : uint8_t { sha1, sha256, sha384, sha512 };

size_t digest_size(DigestAlg alg);
std::string_view digest_name(DigestAlg alg);
// "sha256", "sha384", "sha512", case-sensitive; nothing else.
std::optional<DigestAlg> digest_alg_from_name(std::string_view name);

class Digest {
 public:
  explicit Digest(DigestAlg alg);
  ~Digest();
  Digest(Digest&&) noexcept;
  Digest& operator=(Digest&&) noexcept;

  void update(ByteView data);
  // Call once.
  Bytes finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

Bytes digest(DigestAlg alg, ByteView data);

}  // namespace assay::crypto
