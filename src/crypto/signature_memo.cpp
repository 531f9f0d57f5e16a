#include "crypto/signature_memo.h"

#include <algorithm>

#include "crypto/sha256.h"

namespace assay::crypto {
namespace {

// Hashes every part behind its length, so that no two inputs run into each other.
class Transcript {
 public:
  void number(uint64_t value) {
    Bytes encoded;
    append_be64(encoded, value);
    hash_.update(encoded);
  }
  void part(ByteView bytes) {
    number(bytes.size());
    hash_.update(bytes);
  }
  std::array<uint8_t, 32> finish() { return hash_.finish(); }

 private:
  Sha256 hash_;
};

void add_key(Transcript& transcript, const PublicKey& key) {
  transcript.number(key.index());
  if (const auto* rsa = std::get_if<RsaKey>(&key)) {
    transcript.part(rsa->modulus);
    transcript.part(rsa->exponent);
  } else if (const auto* ec = std::get_if<EcKey>(&key)) {
    transcript.number(static_cast<uint64_t>(ec->curve));
    transcript.part(ec->point);
  } else if (const auto* ed25519 = std::get_if<Ed25519Key>(&key)) {
    transcript.part(ed25519->bytes);
  }
}

std::array<uint8_t, 32> question(const SigAlg& alg, const PublicKey& key, ByteView message,
                                 ByteView signature) {
  Transcript transcript;
  transcript.number(static_cast<uint64_t>(alg.scheme));
  transcript.number(static_cast<uint64_t>(alg.hash));
  transcript.number(static_cast<uint64_t>(alg.mgf_hash));
  transcript.number(alg.salt_length);
  transcript.number(static_cast<uint64_t>(alg.encoding));
  add_key(transcript, key);
  transcript.part(signature);
  transcript.part(message);
  return transcript.finish();
}

}  // namespace

// The key is a digest already; its first bytes are as good as any hash of it.
Result<Verified> SignatureMemo::verify(const SigAlg& alg, const PublicKey& key, ByteView message,
                                       ByteView signature, Budget& budget) {
  const Key asked = question(alg, key, message, signature);
  uint64_t identity = 0;
  for (size_t i = 0; i < sizeof(identity); ++i) {
    identity = identity << 8 | asked.at(i);
  }
  if (!budget.spend_signature_check(identity)) {
    return Fault::limit;
  }
  if (const auto known = known_.find(asked); known != known_.end()) {
    ++hits_;
    return known->second;
  }
  ++checks_;
  const Verified answer = crypto::verify(alg, key, message, signature);
  if (known_.size() >= capacity_) {
    known_.clear();
  }
  known_.emplace(asked, answer);
  return answer;
}

}  // namespace assay::crypto
