// RIFF: WebP, WAV, AVI, RF64 (R-130…R-132, T-30, T-31, T-38).
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

std::string piece(const std::string& id, const std::string& data) {
  return id + le(data.size(), 4) + data + (data.size() % 2 != 0 ? "\0"s : "");
}
std::string riff(const std::string& form, const std::string& chunks) {
  return "RIFF" + le(chunks.size() + 4, 4) + form + chunks;
}
const std::string kFormat = piece("fmt ", std::string(16, 'f'));
const std::string kData = piece("data", "samples");

std::string kinds(const Carrier& carrier) {
  std::string out;
  for (const auto& item : carrier.metadata) {
    out += item.kind + ";";
  }
  return out;
}

TEST(Riff, R130StoreAndR132Names) {
  const std::string asset = riff("WAVE", kFormat + kData + piece("C2PA", store()));
  const Carrier carrier = scan(asset);
  EXPECT_EQ(carrier.format, Format::wav);
  ASSERT_EQ(carrier.state, StoreState::single);
  EXPECT_EQ(text_of(carrier.stores[0].bytes), store());
  const uint64_t at = 12 + kFormat.size() + kData.size();
  EXPECT_EQ(carrier.stores[0].carrier, (std::vector<Range>{{at, asset.size() - at}}));
  EXPECT_EQ(names(carrier), "WAVE fmt  data C2PA");
  EXPECT_EQ(carrier.boxes[0].ranges[0], (Range{0, 12}));
  EXPECT_EQ(carrier.boxes[2].ranges[0], (Range{12 + kFormat.size(), 16}));  // with its pad byte
}

TEST(Riff, R132ListsAreOneBoxAndFollowOnChunksAreNamed) {
  const std::string list = piece("LIST", "movi" + piece("00dc", "frame"));
  const std::string asset =
      riff("AVI ", piece("LIST", "hdrl" + piece("avih", "x")) + list + piece("C2PA", store())) +
      riff("AVIX", list);
  const Carrier carrier = scan(asset);
  EXPECT_EQ(carrier.state, StoreState::single);
  EXPECT_EQ(names(carrier), "AVI  hdrl movi C2PA AVIX movi");
  EXPECT_TRUE(carrier.unnamed.empty());
}

// only the first RIFF chunk can hold the store.
TEST(Riff, R130StoreInAFollowOnChunkDoesNotCount) {
  const Carrier carrier = scan(riff("AVI ", kData) + riff("AVIX", piece("C2PA", store())));
  EXPECT_EQ(carrier.state, StoreState::none);
}

TEST(Riff, R131PadByteMustBeZero) {
  const std::string odd = store(21);
  ASSERT_EQ(odd.size() % 2, 1u);
  const Carrier clean = scan(riff("WEBP", piece("C2PA", odd)));
  ASSERT_EQ(clean.state, StoreState::single);
  EXPECT_EQ(text_of(clean.stores[0].bytes), odd);
  EXPECT_TRUE(clean.stores[0].dirty_padding.empty());
  std::string asset = riff("WEBP", piece("C2PA", odd));
  asset.back() = 'x';
  const Carrier dirty = scan(asset);
  EXPECT_EQ(text_of(dirty.stores[0].bytes), odd);
  EXPECT_EQ(dirty.stores[0].dirty_padding, (std::vector<Range>{{asset.size() - 1, 1}}));
}

TEST(Riff, R102TwoStoresAndT30TrailingBytes) {
  const std::string two = riff("WEBP", piece("C2PA", store()) + piece("C2PA", store()));
  EXPECT_EQ(scan(two).state, StoreState::multiple);
  const std::string asset = riff("WEBP", kData);
  const std::string tail = piece("C2PA", store());
  const Carrier carrier = scan(asset + tail);
  EXPECT_EQ(carrier.state, StoreState::none);
  EXPECT_EQ(carrier.unnamed, (std::vector<Range>{{asset.size(), tail.size()}}));
}

TEST(Riff, T38CutOffAndEmptyStores) {
  const std::string asset = riff("WEBP", kData + piece("C2PA", store()));
  EXPECT_EQ(scan(asset.substr(0, asset.size() - 3)).state, StoreState::broken);
  EXPECT_EQ(scan(asset.substr(0, 12 + kData.size() + 8)).state, StoreState::broken);
  EXPECT_EQ(scan(riff("WEBP", piece("C2PA", ""))).state, StoreState::broken);
  Limits limits;
  limits.store_bytes = 10;
  EXPECT_EQ(scan(asset, "", limits).state, StoreState::broken);
}

TEST(Riff, Rf64SizesStandInDs64) {
  const std::string data = std::string(40, 's');
  const auto rf64 = [&](uint64_t riff_size, uint64_t data_size) {
    const std::string ds64 =
        piece("ds64", le(riff_size, 8) + le(data_size, 8) + le(0, 8) + le(0, 4));
    return "RF64"s + "\xFF\xFF\xFF\xFF" + "WAVE" + ds64 + "data" + "\xFF\xFF\xFF\xFF" + data +
           piece("C2PA", store());
  };
  const uint64_t size = rf64(0, 40).size();
  const Carrier carrier = scan(rf64(size - 8, 40));
  ASSERT_EQ(carrier.state, StoreState::single) << carrier.defect;
  EXPECT_EQ(names(carrier), "WAVE ds64 data C2PA");
  EXPECT_EQ(scan(rf64(UINT64_MAX, UINT64_MAX - 3)).state, StoreState::none);
  EXPECT_EQ(scan(rf64(0, 40)).state, StoreState::none);  // the RIFF chunk ends before
}

TEST(Riff, T55MetadataAndXmp) {
  const std::string packet =
      "<rdf:Description xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
      "xmlns:d='http://purl.org/dc/terms/' d:provenance='https://a.example/'/>";
  const Carrier webp = scan(riff("WEBP", piece("EXIF", "MM") + piece("XMP ", packet)));
  EXPECT_EQ(kinds(webp), "RIFF size;EXIF;XMP;");
  EXPECT_EQ(webp.provenance_url, "https://a.example/");
  const Carrier wav = scan(riff("WAVE", piece("LIST", "INFO") + piece("_PMX", packet) +
                                            piece("bext", "b") + piece("iXML", "i")));
  EXPECT_EQ(kinds(wav), "RIFF size;INFO;XMP;bext;iXML;");
  EXPECT_EQ(wav.provenance_url, "https://a.example/");
}

TEST(Riff, HostileSizes) {
  for (const uint64_t size : {uint64_t{0}, uint64_t{1}, uint64_t{3}, uint64_t{0xFFFFFFFE}}) {
    const std::string asset = "RIFF" + le(size, 4) + "WEBP" + "VP8 " + le(size, 4) + "data";
    EXPECT_EQ(scan(asset).state, StoreState::none);
  }
  const std::string asset = riff("WEBP", kFormat + piece("C2PA", store()) + "abc");
  for (size_t size = 12; size < asset.size(); ++size) {
    scan(asset.substr(0, size));
  }
  EXPECT_TRUE(has_note(scan(asset), "riffGap"));
}

}  // namespace
}  // namespace assay::test
