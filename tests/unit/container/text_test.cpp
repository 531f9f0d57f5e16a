#include <gtest/gtest.h>

#include "container/text_layout.h"
#include "support/bmff_files.h"
#include "support/feeds.h"
#include "support/text_files.h"

namespace assay::container {
namespace {

using test::walk_every_way;
using test::wrapper;

const Bytes kStore = test::store_of(test::box("jumb", test::bytes_of("one manifest")));
const std::string kUri = "data:application/c2pa;base64," + to_base64(kStore);
const std::string kBegin = "-----BEGIN C2PA MANIFEST-----";
const std::string kEnd = "-----END C2PA MANIFEST-----";
const std::string kBlock = kBegin + " " + kUri + " " + kEnd;

Carrier carrier_of(const std::string& text) { return walk_every_way(as_bytes(text)).carrier; }

// a wrapper anywhere in the text; every byte value in the store.
TEST(Text, FindsTheWrapper) {
  Bytes content;
  for (int value = 0; value < 256; ++value) {
    content.push_back(static_cast<uint8_t>(value));
  }
  const Bytes store = test::store_of(test::box("free", content));
  for (const std::string& before : {std::string(), std::string("Text.\n")}) {
    const auto carrier = carrier_of(before + wrapper(store) + "More.");
    EXPECT_EQ(carrier.format, Format::text);
    ASSERT_EQ(carrier.state, StoreState::single);
    EXPECT_EQ(carrier.stores[0].bytes, store);
    EXPECT_EQ(carrier.stores[0].carrier,
              (std::vector<Range>{{before.size(), wrapper(store).size()}}));
  }
}

// text without a wrapper has no credentials, selectors elsewhere are text.
TEST(Text, WithoutAWrapper) {
  const std::string run = wrapper(kStore).substr(3);
  for (const std::string& text :
       {std::string("plain"), "no mark " + run, std::string("\xEF\xBB\xBFtext"),
        "\xEF\xBB\xBF" + test::selectors(test::bytes_of("C2PATXT!")), "\xEF\xBB\xBF x" + run}) {
    const auto carrier = carrier_of(text);
    EXPECT_EQ(carrier.state, StoreState::none);
    EXPECT_EQ(carrier.text, nullptr);
  }
}

// T-38: version, length, truncation at every byte.
TEST(Text, DamagedWrappers) {
  for (const std::string& damaged : {wrapper(kStore, 2), wrapper(kStore, 0), wrapper(kStore, 1, 1),
                                     wrapper(kStore, 1, -1), wrapper({}, 1)}) {
    const auto carrier = carrier_of("Text " + damaged);
    EXPECT_EQ(carrier.state, StoreState::broken);
    EXPECT_EQ(carrier.defect_kind, DefectKind::text_corrupted_wrapper);
  }
  const std::string text = "Text " + wrapper(kStore);
  const size_t magic = 5 + 3 + 7 * 4 + 3;  // mark and the selectors of C2PATXT\0
  for (size_t length = magic; length < text.size(); ++length) {
    EXPECT_EQ(test::walk(as_bytes(text.substr(0, length)), 64).carrier.defect_kind,
              DefectKind::text_corrupted_wrapper)
        << length;
  }
}

// A damaged wrapper beside a whole one is content; the whole one counts.
TEST(Text, DamagedBesideWhole) {
  const auto carrier = carrier_of(wrapper(kStore, 2) + "Text " + wrapper(kStore));
  EXPECT_EQ(carrier.state, StoreState::single);
  ASSERT_EQ(carrier.notes.size(), 1u);
  EXPECT_EQ(carrier.notes[0].kind, "textDamagedWrapper");
}

// several whole wrappers are candidates.
TEST(Text, SeveralWrappersAreCandidates) {
  const auto carrier = carrier_of("a" + wrapper(kStore) + "b" + wrapper(kStore));
  EXPECT_EQ(carrier.state, StoreState::candidates);
  EXPECT_EQ(carrier.stores.size(), 2u);
  EXPECT_EQ(carrier.text->wrappers.size(), 2u);
}

// padding selectors belong to the wrapper; any other selectors are hidden data.
TEST(Text, Padding) {
  const auto padded = carrier_of(wrapper(kStore, 1, 0, test::selectors(Bytes{0, 16, 16})));
  ASSERT_EQ(padded.state, StoreState::single);
  EXPECT_TRUE(padded.stores[0].dirty_padding.empty());
  EXPECT_EQ(padded.text->wrappers[0].used, wrapper(kStore).size());
  EXPECT_EQ(padded.text->wrappers[0].stored.length, wrapper(kStore).size() + 11);
  const auto dirty = carrier_of(wrapper(kStore, 1, 0, test::selectors(Bytes{0, 65})));
  EXPECT_EQ(dirty.stores[0].dirty_padding, (std::vector<Range>{{wrapper(kStore).size(), 7}}));
}

// where the wrapper lies in the NFC form.
TEST(Text, NormalForm) {
  const auto plain = carrier_of("caf\xC3\xA9 " + wrapper(kStore));
  EXPECT_TRUE(plain.text->normal.empty());
  const auto carrier = carrier_of("cafe\xCC\x81 " + wrapper(kStore) + "e\xCC\x81");
  EXPECT_EQ(carrier.text->normal, "caf\xC3\xA9 " + wrapper(kStore) + "\xC3\xA9");
  EXPECT_EQ(carrier.text->wrappers[0].stored.offset, 7u);
  EXPECT_EQ(carrier.text->wrappers[0].normal_offset, 6u);
}

// the block as a comment at the start, in the middle, at the end, and in front
// matter; its range includes comment syntax and line breaks, and nothing else.
TEST(StructuredText, Places) {
  struct Case {
    std::string before, block, after;
  };
  const std::string lines = kBegin + "\n" + kUri + "\n" + kEnd + "\n";
  for (const Case& place :
       {Case{"", "# " + kBlock + "\n", "code\n"}, Case{"", "/* " + kBlock + " */\r\n", "code\n"},
        Case{"code\n", "<!-- " + kBlock + " -->\n", "code\n"}, Case{"code", "\n// " + kBlock, ""},
        Case{"code", "\r\nREM " + kBlock + "\r\n", ""}, Case{"", kBlock, ""},
        Case{"---\n", lines, "---\n# Title\n"}, Case{"call(); // ", kBlock + "\n", "code\n"},
        Case{"# ", kBlock, " run(this)\ncode"}}) {
    const bool shared = place.before == "# ";
    const std::string text = place.before + place.block + place.after;
    const auto carrier = carrier_of(text);
    EXPECT_EQ(carrier.format, Format::structured_text);
    ASSERT_EQ(carrier.state, StoreState::single) << text;
    EXPECT_EQ(carrier.stores[0].bytes, kStore);
    const Range expected{shared ? 0 : place.before.size(),
                         place.block.size() + (shared ? place.before.size() : 0)};
    EXPECT_EQ(carrier.stores[0].carrier, (std::vector<Range>{expected})) << text;
  }
}

// a web address points to the store; the block is no store but may be excluded.
TEST(StructuredText, Reference) {
  const auto carrier = carrier_of("# " + kBegin + " https://a.example/m.c2pa " + kEnd + "\ncode\n");
  EXPECT_EQ(carrier.state, StoreState::none);
  EXPECT_EQ(carrier.provenance_url, "https://a.example/m.c2pa");
  ASSERT_EQ(carrier.reference.size(), 1u);
  EXPECT_EQ(carrier.reference[0].offset, 0u);
  // an address that nobody can follow is an address; the session says so.
  for (const std::string address : {"HTTP://a", "ftp://a/b", "javascript:x", "urn:c2pa:1"}) {
    const auto other = carrier_of("# " + kBegin + " " + address + " " + kEnd + "\ncode\n");
    EXPECT_EQ(other.state, StoreState::none);
    EXPECT_EQ(other.provenance_url, address);
  }
}

// each fault has its own code.
TEST(StructuredText, Faults) {
  const auto kind = [](const std::string& text) { return carrier_of(text).defect_kind; };
  EXPECT_EQ(kind("code"), DefectKind::none);
  EXPECT_EQ(kind("# " + kBegin + " x"), DefectKind::structured_no_manifest);
  EXPECT_EQ(kind("x " + kEnd), DefectKind::structured_no_manifest);
  EXPECT_EQ(kind(kEnd + kUri + kBegin), DefectKind::structured_no_manifest);
  // Lines that share their dashes.
  EXPECT_EQ(kind(kBegin + kEnd.substr(5) + kUri), DefectKind::structured_no_manifest);
  EXPECT_EQ(kind(kBegin + " \n " + kEnd), DefectKind::structured_empty_reference);
  for (const auto* reference :
       {"m.c2pa", "//a/b", ":x", "1a:b", "a:", "https:a", "https://a b", "https://a/\xC3\xA4",
        "data:text/html;base64,AAAA", "data:application/c2pa,AAAA"}) {
    EXPECT_EQ(kind(kBegin + reference + kEnd), DefectKind::structured_malformed_reference)
        << reference;
  }
  EXPECT_EQ(kind(kBegin + "data:application/c2pa;base64,AAAA" + kEnd), DefectKind::other);
  const auto two = carrier_of("# " + kBlock + "\ncode\n# " + kBlock);
  EXPECT_EQ(two.state, StoreState::multiple);
  EXPECT_EQ(two.defect_kind, DefectKind::structured_multiple_references);
}

// a block and a wrapper in one text.
TEST(StructuredText, BlockAndWrapperAreMultiple) {
  EXPECT_EQ(carrier_of("# " + kBlock + "\n" + wrapper(kStore)).state, StoreState::multiple);
}

}  // namespace
}  // namespace assay::container
