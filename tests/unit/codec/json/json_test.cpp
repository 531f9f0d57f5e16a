#include "codec/json/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"

namespace assay::json {
namespace {

Result<Value> read(std::string_view text, const Limits& limits = {}) {
  return parse(as_bytes(text), limits);
}

// The text after reading and writing; the fault's name if it cannot be read.
std::string rewritten(std::string_view text) {
  const auto value = read(text);
  return value ? write(*value) : fault_name(value.fault());
}

TEST(JsonReader, R306_AcceptsWhatRfc8259Accepts) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"null", "null"},
      {" \t\r\n true ", "true"},
      {"[]", "[]"},
      {"[ ]", "[]"},
      {"{}", "{}"},
      {"\"\"", "\"\""},
      {"0", "0"},
      {"-0", "0"},
      {"-0.0", "-0.0"},
      {"123", "123"},
      {"-123", "-123"},
      {"1e2", "100.0"},
      {"1E+2", "100.0"},
      {"1.5e-3", "0.0015"},
      {"{\"a\":[1,{\"b\":null}]}", "{\"a\":[1,{\"b\":null}]}"},
      {"{\"\":0}", "{\"\":0}"},
      {"\"\\u0041\\n\\/\"", "\"A\\n/\""},
      {"\"\\ud83d\\ude00\"", "\"\xF0\x9F\x98\x80\""},
      {"\"\\u0000\"", "\"\\u0000\""},
      {"\"\xC3\xA9\"", "\"\xC3\xA9\""},
      {"\xEF\xBB\xBF[1]", "[1]"},
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(rewritten(text), expected) << text;
  }
}

TEST(JsonReader, R306_RefusesEverythingElse) {
  const std::vector<std::string> cases = {"",
                                          " ",
                                          "[1,]",
                                          "[,1]",
                                          "[1",
                                          "]",
                                          "{",
                                          "{\"a\"}",
                                          "{\"a\":}",
                                          "{a:1}",
                                          "{'a':1}",
                                          "{\"a\":1,}",
                                          "{1:1}",
                                          "01",
                                          "-",
                                          "-01",
                                          "1.",
                                          ".5",
                                          "+1",
                                          "1e",
                                          "0x10",
                                          "NaN",
                                          "Infinity",
                                          "-Infinity",
                                          "nul",
                                          "True",
                                          "[1]2",
                                          "1 2",
                                          "{}{}",
                                          "[1]//",
                                          "/**/1",
                                          "\"",
                                          "\"\\x41\"",
                                          "\"\\u12\"",
                                          "\"\\ud800\"",
                                          "\"\\udc00\"",
                                          "\"\\ud800\\u0041\"",
                                          "\"a\nb\"",
                                          "\"\t\"",
                                          "\"\xFF\"",
                                          "\"\xC0\x80\"",
                                          "\"\xED\xA0\x80\"",
                                          "\xEF\xBB",
                                          "\xEF\xBB\xBF",
                                          "\xEF\xBB\xBF\xEF\xBB\xBF"
                                          "1",
                                          "1\xEF\xBB\xBF",
                                          "\xFF\xFE\x31",
                                          "\x0C"
                                          "1",
                                          "1\v",
                                          std::string("1\0", 2),
                                          std::string("[1]\0[2", 7),
                                          std::string("\0", 1),
                                          std::string("\"a\0b\"", 5),
                                          std::string("1\0\0\0", 4),
                                          "\xC2\xA0"
                                          "1",
                                          "\xE2\x80\xA8"
                                          "1"};
  for (const std::string& text : cases) {
    EXPECT_EQ(read(text).fault(), Fault::malformed) << to_hex(as_bytes(text));
  }
}

// R-308: the whole 64-bit range is kept.
TEST(JsonReader, R308_KeepsIntegersOf64Bits) {
  EXPECT_EQ(read("18446744073709551615")->as_uint(), UINT64_MAX);
  EXPECT_EQ(read("18446744073709551615")->as_int(), std::nullopt);
  EXPECT_EQ(read("9223372036854775807")->as_int(), INT64_MAX);
  EXPECT_EQ(read("-9223372036854775808")->as_int(), INT64_MIN);
  EXPECT_EQ(read("-1")->as_uint(), std::nullopt);
  EXPECT_EQ(read("9007199254740993")->as_uint(), 9007199254740993u);
  EXPECT_EQ(rewritten("-9223372036854775808"), "-9223372036854775808");
  // Beyond 64 bits a number is a double, not a wrapped integer.
  EXPECT_EQ(read("18446744073709551616")->type(), Type::number);
  EXPECT_EQ(read("18446744073709551616")->as_double(), 18446744073709551616.0);
  EXPECT_EQ(read("-9223372036854775809")->type(), Type::number);
  EXPECT_EQ(read("1.0")->as_int(), std::nullopt);
}

