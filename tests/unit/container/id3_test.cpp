// MP3 and FLAC: the GEOB frame of an ID3v2 tag (R-148, R-149, T-38).
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

const std::string kAudio = "\xFF\xFB\x90\x64" + std::string(60, 'a');

std::string sync_safe(uint64_t value) {
  std::string out;
  for (int shift = 21; shift >= 0; shift -= 7) {
    out += static_cast<char>((value >> shift) & 0x7F);
  }
  return out;
}
std::string tag(int version, const std::string& frames, int flags = 0) {
  return "ID3"s + static_cast<char>(version) + "\0"s + static_cast<char>(flags) +
         sync_safe(frames.size()) + frames;
}
std::string frame(int version, const std::string& id, const std::string& content,
                  const std::string& flags = "\0\0"s) {
  if (version == 2) {
    return id + be(content.size(), 3) + content;
  }
  return id + (version == 4 ? sync_safe(content.size()) : be(content.size(), 4)) + flags + content;
}
std::string object(const std::string& jumbf, const std::string& mime = "application/c2pa",
                   bool utf16 = false) {
  const std::string texts = utf16 ? "\xFF\xFE"s + "c\0\0\0"s + "\xFF\xFE" + "\0\0"s : "c2pa\0\0"s;
  return (utf16 ? "\1" : "\0"s) + mime + "\0"s + texts + jumbf;
}
std::string geob(int version, const std::string& jumbf) {
  return frame(version, version == 2 ? "GEO" : "GEOB", object(jumbf));
}

TEST(Id3, R148StoreInEveryVersion) {
  for (const int version : {2, 3, 4}) {
    const std::string title = frame(version, version == 2 ? "TT2" : "TIT2", "\0title"s);
    const std::string asset = tag(version, title + geob(version, store())) + kAudio;
    const Carrier carrier = scan(asset);
    EXPECT_EQ(carrier.format, Format::mp3);
    ASSERT_EQ(carrier.state, StoreState::single) << carrier.defect;
    EXPECT_EQ(text_of(carrier.stores[0].bytes), store());
    EXPECT_EQ(carrier.stores[0].carrier,
              (std::vector<Range>{{10 + title.size(), geob(version, store()).size()}}));
    ASSERT_EQ(carrier.metadata.size(), 2u);
    EXPECT_EQ(carrier.metadata[1].range, (Range{10, title.size()}));
  }
}

TEST(Id3, R148Flac) {
  const Carrier carrier = scan(tag(4, geob(4, store())) + "fLaC" + std::string(40, '\0'));
  EXPECT_EQ(carrier.format, Format::flac);
  EXPECT_EQ(carrier.state, StoreState::single);
  EXPECT_EQ(scan("fLaC" + std::string(40, '\0')).state, StoreState::none);
}

TEST(Id3, R148MediaTypesAndTextEncodings) {
  for (const char* mime : {"application/c2pa", "application/x-c2pa-manifest-store",
                           "application/jumbf", "Application/C2PA"}) {
    EXPECT_EQ(scan(tag(3, frame(3, "GEOB", object(store(), mime))) + kAudio).state,
              StoreState::single);
  }
  EXPECT_EQ(scan(tag(3, frame(3, "GEOB", object(store(), "image/png"))) + kAudio).state,
            StoreState::none);
  const Carrier wide =
      scan(tag(3, frame(3, "GEOB", object(store(), "application/c2pa", true))) + kAudio);
  ASSERT_EQ(wide.state, StoreState::single);
  EXPECT_EQ(text_of(wide.stores[0].bytes), store());
}

std::string unsynchronise(const std::string& bytes) {
  std::string out;
  for (const char c : bytes) {
    out += c;
    if (c == '\xFF') {
      out += '\0';
    }
  }
  return out;
}

