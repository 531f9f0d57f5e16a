#include "crypto/digest.h"

#include <bearssl_hash.h>

#include <variant>

#include "crypto/sha256.h"

namespace assay::crypto {
namespace {

// BearSSL's SHA-384 and SHA-512 contexts are one type.
using Context = std::variant<Sha256, br_sha1_context, br_sha512_context>;

Context start(DigestAlg alg) {
  switch (alg) {
    case DigestAlg::sha1: {
      br_sha1_context context;
      br_sha1_init(&context);
      return context;
    }
    case DigestAlg::sha384: {
      br_sha384_context context;
      br_sha384_init(&context);
      return context;
    }
    case DigestAlg::sha512: {
      br_sha512_context context;
      br_sha512_init(&context);
      return context;
    }
    case DigestAlg::sha256:
      break;
  }
  return Sha256();
}

}  // namespace

struct Digest::State {
  DigestAlg alg;
  Context context;
};

size_t digest_size(DigestAlg alg) {
  switch (alg) {
    case DigestAlg::sha1:
      return 20;
    case DigestAlg::sha256:
      return 32;
    case DigestAlg::sha384:
      return 48;
    case DigestAlg::sha512:
      break;
  }
  return 64;
}

std::string_view digest_name(DigestAlg alg) {
  switch (alg) {
    case DigestAlg::sha1:
      return "sha1";
    case DigestAlg::sha256:
      return "sha256";
    case DigestAlg::sha384:
      return "sha384";
    case DigestAlg::sha512:
      break;
  }
  return "sha512";
}

std::optional<DigestAlg> digest_alg_from_name(std::string_view name) {
  for (const DigestAlg alg : {DigestAlg::sha256, DigestAlg::sha384, DigestAlg::sha512}) {
    if (name == digest_name(alg)) {
      return alg;
    }
  }
  return std::nullopt;
}

Digest::Digest(DigestAlg alg) : state_(std::make_unique<State>(State{alg, start(alg)})) {}
Digest::~Digest() = default;
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;

void Digest::update(ByteView data) {
  if (auto* own = std::get_if<Sha256>(&state_->context)) {
    own->update(data);
  } else if (auto* sha1 = std::get_if<br_sha1_context>(&state_->context)) {
    br_sha1_update(sha1, data.data(), data.size());
  } else if (auto* sha512 = std::get_if<br_sha512_context>(&state_->context)) {
    br_sha512_update(sha512, data.data(), data.size());
  }
}

Bytes Digest::finish() {
  Bytes out(digest_size(state_->alg));
  if (auto* own = std::get_if<Sha256>(&state_->context)) {
    const auto value = own->finish();
    out.assign(value.begin(), value.end());
  } else if (auto* sha1 = std::get_if<br_sha1_context>(&state_->context)) {
    br_sha1_out(sha1, out.data());
  } else if (auto* sha512 = std::get_if<br_sha512_context>(&state_->context)) {
    if (state_->alg == DigestAlg::sha384) {
      br_sha384_out(sha512, out.data());
    } else {
      br_sha512_out(sha512, out.data());
    }
  }
  return out;
}

Bytes digest(DigestAlg alg, ByteView data) {
  Digest running(alg);
  running.update(data);
  return running.finish();
}

}  // namespace assay::crypto