TEST(JsonReader, NumbersBeyondADoubleAreUnsupported) {
  EXPECT_EQ(read("1e400").fault(), Fault::unsupported);
  EXPECT_EQ(read("[-1e999]").fault(), Fault::unsupported);
  EXPECT_EQ(read("1e-400")->as_double(), 0.0);
  EXPECT_EQ(read("1.7976931348623157e308")->as_double(), std::numeric_limits<double>::max());
}

// T-52, R-306: the first of several members wins nothing silently; the flag tells.
TEST(JsonReader, T52_KeepsDuplicateNames) {
  const auto value = read(R"({"a":1,"b":2,"a":3,"\u0061":4})");
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(value->members().size(), 4u);
  EXPECT_EQ(value->get("a")->as_uint(), 1u);
  EXPECT_TRUE(value->has_duplicate("a"));
  EXPECT_FALSE(value->has_duplicate("b"));
  EXPECT_FALSE(value->has_duplicate("c"));
  EXPECT_EQ(value->get("c"), nullptr);
}

TEST(JsonReader, T79_PrototypeNamesAreOrdinaryNames) {
  const char* text = R"({"__proto__":{"x":1},"constructor":2,"toString":3})";
  const auto value = read(text);
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(value->get("__proto__")->get("x")->as_uint(), 1u);
  EXPECT_EQ(value->get("toString")->as_uint(), 3u);
  EXPECT_EQ(value->get("valueOf"), nullptr);
  EXPECT_EQ(write(*value), text);
}

TEST(JsonReader, T78_DepthEndsAtTheLimit) {
  for (const size_t depth : {size_t{10}, size_t{64}, size_t{65}, size_t{1000}, size_t{100000}}) {
    const Fault expected = depth <= 64 ? Fault::none : Fault::limit;
    EXPECT_EQ(read(std::string(depth, '[') + std::string(depth, ']')).fault(), expected) << depth;
    std::string objects;
    for (size_t i = 0; i < depth; ++i) {
      objects += "{\"a\":";
    }
    objects += "1" + std::string(depth, '}');
    EXPECT_EQ(read(objects).fault(), expected) << depth;
  }
}

TEST(JsonReader, T52_SizeAndCountEndAtTheLimit) {
  Limits limits;
  limits.json_bytes = 10;
  EXPECT_EQ(read("[1,2,3,45]", limits).fault(), Fault::none);
  EXPECT_EQ(read("[1,2,3,456]", limits).fault(), Fault::limit);
  limits = Limits();
  limits.json_values = 4;
  EXPECT_EQ(read("[1,2,3]", limits).fault(), Fault::none);
  EXPECT_EQ(read("[1,2,[]]", limits).fault(), Fault::none);
  EXPECT_EQ(read("[1,2,3,4]", limits).fault(), Fault::limit);
  EXPECT_EQ(read("[1,2,3,[]]", limits).fault(), Fault::limit);
}

TEST(JsonReader, KeepsTheOrderOfTheText) {
  EXPECT_EQ(rewritten(R"({"z":1,"a":{"y":2,"b":3},"m":[4]})"),
            R"({"z":1,"a":{"y":2,"b":3},"m":[4]})");
}

TEST(JsonValue, AnswersNothingForOtherTypes) {
  const Value text = Value::string("a");
  EXPECT_EQ(text.as_int(), std::nullopt);
  EXPECT_EQ(text.as_bool(), std::nullopt);
  EXPECT_EQ(text.as_double(), std::nullopt);
  EXPECT_TRUE(text.items().empty());
  EXPECT_TRUE(text.members().empty());
  EXPECT_EQ(text.get("a"), nullptr);
  EXPECT_EQ(Value().as_text(), std::nullopt);
  EXPECT_EQ(Value::integer(-5).as_double(), -5.0);
  EXPECT_EQ(Value::unsigned_integer(5).as_int(), 5);
  EXPECT_EQ(Value::integer(5).as_uint(), 5u);
  EXPECT_EQ(Value::boolean(true).as_bool(), true);
}

