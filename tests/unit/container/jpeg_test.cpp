// JPEG: APP11 reassembly (R-120…R-122, T-32, T-38), box names, several images in one
// file, metadata and XMP.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "container/assets.h"
#include "container/feeds.h"

namespace assay::test {
namespace {

using container::Carrier;
using container::StoreState;

std::string with_byte(std::string bytes, size_t index, char value) {
  bytes[index] = value;
  return bytes;
}

TEST(Jpeg, NoStore) {
  const Carrier carrier = scan(jpeg(""));
  EXPECT_EQ(carrier.state, StoreState::none);
  EXPECT_EQ(names(carrier), "SOI APP0 DQT SOF0 SOS EOI");
  EXPECT_TRUE(carrier.unnamed.empty());
}

TEST(Jpeg, R120OneSegment) {
  const Carrier carrier = scan(jpeg(concat(app11(store()))));
  ASSERT_EQ(carrier.state, StoreState::single);
  EXPECT_EQ(text_of(carrier.stores[0].bytes), store());
  EXPECT_EQ(carrier.stores[0].carrier, (std::vector<Range>{{20, 12 + store().size()}}));
  EXPECT_EQ(names(carrier), "SOI APP0 C2PA DQT SOF0 SOS EOI");
}

TEST(Jpeg, R120ManySegmentsAreOneBox) {
  const std::string big = store(150000);
  const Carrier carrier = scan(jpeg(concat(app11(big))));
  ASSERT_EQ(carrier.state, StoreState::single);
  EXPECT_TRUE(text_of(carrier.stores[0].bytes) == big);
  EXPECT_EQ(carrier.stores[0].carrier.size(), 3u);
  EXPECT_EQ(names(carrier), "SOI APP0 C2PA DQT SOF0 SOS EOI");
}

TEST(Jpeg, R120ExtendedBoxLength) {
  const std::string plain = store();
  const std::string jumbf = be(1, 4) + "jumb" + be(plain.size() + 8, 8) + plain.substr(8);
  std::string first = "JP" + be(1, 2) + be(1, 4) + jumbf.substr(0, 50);
  std::string second = "JP" + be(1, 2) + be(2, 4) + jumbf.substr(0, 16) + jumbf.substr(50);
  const Carrier carrier = scan(jpeg(segment(0xEB, first) + segment(0xEB, second)));
  ASSERT_EQ(carrier.state, StoreState::single) << carrier.defect;
  EXPECT_EQ(text_of(carrier.stores[0].bytes), jumbf);
}

// Pictures in circulation count from 0.
TEST(Jpeg, R121PacketsMayBeCountedFromZero) {
  std::vector<std::string> parts = app11(store(100), 60);
  for (size_t index = 0; index < parts.size(); ++index) {
    parts[index] = with_byte(parts[index], 11, static_cast<char>(index));
  }
  EXPECT_EQ(scan(jpeg(concat(parts))).state, StoreState::single);
  EXPECT_EQ(scan(jpeg(parts[0] + parts[2])).state, StoreState::broken);
}

// A first packet so short that the type UUID is cut is still the store's beginning.
TEST(Jpeg, T32TinyPackets) {
  const Carrier carrier = scan(jpeg(concat(app11(store(), 5))));
  ASSERT_EQ(carrier.state, StoreState::single) << carrier.defect;
  EXPECT_EQ(text_of(carrier.stores[0].bytes), store());
}

TEST(Jpeg, R122OtherJumbfIsOrdinaryContent) {
  const std::string other = superbox(std::string(16, 'x'), "c2pa", "payload");
  for (const size_t packet : {size_t{60000}, size_t{5}}) {
    const Carrier carrier =
        scan(jpeg(concat(app11(other, packet)) + concat(app11(store(), 40, 2))));
    EXPECT_EQ(carrier.state, StoreState::single) << carrier.defect;
  }
  EXPECT_EQ(names(scan(jpeg(concat(app11(other, 30))))), "SOI APP0 APP11 APP11 DQT SOF0 SOS EOI");
  EXPECT_EQ(names(scan(jpeg(segment(0xEB, "HDR_RI ver=11")))), "SOI APP0 APP11 DQT SOF0 SOS EOI");
}

// anything but one contiguous run in sequence is a store that cannot be used, and never
// silence (T-32).
TEST(Jpeg, R121BrokenRuns) {
  const std::vector<std::string> parts = app11(store(100), 60);
  ASSERT_EQ(parts.size(), 3u);
  const std::string foreign = segment(0xEB, "foreign");
  const std::string com = segment(0xFE, "hi");
  const std::vector<std::string> cases = {
      parts[0] + parts[2],                               // gap
      parts[0] + parts[1] + parts[1] + parts[2],         // repeat
      parts[0] + parts[2] + parts[1],                    // order
      parts[1] + parts[0] + parts[2],                    // does not begin with the first
      parts[0] + foreign + parts[1] + parts[2],          // foreign APP11 between
      parts[0] + com + parts[1] + parts[2],              // another segment between
      parts[0] + "\xFF"s + parts[1] + parts[2],          // a fill byte between
      parts[0] + parts[1],                               // end missing
      with_byte(parts[0], 11, 2) + parts[1] + parts[2],  // Z begins at 2
      parts[0].substr(0, 8) + "\xFF\xFF\xFF\xFF" + parts[0].substr(12) +
          parts[1],                                         // and at its end
      with_byte(parts[0], 4, 'X') + parts[1] + parts[2],    // CI of the first
      parts[0] + with_byte(parts[1], 4, 'X') + parts[2],    // CI of the second
      parts[0] + with_byte(parts[1], 7, 9) + parts[2],      // En
      parts[0] + with_byte(parts[1], 15, 1) + parts[2],     // LBox
      with_byte(parts[0], 15, 0x7F) + parts[1] + parts[2],  // LBox of the first
      parts[0] + with_byte(parts[1], 19, 'c') + parts[2],   // TBox
      with_byte(parts[0], 19, 'c') + parts[1] + parts[2],   // TBox of the first
      concat(parts) + segment(0xEB, "JP" + be(1, 2) + be(4, 4) + store(100).substr(0, 8) + "more"),
      with_byte(concat(app11(store())), 45, 'x'),  // label
  };
  for (size_t index = 0; index < cases.size(); ++index) {
    const Carrier carrier = scan(jpeg(cases[index]));
    EXPECT_EQ(carrier.state, StoreState::broken) << "case " << index;
    EXPECT_FALSE(carrier.defect.empty()) << "case " << index;
    EXPECT_TRUE(carrier.stores.empty()) << "case " << index;
  }
}

TEST(Jpeg, R102TwoStores) {
  const std::string one = concat(app11(store(20, 'a')));
  const std::string two = concat(app11(store(20, 'b'), 60000, 2));
  EXPECT_EQ(scan(jpeg(one + two)).state, StoreState::multiple);
  EXPECT_EQ(scan(jpeg(one + one)).state, StoreState::multiple);
  // T-31: also behind the first scan, and next to one that is broken
  const std::string after_scan = soi() + one + sos("xy") + two + sos("zz") + eoi();
  EXPECT_EQ(scan(after_scan).state, StoreState::multiple);
  const std::string broken = app11(store(100), 60)[0];
  EXPECT_EQ(scan(jpeg(one + segment(0xFE, "") + broken)).state, StoreState::multiple);
}

TEST(Jpeg, T38CutOffStoreIsBrokenNotAbsent) {
  const std::string asset = jpeg(concat(app11(store(300), 120)));
  const size_t uuid_end = 20 + 4 + 8 + 8 + 8 + 16;
  for (size_t size = uuid_end; size + jpeg_tail().size() < asset.size(); size += 7) {
    const Carrier carrier = scan(asset.substr(0, size));
    EXPECT_EQ(carrier.state, StoreState::broken) << size;
  }
}

TEST(Jpeg, StoreLargerThanTheLimitIsRefused) {
  Limits limits;
  limits.store_bytes = 100;
  const Carrier carrier = scan(jpeg(concat(app11(store(100), 60))), "", limits);
  EXPECT_EQ(carrier.state, StoreState::broken);
}

// SOS and RSTn include the entropy-coded bytes behind them; FF00 is data.
TEST(Jpeg, R124RestartMarkersAreBoxes) {
  const std::string head = soi() + segment(0xDD, "\0\1"s);
  const std::string asset = head + sos("aa\xFF\0a"s) + "\xFF\xD0" + "bb" + "\xFF\xD1" + "c" + eoi();
  const Carrier carrier = scan(asset);
  EXPECT_EQ(names(carrier), "SOI DRI SOS RST0 RST1 EOI");
  const uint64_t at = head.size();
  EXPECT_EQ(carrier.boxes[2].ranges[0], (Range{at, 15}));
  EXPECT_EQ(carrier.boxes[3].ranges[0], (Range{at + 15, 4}));
  EXPECT_EQ(carrier.boxes[4].ranges[0], (Range{at + 19, 3}));
}

TEST(Jpeg, R124MarkerSymbols) {
  const std::string asset = soi() + segment(0xC4, "h") + segment(0xC2, "s") + segment(0xCC, "a") +
                            segment(0xEF, "f") + segment(0xFE, "c") + segment(0xF0, "j") +
                            segment(0xDC, "n") + "\xFF\x01" + segment(0x02, "r") + eoi();
  EXPECT_EQ(names(scan(asset)), "SOI DHT SOF2 DAC APP15 COM JPG0 DNL TEM RES EOI");
}

// A list that stopped in the middle would look complete: then there are no names at all.
TEST(Jpeg, T54TooManyBoxesAreNotAPartialList) {
  Limits limits;
  limits.named_boxes = 5;
  const Carrier carrier = scan(jpeg(concat(app11(store()))), "", limits);
  EXPECT_EQ(names(carrier), "");
  EXPECT_EQ(carrier.state, StoreState::single);
  EXPECT_TRUE(has_note(carrier, "namedBoxLimit"));
}

TEST(Jpeg, T30TrailingBytes) {
  const std::string asset = jpeg("");
  const Carrier carrier = scan(asset + "tail");
  EXPECT_EQ(carrier.unnamed, (std::vector<Range>{{asset.size(), 4}}));
  EXPECT_TRUE(has_note(carrier, "trailing-bytes"));
}

TEST(Jpeg, T30OneTrailingByte) {
  const std::string asset = jpeg("");
  const Carrier carrier = scan(asset + "x");
  EXPECT_EQ(carrier.unnamed, (std::vector<Range>{{asset.size(), 1}}));
  EXPECT_TRUE(has_note(carrier, "trailing-bytes"));
}

// A file of nothing but tiny segments costs no more than the limit.
TEST(Jpeg, R009MetadataRangesAreBounded) {
  Limits limits;
  limits.named_boxes = 20;
  std::string many;
  for (int index = 0; index < 100; ++index) {
    many += segment(0xFE, "");
  }
  EXPECT_EQ(scan(jpeg(many), "", limits).metadata.size(), 20u);
}

// images after the first are named in sequence; their stores are not the file's.
TEST(Jpeg, R109StoreOfASecondImageDoesNotCount) {
  const std::string mine = concat(app11(store(20, 'a')));
  const std::string theirs = soi() + concat(app11(store(20, 'b'))) + sos("zz") + eoi();
  const Carrier both = scan(jpeg(mine) + theirs);
  ASSERT_EQ(both.state, StoreState::single);
  EXPECT_EQ(text_of(both.stores[0].bytes), store(20, 'a'));
  EXPECT_EQ(names(both), "SOI APP0 C2PA DQT SOF0 SOS EOI SOI APP11 SOS EOI");
  EXPECT_EQ(scan(jpeg("") + theirs).state, StoreState::none);
  // bytes between the images: the second has no names
  const Carrier apart = scan(jpeg(mine) + "\0\0"s + theirs);
  EXPECT_EQ(names(apart), "SOI APP0 C2PA DQT SOF0 SOS EOI");
  EXPECT_EQ(apart.unnamed.size(), 1u);
}

TEST(Jpeg, GarbageBetweenSegmentsDoesNotHideTheStore) {
  const Carrier carrier = scan(jpeg("junk\xFF\0\xFF\xFF"s + concat(app11(store()))));
  EXPECT_EQ(carrier.state, StoreState::single);
  EXPECT_EQ(carrier.unnamed, (std::vector<Range>{{20, 8}}));
  EXPECT_TRUE(has_note(carrier, "jpegGap"));
  EXPECT_EQ(scan(jpeg("\xFF\xE2\0\1"s + concat(app11(store())))).state, StoreState::single);
}

TEST(Jpeg, T55MetadataSegments) {
  const Carrier carrier = scan(jpeg(segment(0xE1, "Exif\0\0MM"s) +
                                    segment(0xE1, "http://ns.adobe.com/xap/1.0/\0<x/>"s) +
                                    segment(0xED, "Photoshop 3.0\0"s) + segment(0xFE, "note") +
                                    segment(0xE2, "ICC_PROFILE\0"s) + segment(0xE1, "other")));
  std::string kinds;
  for (const auto& item : carrier.metadata) {
    kinds += item.kind + " ";
  }
  EXPECT_EQ(kinds, "EXIF XMP IPTC COM ");
  EXPECT_EQ(carrier.metadata[0].range, (Range{20, 12}));
}

std::string xmp(const std::string& description) {
  return "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>"
         "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
         "xmlns:dcterms='http://purl.org/dc/terms/' " +
         description + "</rdf:RDF></x:xmpmeta><?xpacket end='w'?>";
}

TEST(Jpeg, R127XmpProvenance) {
  const std::string prefix = "http://ns.adobe.com/xap/1.0/\0"s;
  const std::vector<std::string> forms = {
      xmp("dcterms:provenance='https://a.example/s?a=1&amp;b=2'/>"),
      xmp("><dcterms:provenance> https://a.example/s?a=1&amp;b=2\n</dcterms:provenance>"
          "</rdf:Description>"),
      xmp("><dcterms:provenance rdf:resource='https://a.example/s?a=1&amp;b=2'/>"
          "</rdf:Description>"),
  };
  for (const std::string& form : forms) {
    EXPECT_EQ(scan(jpeg(segment(0xE1, prefix + form))).provenance_url,
              "https://a.example/s?a=1&b=2");
  }
  EXPECT_EQ(scan(jpeg(segment(0xE1, prefix + xmp("dcterms:title='x'/>")))).provenance_url, "");
  EXPECT_EQ(scan(jpeg(segment(0xE1, prefix + "<broken"))).provenance_url, "");
}

TEST(Jpeg, R127ExtendedXmpProvenance) {
  const std::string packet = xmp("dcterms:provenance='https://b.example/'/>");
  const std::string prefix = "http://ns.adobe.com/xmp/extension/\0"s + std::string(32, 'G');
  const auto part = [&](size_t from, size_t count) {
    return segment(0xE1, prefix + be(packet.size(), 4) + be(from, 4) + packet.substr(from, count));
  };
  EXPECT_EQ(scan(jpeg(part(0, 100) + part(100, 5000))).provenance_url, "https://b.example/");
  EXPECT_EQ(scan(jpeg(part(0, 100) + part(150, 5000))).provenance_url, "");
}

TEST(Jpeg, EveryPrefixIsWalkedToTheEnd) {
  const std::string asset = jpeg(concat(app11(store(), 40)) + segment(0xE1, "Exif\0\0"s)) + "tail";
  for (size_t size = 3; size <= asset.size(); ++size) {
    scan(asset.substr(0, size));
  }
}

}  // namespace
}  // namespace assay::test
