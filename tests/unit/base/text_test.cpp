#include "base/text.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "support/hex.h"

namespace assay {
namespace {

using test::hex;

// RFC 3629 §3 and §10: what decoders are known to let through.
TEST(Utf8, AcceptsScalarValuesOnly) {
  const std::vector<std::pair<const char*, bool>> cases = {
      {"", true},
      {"41", true},
      {"00", true},
      {"c3a9", true},
      {"e282ac", true},
      {"f09f9880", true},
      {"f48fbfbf", true},
      {"ed9fbf", true},
      {"ee8080", true},
      {"efbfbf", true},
      {"80", false},        // continuation alone
      {"c3", false},        // cut off
      {"e282", false},      //
      {"f09f98", false},    //
      {"c328", false},      // lead without continuation
      {"e28228", false},    //
      {"c080", false},      // overlong NUL
      {"c1bf", false},      // overlong
      {"e09fbf", false},    // overlong
      {"f08fbfbf", false},  // overlong
      {"eda080", false},    // high surrogate
      {"edbfbf", false},    // low surrogate
      {"f4908080", false},  // above U+10FFFF
      {"f888808080", false},
      {"fe", false},
      {"ff", false},
  };
  for (const auto& [bytes, valid] : cases) {
    const Bytes text = hex(bytes);
    EXPECT_EQ(is_utf8(as_text(text)), valid) << bytes;
  }
}

TEST(Utf8, DecodesAndEncodesEveryLength) {
  for (const char32_t c :
       {U'\0', U'\x7F', U'\x80', U'\x7FF', U'\x800', U'\xFFFF', U'\x10000', U'\x10FFFF'}) {
    std::string text;
    append_code_point(text, c);
    size_t index = 0;
    EXPECT_EQ(next_code_point(text, index), c);
    EXPECT_EQ(index, text.size());
  }
}

TEST(Utf8, ReplacesBrokenSequencesByteByByte) {
  const Bytes bytes = hex("e2 82 41");
  size_t index = 0;
  EXPECT_EQ(next_code_point(as_text(bytes), index), char32_t{0xFFFD});
  EXPECT_EQ(next_code_point(as_text(bytes), index), char32_t{0xFFFD});
  EXPECT_EQ(next_code_point(as_text(bytes), index), U'A');
  EXPECT_EQ(index, 3u);
}

TEST(Hex, RoundTrips) {
  EXPECT_EQ(to_hex(hex("00ff7f80")), "00ff7f80");
  EXPECT_EQ(from_hex("00FF"), (Bytes{0x00, 0xFF}));
  EXPECT_EQ(from_hex("0"), std::nullopt);
  EXPECT_EQ(from_hex("0g"), std::nullopt);
  EXPECT_EQ(from_hex("g0"), std::nullopt);
  EXPECT_EQ(from_hex(""), Bytes());
}

// RFC 4648 §10.
TEST(Base64, MatchesTheRfcVectors) {
  const std::vector<std::pair<const char*, const char*>> vectors = {{"", ""},
                                                                    {"f", "Zg=="},
                                                                    {"fo", "Zm8="},
                                                                    {"foo", "Zm9v"},
                                                                    {"foob", "Zm9vYg=="},
                                                                    {"fooba", "Zm9vYmE="},
                                                                    {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : vectors) {
    EXPECT_EQ(to_base64(as_bytes(plain)), encoded);
    EXPECT_EQ(from_base64(encoded), to_bytes(as_bytes(plain)));
  }
}

TEST(Base64, RefusesWhatIsNotBase64) {
  EXPECT_EQ(from_base64(" Zm 9v\r\nYg\t==\n"), to_bytes(as_bytes("foob")));
  EXPECT_EQ(from_base64("Zg"), to_bytes(as_bytes("f")));
  for (const char* text :
       {"Z", "Zm9vY", "Zg===", "Z=g=", "Zg==Zg==", "Zm9-", "Zm9_", "Zm9v!", "\xC3\xA9"}) {
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  }
}

TEST(Base64, UrlAlphabetIsStrict) {
  EXPECT_EQ(from_base64url("-_-_"), hex("fbffbf"));
  for (const char* text : {"+/+/", "Zg==", "Zm 9v", "Z"}) {
    EXPECT_EQ(from_base64url(text), std::nullopt) << text;
  }
}

// T-14: nothing of a file's text may reorder, hide or fake what stands around it.
TEST(DisplayText, ReplacesInvisibleAndDirectionalCharacters) {
  const std::string replacement = "\xEF\xBF\xBD";
  for (const char32_t c : {U'\0', U'\n', U'\x1B', U'\x7F', U'\x9F', U'\xAD', U'\x61C', U'\x200B',
                           U'\x200E', U'\x202E', U'\x2066', U'\x2069', U'\xFEFF', U'\xE0041'}) {
    std::string text = "a";
    append_code_point(text, c);
    text += "b";
    EXPECT_EQ(display_text(text, 100), "a" + replacement + "b") << std::hex << unsigned(c);
  }
  EXPECT_EQ(display_text("Zo\xC3\xAB <b>&", 100), "Zo\xC3\xAB <b>&");
  EXPECT_EQ(display_text("\xC3", 100), replacement);
}

TEST(DisplayText, CutsBetweenCharacters) {
  const std::string ellipsis = "\xE2\x80\xA6";
  EXPECT_EQ(display_text("abcdef", 6), "abcdef");
  EXPECT_EQ(display_text("abcdefg", 6), "abc" + ellipsis);
  for (size_t limit = 3; limit < 20; ++limit) {
    std::string text;
    for (int i = 0; i < 10; ++i) {
      text += "\xF0\x9F\x98\x80";
    }
    const std::string shown = display_text(text, limit);
    EXPECT_LE(shown.size(), limit);
    EXPECT_TRUE(is_utf8(shown)) << limit;
    EXPECT_TRUE(ends_with(shown, ellipsis));
  }
}

TEST(Text, ComparesAsciiOnly) {
  EXPECT_TRUE(starts_with("c2pa.hash.data", "c2pa."));
  EXPECT_FALSE(starts_with("c2pa", "c2pa."));
  EXPECT_TRUE(ends_with("a.png", ".png"));
  EXPECT_FALSE(ends_with("png", ".png"));
  EXPECT_EQ(to_lower("ABCxyz[\\]\xC3\x84"), "abcxyz[\\]\xC3\x84");
  EXPECT_TRUE(is_space('\t'));
  EXPECT_FALSE(is_space('\v'));
}

}  // namespace
}  // namespace assay