TEST(Id3, R148Unsynchronisation) {
  const std::string jumbf = store(10, '\xFF');
  const std::string padding(5, '\0');
  for (const int version : {2, 3}) {
    const std::string title = frame(version, version == 2 ? "TT2" : "TIT2", "\0\xFF\xFF"s);
    const std::string body = unsynchronise(title + geob(version, jumbf));
    const Carrier carrier = scan(tag(version, body + padding, 0x80) + kAudio);
    ASSERT_EQ(carrier.state, StoreState::single) << carrier.defect;
    EXPECT_EQ(text_of(carrier.stores[0].bytes), jumbf);
    const uint64_t begin = 10 + unsynchronise(title).size();
    EXPECT_EQ(carrier.stores[0].carrier[0],
              (Range{begin, unsynchronise(geob(version, jumbf)).size()}));
    EXPECT_EQ(carrier.stores[0].carrier[1], (Range{10 + body.size(), 5}));
  }
  const std::string content = unsynchronise(object(jumbf));
  const std::string by_frame = frame(4, "GEOB", be(0, 4) + content, "\0\x03"s);
  const Carrier carrier = scan(tag(4, by_frame) + kAudio);
  ASSERT_EQ(carrier.state, StoreState::single) << carrier.defect;
  EXPECT_EQ(text_of(carrier.stores[0].bytes), jumbf);
}

TEST(Id3, R148ExtendedHeader) {
  const std::string v3 = tag(3, be(6, 4) + std::string(6, '\0') + geob(3, store()), 0x40);
  EXPECT_EQ(scan(v3 + kAudio).state, StoreState::single);
  const std::string v4 = tag(4, sync_safe(6) + "\1\0"s + geob(4, store()), 0x40);
  EXPECT_EQ(scan(v4 + kAudio).state, StoreState::single);
}

TEST(Id3, R149Padding) {
  const std::string frames = geob(4, store());
  const Carrier clean = scan(tag(4, frames + std::string(100, '\0')) + kAudio);
  ASSERT_EQ(clean.state, StoreState::single);
  EXPECT_EQ(clean.stores[0].carrier.back(), (Range{10 + frames.size(), 100}));
  EXPECT_TRUE(clean.stores[0].dirty_padding.empty());
  const Carrier dirty = scan(tag(4, frames + std::string(50, '\0') + "hidden") + kAudio);
  EXPECT_EQ(dirty.stores[0].dirty_padding, (std::vector<Range>{{10 + frames.size(), 56}}));
  const Carrier behind = scan(tag(4, geob(4, store() + "hidden")) + kAudio);
  EXPECT_EQ(behind.stores[0].dirty_padding, (std::vector<Range>{{10 + frames.size(), 6}}));
}

TEST(Id3, R102TwoFrames) {
  EXPECT_EQ(scan(tag(4, geob(4, store()) + geob(4, store())) + kAudio).state, StoreState::multiple);
}

TEST(Id3, T38BrokenFrames) {
  EXPECT_EQ(scan(tag(4, geob(4, "")) + kAudio).state, StoreState::broken);
  const std::string asset = tag(4, geob(4, store(200)));
  EXPECT_EQ(scan(asset.substr(0, 120)).state, StoreState::broken);
  Limits limits;
  limits.store_bytes = 64;
  EXPECT_EQ(scan(tag(4, geob(4, store(200))) + kAudio, "", limits).state, StoreState::broken);
  EXPECT_EQ(scan(tag(3, unsynchronise(geob(3, store(200))), 0x80) + kAudio, "", limits).state,
            StoreState::broken);
}

TEST(Id3, XmpProvenance) {
  const std::string packet =
      "<rdf:Description xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
      "xmlns:d='http://purl.org/dc/terms/' d:provenance='https://a.example/'/>";
  EXPECT_EQ(scan(tag(3, frame(3, "PRIV", "XMP\0"s + packet)) + kAudio).provenance_url,
            "https://a.example/");
}

TEST(Id3, EveryPrefixIsWalkedToTheEnd) {
  for (const int flags : {0, 0x80, 0x40}) {
    const std::string asset =
        tag(3, frame(3, "TIT2", "\0t"s) + geob(3, store()) + std::string(8, '\0'), flags) + kAudio;
    for (size_t size = 10; size < asset.size(); ++size) {
      scan(asset.substr(0, size));
    }
  }
  EXPECT_EQ(scan(tag(9, geob(4, store())) + kAudio).state, StoreState::none);
}

}  // namespace
}  // namespace assay::test
