#include "binding/xpath.h"

#include <gtest/gtest.h>

#include "base/fourcc.h"
#include "support/bmff_files.h"
#include "support/feeds.h"

namespace assay::binding {
namespace {

using test::box;
using test::join;

// the whole grammar and nothing else.
TEST(XPath, Grammar) {
  for (const auto* good : {"/ftyp", "/moov/trak[2]/mdia", "/moov/udta/\xC2\xA9nam", "/meta/iloc",
                           "/url ", "/uuid[12]", "/a]b["}) {
    EXPECT_TRUE(parse_xpath(good)) << good;
  }
  for (const auto* bad :
       {"", "/", "ftyp", "//ftyp", "/fty", "/ftyp/", "/ftypx", "/ftyp[0]", "/ftyp[01]", "/ftyp[]",
        "/ftyp[1", "/ftyp[-1]", "/ftyp[1]x", "/ftyp[1][2]", "/ftyp[99999999999]", "/moov//trak",
        "/moov/\xE2\x82\xACnam", "/ftyp[a]"}) {
    EXPECT_FALSE(parse_xpath(bad)) << bad;
  }
}

// a FullBox has fields of its own and no path leads through it, `meta` excepted.
TEST(XPath, NotThroughFullBoxes) {
  EXPECT_FALSE(parse_xpath("/moov/trak/mdia/minf/stbl/stsd/avc1"));
  EXPECT_TRUE(parse_xpath("/moov/trak/mdia/minf/stbl/stsd"));
  EXPECT_TRUE(parse_xpath("/meta/iloc"));
}

std::vector<uint64_t> matching(const char* xpath, ByteView file) {
  const auto walked = test::walk(file, file.size());
  const auto& layout = *walked.carrier.bmff;
  const auto path = parse_xpath(xpath);
  const auto numbers = sibling_numbers(layout);
  std::vector<uint64_t> offsets;
  for (uint32_t i = 0; path && i < layout.boxes.size(); ++i) {
    if (matches(*path, layout, numbers, i)) {
      offsets.push_back(layout.boxes[i].offset);
    }
  }
  return offsets;
}

// without an index a step means every sibling of that name, with one the n-th.
TEST(XPath, Matches) {
  const Bytes track = box("trak", box("edts"));
  const Bytes file = join(test::ftyp(), box("moov", join(track, box("free"), track)), box("free"));
  const uint64_t moov = test::ftyp().size();
  const uint64_t first = moov + 8;
  const uint64_t second = first + track.size() + 8;
  EXPECT_EQ(matching("/moov/trak", file), (std::vector{first, second}));
  EXPECT_EQ(matching("/moov/trak[2]", file), (std::vector{second}));
  EXPECT_EQ(matching("/moov/trak[3]", file), std::vector<uint64_t>());
  EXPECT_EQ(matching("/moov/trak[2]/edts", file), (std::vector{second + 8}));
  EXPECT_EQ(matching("/moov[1]/trak[1]/edts[1]", file), (std::vector{first + 8}));
  EXPECT_EQ(matching("/free", file), (std::vector<uint64_t>{file.size() - 8}));
  EXPECT_EQ(matching("/trak", file), std::vector<uint64_t>());
}

}  // namespace
}  // namespace assay::binding
