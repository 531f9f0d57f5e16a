// PNG: the caBX chunk (R-128, T-31, T-38), box names, metadata and XMP.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "container/assets.h"
#include "container/feeds.h"

namespace assay::test {
namespace {

using container::Carrier;
using container::StoreState;

TEST(Png, R129NoStoreAndNames) {
  const Carrier carrier = scan(png(""));
  EXPECT_EQ(carrier.state, StoreState::none);
  EXPECT_EQ(names(carrier), "PNGh IHDR IDAT IEND");
  EXPECT_EQ(carrier.boxes[0].ranges[0], (Range{0, 8}));
  EXPECT_EQ(carrier.boxes[1].ranges[0], (Range{8, 25}));
  EXPECT_TRUE(carrier.unnamed.empty());
}

TEST(Png, R128Store) {
  const Carrier carrier = scan(png(chunk("caBX", store())));
  ASSERT_EQ(carrier.state, StoreState::single);
  EXPECT_EQ(text_of(carrier.stores[0].bytes), store());
  EXPECT_EQ(carrier.stores[0].carrier, (std::vector<Range>{{33, store().size() + 12}}));
  EXPECT_TRUE(carrier.stores[0].dirty_padding.empty());
  EXPECT_EQ(names(carrier), "PNGh IHDR C2PA IDAT IEND");
  EXPECT_TRUE(carrier.notes.empty());
}

// Position is not enforced.
TEST(Png, R128StoreBehindIdat) {
  const std::string asset =
      png_signature() + ihdr() + chunk("IDAT", "px") + chunk("caBX", store()) + chunk("IEND", "");
  EXPECT_EQ(scan(asset).state, StoreState::single);
}

TEST(Png, R128ABigStoreIsReadInWindows) {
  Limits limits;
  limits.window_bytes = 4096;
  const std::string big = store(100000);
  const Carrier carrier = scan(png(chunk("caBX", big)), "", limits);
  ASSERT_EQ(carrier.state, StoreState::single);
  EXPECT_TRUE(text_of(carrier.stores[0].bytes) == big);
}

TEST(Png, R509PaddingBehindTheStore) {
  const Carrier zero = scan(png(chunk("caBX", store() + std::string(9, '\0'))));
  EXPECT_EQ(text_of(zero.stores[0].bytes), store());
  EXPECT_TRUE(zero.stores[0].dirty_padding.empty());
  const Carrier dirty = scan(png(chunk("caBX", store() + "\0\0hidden"s)));
  EXPECT_EQ(text_of(dirty.stores[0].bytes), store());
  EXPECT_EQ(dirty.stores[0].dirty_padding, (std::vector<Range>{{33 + 8 + store().size(), 8}}));
}

TEST(Png, R102TwoStores) {
  EXPECT_EQ(scan(png(chunk("caBX", store()) + chunk("caBX", store()))).state, StoreState::multiple);
}

// T-31: what stands behind IEND is not part of the image.
TEST(Png, T31StoreBehindIendDoesNotCount) {
  const std::string asset = png("");
  const std::string tail = chunk("caBX", store());
  const Carrier carrier = scan(asset + tail);
  EXPECT_EQ(carrier.state, StoreState::none);
  EXPECT_EQ(carrier.unnamed, (std::vector<Range>{{asset.size(), tail.size()}}));
  EXPECT_TRUE(has_note(carrier, "trailing-bytes"));
}

TEST(Png, R128WrongChecksumIsANote) {
  std::string asset = png(chunk("caBX", store()));
  asset[33 + 8 + store().size()] ^= 1;
  const Carrier carrier = scan(asset);
  EXPECT_EQ(carrier.state, StoreState::single);
  EXPECT_TRUE(has_note(carrier, "pngCrc"));
}

TEST(Png, T38UnusableStores) {
  const std::string whole = png(chunk("caBX", store()));
  EXPECT_EQ(scan(whole.substr(0, 60)).state, StoreState::broken);
  EXPECT_EQ(scan(whole.substr(0, 41)).state, StoreState::broken);
  EXPECT_EQ(scan(png(chunk("caBX", ""))).state, StoreState::broken);
  Limits limits;
  limits.store_bytes = 10;
  EXPECT_EQ(scan(whole, "", limits).state, StoreState::broken);
}

// Whether the bytes are a store, their parser says.
TEST(Png, T38GarbageInTheStoreChunkIsHandedOver) {
  const Carrier carrier = scan(png(chunk("caBX", "garbage")));
  ASSERT_EQ(carrier.state, StoreState::single);
  EXPECT_EQ(text_of(carrier.stores[0].bytes), "garbage");
}

TEST(Png, T55Metadata) {
  const Carrier carrier =
      scan(png(chunk("tEXt", "Title\0x"s) + chunk("eXIf", "MM") + chunk("zTXt", "a") +
               chunk("iTXt", "b") + chunk("tIME", "c") + chunk("iCCP", "d")));
  std::string kinds;
  for (const auto& item : carrier.metadata) {
    kinds += item.kind + " ";
  }
  EXPECT_EQ(kinds, "tEXt EXIF zTXt iTXt tIME ");
  EXPECT_EQ(carrier.metadata[0].range, (Range{33, 19}));
}

TEST(Png, R129XmpProvenance) {
  const std::string packet =
      "<rdf:Description xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
      "xmlns:d='http://purl.org/dc/terms/' d:provenance='https://a.example/'/>";
  const std::string plain = "XML:com.adobe.xmp\0\0\0en\0\0"s + packet;
  const Carrier carrier = scan(png(chunk("iTXt", plain)));
  EXPECT_EQ(carrier.provenance_url, "https://a.example/");
  EXPECT_EQ(carrier.metadata[0].kind, "XMP");
  const std::string compressed = "XML:com.adobe.xmp\0\1\0en\0\0"s + packet;
  EXPECT_EQ(scan(png(chunk("iTXt", compressed))).provenance_url, "");
}

TEST(Png, HostileLengths) {
  EXPECT_EQ(scan(png_signature() + ihdr() + "\xFF\xFF\xFF\xFF" + "caBXabc").state,
            StoreState::broken);
  EXPECT_TRUE(
      has_note(scan(png_signature() + ihdr() + "\xFF\xFF\xFF\xFF" + "IDATabc"), "truncated"));
  EXPECT_TRUE(has_note(scan(png_signature()), "truncated"));
}

TEST(Png, EveryPrefixIsWalkedToTheEnd) {
  const std::string asset = png(chunk("caBX", store()) + chunk("iTXt", "XML:com.adobe.xmp"));
  for (size_t size = 8; size <= asset.size(); ++size) {
    scan(asset.substr(0, size));
  }
}

// Many small chunks must not cost a walk from the beginning each time bytes arrive.
TEST(Png, NeedsAreLinear) {
  std::string many;
  for (int index = 0; index < 20000; ++index) {
    many += chunk("IDAT", "0123456789");
  }
  const Scanned fed = scan_by(png(many), 65536);
  EXPECT_EQ(fed.fault, Fault::none);
  EXPECT_LE(fed.needs, many.size() / 65536 + 4);
}

}  // namespace
}  // namespace assay::test
