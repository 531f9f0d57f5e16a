#include "codec/json/canonical.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace assay::json {
namespace {

std::string canonical_of(std::string_view text) {
  const auto value = parse(as_bytes(text), Limits());
  EXPECT_TRUE(value.ok()) << text;
  return value.ok() ? canonical(*value).value_or("nothing") : "unreadable";
}

TEST(CanonicalJson, IsTheOneOfTheStandardsExample) {  // RFC 8785 §3.2.2
  EXPECT_EQ(canonical_of(R"({
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]})"),
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            "\"string\":\"\xE2\x82\xAC$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

TEST(CanonicalJson, SortsNamesByTheirUtf16CodeUnits) {  // RFC 8785 §3.2.3
  EXPECT_EQ(canonical_of(R"({"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,
                             "\u00f6":7})"),
            "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"\xC3\xB6\":7,\"\xE2\x82\xAC\":1,"
            "\"\xF0\x9F\x98\x80\":5,\"\xEF\xAC\xB3\":3}");
}

TEST(CanonicalJson, WritesNumbersAsEcmaScriptDoes) {  // RFC 8785 appendix B
  for (const auto& [text, expected] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"0", "0"},
           {"-0.0", "0"},
           {"-1", "-1"},
           {"1.0", "1"},
           {"5e-324", "5e-324"},
           {"-1.7976931348623157e308", "-1.7976931348623157e+308"},
           {"9007199254740992", "9007199254740992"},
           {"9007199254740993", "9007199254740992"},
           {"295147905179352830000", "295147905179352830000"},
           {"999999999999999900000", "999999999999999900000"},
           {"1e21", "1e+21"},
           {"1e20", "100000000000000000000"},
           {"9.999999999999997e22", "9.999999999999997e+22"},
           {"333333333.3333332", "333333333.3333332"},
           {"333333333.33333325", "333333333.33333325"},
           {"0.000001", "0.000001"},
           {"0.0000001", "1e-7"},
           {"1424953923781206.25", "1424953923781206.2"}}) {
    EXPECT_EQ(canonical_of(text), expected) << text;
  }
}

TEST(CanonicalJson, KeepsWhatIsEmptyAndWhatNeedsNoEscape) {
  EXPECT_EQ(canonical_of(R"({"a":{},"b":[],"":"\u007f\u2028</script>"})"),
            "{\"\":\"\x7F\xE2\x80\xA8</script>\",\"a\":{},\"b\":[]}");
}

TEST(CanonicalJson, HasNoFormForANameThatIsThereTwice) {  // RFC 8785 §3.1
  EXPECT_EQ(canonical_of(R"({"a":[{"b":1,"b":1}]})"), "nothing");
}

}  // namespace
}  // namespace assay::json
