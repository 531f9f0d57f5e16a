#include "manifest/uri.h"

#include <gtest/gtest.h>

#include "manifest/assertion.h"

namespace assay::manifest {
namespace {

struct UriCase {
  const char* uri;
  const char* manifest;
  const char* path;
  bool well_formed;
};

// T-60.
TEST(JumbfUri, SplitsManifestAndPath) {
  const UriCase cases[] = {
      {"self#jumbf=c2pa.signature", "", "c2pa.signature", true},
      {"self#jumbf=c2pa.assertions/c2pa.actions", "", "c2pa.assertions/c2pa.actions", true},
      {"self#jumbf=/c2pa/urn:c2pa:1", "urn:c2pa:1", "", true},
      {"self#jumbf=/c2pa/urn:c2pa:1/c2pa.claim.v2", "urn:c2pa:1", "c2pa.claim.v2", true},
      {"self#jumbf=c2pa/adobe:urn:uuid:2/c2pa.assertions/x", "adobe:urn:uuid:2",
       "c2pa.assertions/x", true},
      {"self#jumbf=c2pa.credentials/https://example.org/a//b", "",
       "c2pa.credentials/https://example.org/a//b", true},
      {"self#jumbf=", "", "", false},
      {"self#jumbf=/c2pa/", "", "", false},
      {"self#jumbf=/c2pa/m/", "m", "", false},
      {"self#jumbf=/c2pa/m/a//b", "m", "a//b", false},
      {"self#jumbf=/c2pa/m/../b", "m", "../b", false},
      {"self#jumbf=c2pa.assertions/./x", "", "c2pa.assertions/./x", false},
      {"self#jumbf=/c2pa.assertions/x", "", "c2pa.assertions/x", false},
  };
  for (const UriCase& expected : cases) {
    const auto uri = parse_jumbf_uri(expected.uri);
    ASSERT_TRUE(uri.has_value()) << expected.uri;
    EXPECT_EQ(uri->manifest, expected.manifest) << expected.uri;
    EXPECT_EQ(uri->path, expected.path) << expected.uri;
    EXPECT_EQ(uri->well_formed, expected.well_formed) << expected.uri;
  }
}

TEST(JumbfUri, IsOnlyWhatPointsIntoTheStore) {
  EXPECT_FALSE(parse_jumbf_uri("https://example.org/#jumbf=c2pa.signature").has_value());
  EXPECT_FALSE(parse_jumbf_uri("SELF#jumbf=c2pa.signature").has_value());
  EXPECT_FALSE(parse_jumbf_uri("").has_value());
}

TEST(JumbfUri, PercentDecodingLeavesBrokenTripletsAlone) {
  EXPECT_EQ(percent_decode("a%20b%2Fc"), "a b/c");
  EXPECT_EQ(percent_decode("%"), "%");
  EXPECT_EQ(percent_decode("%4"), "%4");
  EXPECT_EQ(percent_decode("%zz"), "%zz");
}

//
TEST(Labels, OfFontsAreStandardInBothSpellings) {
  EXPECT_TRUE(is_standard_label("font.info"));
  EXPECT_TRUE(is_standard_label("c2pa.font.info"));
  EXPECT_FALSE(is_standard_label("font.infos"));
  EXPECT_FALSE(is_standard_label("org.example.font.info"));
}

TEST(Labels, LoseOnlyTheirInstanceNumber) {
  EXPECT_EQ(base_label("c2pa.ingredient.v3__2"), "c2pa.ingredient.v3");
  EXPECT_EQ(base_label("c2pa.ingredient.v3"), "c2pa.ingredient.v3");
  EXPECT_EQ(base_label("c2pa.actions__"), "c2pa.actions__");
  EXPECT_EQ(base_label("c2pa.actions__x1"), "c2pa.actions__x1");
  EXPECT_EQ(base_label("__1"), "__1");
  EXPECT_EQ(last_segment("a/b/c"), "c");
  EXPECT_EQ(last_segment("c"), "c");
}

}  // namespace
}  // namespace assay::manifest
