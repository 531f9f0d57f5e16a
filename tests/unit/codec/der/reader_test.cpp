#include "codec/der/reader.h"

#include <gtest/gtest.h>

#include "support/hex.h"

namespace assay::der::test {
namespace {

using assay::test::hex;

Fault fault_of(std::string_view text) {
  const Bytes bytes = hex(text);
  const auto element = parse_single(bytes);
  return element.ok() ? Fault::none : element.fault();
}

TEST(Reader, Lengths) {  // X.690 §8.1.3, §10.1
  EXPECT_EQ(fault_of("04 00"), Fault::none);
  EXPECT_EQ(fault_of("04 01 ff"), Fault::none);
  EXPECT_EQ(fault_of("04 81 01 ff"), Fault::malformed);  // long form where short fits
  EXPECT_EQ(fault_of("04 82 00 80"), Fault::malformed);  // leading zero octet
  EXPECT_EQ(fault_of("04 80 00 00"), Fault::malformed);  // indefinite
  EXPECT_EQ(fault_of("04 85 01 00 00 00 00"), Fault::limit);
  EXPECT_EQ(fault_of("04 84 ff ff ff ff"), Fault::truncated);
  EXPECT_EQ(fault_of("04 02 ff"), Fault::truncated);
  EXPECT_EQ(fault_of("04"), Fault::truncated);
  EXPECT_EQ(fault_of(""), Fault::truncated);
  EXPECT_EQ(fault_of("04 00 00"), Fault::malformed);     // bytes behind the end
  EXPECT_EQ(fault_of("1f 81 00 00"), Fault::malformed);  // long identifier
  EXPECT_EQ(fault_of("00 00"), Fault::malformed);        // end-of-contents
  Bytes long_element = hex("04 81 80");
  long_element.resize(3 + 128, 0);
  EXPECT_TRUE(parse_single(long_element).ok());
}

TEST(Reader, StaysWhereAFailedReadBegan) {
  const Bytes bytes = hex("02 01 05 04 05 00");
  Reader reader{ByteView(bytes)};
  EXPECT_EQ(reader.octet_string().fault(), Fault::malformed);
  EXPECT_EQ(*reader.small_integer(), 5U);
  EXPECT_EQ(reader.octet_string().fault(), Fault::truncated);
  EXPECT_EQ(reader.rest().size(), 3U);
  EXPECT_EQ(reader.finish().fault(), Fault::malformed);
}

TEST(Reader, OptionalElements) {
  const Bytes bytes = hex("30 03 a0 01 00");
  Reader outer{ByteView(bytes)};
  auto in = outer.enter(kSequence);
  ASSERT_TRUE(in.ok());
  EXPECT_FALSE(in->take_if(context(0))->has_value());
  EXPECT_TRUE(in->take_if(context_constructed(0))->has_value());
  EXPECT_TRUE(in->finish().ok());
  EXPECT_FALSE(in->take_if(kInteger)->has_value());
  EXPECT_TRUE(outer.finish().ok());
}

TEST(Reader, BooleansAndIntegers) {  // X.690 §11.1, §8.3.2
  EXPECT_EQ(*parse_boolean(hex("ff")), true);
  EXPECT_EQ(*parse_boolean(hex("00")), false);
  EXPECT_FALSE(parse_boolean(hex("01")).ok());
  EXPECT_FALSE(parse_boolean(hex("")).ok());
  EXPECT_EQ(*parse_small_integer(hex("00")), 0U);
  EXPECT_EQ(*parse_small_integer(hex("00 80")), 128U);
  EXPECT_EQ(*parse_small_integer(hex("7f ff ff ff ff ff ff ff")), 0x7fffffffffffffffU);
  EXPECT_EQ(parse_small_integer(hex("00 80 00 00 00 00 00 00 00")).fault(), Fault::limit);
  EXPECT_FALSE(parse_small_integer(hex("80")).ok());  // negative
  EXPECT_FALSE(parse_small_integer(hex("")).ok());
  EXPECT_FALSE(parse_small_integer(hex("00 7f")).ok());  // not minimal
  EXPECT_FALSE(check_integer(hex("ff 80")).ok());
  EXPECT_TRUE(check_integer(hex("ff 7f")).ok());
  EXPECT_EQ(to_bytes(*magnitude(hex("00 ff"))), hex("ff"));
  EXPECT_EQ(to_bytes(*magnitude(hex("00"))), hex("00"));
  EXPECT_FALSE(magnitude(hex("ff")).ok());
}

TEST(Reader, BitStrings) {  // X.690 §8.6, §11.2
  const Bytes content = hex("05 a0");
  const auto bits = parse_bit_string(content);
  ASSERT_TRUE(bits.ok());
  EXPECT_TRUE(bits->bit(0));
  EXPECT_FALSE(bits->bit(1));
  EXPECT_TRUE(bits->bit(2));
  EXPECT_FALSE(bits->bit(100));
  EXPECT_FALSE(parse_bit_string(hex("05 a1")).ok());  // an unused bit is set
  EXPECT_FALSE(parse_bit_string(hex("08 00")).ok());
  EXPECT_FALSE(parse_bit_string(hex("01")).ok());
  EXPECT_FALSE(parse_bit_string(hex("")).ok());
  EXPECT_TRUE(parse_bit_string(hex("00")).ok());
  const Bytes partial = hex("03 02 01 fe");
  Reader reader{ByteView(partial)};
  EXPECT_FALSE(reader.whole_bytes().ok());
}

TEST(Reader, ObjectIdentifiers) {  // X.690 §8.19
  EXPECT_EQ(oid_text(hex("2a 86 48 86 f7 0d")), "1.2.840.113549");
  EXPECT_EQ(oid_text(hex("55 1d 25 00")), "2.5.29.37.0");
  EXPECT_EQ(oid_text(hex("88 37 03")), "2.999.3");
  EXPECT_EQ(oid_text(hex("2a ff ff ff ff ff ff ff ff ff 7f")), "1.2.?");
  EXPECT_TRUE(check_oid(hex("2a 86 48")).ok());
  EXPECT_FALSE(check_oid(hex("")).ok());
  EXPECT_FALSE(check_oid(hex("2a 86")).ok());     // the last arc is cut off
  EXPECT_FALSE(check_oid(hex("2a 80 01")).ok());  // leading zero of an arc
  for (const char* text : {"1.2.840.113549", "2.5.29.37.0", "2.999.3", "0.9.2342.19200300.100.1.25",
                           "1.3.6.1.4.1.62558.2.1"}) {
    const auto encoded = oid_from_text(text);
    ASSERT_TRUE(encoded.has_value()) << text;
    EXPECT_EQ(oid_text(*encoded), text);
  }
  for (const char* text : {"", "1", "1.", ".1", "1..2", "3.1", "1.40", "1.2.x", "1.02", "1.2."}) {
    EXPECT_FALSE(oid_from_text(text).has_value()) << text;
  }
}

std::optional<UnixTime> utc(std::string_view text) {
  const auto time = parse_utc_time(as_bytes(text));
  return time.ok() ? std::optional(*time) : std::nullopt;
}

std::optional<UnixTime> general(std::string_view text, bool fraction) {
  const auto time = parse_generalized_time(as_bytes(text), fraction);
  return time.ok() ? std::optional(*time) : std::nullopt;
}

TEST(Reader, Times) {  // RFC 5280 §4.1.2.5
  EXPECT_EQ(utc("700101000000Z"), UnixTime{0});
  EXPECT_EQ(utc("491231235959Z"), UnixTime{2524607999});
  EXPECT_EQ(utc("500101000000Z"), UnixTime{-631152000});
  EXPECT_EQ(utc("240229000000Z"), UnixTime{1709164800});
  for (const char* text : {"", "7001010000Z", "700101000000", "700101000000+0100", "701301000000Z",
                           "700100000000Z", "230229000000Z", "700101240000Z", "700101006000Z",
                           "700101000060Z", "70010100000AZ", "700101000000ZZ", "19700101000000Z"}) {
    EXPECT_FALSE(utc(text).has_value()) << text;
  }
  EXPECT_EQ(general("19700101000000Z", false), UnixTime{0});
  EXPECT_EQ(general("99991231235959Z", false), UnixTime{253402300799});
  EXPECT_FALSE(general("19700101000000.5Z", false).has_value());
  EXPECT_EQ(general("19700101000000.5Z", true), UnixTime{0});
  EXPECT_EQ(general("19700101000000.500Z", true), UnixTime{0});
  EXPECT_FALSE(general("19700101000000.Z", true).has_value());
  EXPECT_FALSE(general("19700101000000", true).has_value());
  EXPECT_FALSE(general("197001010000Z", false).has_value());
  const Bytes wrong_tag = hex("04 0d 3730303130313030303030305a");
  Reader reader{ByteView(wrong_tag)};
  EXPECT_FALSE(reader.time().ok());
}

TEST(Reader, StringsBecomeUtf8) {
  EXPECT_EQ(string_to_utf8(kUtf8String, as_bytes("Zürich")), "Zürich");
  EXPECT_EQ(string_to_utf8(kPrintableString, as_bytes("Zurich")), "Zurich");
  EXPECT_EQ(string_to_utf8(kIa5String, hex("5a fc")), "Z\xef\xbf\xbd");
  EXPECT_EQ(string_to_utf8(kT61String, hex("5a fc")), "Zü");
  EXPECT_EQ(string_to_utf8(kBmpString, hex("00 5a 00 fc")), "Zü");
  EXPECT_EQ(string_to_utf8(kBmpString, hex("d8 00 00")), "\xef\xbf\xbd\xef\xbf\xbd");
  EXPECT_EQ(string_to_utf8(kUniversalString, hex("0001f600")), "\xf0\x9f\x98\x80");
  EXPECT_EQ(string_to_utf8(kUtf8String, hex("5a ff")), "Z\xef\xbf\xbd");
  EXPECT_FALSE(string_to_utf8(kOctetString, hex("5a")).has_value());
  EXPECT_TRUE(is_string_tag(kBmpString));
  EXPECT_FALSE(is_string_tag(kInteger));
}

}  // namespace
}  // namespace assay::der::test
