#include "codec/unicode/nfc.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace assay::unicode {
namespace {

std::string utf8(std::initializer_list<char32_t> code_points) {
  std::string text;
  for (const char32_t code_point : code_points) {
    append_code_point(text, code_point);
  }
  return text;
}

std::string nfc(std::initializer_list<char32_t> code_points) {
  return to_nfc(utf8(code_points)).value();
}

// composition, ordering, blocking, exclusions, Hangul; examples of UAX #15.
TEST(Nfc, Examples) {
  EXPECT_EQ(nfc({'e', 0x301}), utf8({0xE9}));
  EXPECT_EQ(nfc({0xE9}), utf8({0xE9}));
  EXPECT_EQ(nfc({0x1E9B, 0x323}), utf8({0x1E9B, 0x323}));
  EXPECT_EQ(nfc({'d', 0x307, 0x323}), utf8({0x1E0D, 0x307}));              // ordered, then composed
  EXPECT_EQ(nfc({'a', 0x302, 0x302, 0x301}), utf8({0xE2, 0x302, 0x301}));  // same class blocks
  EXPECT_EQ(nfc({0x212B}), utf8({0xC5}));                                  // singleton
  EXPECT_EQ(nfc({0x958}), utf8({0x915, 0x93C}));                           // composition exclusion
  EXPECT_EQ(nfc({0xFB2C}), utf8({0x5E9, 0x5BC, 0x5C1}));
  EXPECT_EQ(nfc({0x1100, 0x1161, 0x11A8}), utf8({0xAC01}));
  EXPECT_EQ(nfc({0xAC00, 0x11A8}), utf8({0xAC01}));
  EXPECT_EQ(nfc({0xAC01, 0x11A8}), utf8({0xAC01, 0x11A8}));
  EXPECT_EQ(nfc({0x9C7, 0x9BE}), utf8({0x9CB}));  // two starters
  EXPECT_EQ(nfc({0x1D15E}), utf8({0x1D157, 0x1D165}));
  EXPECT_EQ(nfc({0x2F800}), utf8({0x4E3D}));
  EXPECT_EQ(nfc({0x344}), utf8({0x308, 0x301}));
}

// the characters of a wrapper are inert, and nothing composes across them.
TEST(Nfc, WrapperCharactersAreInert) {
  const std::string wrapper = utf8({0xFEFF, 0xFE00, 0xFE0F, 0xE0100, 0xE01EF});
  EXPECT_EQ(to_nfc(wrapper).value(), wrapper);
  EXPECT_EQ(to_nfc("e" + wrapper + utf8({0x301})).value(), "e" + wrapper + utf8({0x301}));
}

TEST(Nfc, PlainTextStays) {
  EXPECT_FALSE(may_change_in_nfc("plain \xC3\xA9 text \xCB\xBF"));
  EXPECT_TRUE(may_change_in_nfc("e\xCC\x81"));
  EXPECT_EQ(to_nfc("").value(), "");
  EXPECT_EQ(to_nfc("plain").value(), "plain");
}

// Runs of marks are sorted in n log n up to the limit and refused above.
TEST(Nfc, RunsOfMarks) {
  std::string run = "a";
  for (size_t i = 0; i + 2 <= kMostMarks; i += 2) {
    run += utf8({0x301, 0x323});
  }
  run.resize(run.size() - 2);
  const auto ordered = to_nfc(run);
  ASSERT_TRUE(ordered.ok());
  EXPECT_TRUE(starts_with(*ordered, utf8({0x1EA1, 0x323})));
  EXPECT_EQ(to_nfc(run + utf8({0x301, 0x301})).fault(), Fault::limit);
}

// Every code point of the planes that have any, alone and between letters and marks: the value
// comes from the generator of the tables (node cmake/make-nfc.mjs --digest), which asks Node's own
// normalisation.
TEST(Nfc, AgreesWithTheGeneratorOnEveryCodePoint) {
  uint32_t hash = 0x811C9DC5;
  const auto feed = [&hash](const std::string& text) {
    for (const char byte : text) {
      hash = (hash ^ static_cast<uint8_t>(byte)) * 0x01000193u;
    }
  };
  for (char32_t code_point = 0; code_point <= 0x10FFFF; ++code_point) {
    if (code_point == 0xD800) {
      code_point = 0xE000;
    } else if (code_point == 0x34000) {
      code_point = 0xE0000;
    } else if (code_point == 0xE1000) {
      break;
    }
    feed(nfc({code_point}));
    feed(nfc({'a', 0x301, code_point, 0x327}));
    feed(nfc({0x1100, code_point, 0x11A8}));
  }
  EXPECT_EQ(hash, 0xCCA322D5u);
}

}  // namespace
}  // namespace assay::unicode
