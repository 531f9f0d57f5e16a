#include "crypto/digest.h"

#include <bearssl_hash.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "support/hex.h"

namespace assay::crypto::test {
namespace {

std::string hash(DigestAlg alg, std::string_view text) {
  return to_hex(digest(alg, as_bytes(text)));
}

TEST(Digest, PublishedExamples) {  // FIPS 180-4 examples
  EXPECT_EQ(hash(DigestAlg::sha1, "abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(hash(DigestAlg::sha256, "abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hash(DigestAlg::sha256, ""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hash(DigestAlg::sha256, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(hash(DigestAlg::sha384, "abc"),
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
            "8086072ba1e7cc2358baeca134c825a7");
  EXPECT_EQ(hash(DigestAlg::sha512, "abc"),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

Bytes pseudo_random(size_t size) {
  Bytes out(size);
  uint32_t state = 12345;
  for (uint8_t& byte : out) {
    state = state * 1664525 + 1013904223;
    byte = static_cast<uint8_t>(state >> 24);
  }
  return out;
}

Bytes bearssl_sha256(ByteView data) {
  br_sha256_context context;
  br_sha256_init(&context);
  br_sha256_update(&context, data.data(), data.size());
  Bytes out(32);
  br_sha256_out(&context, out.data());
  return out;
}

TEST(Digest, OwnSha256AgreesWithBearSsl) {  // docs/adr/0002
  const Bytes data = pseudo_random(4096);
  for (size_t size = 0; size <= 300; ++size) {
    const ByteView part = ByteView(data).first(size);
    EXPECT_EQ(digest(DigestAlg::sha256, part), bearssl_sha256(part)) << size;
  }
  EXPECT_EQ(digest(DigestAlg::sha256, data), bearssl_sha256(data));
}

TEST(Digest, PiecesGiveTheSameResult) {
  const Bytes data = pseudo_random(1000);
  for (const DigestAlg alg :
       {DigestAlg::sha1, DigestAlg::sha256, DigestAlg::sha384, DigestAlg::sha512}) {
    const Bytes whole = digest(alg, data);
    EXPECT_EQ(whole.size(), digest_size(alg));
    for (const size_t piece : {1U, 7U, 63U, 64U, 65U, 127U, 129U, 999U}) {
      Digest running(alg);
      for (ByteView rest(data); !rest.empty(); rest = rest.subspan(std::min(piece, rest.size()))) {
        running.update(rest.first(std::min(piece, rest.size())));
      }
      EXPECT_EQ(running.finish(), whole) << piece;
    }
  }
}

TEST(Digest, Names) {
  EXPECT_EQ(digest_alg_from_name("sha256"), DigestAlg::sha256);
  EXPECT_EQ(digest_alg_from_name("sha384"), DigestAlg::sha384);
  EXPECT_EQ(digest_alg_from_name("sha512"), DigestAlg::sha512);
  for (const char* name : {"sha1", "SHA256", "sha-256", "md5", "", "sha256 "}) {
    EXPECT_FALSE(digest_alg_from_name(name).has_value()) << name;
  }
  EXPECT_EQ(digest_name(DigestAlg::sha1), "sha1");
}

}  // namespace
}  // namespace assay::crypto::test
