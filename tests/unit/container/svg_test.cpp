#include <gtest/gtest.h>

#include "support/bmff_files.h"
#include "support/feeds.h"

namespace assay::container {
namespace {

using test::walk_every_way;

const Bytes kStore = test::store_of(test::box("jumb", test::bytes_of("one manifest")));
const std::string kBase64 = to_base64(kStore);
const std::string kOpen = "<c2pa:manifest xmlns:c2pa='http://c2pa.org/manifest'>";
const std::string kClose = "</c2pa:manifest>";

std::string svg(const std::string& content, const std::string& before = "") {
  return before + "<svg xmlns='http://www.w3.org/2000/svg'>" + content + "</svg>";
}
std::string in_metadata(const std::string& content) {
  return svg("<metadata>" + content + "</metadata>");
}
Carrier carrier_of(const std::string& text) { return walk_every_way(as_bytes(text)).carrier; }

// Base64 with white space; the carrier is the element, tags included.
TEST(Svg, FindsTheStore) {
  const std::string broken_up =
      " \n" + kBase64.substr(0, 20) + "\r\n\t" + kBase64.substr(20) + "\n";
  const std::string text = in_metadata(kOpen + broken_up + kClose);
  const auto carrier = carrier_of(text);
  EXPECT_EQ(carrier.format, Format::svg);
  ASSERT_EQ(carrier.state, StoreState::single) << carrier.defect;
  EXPECT_EQ(carrier.stores[0].bytes, kStore);
  const size_t begin = text.find("<c2pa:");
  const size_t end = text.find(kClose) + kClose.size();
  EXPECT_EQ(carrier.stores[0].carrier, (std::vector<Range>{{begin, end - begin}}));
}

// any prefix for the namespace; the usual prefix where none is declared; not another one.
TEST(Svg, Namespaces) {
  const auto state = [](const std::string& open, const std::string& close) {
    return carrier_of(in_metadata(open + kBase64 + close)).state;
  };
  EXPECT_EQ(state("<x:manifest xmlns:x='http://c2pa.org/manifest'>", "</x:manifest>"),
            StoreState::single);
  EXPECT_EQ(state("<manifest xmlns='http://c2pa.org/manifest'>", "</manifest>"),
            StoreState::single);
  EXPECT_EQ(state("<c2pa:manifest>", "</c2pa:manifest>"), StoreState::single);
  EXPECT_EQ(state("<c2pa:manifest xmlns:c2pa='urn:other'>", "</c2pa:manifest>"), StoreState::none);
  EXPECT_EQ(state("<manifest>", "</manifest>"), StoreState::none);
}

// only a child of svg/metadata counts; comments and CDATA hold none.
TEST(Svg, OnlyInSvgMetadata) {
  const std::string element = kOpen + kBase64 + kClose;
  EXPECT_EQ(carrier_of(svg(element)).state, StoreState::none);
  EXPECT_EQ(carrier_of(svg("<g><metadata>" + element + "</metadata></g>")).state, StoreState::none);
  EXPECT_EQ(carrier_of(in_metadata("<x>" + element + "</x>")).state, StoreState::none);
  EXPECT_EQ(carrier_of(in_metadata("<!--" + element + "-->")).state, StoreState::none);
  EXPECT_EQ(carrier_of(in_metadata("<![CDATA[" + element + "]]>")).state, StoreState::none);
}

// two elements, in one metadata element or in two.
TEST(Svg, TwoStoresAreMultiple) {
  const std::string element = kOpen + kBase64 + kClose;
  EXPECT_EQ(carrier_of(in_metadata(element + element)).state, StoreState::multiple);
  EXPECT_EQ(
      carrier_of(svg("<metadata>" + element + "</metadata><metadata>" + element + "</metadata>"))
          .state,
      StoreState::multiple);
}

// T-38, R-138: content that is no store is broken; nothing is expanded.
TEST(Svg, BrokenContent) {
  for (const std::string& content :
       {std::string(""), std::string("AAAA"), std::string("%%%"), "&x;" + kBase64,
        kBase64 + "<!-- more -->", kBase64.substr(0, kBase64.size() - 8), "<a/>" + kBase64}) {
    EXPECT_EQ(carrier_of(in_metadata(kOpen + content + kClose)).state, StoreState::broken)
        << content;
  }
  EXPECT_EQ(
      carrier_of("<svg xmlns='http://www.w3.org/2000/svg'><metadata>" + kOpen + kBase64).state,
      StoreState::broken);
}

// a tag with attributes says more than "manifest" and stays out of the carrier.
TEST(Svg, TagWithAttributesIsNotCarrier) {
  const std::string open = "<c2pa:manifest xmlns:c2pa='http://c2pa.org/manifest' onload='x()'>";
  const std::string text = in_metadata(open + kBase64 + kClose);
  const auto carrier = carrier_of(text);
  ASSERT_EQ(carrier.state, StoreState::single);
  EXPECT_EQ(carrier.stores[0].carrier, (std::vector<Range>{{text.find(kBase64), kBase64.size()}}));
}

// without a store the XMP pointer is read.
TEST(Svg, ProvenancePointer) {
  const auto carrier = carrier_of(in_metadata(
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
      "xmlns:dcterms='http://purl.org/dc/terms/' dcterms:provenance='https://a.example/m'/>"
      "</rdf:RDF>"));
  EXPECT_EQ(carrier.state, StoreState::none);
  EXPECT_EQ(carrier.provenance_url, "https://a.example/m");
}

// larger than what is read whole.
TEST(Svg, Limit) {
  Limits limits;
  const std::string text = in_metadata(kOpen + kBase64 + kClose);
  limits.text_bytes = static_cast<uint32_t>(text.size());
  EXPECT_EQ(walk_every_way(as_bytes(text), "", limits).carrier.state, StoreState::single);
  limits.text_bytes -= 1;
  EXPECT_EQ(walk_every_way(as_bytes(text), "", limits).fault, Fault::limit);
}

}  // namespace
}  // namespace assay::container
