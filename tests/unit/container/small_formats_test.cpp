// JPEG XL, Ogg, fonts and the bare store.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "container/assets.h"
#include "container/feeds.h"

namespace assay::test {
namespace {

using container::Carrier;
using container::Format;
using container::StoreState;

// ---- JPEG XL ----

const std::string kJxl = box("JXL ", "\r\n\x87\n") + box("ftyp", "jxl \0\0\0\0jxl "s);

TEST(Jxl, R151Store) {
  const std::string other = superbox(std::string(16, 'x'), "other", "payload");
  const Carrier carrier = scan(kJxl + other + store() + box("jxlc", "codestream"));
  ASSERT_EQ(carrier.state, StoreState::single);
  EXPECT_EQ(text_of(carrier.stores[0].bytes), store());
  EXPECT_EQ(names(carrier), "JXL  ftyp jumb C2PA jxlc");
  EXPECT_EQ(carrier.stores[0].carrier,
            (std::vector<Range>{{kJxl.size() + other.size(), store().size()}}));
}

TEST(Jxl, R102TwoStoresAndNone) {
  EXPECT_EQ(scan(kJxl + store() + store()).state, StoreState::multiple);
  EXPECT_EQ(scan(kJxl + box("jxlc", "x")).state, StoreState::none);
  EXPECT_EQ(scan(kJxl + box("brob", "jumb...")).state, StoreState::none);
}

TEST(Jxl, LongAndOpenBoxes) {
  const std::string long_box = be(1, 4) + "jxlc" + be(21, 8) + "12345";
  const std::string open_box = be(0, 4) + "jxlp" + "to the end";
  const Carrier carrier = scan(kJxl + long_box + store() + open_box);
  EXPECT_EQ(names(carrier), "JXL  ftyp jxlc C2PA jxlp");
  EXPECT_EQ(carrier.boxes.back().ranges[0].length, open_box.size());
}

TEST(Jxl, T38CutOffStore) {
  const std::string asset = kJxl + store(100);
  for (size_t size = kJxl.size() + 40; size < asset.size(); ++size) {
    EXPECT_EQ(scan(asset.substr(0, size)).state, StoreState::broken);
  }
  for (size_t size = 12; size < kJxl.size() + 40; ++size) {
    scan(asset.substr(0, size));
  }
  Limits limits;
  limits.store_bytes = 10;
  EXPECT_EQ(scan(asset, "", limits).state, StoreState::broken);
}

TEST(Jxl, R151ABareCodestreamSaysWhatItIs) {
  const Carrier carrier = scan("\xFF\x0A\x01\x02");
  EXPECT_EQ(carrier.format, Format::jxl);
  EXPECT_TRUE(has_note(carrier, "bareCodestream"));
}

TEST(Jxl, T55Metadata) {
  const std::string packet =
      "<rdf:Description xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
      "xmlns:d='http://purl.org/dc/terms/' d:provenance='https://a.example/'/>";
  const Carrier carrier =
      scan(kJxl + box("Exif", "MM") + box("xml ", packet) + box("brob", "Exif..."));
  EXPECT_EQ(carrier.provenance_url, "https://a.example/");
  EXPECT_EQ(carrier.metadata.size(), 3u);
}

// ---- Ogg ----

std::string page(uint32_t serial, int flags, const std::string& lacing, const std::string& data) {
  return "OggS\0"s + static_cast<char>(flags) + std::string(8, '\0') + le(serial, 4) + le(0, 4) +
         le(0, 4) + static_cast<char>(lacing.size()) + lacing + data;
}
std::string page(uint32_t serial, int flags, const std::string& data) {
  return page(serial, flags, std::string(1, static_cast<char>(data.size())), data);
}

TEST(Ogg, R150StoreStreamAndNames) {
  const std::string packet = "\0c2pa"s + store();
  const std::string audio = page(4000000000U, 2, "\1vorbis");
  const std::string more = page(4000000000U, 4, "audio");
  const Carrier carrier = scan(audio + page(7, 6, packet) + more);
  ASSERT_EQ(carrier.state, StoreState::single);
  EXPECT_EQ(text_of(carrier.stores[0].bytes), store());
  EXPECT_EQ(names(carrier), "Stream-4000000000 C2PA");
  EXPECT_EQ(carrier.boxes[0].ranges,
            (std::vector<Range>{{0, audio.size()},
                                {audio.size() + page(7, 6, packet).size(), more.size()}}));
  EXPECT_EQ(carrier.stores[0].carrier, carrier.boxes[1].ranges);
}

TEST(Ogg, R150PacketsOverPages) {
  const std::string packet = "\0c2pa"s + store(700);
  const std::string first = page(7, 2, "\xFF\xFF", packet.substr(0, 510));
  const std::string rest = packet.substr(510);
  const std::string second = page(7, 5, "\xFF"s + static_cast<char>(rest.size() - 255), rest);
  const Carrier carrier = scan(first + page(1, 2, "x") + second);
  ASSERT_EQ(carrier.state, StoreState::single) << carrier.defect;
  EXPECT_TRUE(text_of(carrier.stores[0].bytes) == store(700));
}

TEST(Ogg, R102AndOtherStates) {
  const std::string packet = "\0c2pa"s + store();
  EXPECT_EQ(scan(page(1, 2, packet) + page(2, 2, packet)).state, StoreState::multiple);
  EXPECT_EQ(scan(page(1, 2, "\1vorbis")).state, StoreState::none);
  EXPECT_EQ(scan(page(1, 2, "\0c2pa"s)).state, StoreState::broken);
  Limits limits;
  limits.store_bytes = 10;
  EXPECT_EQ(scan(page(1, 2, "\0c2pa"s + store(2)) + page(1, 0, std::string(255, 'x')) +
                     page(1, 0, std::string(255, 'x')),
                 "", limits)
                .state,
            StoreState::broken);
}

TEST(Ogg, R509DirtyPadding) {
  const Carrier carrier = scan(page(1, 2, "\0c2pa"s + store() + "hidden"));
  ASSERT_EQ(carrier.state, StoreState::single);
  EXPECT_FALSE(carrier.stores[0].dirty_padding.empty());
}

TEST(Ogg, BytesBetweenPagesAndPrefixes) {
  const std::string asset = page(1, 2, "\1vorbis") + "junk" + page(7, 2, "\0c2pa"s + store());
  const Carrier carrier = scan(asset);
  EXPECT_EQ(carrier.state, StoreState::single);
  EXPECT_EQ(carrier.unnamed.size(), 1u);
  EXPECT_TRUE(has_note(carrier, "oggGap"));
  for (size_t size = 4; size < asset.size(); ++size) {
    scan(asset.substr(0, size));
  }
}

// ---- Fonts ----

struct FontTable {
  std::string tag;
  std::string data;
};

std::string font(const std::vector<FontTable>& tables) {
  std::string directory = "OTTO" + be(tables.size(), 2) + std::string(6, '\0');
  std::string data;
  const uint64_t start = 12 + 16 * tables.size();
  for (const FontTable& table : tables) {
    directory += table.tag + be(0, 4) + be(start + data.size(), 4) + be(table.data.size(), 4);
    data += table.data;
  }
  return directory + data;
}
std::string store_table(const std::string& uri, const std::string& jumbf) {
  const uint64_t store_at = 20 + uri.size();
  return be(0, 2) + be(1, 2) + be(uri.empty() ? 0 : 20, 4) + be(uri.size(), 2) + be(0, 2) +
         be(jumbf.empty() ? 0 : store_at, 4) + be(jumbf.size(), 4) + uri + jumbf;
}

TEST(Font, R152Store) {
  const std::string table = store_table("https://a.example/", store());
  const Carrier carrier =
      scan(font({{"C2PA", table}, {"glyf", "outlines"}, {"head", std::string(54, 'h')}}));
  EXPECT_EQ(carrier.format, Format::font);
  ASSERT_EQ(carrier.state, StoreState::single) << carrier.defect;
  EXPECT_EQ(text_of(carrier.stores[0].bytes), store());
  EXPECT_EQ(carrier.stores[0].carrier, (std::vector<Range>{{60, table.size()}}));
  EXPECT_TRUE(carrier.stores[0].dirty_padding.empty());
  EXPECT_EQ(carrier.provenance_url, "https://a.example/");
  EXPECT_EQ(names(carrier), "C2PA glyf head");
  const Range head = carrier.boxes[2].ranges[0];
  EXPECT_EQ(carrier.boxes[2].zeroed, (std::vector<Range>{{head.offset + 8, 4}}));
}

TEST(Font, R152OnlyAPointer) {
  const Carrier carrier = scan(font({{"C2PA", store_table("https://a.example/", "")}}));
  EXPECT_EQ(carrier.state, StoreState::none);
  EXPECT_EQ(carrier.provenance_url, "https://a.example/");
  EXPECT_EQ(carrier.reference.size(), 1u);
}

TEST(Font, R509BytesThatNothingInTheTablePointsAt) {
  const std::string table = store_table("", store()) + "hidden";
  EXPECT_FALSE(scan(font({{"C2PA", table}})).stores[0].dirty_padding.empty());
}

TEST(Font, T38BrokenTables) {
  EXPECT_EQ(scan(font({{"C2PA", "short"}})).state, StoreState::broken);
  std::string table = store_table("", store());
  table.resize(table.size() - 1);
  EXPECT_EQ(scan(font({{"C2PA", table}})).state, StoreState::broken);
  const std::string asset = font({{"C2PA", store_table("", store())}});
  EXPECT_EQ(scan(asset.substr(0, asset.size() - 1)).state, StoreState::broken);
  EXPECT_EQ(
      scan(font({{"C2PA", store_table("", store())}, {"C2PA", store_table("", store())}})).state,
      StoreState::multiple);
  for (size_t size = 4; size < asset.size(); ++size) {
    scan(asset.substr(0, size));
  }
}

TEST(Font, CollectionsAndWoffSayWhyNot) {
  for (const char* magic : {"ttcf", "wOFF", "wOF2"}) {
    EXPECT_TRUE(has_note(scan(magic + std::string(40, '\0')), "fontContainer"));
  }
}

// ---- The bare store ----

TEST(C2paFile, R190BareStore) {
  const Carrier carrier = scan(store());
  EXPECT_EQ(carrier.format, Format::c2pa);
  ASSERT_EQ(carrier.state, StoreState::single);
  EXPECT_EQ(text_of(carrier.stores[0].bytes), store());
  EXPECT_TRUE(has_note(scan(store() + "tail"), "trailing-bytes"));
  EXPECT_EQ(scan(superbox(std::string(16, 'x'), "other", "")).state, StoreState::none);
  Limits limits;
  limits.store_bytes = 10;
  EXPECT_EQ(scan(store(), "", limits).state, StoreState::broken);
}

}  // namespace
}  // namespace assay::test
