// TIFF and DNG, classic and BigTIFF, both byte orders (R-135, R-136, T-38).
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

struct Style {
  bool little = true;
  bool big = false;
};
const std::vector<Style> kStyles = {{true, false}, {false, false}, {true, true}, {false, true}};

struct Field {
  int tag = 0;
  int type = 7;
  uint64_t count = 0;
  uint64_t value = 0;
};

class Writer {
 public:
  explicit Writer(Style style) : style_(style) {}

  std::string number(uint64_t value, int width) const {
    return style_.little ? le(value, width) : be(value, width);
  }
  int wide() const { return style_.big ? 8 : 4; }
  uint64_t header_size() const { return style_.big ? 16 : 8; }
  std::string header(uint64_t first) const {
    const std::string order = style_.little ? "II" : "MM";
    return style_.big ? order + number(43, 2) + number(8, 2) + number(0, 2) + number(first, 8)
                      : order + number(42, 2) + number(first, 4);
  }
  uint64_t directory_size(size_t fields) const {
    return (style_.big ? 8 : 2) + fields * (style_.big ? 20 : 12) + static_cast<uint64_t>(wide());
  }
  std::string directory(const std::vector<Field>& fields, uint64_t next) const {
    std::string out = number(fields.size(), style_.big ? 8 : 2);
    for (const Field& field : fields) {
      out += number(static_cast<uint64_t>(field.tag), 2) +
             number(static_cast<uint64_t>(field.type), 2) + number(field.count, wide()) +
             number(field.value, wide());
    }
    return out + number(next, wide());
  }

 private:
  Style style_;
};

constexpr int kStoreTag = 52545;

// One directory whose store follows it; `extra` fields stand in front.
std::string one_directory(Style style, const std::string& jumbf, std::vector<Field> extra = {}) {
  const Writer writer(style);
  const uint64_t at = writer.header_size() + writer.directory_size(extra.size() + 1);
  extra.push_back({kStoreTag, 7, jumbf.size(), at});
  return writer.header(writer.header_size()) + writer.directory(extra, 0) + jumbf;
}

TEST(Tiff, R135StoreInTheOnlyDirectory) {
  for (const Style style : kStyles) {
    const std::string asset = one_directory(style, store());
    const Carrier carrier = scan(asset);
    EXPECT_EQ(carrier.format, Format::tiff);
    ASSERT_EQ(carrier.state, StoreState::single) << carrier.defect;
    EXPECT_EQ(text_of(carrier.stores[0].bytes), store());
    // the entry's count may be excluded with the store
    const uint64_t count_at = style.big ? 16 + 8 + 4 : 8 + 2 + 4;
    const uint64_t count_size = style.big ? 8 : 4;
    const uint64_t data_at = asset.size() - store().size();
    EXPECT_EQ(carrier.stores[0].carrier,
              (std::vector<Range>{{count_at, count_size}, {data_at, store().size()}}));
    EXPECT_TRUE(carrier.boxes.empty());
  }
}

std::string two_directories(Style style, bool in_first, bool in_last) {
  const Writer writer(style);
  const uint64_t first = writer.header_size();
  const uint64_t second = first + writer.directory_size(in_first ? 2 : 1);
  const uint64_t a = second + writer.directory_size(1);
  const uint64_t b = a + store(10).size();
  std::vector<Field> fields = {{256, 3, 1, 7}};
  if (in_first) {
    fields.push_back({kStoreTag, 7, store(10).size(), a});
  }
  const Field last = in_last ? Field{kStoreTag, 7, store(30).size(), b} : Field{256, 3, 1, 7};
  return writer.header(first) + writer.directory(fields, second) + writer.directory({last}, 0) +
         store(10) + store(30);
}

TEST(Tiff, R135LastDirectoryThenFirst) {
  for (const Style style : kStyles) {
    const Carrier last = scan(two_directories(style, false, true));
    ASSERT_EQ(last.state, StoreState::single);
    EXPECT_EQ(text_of(last.stores[0].bytes), store(30));
    const Carrier first = scan(two_directories(style, true, false));
    ASSERT_EQ(first.state, StoreState::single);
    EXPECT_EQ(text_of(first.stores[0].bytes), store(10));
    EXPECT_EQ(scan(two_directories(style, true, true)).state, StoreState::multiple);
    EXPECT_EQ(scan(two_directories(style, false, false)).state, StoreState::none);
  }
}

