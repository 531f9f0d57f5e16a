#include "identity/stated_names.h"

#include <gtest/gtest.h>

#include "base/bytes.h"

namespace assay::identity {
namespace {

using Lines = std::vector<std::string>;

// "kind field name", and for an account whose it is.
Lines names_in(std::string_view label, std::string_view text, size_t most = 1000) {
  const auto json = json::parse(as_bytes(text), Limits());
  EXPECT_TRUE(json.ok()) << text;
  AssertionView assertion;
  assertion.base_label = label;
  assertion.json = json.ok() ? &*json : nullptr;
  Lines out;
  read_stated_names(assertion, [&](StatedName stated) {
    std::string line =
        std::string(stated.kind) + ' ' + std::string(stated.field) + ' ' + stated.name;
    out.push_back(stated.account_of.empty() ? line : line + " of " + stated.account_of);
    return out.size() < most;
  });
  return out;
}

TEST(StatedNames, AreReadInEveryFormThatMetadataHas) {  // R-1007
  const Lines ada = {"artist tiff:Artist Ada"};
  for (const char* value :
       {R"("Ada")", R"(["Ada"])", R"([["Ada"]])", R"({"@value": "Ada", "@language": "en"})",
        R"({"@list": ["Ada"]})", R"({"@set": [{"@value": "Ada"}]})", R"({"x-default": "Ada"})",
        R"({"en-GB": "Ada"})", R"({"name": "Ada", "jobTitle": "Queen"})",
        R"([1, null, "Ada", ""])"}) {
    EXPECT_EQ(names_in("stds.exif", std::string(R"({"tiff:Artist": )") + value + "}"), ada)
        << value;
  }
  EXPECT_EQ(names_in("cawg.metadata", R"({"@graph": [[{"more": {"tiff:Artist": "Ada"}}]]})"), ada);
}

TEST(StatedNames, StandInTheAssertionsThatAreMetadata) {  // R-1007
  const char* text = R"({"dc:creator": "Ada", "author": "Jo"})";
  const Lines creator = {"creator dc:creator Ada"};
  for (const char* label : {"stds.exif", "stds.iptc", "stds.iptc.photo-metadata", "c2pa.metadata",
                            "cawg.metadata", "com.example.metadata"}) {
    EXPECT_EQ(names_in(label, text), creator) << label;
  }
  EXPECT_EQ(names_in("stds.schema-org.CreativeWork", text),
            Lines({"creator dc:creator Ada", "creativeWorkAuthor schema:author Jo"}));
  EXPECT_EQ(names_in("com.example.notes", text), Lines());
  EXPECT_EQ(names_in("metadata", text), Lines());
}

TEST(StatedNames, OfAccountsSayWhoseTheyAreSaidToBe) {  // T-09
  EXPECT_EQ(names_in("stds.schema-org.CreativeWork",
                     R"({"author": [{"sameAs": ["https://a.example/jo", "_:b0"], "name": "Jo"},
                                    {"identifier": {"name": "handle", "value": "@kit"}}]})"),
            Lines({"account schema:author https://a.example/jo of Jo",
                   "creativeWorkAuthor schema:author Jo", "account schema:author @kit"}));
}

TEST(StatedNames, AreShownInAFormThatDeceivesNobody) {  // T-14
  EXPECT_EQ(names_in("stds.exif", "{\"Artist\": \"A\u202eda\\u0000\"}"),
            Lines({"artist Artist A\ufffdda\ufffd"}));
  const std::string long_name(100000, 'x');
  const Lines found = names_in("stds.exif", R"({"Artist": ")" + long_name + "\"}");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_LT(found.front().size(), 500u);
}

TEST(StatedNames, AreReadNoFurtherThanTheyAreTaken) {  // R-009
  std::string text = R"({"dc:creator": ["a")";
  for (int i = 0; i < 10000; ++i) {
    text += ",\"b\"";
  }
  EXPECT_EQ(names_in("cawg.metadata", text + R"(], "tiff:Artist": "c"})", 3).size(), 3u);
}

TEST(StatedNames, AreNotTheTermsOfAContext) {  // R-1007
  EXPECT_EQ(names_in("cawg.metadata", R"({"@context": {"dc:creator": "urn:example:term"}})"),
            Lines());
}

}  // namespace
}  // namespace assay::identity
