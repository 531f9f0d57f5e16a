#include "codec/cbor/cbor.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "base/text.h"
#include "codec/cbor/parsed.h"

namespace assay::cbor {
namespace {

using test::fault_of;
using test::hex;
using test::Parsed;

// RFC 8949 appendix A.
TEST(CborAppendixA, Integers) {
  struct Case {
    const char* encoded;
    uint64_t value;
  };
  const std::vector<Case> cases = {{"00", 0},
                                   {"01", 1},
                                   {"0a", 10},
                                   {"17", 23},
                                   {"1818", 24},
                                   {"1819", 25},
                                   {"1864", 100},
                                   {"1903e8", 1000},
                                   {"1a000f4240", 1000000},
                                   {"1b000000e8d4a51000", 1000000000000},
                                   {"1bffffffffffffffff", UINT64_MAX}};
  for (const auto& [encoded, value] : cases) {
    const Parsed parsed(encoded);
    EXPECT_EQ(parsed.root().as_uint(), value) << encoded;
    EXPECT_EQ(deterministic(parsed.root()), parsed.bytes) << encoded;
  }
}

TEST(CborAppendixA, NegativeIntegers) {
  struct Case {
    const char* encoded;
    std::optional<int64_t> value;
  };
  const std::vector<Case> cases = {{"20", -1},
                                   {"29", -10},
                                   {"3863", -100},
                                   {"3903e7", -1000},
                                   {"3b7fffffffffffffff", INT64_MIN},
                                   {"3bffffffffffffffff", std::nullopt}};
  for (const auto& [encoded, value] : cases) {
    const Parsed parsed(encoded);
    EXPECT_EQ(parsed.root().type(), Type::nint) << encoded;
    EXPECT_EQ(parsed.root().as_int(), value) << encoded;
    EXPECT_EQ(parsed.root().as_uint(), std::nullopt) << encoded;
    EXPECT_EQ(deterministic(parsed.root()), parsed.bytes) << encoded;
  }
  EXPECT_EQ(Parsed("3bffffffffffffffff").root().as_nint(), UINT64_MAX);
  EXPECT_EQ(Parsed("1bffffffffffffffff").root().as_int(), std::nullopt);
}

TEST(CborAppendixA, Floats) {
  const double infinity = std::numeric_limits<double>::infinity();
  struct Case {
    const char* encoded;
    double value;
    const char* shortest;
  };
  const std::vector<Case> cases = {
      {"f90000", 0.0, "f90000"},
      {"f98000", -0.0, "f98000"},
      {"f93c00", 1.0, "f93c00"},
      {"fb3ff199999999999a", 1.1, "fb3ff199999999999a"},
      {"f93e00", 1.5, "f93e00"},
      {"f97bff", 65504.0, "f97bff"},
      {"fa47c35000", 100000.0, "fa47c35000"},
      {"fa7f7fffff", 3.4028234663852886e+38, "fa7f7fffff"},
      {"fb7e37e43c8800759c", 1.0e+300, "fb7e37e43c8800759c"},
      {"f90001", 5.960464477539063e-8, "f90001"},
      {"f90400", 0.00006103515625, "f90400"},
      {"f9c400", -4.0, "f9c400"},
      {"fbc010666666666666", -4.1, "fbc010666666666666"},
      {"f97c00", infinity, "f97c00"},
      {"f9fc00", -infinity, "f9fc00"},
      {"fa7f800000", infinity, "f97c00"},
      {"faff800000", -infinity, "f9fc00"},
      {"fb7ff0000000000000", infinity, "f97c00"},
      {"fbfff0000000000000", -infinity, "f9fc00"},
      {"fb3ff8000000000000", 1.5, "f93e00"},
      {"f903ff", 1023.0 / 16777216.0, "f903ff"},
      // Single precision only: a mantissa bit, a range or a subnormal step too much for half.
      {"fa3f802000", 1.0009765625, "f93c01"},
      {"fa3f801000", 1.00048828125, "fa3f801000"},
      {"fa477ff000", 65520.0, "fa477ff000"},
      {"fa33000000", 1.0 / 33554432.0, "fa33000000"},
  };
  for (const auto& [encoded, value, shortest] : cases) {
    const Parsed parsed(encoded);
    ASSERT_TRUE(parsed.root().as_double().has_value()) << encoded;
    EXPECT_EQ(*parsed.root().as_double(), value) << encoded;
    EXPECT_EQ(std::signbit(*parsed.root().as_double()), std::signbit(value)) << encoded;
    EXPECT_EQ(to_hex(deterministic(parsed.root())), shortest) << encoded;
  }
  for (const char* nan : {"f97e00", "fa7fc00000", "fb7ff8000000000000", "f97c01"}) {
    const Parsed parsed(nan);
    ASSERT_TRUE(parsed.root().as_double().has_value()) << nan;
    EXPECT_TRUE(std::isnan(*parsed.root().as_double())) << nan;
    EXPECT_EQ(to_hex(deterministic(parsed.root())), "f97e00") << nan;
  }
}

TEST(CborAppendixA, SimpleValues) {
  EXPECT_EQ(Parsed("f4").root().as_bool(), false);
  EXPECT_EQ(Parsed("f5").root().as_bool(), true);
  EXPECT_EQ(Parsed("f6").root().type(), Type::null);
  EXPECT_EQ(Parsed("f7").root().type(), Type::undefined);
  EXPECT_EQ(Parsed("f0").root().simple(), 16);
  EXPECT_EQ(Parsed("f8ff").root().simple(), 255);
  for (const char* encoded : {"f4", "f5", "f6", "f7", "f0", "f8ff"}) {
    const Parsed parsed(encoded);
    EXPECT_EQ(to_hex(deterministic(parsed.root())), encoded);
  }
}

TEST(CborAppendixA, StringsAndTags) {
  EXPECT_EQ(Parsed("40").root().as_bytes()->size(), 0u);
  EXPECT_EQ(to_hex(*Parsed("4401020304").root().as_bytes()), "01020304");
  EXPECT_EQ(Parsed("60").root().as_text(), "");
  EXPECT_EQ(Parsed("6161").root().as_text(), "a");
  EXPECT_EQ(Parsed("6449455446").root().as_text(), "IETF");
  EXPECT_EQ(Parsed("62225c").root().as_text(), "\"\\");
  EXPECT_EQ(Parsed("62c3bc").root().as_text(), "\xC3\xBC");
  EXPECT_EQ(Parsed("63e6b0b4").root().as_text(), "\xE6\xB0\xB4");
  EXPECT_EQ(Parsed("64f0908591").root().as_text(), "\xF0\x90\x85\x91");

  const Parsed date("c074323031332d30332d32315432303a30343a30305a");
  EXPECT_EQ(date.root().tag(), 0u);
  EXPECT_EQ(date.root().type(), Type::tag);
  EXPECT_EQ(date.root().untagged().as_text(), "2013-03-21T20:04:00Z");
  EXPECT_EQ(Parsed("c11a514b67b0").root().untagged().as_uint(), 1363896240u);
  EXPECT_EQ(Parsed("c1fb41d452d9ec200000").root().untagged().as_double(), 1363896240.5);
  EXPECT_EQ(Parsed("d74401020304").root().tag(), 23u);
  EXPECT_EQ(Parsed("d818456449455446").root().tag(), 24u);
  EXPECT_EQ(Parsed("c249010000000000000000").root().untagged().as_bytes()->size(), 9u);
  const Parsed nested("d820d8256141");  // any number of tags
  EXPECT_EQ(nested.root().tag(), 32u);
  EXPECT_EQ(nested.root().tagged().tag(), 37u);
  EXPECT_EQ(nested.root().untagged().as_text(), "A");
  EXPECT_EQ(nested.root().as_text(), std::nullopt);
}

TEST(CborAppendixA, ArraysAndMaps) {
  EXPECT_EQ(Parsed("80").root().size(), 0u);
  const Parsed list("98190102030405060708090a0b0c0d0e0f101112131415161718181819");
  ASSERT_EQ(list.root().size(), 25u);
  for (size_t i = 0; i < 25; ++i) {
    EXPECT_EQ(list.root().at(i).as_uint(), i + 1);
  }
  EXPECT_FALSE(list.root().at(25).present());

  const Parsed nested("8301820203820405");
  EXPECT_EQ(nested.root().at(1).at(1).as_uint(), 3u);
  EXPECT_EQ(to_hex(nested.root().at(2).encoded()), "820405");

  EXPECT_EQ(Parsed("a0").root().size(), 0u);
  const Parsed numbers("a201020304");
  EXPECT_EQ(numbers.root().get(int64_t{3}).as_uint(), 4u);
  EXPECT_FALSE(numbers.root().get(int64_t{2}).present());
  EXPECT_FALSE(numbers.root().get("1").present());
  const Parsed letters("a56161614161626142616361436164614461656145");
  EXPECT_EQ(letters.root().get("d").as_text(), "D");
  EXPECT_EQ(letters.root().key(4).as_text(), "e");
  const Parsed mixed("a26161016162820203");
  EXPECT_EQ(mixed.root().get("b").at(0).as_uint(), 2u);
  EXPECT_EQ(Parsed("826161a161626163").root().at(1).get("b").as_text(), "c");
  EXPECT_EQ(Parsed("a120f5").root().get(int64_t{-1}).as_bool(), true);
}

TEST(CborAppendixA, IndefiniteLengths) {
  EXPECT_EQ(to_hex(*Parsed("5f42010243030405ff").root().as_bytes()), "0102030405");
  EXPECT_EQ(Parsed("7f657374726561646d696e67ff").root().as_text(), "streaming");
  EXPECT_EQ(Parsed("5fff").root().as_bytes()->size(), 0u);
  EXPECT_EQ(Parsed("7fff").root().as_text(), "");
  EXPECT_EQ(Parsed("9fff").root().size(), 0u);
  EXPECT_EQ(Parsed("bfff").root().size(), 0u);
  for (const char* encoded :
       {"9f018202039f0405ffff", "9f01820203820405ff", "83018202039f0405ff", "83019f0203ff820405"}) {
    const Parsed parsed(encoded);
    ASSERT_EQ(parsed.root().size(), 3u) << encoded;
    EXPECT_EQ(parsed.root().at(2).at(1).as_uint(), 5u) << encoded;
    EXPECT_EQ(to_hex(deterministic(parsed.root())), "8301820203820405") << encoded;
  }
  EXPECT_EQ(Parsed("bf61610161629f0203ffff").root().get("b").size(), 2u);
  EXPECT_EQ(Parsed("bf6346756ef563416d7421ff").root().get("Amt").as_int(), -2);
  // Two assembled strings of one document do not run into each other.
  const Parsed two("827f61616162ff7f6163ff");
  EXPECT_EQ(two.root().at(0).as_text(), "ab");
  EXPECT_EQ(two.root().at(1).as_text(), "c");
  EXPECT_EQ(to_hex(two.root().at(1).encoded()), "7f6163ff");
}

// RFC 8949 appendix F, by its headings.
TEST(CborAppendixF, EndOfInputInAHead) {
  for (const char* bytes :
       {"", "18", "19", "1a", "1b", "1901", "1a0102", "1b01020304050607", "38", "58", "78", "98",
        "9a01ff00", "b8", "d8", "f8", "f900", "fa0000", "fb000000"}) {
    EXPECT_EQ(fault_of(bytes), Fault::truncated) << bytes;
  }
}

TEST(CborAppendixF, StringsWithShortData) {
  for (const char* bytes : {"41", "61", "5affffffff00", "5bffffffffffffffff010203", "7affffffff00",
                            "7b7fffffffffffffff010203"}) {
    EXPECT_EQ(fault_of(bytes), Fault::truncated) << bytes;
  }
}

TEST(CborAppendixF, ContainersThatAreNotClosed) {
  for (const char* bytes : {"81",
                            "818181818181818181",
                            "8200",
                            "a1",
                            "a20102",
                            "a100",
                            "a2000000",
                            "c0",
                            "5f4100",
                            "7f6100",
                            "9f",
                            "9f0102",
                            "bf",
                            "bf01020102",
                            "819f",
                            "9f8000",
                            "9f9f9f9f9fffffffff",
                            "9f819f819f9fffffff",
                            "9bffffffffffffffff00",
                            "bbffffffffffffffff00"}) {
    EXPECT_EQ(fault_of(bytes), Fault::truncated) << bytes;
  }
}

TEST(CborAppendixF, ReservedAdditionalInformation) {
  for (const char* bytes :
       {"1c", "1d", "1e", "3c", "3d", "3e", "5c", "5d", "5e", "7c", "7d", "7e",
        "9c", "9d", "9e", "bc", "bd", "be", "dc", "dd", "de", "fc", "fd", "fe"}) {
    EXPECT_EQ(fault_of(bytes), Fault::malformed) << bytes;
  }
}

TEST(CborAppendixF, ReservedTwoByteSimpleValues) {
  for (const char* bytes : {"f800", "f801", "f818", "f81f"}) {
    EXPECT_EQ(fault_of(bytes), Fault::malformed) << bytes;
  }
  EXPECT_EQ(fault_of("f820"), Fault::none);
}

TEST(CborAppendixF, ChunksOfTheWrongType) {
  for (const char* bytes : {"5f00ff", "5f21ff", "5f6100ff", "5f80ff", "5fa0ff", "5fc000ff",
                            "5fe0ff", "7f4100ff", "5f5f4100ffff", "7f7f6100ffff"}) {
    EXPECT_EQ(fault_of(bytes), Fault::malformed) << bytes;
  }
}

TEST(CborAppendixF, BreaksInTheWrongPlace) {
  for (const char* bytes : {"ff", "81ff", "8200ff", "a1ff00", "a100ff", "9f81ff",
                            "9f829f819f9fffffffff", "bf00ff", "bf000000ff", "c0ff"}) {
    EXPECT_EQ(fault_of(bytes), Fault::malformed) << bytes;
  }
  // Too short for their count as well, which is noticed first.
  for (const char* bytes : {"a1ff", "a20000ff"}) {
    EXPECT_EQ(fault_of(bytes), Fault::truncated) << bytes;
  }
}

TEST(CborAppendixF, IndefiniteLengthWhereThereIsNone) {
  for (const char* bytes : {"1f", "3f", "df"}) {
    EXPECT_EQ(fault_of(bytes), Fault::malformed) << bytes;
  }
}

TEST(Cbor, R303_BytesAfterTheItemAreMalformed) {
  EXPECT_EQ(fault_of("0000"), Fault::malformed);
  EXPECT_EQ(fault_of("a000"), Fault::malformed);
  const Bytes bytes = hex("820102 ff");
  const Limits limits;
  Budget budget(limits);
  const auto prefix = Document::parse_prefix(bytes, limits, budget);
  ASSERT_TRUE(prefix.ok());
  EXPECT_EQ(prefix->used(), 3u);
}

TEST(Cbor, R309_TextIsUtf8) {
  for (const char* bytes : {"61ff", "62c328", "63eda080", "62c080", "a161ff00", "7f61c361bcff"}) {
    EXPECT_EQ(fault_of(bytes), Fault::malformed) << bytes;
  }
  EXPECT_EQ(fault_of("41ff"), Fault::none);
}

TEST(Cbor, R301_EncodingsThatAreNotDeterministicAreRead) {
  const Parsed parsed("bb0000000000000002 7800 1800 190001 1b0000000000000002");
  ASSERT_TRUE(parsed.result.ok());
  EXPECT_EQ(parsed.root().get("").as_uint(), 0u);
  EXPECT_EQ(parsed.root().get(int64_t{1}).as_uint(), 2u);
  EXPECT_EQ(to_hex(deterministic(parsed.root())), "a201026000");
}

TEST(Cbor, R007_EncodedGivesTheBytesOfTheFile) {
  const Parsed parsed("a2 1901f4 9f 1800 7f 6161 ff ff 6162 d8 20 6163");
  const ByteView input(parsed.bytes);
  EXPECT_EQ(to_hex(parsed.root().encoded()), to_hex(input));
  EXPECT_EQ(to_hex(parsed.root().key(0).encoded()), "1901f4");
  EXPECT_EQ(to_hex(parsed.root().get(int64_t{500}).encoded()), "9f18007f6161ffff");
  EXPECT_EQ(to_hex(parsed.root().get("b").encoded()), "d8206163");
  EXPECT_EQ(parsed.root().encoded().data(), input.data());
}

// T-51, R-302: an ambiguous key gives no value at all.
TEST(Cbor, T51_DuplicateKeysResolveToNothing) {
  const Parsed small("a3 616101 616202 616103");
  EXPECT_FALSE(small.root().get("a").present());
  EXPECT_TRUE(small.root().has_duplicate("a"));
  EXPECT_FALSE(small.root().has_duplicate("b"));
  EXPECT_TRUE(small.root().has_duplicate_keys());
  EXPECT_EQ(small.root().get("b").as_uint(), 2u);

  // The same key in another encoding, and assembled from chunks.
  const Parsed number("a2 0101 180102");
  EXPECT_TRUE(number.root().has_duplicate(int64_t{1}));
  EXPECT_FALSE(number.root().get(int64_t{1}).present());
  const Parsed chunks("a2 616101 7f6161ff02");
  EXPECT_TRUE(chunks.root().has_duplicate("a"));

  // Different types are different keys.
  EXPECT_FALSE(Parsed("a3 0101 613102 413103").root().has_duplicate_keys());
  EXPECT_TRUE(Parsed("a2 810101 810102").root().has_duplicate_keys());
  EXPECT_TRUE(Parsed("a2 2001 2002").root().has_duplicate(int64_t{-1}));
}

// T-79: names that mean something to a script are ordinary keys.
TEST(Cbor, T79_PrototypeNamesAreOrdinaryKeys) {
  Bytes bytes = hex("a3");
  for (const char* name : {"__proto__", "constructor", "toString"}) {
    write_text(bytes, name);
    write_text(bytes, name);
  }
  const Parsed parsed(std::move(bytes));
  ASSERT_EQ(parsed.root().size(), 3u);
  EXPECT_EQ(parsed.root().get("__proto__").as_text(), "__proto__");
  EXPECT_EQ(parsed.root().get("toString").as_text(), "toString");
  EXPECT_FALSE(parsed.root().get("valueOf").present());
}

TEST(Cbor, LooksUpThroughTheIndexOfABigMap) {
  for (const size_t pairs : {size_t{16}, size_t{17}, size_t{5000}}) {
    Bytes bytes;
    write_head(bytes, 5, pairs + 1);
    for (size_t i = 0; i < pairs; ++i) {
      write_text(bytes, "assertion " + std::to_string(i * 7919 % pairs));
      write_head(bytes, 0, i);
    }
    write_text(bytes, "assertion 3");
    write_head(bytes, 0, 0);
    const Parsed parsed(std::move(bytes));
    ASSERT_EQ(parsed.root().size(), pairs + 1);
    for (size_t i = 0; i < pairs; ++i) {
      const auto key = parsed.root().key(i).as_text().value();
      const bool twice = key == "assertion 3";
      EXPECT_EQ(parsed.root().get(key).as_uint(), twice ? std::nullopt : std::optional(i)) << key;
      EXPECT_EQ(parsed.root().has_duplicate(key), twice);
    }
    EXPECT_FALSE(parsed.root().get("assertion").present());
    EXPECT_FALSE(parsed.root().get(int64_t{3}).present());
    EXPECT_TRUE(parsed.root().has_duplicate_keys());
  }
}

TEST(Cbor, BigMapWithoutDuplicates) {
  Bytes bytes;
  write_head(bytes, 5, 300);
  for (uint64_t i = 0; i < 300; ++i) {
    write_head(bytes, i % 2 == 0 ? 0 : 1, 300 - i);
    write_head(bytes, 0, i);
  }
  const Parsed parsed(std::move(bytes));
  EXPECT_FALSE(parsed.root().has_duplicate_keys());
  EXPECT_EQ(parsed.root().get(int64_t{300}).as_uint(), 0u);
  EXPECT_EQ(parsed.root().get(int64_t{-300}).as_uint(), 1u);
}

TEST(Cbor, AbsentValuesAnswerEverything) {
  const Value absent;
  EXPECT_FALSE(absent.present());
  EXPECT_EQ(absent.size(), 0u);
  EXPECT_FALSE(absent.at(0).present());
  EXPECT_FALSE(absent.key(0).present());
  EXPECT_FALSE(absent.get("a").present());
  EXPECT_FALSE(absent.get(int64_t{0}).present());
  EXPECT_FALSE(absent.has_duplicate("a"));
  EXPECT_FALSE(absent.has_duplicate_keys());
  EXPECT_FALSE(absent.untagged().present());
  EXPECT_TRUE(absent.encoded().empty());
  EXPECT_TRUE(deterministic(absent).empty());
  const Parsed number("01");
  EXPECT_FALSE(number.root().get("a").present());
  EXPECT_FALSE(number.root().at(0).present());
  EXPECT_FALSE(number.root().tagged().present());
}

}  // namespace
}  // namespace assay::cbor
