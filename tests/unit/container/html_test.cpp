#include <gtest/gtest.h>

#include "container/html_scan.h"
#include "support/bmff_files.h"
#include "support/feeds.h"

namespace assay::container {
namespace {

using test::walk_every_way;

const Bytes kStore = test::store_of(test::box("jumb", test::bytes_of("one manifest")));
const std::string kBase64 = to_base64(kStore);
const std::string kScript = "<script type=\"application/c2pa\">\n" + kBase64 + "\n</script>";
const std::string kLink = "<link rel=c2pa-manifest href=https://a.example/m.c2pa>";

std::string html(const std::string& head, const std::string& body = "<p>text") {
  return "<!DOCTYPE html><html><head><title>x</title>" + head + "</head><body>" + body + "</body>";
}
Carrier carrier_of(const std::string& text) { return walk_every_way(as_bytes(text)).carrier; }

// the script element, from its first to its last byte.
TEST(Html, FindsTheScript) {
  const std::string text = html(kScript);
  const auto carrier = carrier_of(text);
  EXPECT_EQ(carrier.format, Format::html);
  ASSERT_EQ(carrier.state, StoreState::single) << carrier.defect;
  EXPECT_EQ(carrier.stores[0].bytes, kStore);
  EXPECT_EQ(carrier.stores[0].carrier,
            (std::vector<Range>{{text.find("<script"), kScript.size()}}));
  EXPECT_TRUE(carrier.stores[0].dirty_padding.empty());
}

// rel alone decides, as one of several tokens, in any case.
TEST(Html, FindsTheLink) {
  for (const std::string& link :
       {kLink, std::string(
                   "<LINK REL='other C2PA-Manifest' type='x' HREF='https://a.example/m.c2pa'/>")}) {
    const auto carrier = carrier_of(html(link));
    EXPECT_EQ(carrier.state, StoreState::none);
    EXPECT_EQ(carrier.provenance_url, "https://a.example/m.c2pa");
  }
  EXPECT_EQ(carrier_of(html("<link rel=c2pa-manifests href=x>")).provenance_url, "");
  EXPECT_EQ(
      carrier_of(html("<link rel=c2pa-manifest href='a?b=1&amp;c=&#x32;&lt;'>")).provenance_url,
      "a?b=1&c=2&lt;");
}

// more than one element in total.
TEST(Html, MoreThanOneElement) {
  for (const std::string& head : {kScript + kScript, kScript + kLink, kLink + kLink}) {
    const auto carrier = carrier_of(html(head));
    EXPECT_EQ(carrier.state, StoreState::multiple);
    EXPECT_EQ(carrier.defect_kind, DefectKind::html_multiple_manifests);
  }
}

// what a browser does not read as an element of the head is none.
TEST(Html, ElementsThatAreNone) {
  for (const std::string& head :
       {"<!--" + kScript + "-->", "<!-- > " + kLink + "-->", "<style>" + kLink + "</style>",
        "<script>" + kLink + "</script>",
        "<script><!-- <script> </script>" + kLink + "--></script>", "<title>" + kLink + "</title>",
        "<noscript>" + kLink + "</noscript>", "<template>" + kScript + kLink + "</template>",
        "<template><template></template>" + kLink + "</template>", "<meta content='" + kLink + "'>",
        "<meta a=\"" + kLink + "\">", "<? " + kLink.substr(0, 20), "</x " + kLink}) {
    const auto carrier = carrier_of(html(head));
    EXPECT_EQ(carrier.state, StoreState::none) << head;
    EXPECT_EQ(carrier.provenance_url, "") << head;
  }
}

// … and what it does read, is one.
TEST(Html, ElementsThatAreSome) {
  for (const std::string& before :
       {std::string("<!-->"), std::string("<!--->"), std::string("<!-- x --!>"),
        std::string("<!x>"), std::string("</>"), std::string("<script>'<!--'</script>"),
        std::string("<script><!-- <script> </script> --></script>"),
        std::string("<style></styles></style>"), std::string("<meta x='>'>"),
        std::string("<meta x=y'>")}) {
    EXPECT_EQ(carrier_of(html(before + kScript)).state, StoreState::single) << before;
  }
  // Of attributes that occur twice the first counts.
  EXPECT_EQ(carrier_of(html("<script type=application/c2pa type=x>" + kBase64 + "</script>")).state,
            StoreState::single);
  EXPECT_EQ(carrier_of(html("<script type=x type=application/c2pa>" + kBase64 + "</script>")).state,
            StoreState::none);
}

// the body and everything behind the head is content.
TEST(Html, TheHeadEnds) {
  EXPECT_EQ(carrier_of(html("", kScript + kLink)).state, StoreState::none);
  EXPECT_EQ(carrier_of(html("", kLink)).provenance_url, "");
  EXPECT_EQ(carrier_of("<!DOCTYPE html><title>x</title>" + kScript).state, StoreState::single);
  EXPECT_EQ(carrier_of("<!DOCTYPE html><title>x</title>text" + kScript).state, StoreState::none);
  EXPECT_EQ(carrier_of("<!DOCTYPE html><title>x</title><div>" + kScript).state, StoreState::none);
  EXPECT_EQ(carrier_of("\xEF\xBB\xBF" + html(kScript)).state, StoreState::single);
}

// the document is a series of bytes, whatever its encoding.
TEST(Html, OlderEncodings) {
  const auto carrier = carrier_of(html(kScript, "caf\xE9"));
  EXPECT_EQ(carrier.format, Format::html);
  EXPECT_EQ(carrier.state, StoreState::single);
}

// T-38: a manifest script without a store is broken.
TEST(Html, BrokenScripts) {
  for (const std::string& content : {std::string(), std::string("%%"), std::string("AAAA"),
                                     kBase64.substr(0, kBase64.size() - 8)}) {
    EXPECT_EQ(carrier_of(html("<script type=application/c2pa>" + content + "</script>")).state,
              StoreState::broken)
        << content;
  }
  EXPECT_EQ(carrier_of("<!DOCTYPE html><script type=application/c2pa>" + kBase64).state,
            StoreState::broken);
}

// the script tag lies in the exclusion and must not do anything else.
TEST(Html, ActiveAttributesAreDirt) {
  const auto carrier =
      carrier_of(html("<script type=application/c2pa id=m onclick=x()>" + kBase64 + "</script>"));
  ASSERT_EQ(carrier.state, StoreState::single);
  EXPECT_FALSE(carrier.stores[0].dirty_padding.empty());
  const auto plain =
      carrier_of(html("<script type=application/c2pa id=m>" + kBase64 + "</script>"));
  EXPECT_TRUE(plain.stores[0].dirty_padding.empty());
}

}  // namespace
}  // namespace assay::container
