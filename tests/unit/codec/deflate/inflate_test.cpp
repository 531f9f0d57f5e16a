#include "codec/deflate/inflate.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace assay::deflate {
namespace {

constexpr uint64_t kMost = 1u << 20;
const char* const kSentence = "hello hello hello hello, said the parrot; hello";

// Streams written by zlib 1.2, one for each kind of block.
const char* const kFixed =
    "7801cb48cdc9c957c8402775148a133353144a3252150a128b8af24bac21e2009ce11126";
const char* const kStored =
    "7801012f00d0ff68656c6c6f2068656c6c6f2068656c6c6f2068656c6c6f2c20736169642074686520706172726f"
    "743b2068656c6c6f9ce11126";
const char* const kDynamic =
    "78da6360977128dcc01c77dce56422c7f64a2f0d117e71dda096231225f7621e552b5f9e96e16e62601950b6"
    "f295fd1c9e36a1e5016c476754a425e7b6ae79a05e71cdfd90ffd37e37ee5bbb57add87ce68b5ee161f529a2"
    "f3ac1ecc883316656511d00aee3cabdafab994658e07e3e19935b9b95553f77f7398f235f379b9e8de727bb1"
    "afcf5f7c1377aa3a2055f3a68071b627cb8905ad15559dcb2e0984af156de39e61f1685e86a3bab49c9e4fe5"
    "6686f0dd469bdd1e4df2977a7fedf4f9072c46b9db842b5e17b12d0e11bab965cea4e92b4ffeb06cbee3bedb"
    "f97299c6a3f5dd25d9852d4baf8a27edd198abb63d9aefe4f492b8b0d8c2c947d883d7494f945e1bc4766862"
    "7e547074c1e4a39c619b14a62b6d8d16383bb7262329bb71e90dd9ec13e6ebadcf97e9bcda3dbba3b977c949"
    "26e7491f126ea6312c8e927b7d66d7b68337592cab4febcf965a6cf76856bc910833038faa4fd351e9ea1719"
    "9ffa2cde6c6acb8c0c4fa95b7657ade2a6cf89880fb34365de5c3878e0dc4b71ff29cffdf6da9fce143d3d39"
    "d3cfc1c13f7bea39c9dc0bae8743dfcf8950fc7cf3ccd9bbbfb45256b366de8a7bd363f569cf94eafcc2a605"
    "6778425689b471cfb27eba38cf5d5f45dd32a2f5207fda1997a351df97a719f17c78f68a4929a0f7bac96c91"
    "693aa7aaad39ee9dd87fe4c64fddec6d22351f2b05d6272abd3ebe69d586a3cf65a297b3e53fcd635b1629fd"
    "f4d0bae5eb8e3c978d5dc555f2ba946f7db2dac7f37bb6edbbfad3a070bf4237479fc6a97a67917777ae3ff8"
    "a1143afd99c716a39d21dfd716b9a808f34b1a45f49c57697a9ff76d92f5dbcd6de9e121f1950baecae59f73"
    "dce3f5a8c785fbd69eb5abb75ffa655a75c67081e26acff72b0a5c35a424d59cb217bd7058283659796fa6f2"
    "f3bd0ba74c59b4ffa55aee418d99322b3c3eac2ef5315455330daedbce12b9c77893cb833e2fd117e70e1fbd"
    "fa45357e0573faadf8b7fd76df0ecd6eaaa8ee597353327997ca0cb9b5010c3bdb123cec13939247111d1000"
    "514addae";
// 100,000 zeros: long matches over themselves.
const char* const kZeros =
    "78daedc13101000000c2a0f54f6d0d0fa0000000000000000000000000000000000000000000000000000000"
    "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
    "0000000000000000000000000000000000000000000000000080570386af0001";

Result<Bytes> inflate(std::string_view hex, uint64_t most = kMost) {
  return inflate_zlib(from_hex(hex).value(), most);
}

Bytes dynamic_content() {
  Bytes content;
  for (uint32_t i = 0; i < 700; ++i) {
    content.push_back(static_cast<uint8_t>((i * i * 7 + i / 3) % 251));
  }
  for (int i = 0; i < 40; ++i) {
    append(content, as_bytes("abcabcabc"));
  }
  return content;
}

TEST(Inflate, EveryKindOfBlock) {
  EXPECT_EQ(as_text(*inflate(kFixed)), kSentence);
  EXPECT_EQ(as_text(*inflate(kStored)), kSentence);
  EXPECT_EQ(*inflate(kDynamic), dynamic_content());
  EXPECT_EQ(*inflate(kZeros), Bytes(100000, 0));
}

// exactly at the limit, and one byte below it.
TEST(Inflate, Limit) {
  EXPECT_TRUE(inflate(kZeros, 100000).ok());
  EXPECT_EQ(inflate(kZeros, 99999).fault(), Fault::limit);
  EXPECT_EQ(inflate(kStored, 46).fault(), Fault::limit);
  EXPECT_EQ(inflate(kFixed, 0).fault(), Fault::limit);
}

// Cut anywhere before the checksum, every stream is truncated and nothing else.
TEST(Inflate, Truncation) {
  for (const auto* hex : {kFixed, kStored, kDynamic}) {
    const Bytes whole = from_hex(hex).value();
    for (size_t length = 0; length + 5 < whole.size(); ++length) {
      const auto result = inflate_zlib(ByteView(whole).first(length), kMost);
      EXPECT_EQ(result.fault(), Fault::truncated) << length;
    }
  }
}

// A changed byte never does more than give other bytes or a fault.
TEST(Inflate, ChangedBytes) {
  const Bytes whole = from_hex(kDynamic).value();
  for (size_t at = 0; at < whole.size(); ++at) {
    for (const uint8_t change : {0x01, 0x80, 0xFF}) {
      Bytes changed = whole;
      changed[at] ^= change;
      const auto result = inflate_zlib(changed, 5000);
      if (result.ok()) {
        EXPECT_LE(result->size(), 5000u);
      }
    }
  }
}

TEST(Inflate, Malformed) {
  EXPECT_EQ(inflate("7901").fault(), Fault::malformed);            // header check
  EXPECT_EQ(inflate("7822").fault(), Fault::malformed);            // wants a dictionary
  EXPECT_EQ(inflate("780107").fault(), Fault::malformed);          // block type 3
  EXPECT_EQ(inflate("78010101000000").fault(), Fault::malformed);  // lengths do not agree
  EXPECT_EQ(inflate("7801030200").fault(), Fault::malformed);      // distance before the beginning
  EXPECT_EQ(inflate("").fault(), Fault::truncated);
}

}  // namespace
}  // namespace assay::deflate
