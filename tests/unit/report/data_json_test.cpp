#include <gtest/gtest.h>

#include "report/json_parts.h"
#include "support/cbor_items.h"

namespace assay::report {
namespace {

using test::array;
using test::item;
using test::map;

std::string shown_data(const Bytes& encoded) {
  const Limits limits;
  Budget budget(limits);
  const auto document = cbor::Document::parse(encoded, limits, budget);
  return json::write(data_of(document->root(), limits));
}

TEST(Data, KeepsTheShapeOfTheContent) {
  EXPECT_EQ(shown_data(map(
                {{"a", array({item(1), item("x"), test::truth(true)})}, {"b", test::null_item()}})),
            R"({"a":[1,"x",true],"b":null})");
  EXPECT_EQ(shown_data(item(Bytes{1, 2, 3})), R"({"$bytes":"AQID"})");
}

TEST(Data, CutsLongByteStrings) {
  const std::string text = shown_data(item(Bytes(5000)));
  EXPECT_LT(text.size(), 200U);
  EXPECT_NE(text.find("\"$size\":5000"), std::string::npos);
}

// T-79: names of the file never become keys of an object that anything is looked up in; they are
// only passed on as text.
TEST(Data, PassesHostileNamesOnAsText) {
  EXPECT_EQ(shown_data(map({{"__proto__", item(1)}, {"constructor", item(2)}})),
            R"({"__proto__":1,"constructor":2})");
}

// T-14: what could change how a line is read is not passed on.
TEST(Data, NeutralisesControlAndBidiCharacters) {
  const std::string text = shown_data(map({{"k\x01", item("a\xE2\x80\xAE"
                                                          "b\x07")}}));
  EXPECT_EQ(text,
            "{\"k\xEF\xBF\xBD\":\"a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD\"}");
}

}  // namespace
}  // namespace assay::report
