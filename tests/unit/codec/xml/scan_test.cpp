#include "codec/xml/scan.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/text.h"

namespace assay::xml {
namespace {

std::string describe(const Token& token) {
  std::string out;
  switch (token.kind) {
    case Kind::start_element:
      out = "<" + std::string(token.name.local) + "{" + std::string(token.name.uri) + "}";
      for (const Attribute& attribute : token.attributes) {
        out += " " + std::string(attribute.name.local) + "{" + std::string(attribute.name.uri) +
               "}=" + std::string(attribute.raw);
      }
      return out + ">";
    case Kind::end_element:
      return "</" + std::string(token.name.local) + ">";
    case Kind::text:
      return "'" + std::string(token.raw) + "'";
    case Kind::cdata:
      return "C'" + std::string(token.raw) + "'";
    case Kind::comment:
      return "#" + std::string(token.raw) + "#";
    case Kind::instruction:
      return "?" + std::string(token.raw) + "?";
    case Kind::doctype:
      return "!";
    case Kind::end_of_input:
      return ".";
  }
  return "?";
}

// All tokens in one line, the fault's name at the end if there is one.
std::string scanned(std::string_view text, const Limits& limits = {}) {
  Budget budget(limits);
  Scanner scanner(text, limits, budget);
  std::string out;
  while (true) {
    const auto token = scanner.next();
    if (!token) {
      return out + fault_name(token.fault());
    }
    out += describe(*token);
    if (token->kind == Kind::end_of_input) {
      return out;
    }
  }
}

TEST(Xml, ScansEveryKindOfToken) {
  EXPECT_EQ(scanned("<?xml version='1.0'?><!DOCTYPE a><!-- c --><a x=\"1\" y = '2'>t<b/>"
                    "<![CDATA[<&]]></a >\n"),
            "?xml version='1.0'?!# c #<a{} x{}=1 y{}=2>'t'<b{}></b>C'<&'</a>'\n'.");
  EXPECT_EQ(scanned("\xEF\xBB\xBF<a/>"), "<a{}></a>.");
}

TEST(Xml, ResolvesNamespaces) {
  // Declarations hold for the tag they stand in, end with it, and can be overridden.
  EXPECT_EQ(scanned("<a xmlns='u' xmlns:p='v'><p:b p:x='1' y='2' xmlns:p='w'/><p:c/></a>"),
            "<a{u}><b{w} x{w}=1 y{}=2></b><c{v}></c></a>.");
  EXPECT_EQ(scanned("<a xmlns='u'><b xmlns=''/><c/></a>"), "<a{u}><b{}></b><c{u}></c></a>.");
  EXPECT_EQ(scanned("<a xml:lang='en'/>"),
            "<a{} lang{http://www.w3.org/XML/1998/namespace}=en></a>.");
  EXPECT_EQ(scanned("<a xmlns:p='http://c2pa&#46;org/&#x6d;anifest'><p:b/></a>"),
            "<a{}><b{http://c2pa.org/manifest}></b></a>.");
  // An entity of the DTD is not expanded; the name as written stands for the namespace.
  EXPECT_EQ(scanned("<a xmlns:p='&ns;'><p:b/></a>"), "<a{}><b{&ns;}></b></a>.");
}

TEST(Xml, MarksUndeclaredPrefixes) {
  const Limits limits;
  Budget budget(limits);
  Scanner scanner("<c2pa:manifest c2pa:x='1'/>", limits, budget);
  const auto token = scanner.next();
  ASSERT_TRUE(token.ok());
  EXPECT_TRUE(token->name.undeclared);
  EXPECT_EQ(token->name.qualified, "c2pa:manifest");
  EXPECT_EQ(token->name.prefix, "c2pa");
  EXPECT_TRUE(token->attributes.at(0).name.undeclared);
  EXPECT_TRUE(token->empty_element);
}

// R-138, R-139: byte ranges of the element and of its text, as they stand in the file.
TEST(Xml, R138_LocatesTheManifestOfAnSvg) {
  const std::string svg =
      "\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\">"
      "<metadata><x:manifest xmlns:x='http://c2pa.org/manifest'>AAAA\nBBBB</x:manifest></metadata>"
      "<text>\xC3\xA9</text></svg>";
  const Limits limits;
  Budget budget(limits);
  Scanner scanner(svg, limits, budget);
  size_t element_begin = 0;
  std::pair<size_t, size_t> content;
  std::pair<size_t, size_t> element;
  for (auto token = scanner.next(); token.ok() && token->kind != Kind::end_of_input;
       token = scanner.next()) {
    const bool manifest = token->name.is("http://c2pa.org/manifest", "manifest");
    if (token->kind == Kind::start_element && manifest) {
      ASSERT_EQ(scanner.open_elements().size(), 3u);
      EXPECT_TRUE(scanner.open_elements()[1].is("http://www.w3.org/2000/svg", "metadata"));
      element_begin = token->begin;
      content.first = token->end;
    } else if (token->kind == Kind::end_element && manifest) {
      content.second = token->begin;
      element = {element_begin, token->end};
    }
  }
  EXPECT_EQ(svg.substr(content.first, content.second - content.first), "AAAA\nBBBB");
  EXPECT_EQ(svg.substr(element.first, element.second - element.first),
            "<x:manifest xmlns:x='http://c2pa.org/manifest'>AAAA\nBBBB</x:manifest>");
}

TEST(Xml, TokensTileTheText) {
  const std::string text = "<?x?>\n<a b='>'>1<!--2--><c/>3<![CDATA[4]]></a>  ";
  const Limits limits;
  Budget budget(limits);
  Scanner scanner(text, limits, budget);
  size_t position = 0;
  auto token = scanner.next();
  for (; token.ok() && token->kind != Kind::end_of_input; token = scanner.next()) {
    EXPECT_EQ(token->begin, position);
    position = token->end;
  }
  ASSERT_TRUE(token.ok());
  EXPECT_EQ(position, text.size());
}

TEST(Xml, ReadsXmpPackets) {
  const std::string packet =
      "<?xpacket begin='\xEF\xBB\xBF' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta "
      "xmlns:x='adobe:ns:meta/'><rdf:Description xmlns:rdf='r' "
      "xmlns:dcterms='http://purl.org/dc/terms/' dcterms:provenance='https://a.example/m?a=1&amp;b"
      "'/></x:xmpmeta>\n   \n<?xpacket end='w'?>" +
      std::string(4, '\0');
  const Limits limits;
  Budget budget(limits);
  Scanner scanner(packet, limits, budget);
  std::string found;
  auto token = scanner.next();
  for (; token.ok() && token->kind != Kind::end_of_input; token = scanner.next()) {
    for (const Attribute& attribute : token->attributes) {
      if (attribute.name.is("http://purl.org/dc/terms/", "provenance")) {
        found = decode(attribute.raw).value_or("");
      }
    }
  }
  EXPECT_TRUE(token.ok());
  EXPECT_EQ(found, "https://a.example/m?a=1&b");
}

// R-138: a DTD is skipped, whatever brackets and quotes it contains.
TEST(Xml, R138_SkipsTheDocumentType) {
  EXPECT_EQ(scanned("<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' \"u>\"><a/>"), "!<a{}></a>.");
  EXPECT_EQ(scanned("<!DOCTYPE a [<!ENTITY e '<c2pa:manifest/>]>'><!-- ]> ' --><?p ]>?>]><a/>"),
            "!<a{}></a>.");
  EXPECT_EQ(scanned("<!DOCTYPE a [<!ELEMENT a ANY>]  ><a>&e;</a>"), "!<a{}>'&e;'</a>.");
  EXPECT_EQ(scanned("<!DOCTYPE a [ ' ]><a/>"), "truncated");
  EXPECT_EQ(scanned("<a/><!DOCTYPE a>"), "<a{}></a>malformed");
}

TEST(Xml, NotWellFormedIsAFault) {
  const std::vector<const char*> malformed = {"",
                                              "   ",
                                              "text",
                                              "<a></b>",
                                              "</a>",
                                              "< a/>",
                                              "<a/><b/>",
                                              "<a/>text",
                                              "text<a/>",
                                              "<a b/>",
                                              "<a b=c/>",
                                              "<a b='<'/>",
                                              "<a b='1'c='2'/>",
                                              "<a b='1' b='2'/>",
                                              "<1/>",
                                              "<a / >",
                                              "<a:b:c/>",
                                              "<:a/>",
                                              "<a:/>",
                                              "<a/><![CDATA[]]>",
                                              "<a></a b>",
                                              "<!FOO><a/>",
                                              "<? ?><a/>",
                                              "<a><!></a>",
                                              "<a =''/>",
                                              "<a xmlns:p=''/>",
                                              "<a xmlns:xmlns='u'/>",
                                              "<a xmlns:xml='u'/>",
                                              "<a xmlns='u' xmlns='u'/>",
                                              "<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>",
                                              "<a p:x='1' p:x='2'/>",
                                              "<?xml?><!-- -->"};
  for (const char* text : malformed) {
    EXPECT_TRUE(ends_with(scanned(text), "malformed")) << text << " gave " << scanned(text);
  }
  const std::vector<const char*> truncated = {
      "<",   "<a",        "<a ",         "<a b",   "<a b=",        "<a b='",  "<a b='1'",
      "<a/", "<a>",       "<a><b></b>",  "</",     "<!--",         "<!-- --", "<a><![CDATA[]]",
      "<?x", "<!DOCTYPE", "<!DOCTYPE a", "<a></a", "<!DOCTYPE a ["};
  for (const char* text : truncated) {
    EXPECT_TRUE(ends_with(scanned(text), "truncated")) << text << " gave " << scanned(text);
  }
  // The same prefix for two namespaces of which one is undeclared is no duplicate.
  EXPECT_EQ(scanned("<a p:x='1' q:x='2' x='3'/>"), "<a{} x{}=1 x{}=2 x{}=3></a>.");
}

TEST(Xml, AFaultIsFinal) {
  const Limits limits;
  Budget budget(limits);
  Scanner scanner("<a></b><c/>", limits, budget);
  EXPECT_TRUE(scanner.next().ok());
  EXPECT_EQ(scanner.next().fault(), Fault::malformed);
  EXPECT_EQ(scanner.next().fault(), Fault::malformed);
}

TEST(Xml, Utf16IsUnsupported) {
  EXPECT_EQ(scanned("\xFF\xFE<"), "unsupported");
  EXPECT_EQ(scanned("\xFE\xFF"), "unsupported");
  EXPECT_EQ(scanned(std::string_view("<\0a\0", 4)), "unsupported");
  EXPECT_EQ(scanned(std::string_view("\0<\0a", 4)), "unsupported");
}

TEST(Xml, T78_CountsEndAtTheLimit) {
  Limits limits;
  limits.xml_tokens = 4;
  EXPECT_EQ(scanned("<a>b</a>", limits), "<a{}>'b'</a>.");
  EXPECT_EQ(scanned("<a>b<c/></a>", limits), "<a{}>'b'<c{}></c>limit");
  limits = Limits();
  for (const size_t depth : {size_t{10}, size_t{1024}, size_t{1025}, size_t{100000}}) {
    std::string text;
    for (size_t i = 0; i < depth; ++i) {
      text += "<a>";
    }
    for (size_t i = 0; i < depth; ++i) {
      text += "</a>";
    }
    EXPECT_EQ(ends_with(scanned(text), "limit"), depth > 1024) << depth;
  }
  for (const size_t count : {size_t{4096}, size_t{4097}}) {
    std::string text = "<a";
    for (size_t i = 0; i < count; ++i) {
      text += " b" + std::to_string(i) + "=''";
    }
    EXPECT_EQ(ends_with(scanned(text + "/>"), "limit"), count > 4096) << count;
  }
}

// Many declarations times many look-ups draw on the budget.
TEST(Xml, T78_NamespaceLookUpsSpendTheBudget) {
  std::string text = "<a";
  for (size_t i = 0; i < 1000; ++i) {
    text += " xmlns:p" + std::to_string(i) + "='u'";
  }
  text += ">";
  for (size_t i = 0; i < 1000; ++i) {
    text += "<q:b/>";
  }
  text += "</a>";
  Limits limits;
  limits.work_steps = 1100000;
  EXPECT_TRUE(ends_with(scanned(text, limits), "."));
  limits.work_steps = 900000;
  EXPECT_TRUE(ends_with(scanned(text, limits), "limit"));
}

TEST(XmlDecode, ReplacesPredefinedAndNumericReferences) {
  EXPECT_EQ(decode("a&lt;&gt;&amp;&quot;&apos;b"), "a<>&\"'b");
  EXPECT_EQ(decode("&#65;&#x42;&#x1F600;"), "AB\xF0\x9F\x98\x80");
  EXPECT_EQ(decode("&amp;lt;"), "&lt;");  // not a second time
  EXPECT_EQ(decode(""), "");
  for (const char* text : {"&", "&;", "&lt", "&nbsp;", "&ns;", "&#;", "&#x;", "&#xD800;",
                           "&#x110000;", "&#0;", "&#xFFFF;", "&#99999999999999999999;",
                           "&#4294967361;", "&#6G;", "&#X41;", "&# 65;", "& lt;", "&LT;"}) {
    EXPECT_EQ(decode(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace assay::xml