TEST(Tiff, R102TheTagTwiceInOneDirectory) {
  const Style style;
  const uint64_t at = 8 + Writer(style).directory_size(2);
  const std::string asset = one_directory(style, store(), {{kStoreTag, 7, store().size(), at}});
  EXPECT_EQ(scan(asset).state, StoreState::multiple);
}

TEST(Tiff, T38MalformedEntries) {
  const Style style;
  const Writer writer(style);
  const auto entry = [&](Field field) {
    return scan(writer.header(8) + writer.directory({field}, 0) + store()).state;
  };
  EXPECT_EQ(entry({kStoreTag, 7, 4, 26}), StoreState::broken);           // inline
  EXPECT_EQ(entry({kStoreTag, 7, 0, 26}), StoreState::broken);           // empty
  EXPECT_EQ(entry({kStoreTag, 3, 20, 26}), StoreState::broken);          // type
  EXPECT_EQ(entry({kStoreTag, 7, 5000, 26}), StoreState::broken);        // too long
  EXPECT_EQ(entry({kStoreTag, 7, 20, 0xFFFFFFF0}), StoreState::broken);  // elsewhere
  EXPECT_EQ(entry({kStoreTag, 7, 20, 0}), StoreState::broken);           // over its own count
  EXPECT_EQ(entry({kStoreTag, 7, 20, 17}), StoreState::broken);
  EXPECT_EQ(entry({kStoreTag, 7, 20, 18}), StoreState::single);
  const Writer big({true, true});
  EXPECT_EQ(
      scan(big.header(16) + big.directory({{kStoreTag, 7, UINT64_MAX - 3, UINT64_MAX - 3}}, 0))
          .state,
      StoreState::broken);
  Limits limits;
  limits.store_bytes = 10;
  EXPECT_EQ(scan(one_directory(style, store()), "", limits).state, StoreState::broken);
}

// a chain that leads back into itself, and one that is too long.
TEST(Tiff, R009DirectoriesInACircle) {
  for (const Style style : kStyles) {
    const Writer writer(style);
    const uint64_t first = writer.header_size();
    const uint64_t second = first + writer.directory_size(1);
    const Field field{256, 3, 1, 7};
    const std::string asset =
        writer.header(first) + writer.directory({field}, second) + writer.directory({field}, first);
    EXPECT_TRUE(has_note(scan(asset), "tiffChain"));
  }
  Limits limits;
  limits.tiff_directories = 1;
  EXPECT_TRUE(has_note(scan(two_directories({}, false, true), "", limits), "tiffChain"));
}

TEST(Tiff, DngIsToldByItsVersionTag) {
  EXPECT_EQ(scan(one_directory({}, store(), {{50706, 1, 4, 0x00000401}})).format, Format::dng);
}

TEST(Tiff, T55MetadataAndXmp) {
  const std::string packet =
      "<rdf:Description xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
      "xmlns:d='http://purl.org/dc/terms/' d:provenance='https://a.example/'/>";
  for (const Style style : kStyles) {
    const Writer writer(style);
    const uint64_t at = writer.header_size() + writer.directory_size(2);
    const std::string asset =
        writer.header(writer.header_size()) +
        writer.directory({{700, 1, packet.size(), at}, {33723, 7, 9, at + packet.size()}}, 0) +
        packet + "IPTC data";
    const Carrier carrier = scan(asset);
    EXPECT_EQ(carrier.provenance_url, "https://a.example/");
    ASSERT_EQ(carrier.metadata.size(), 2u);
    EXPECT_EQ(carrier.metadata[0].kind, "XMP");
    EXPECT_EQ(carrier.metadata[1].kind, "IPTC");
  }
}

TEST(Tiff, EveryPrefixIsWalkedToTheEnd) {
  for (const Style style : kStyles) {
    const std::string asset = two_directories(style, true, true);
    for (size_t size = 4; size < asset.size(); ++size) {
      scan(asset.substr(0, size));
    }
  }
}

}  // namespace
}  // namespace assay::test