TEST(JsonValue, BuildsObjectsAndArrays) {
  Value value = Value::object();
  value.set("list", Value::array()).push(Value::string("x"));
  value.set_text("empty", "");
  value.set_text("name", "n");
  Value copy = value;
  copy.set("more", Value());
  EXPECT_EQ(write(value), R"({"list":["x"],"name":"n"})");
  EXPECT_EQ(write(copy), R"({"list":["x"],"name":"n","more":null})");
}

TEST(JsonWriter, R1024_NotANumberBecomesNull) {
  EXPECT_EQ(write(Value::number(std::nan(""))), "null");
  EXPECT_EQ(write(Value::number(std::numeric_limits<double>::infinity())), "null");
  EXPECT_EQ(write(Value::number(-std::numeric_limits<double>::infinity())), "null");
  EXPECT_EQ(write(Value::unsigned_integer(UINT64_MAX)), "18446744073709551615");
  EXPECT_EQ(write(Value::integer(INT64_MIN)), "-9223372036854775808");
}

TEST(JsonWriter, DoublesInTheFewestDigits) {
  const std::vector<std::pair<double, const char*>> cases = {
      {0.0, "0.0"},
      {-0.0, "-0.0"},
      {1.0, "1.0"},
      {0.1, "0.1"},
      {1.0 / 3.0, "0.3333333333333333"},
      {0.1 + 0.2, "0.30000000000000004"},
      {100000.0, "100000.0"},
      {1e15, "1e+15"},
      {123456789012345680.0, "1.2345678901234568e+17"},
      {5e-324, "4.94065645841247e-324"},
      {1.7976931348623157e308, "1.7976931348623157e+308"},
      {-1363896240.5, "-1363896240.5"},
  };
  for (const auto& [value, expected] : cases) {
    EXPECT_EQ(write(Value::number(value)), expected);
    EXPECT_EQ(read(expected)->as_double(), value) << expected;
    EXPECT_EQ(read(expected)->type(), Type::number) << expected;
  }
}

// A report inside a page stays data: it cannot end a script element or a line.
TEST(JsonWriter, StringsAreSafeInsideAScriptElement) {
  EXPECT_EQ(write(Value::string("</script><!--")), "\"<\\/script><!--\"");
  EXPECT_EQ(write(Value::string("a/b")), "\"a/b\"");
  EXPECT_EQ(write(Value::string("\xE2\x80\xA8\xE2\x80\xA9")), "\"\\u2028\\u2029\"");
  EXPECT_EQ(write(Value::string("\"\\\b\f\n\r\t\x01\x1F\x7F")),
            "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f\"");
  EXPECT_EQ(write(Value::string(std::string_view("\0", 1))), "\"\\u0000\"");
}

TEST(JsonWriter, BrokenUtf8BecomesReplacementCharacters) {
  const std::string text = write(Value::string("a\xFF\xE2\x82z"));
  EXPECT_EQ(text, "\"a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz\"");
  Value object = Value::object();
  object.set("\xC3", Value());
  EXPECT_TRUE(is_utf8(write(object)));
}

TEST(JsonWriter, PrettyPrintsWithTwoSpaces) {
  const auto value = read(R"({"a":[1,[],{}],"b":{"c":"d"}})");
  EXPECT_EQ(write(*value, true), R"({
  "a": [
    1,
    [],
    {}
  ],
  "b": {
    "c": "d"
  }
})");
}

TEST(JsonWriter, WhatWasWrittenBeforeIsWrittenLikeTheRest) {
  const auto inner = read(R"({"a":[1,-1,1.5,1e300,null,true],"a":"<\/b>","":{}})");
  Value before = Value::array();
  before.push(Value::written(*inner));
  Value plain = Value::array();
  plain.push(*inner);
  EXPECT_EQ(before.items().front().type(), Type::written);
  EXPECT_EQ(write(before), write(plain));
  EXPECT_EQ(write(before, true), write(plain, true));
}

}  // namespace
}  // namespace assay::json
