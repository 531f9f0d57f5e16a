// GIF (R-133, R-134, T-30, T-38).
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "container/assets.h"
#include "container/feeds.h"

namespace assay::test {
namespace {

using container::Carrier;
using container::StoreState;

std::string sub_blocks(const std::string& data) {
  std::string out;
  for (size_t at = 0; at < data.size(); at += 255) {
    const std::string part = data.substr(at, 255);
    out += static_cast<char>(part.size()) + part;
  }
  return out + "\0"s;
}
std::string extension(const std::string& jumbf, char major = 1) {
  return "\x21\xFF\x0B"
         "C2PA_GIF"s +
         major + "\0\0"s + sub_blocks(jumbf);
}
std::string screen(bool table) {
  return "\1\0\1\0"s + (table ? "\x80" : "\0"s) + "\0\0"s + (table ? "\0\0\0\xFF\xFF\xFF"s : "");
}
std::string image() { return "\x2C\0\0\0\0\1\0\1\0\0"s + "\x02"s + sub_blocks("LZW"); }
std::string gif(const std::string& blocks, bool table = true) {
  return "GIF89a" + screen(table) + blocks + "\x3B";
}

TEST(Gif, R134NoStoreAndNames) {
  const std::string local = "\x2C\0\0\0\0\1\0\1\0\x80\0\0\0\1\1\1"s + "\x02"s + sub_blocks("x");
  const Carrier carrier = scan(
      gif("\x21\xF9\x04\0\0\0\0\0"s + image() + local + "\x21\xFE\x02hi\0"s + "\x21\x01\x01x\0"s));
  EXPECT_EQ(carrier.state, StoreState::none);
  EXPECT_EQ(names(carrier), "GIF89a LSD 21F9 2C TBID 2C TBID 21FE 2101 3B");
  EXPECT_EQ(carrier.boxes[1].ranges[0], (Range{6, 13}));
  EXPECT_EQ(carrier.metadata.size(), 1u);
  EXPECT_TRUE(carrier.unnamed.empty());
  EXPECT_EQ(scan(gif(image(), false)).boxes[1].ranges[0], (Range{6, 7}));
}

TEST(Gif, R133Store) {
  for (const size_t filler : {size_t{20}, size_t{700}, size_t{255 - 46}}) {
    const std::string jumbf = store(filler);
    const Carrier carrier = scan(gif(extension(jumbf) + image()));
    ASSERT_EQ(carrier.state, StoreState::single) << carrier.defect;
    EXPECT_EQ(text_of(carrier.stores[0].bytes), jumbf);
    EXPECT_EQ(carrier.stores[0].carrier, (std::vector<Range>{{19, extension(jumbf).size()}}));
    EXPECT_EQ(names(carrier), "GIF89a LSD C2PA 2C TBID 3B");
  }
}

TEST(Gif, R133OtherMajorVersionIsAnotherExtension) {
  const Carrier carrier = scan(gif(extension(store(), 2) + image()));
  EXPECT_EQ(carrier.state, StoreState::none);
  EXPECT_EQ(names(carrier), "GIF89a LSD 21FF 2C TBID 3B");
}

TEST(Gif, R134Gif87HasTheSameNames) {
  std::string asset = gif(image());
  asset[4] = '7';
  EXPECT_EQ(names(scan(asset)), "GIF89a LSD 2C TBID 3B");
}

TEST(Gif, R102AStoreBehindTheImageIsCounted) {
  EXPECT_EQ(scan(gif(extension(store()) + image() + extension(store()))).state,
            StoreState::multiple);
}

TEST(Gif, R509DirtyPadding) {
  const Carrier zero = scan(gif(extension(store() + "\0\0"s) + image()));
  EXPECT_EQ(text_of(zero.stores[0].bytes), store());
  EXPECT_TRUE(zero.stores[0].dirty_padding.empty());
  const Carrier dirty = scan(gif(extension(store() + "\0x"s) + image()));
  EXPECT_FALSE(dirty.stores[0].dirty_padding.empty());
}

TEST(Gif, T30TrailingBytesAndT38CutOffStores) {
  const std::string asset = gif(image());
  EXPECT_EQ(scan(asset + extension(store())).unnamed.front().offset, asset.size());
  EXPECT_EQ(scan(asset + extension(store())).state, StoreState::none);
  const std::string signed_asset = gif(extension(store(400)) + image());
  for (size_t size = 19 + 14; size < 19 + extension(store(400)).size(); ++size) {
    EXPECT_EQ(scan(signed_asset.substr(0, size)).state, StoreState::broken) << size;
  }
  EXPECT_EQ(scan(gif(extension("") + image())).state, StoreState::broken);
  Limits limits;
  limits.store_bytes = 10;
  EXPECT_EQ(scan(signed_asset, "", limits).state, StoreState::broken);
}

TEST(Gif, XmpProvenance) {
  const std::string packet =
      "<rdf:Description xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
      "xmlns:d='http://purl.org/dc/terms/' d:provenance='https://a.example/'/>";
  std::string magic = "\1";
  for (int value = 255; value >= 0; --value) {
    magic += static_cast<char>(value);
  }
  const std::string xmp = "\x21\xFF\x0BXMP DataXMP" + packet + magic + "\0"s;
  const Carrier carrier = scan(gif(xmp + image()));
  EXPECT_EQ(carrier.provenance_url, "https://a.example/");
  EXPECT_EQ(names(carrier), "GIF89a LSD 21FF 2C TBID 3B");
}

TEST(Gif, EveryPrefixIsWalkedToTheEnd) {
  const std::string asset = gif(extension(store()) + image());
  for (size_t size = 6; size < asset.size(); ++size) {
    scan(asset.substr(0, size));
  }
  EXPECT_TRUE(has_note(scan("GIF89a" + screen(true) + "junk"), "gifGap"));
}

}  // namespace
}  // namespace assay::test
