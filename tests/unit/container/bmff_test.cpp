#include <gtest/gtest.h>

#include "base/fourcc.h"
#include "container/bmff_layout.h"
#include "support/bmff_files.h"
#include "support/feeds.h"

namespace assay::container {
namespace {

using test::box;
using test::bytes_of;
using test::c2pa_box;
using test::ftyp;
using test::full_box;
using test::join;
using test::large_box;
using test::store_box;
using test::store_of;
using test::walk;
using test::walk_every_way;

const Bytes kStore = store_of(box("jumb", bytes_of("one manifest")));

Bytes movie() { return box("moov", full_box("mvhd", 0, bytes_of("header"))); }

std::vector<uint32_t> root_types(const Carrier& carrier) {
  std::vector<uint32_t> types;
  for (const uint32_t index : carrier.bmff->roots) {
    types.push_back(carrier.bmff->boxes[index].type);
  }
  return types;
}

// the store is as long as its superbox says; what follows in the box is padding.
TEST(Bmff, FindsTheStoreAndItsPadding) {
  const Bytes file = join(ftyp(), store_box("manifest", kStore, 5), movie(), box("mdat"));
  const auto walked = walk_every_way(file);
  ASSERT_EQ(walked.carrier.state, StoreState::single);
  EXPECT_EQ(walked.carrier.format, Format::mp4);
  EXPECT_EQ(walked.carrier.stores[0].bytes, kStore);
  const uint64_t size = store_box("manifest", kStore, 5).size();
  EXPECT_EQ(walked.carrier.stores[0].carrier, (std::vector<Range>{{ftyp().size(), size}}));
  EXPECT_TRUE(walked.carrier.stores[0].dirty_padding.empty());
  EXPECT_EQ(root_types(walked.carrier),
            (std::vector{fourcc("ftyp"), fourcc("uuid"), fourcc("moov"), fourcc("mdat")}));
}

// bytes behind the store that are not zero are nobody's.
TEST(Bmff, ReportsPaddingThatIsNotZero) {
  Bytes carrier_box = store_box("manifest", kStore, 5);
  carrier_box.back() = 1;
  const auto walked = walk_every_way(join(ftyp(), carrier_box));
  ASSERT_EQ(walked.carrier.state, StoreState::single);
  EXPECT_EQ(walked.carrier.stores[0].dirty_padding,
            (std::vector<Range>{{ftyp().size() + carrier_box.size() - 5, 5}}));
}

// 64-bit sizes, and a last box that reaches to the end of the file.
TEST(Bmff, ReadsLargeAndOpenSizes) {
  Bytes open_box = store_box("manifest", kStore);
  open_box[0] = open_box[1] = open_box[2] = open_box[3] = 0;
  const auto walked = walk_every_way(join(ftyp(), large_box("mdat", bytes_of("media")), open_box));
  ASSERT_EQ(walked.carrier.state, StoreState::single);
  EXPECT_EQ(walked.carrier.stores[0].bytes, kStore);
  const BmffBox& mdat = walked.carrier.bmff->boxes[1];
  EXPECT_EQ(mdat.header, 16);
  EXPECT_EQ(mdat.size, 21u);
}

// R-102, T-31: with two stores none may be used.
TEST(Bmff, TwoStoresAreMultiple) {
  const Bytes one = store_box("manifest", kStore);
  EXPECT_EQ(walk_every_way(join(ftyp(), one, one)).carrier.state, StoreState::multiple);
  const Bytes update = store_box("update", kStore);
  EXPECT_EQ(walk_every_way(join(ftyp(), one, update)).carrier.state, StoreState::multiple);
}

// original and update are one logical store, the original's manifests first.
TEST(Bmff, OriginalAndUpdateBecomeOneStore) {
  const Bytes first = box("jumb", bytes_of("first manifest"));
  const Bytes second = box("jumb", bytes_of("second manifest"));
  const Bytes file = join(ftyp(), store_box("original", store_of(first)), movie(),
                          store_box("update", store_of(second)));
  const auto walked = walk_every_way(file);
  ASSERT_EQ(walked.carrier.state, StoreState::single);
  ASSERT_EQ(walked.carrier.stores.size(), 1u);
  EXPECT_EQ(walked.carrier.stores[0].bytes, store_of(join(first, second)));
  EXPECT_EQ(walked.carrier.stores[0].carrier.size(), 2u);
}

// an original without an update stands for a manifest; so does a lone update, whose missing
// parent shows later.
TEST(Bmff, LoneOriginalOrUpdateIsAStore) {
  for (const auto* purpose : {"original", "update"}) {
    const auto walked = walk_every_way(join(ftyp(), store_box(purpose, kStore)));
    ASSERT_EQ(walked.carrier.state, StoreState::single) << purpose;
    EXPECT_EQ(walked.carrier.stores[0].bytes, kStore);
  }
}

// T-38: a C2PA box that holds no usable store is broken, never "none".
TEST(Bmff, DamagedStoresAreBroken) {
  Bytes too_long = kStore;
  too_long[3] = static_cast<uint8_t>(too_long[3] + 1);
  const Bytes no_store = c2pa_box("manifest", Bytes(8, 0));
  const Bytes no_jumbf = c2pa_box("manifest", join(Bytes(8, 0), box("free", Bytes(20, 0))));
  const Bytes short_box = box("uuid", kC2paBoxUuid);
  Bytes version_one = store_box("manifest", kStore);
  version_one[24] = 1;
  for (const Bytes& damaged :
       {store_box("manifest", too_long), no_store, no_jumbf, short_box, version_one}) {
    const auto walked = walk_every_way(join(ftyp(), damaged));
    EXPECT_EQ(walked.carrier.state, StoreState::broken);
    EXPECT_FALSE(walked.carrier.defect.empty());
  }
}

// T-38: wherever the file is cut, the walk ends, and a store that began is never forgotten.
TEST(Bmff, TruncationAtEveryByte) {
  const Bytes before = ftyp();
  const Bytes file = join(before, store_box("manifest", kStore), movie());
  const size_t store_ends = file.size() - movie().size();
  for (size_t length = 0; length < file.size(); ++length) {
    const auto walked = walk(ByteView(file).first(length), 1, "video/mp4");
    ASSERT_EQ(walked.fault, Fault::none) << length;
    if (length >= before.size() + 24 && length < store_ends) {
      EXPECT_EQ(walked.carrier.state, StoreState::broken) << length;
    }
    if (length >= store_ends) {
      EXPECT_EQ(walked.carrier.state, StoreState::single) << length;
    }
  }
}

// the data of Merkle boxes is kept with its box.
TEST(Bmff, KeepsMerkleBoxes) {
  const Bytes file = join(ftyp(), c2pa_box("merkle", bytes_of("proof")), box("moof"), box("mdat"));
  const auto walked = walk_every_way(file);
  EXPECT_EQ(walked.carrier.state, StoreState::none);
  ASSERT_EQ(walked.carrier.bmff->merkle.size(), 1u);
  EXPECT_EQ(walked.carrier.bmff->merkle[0].payload, bytes_of("proof"));
  EXPECT_EQ(walked.carrier.bmff->boxes[walked.carrier.bmff->merkle[0].box].offset, ftyp().size());
}

// other purposes are ignored, and said.
TEST(Bmff, UnknownPurposeIsIgnored) {
  const auto walked = walk_every_way(join(ftyp(), c2pa_box("future", bytes_of("data"))));
  EXPECT_EQ(walked.carrier.state, StoreState::none);
  ASSERT_EQ(walked.carrier.notes.size(), 1u);
  EXPECT_EQ(walked.carrier.notes[0].kind, "bmffUnknownPurpose");
}

// QuickTime's `meta` has no version and flags, ISO's has; both are walked.
TEST(Bmff, WalksBothKindsOfMeta) {
  const Bytes handler = full_box("hdlr", 0, Bytes(20, 0));
  for (const bool iso : {true, false}) {
    const Bytes meta = iso ? full_box("meta", 0, handler) : box("meta", handler);
    const auto walked = walk_every_way(join(ftyp(), meta));
    ASSERT_EQ(walked.carrier.bmff->boxes.size(), 3u);
    EXPECT_EQ(walked.carrier.bmff->boxes[1].full, iso);
    EXPECT_EQ(walked.carrier.bmff->boxes[2].type, fourcc("hdlr"));
    EXPECT_EQ(walked.carrier.bmff->boxes[2].parent, 1u);
  }
}

// terminators inside containers and zero filling behind the last box are no boxes.
TEST(Bmff, ToleratesTerminatorsAndFilling) {
  const Bytes user_data = box("udta", join(box("name", bytes_of("x")), Bytes(4, 0)));
  const Bytes file = join(ftyp(), box("moov", user_data), box("mdat"), Bytes(100, 0));
  const auto walked = walk_every_way(file);
  EXPECT_EQ(walked.carrier.bmff->roots.size(), 3u);
  EXPECT_EQ(walked.carrier.bmff->tail, (Range{file.size() - 100, 100}));
  EXPECT_EQ(walked.carrier.notes[0].kind, "trailing-bytes");
}

// version and flags of FullBoxes.
TEST(Bmff, ReadsVersionAndFlags) {
  const Bytes header = full_box("tfhd", 0x01020304, bytes_of("x"));
  const Bytes file = join(ftyp(), box("moof", box("traf", header)));
  const auto walked = walk_every_way(file);
  const BmffBox& tfhd = walked.carrier.bmff->boxes.back();
  EXPECT_TRUE(tfhd.full);
  EXPECT_EQ(tfhd.version, 1);
  EXPECT_EQ(tfhd.flags, 0x020304u);
}

// nesting beyond the limit is left unread; the boxes above it stay known.
TEST(Bmff, StopsAtTheDepthLimit) {
  Bytes nested = box("moov");
  for (int i = 0; i < 1000; ++i) {
    nested = box("moov", nested);
  }
  const auto walked = walk_every_way(join(ftyp(), nested, store_box("manifest", kStore)));
  EXPECT_EQ(walked.carrier.state, StoreState::single);
  EXPECT_EQ(walked.carrier.bmff->boxes.size(), 2u + Limits().bmff_depth);
}

// with more boxes than the limit nothing is concluded from what was not found.
TEST(Bmff, StopsAtTheBoxLimit) {
  Limits limits;
  limits.bmff_boxes = 3;
  const Bytes three = join(ftyp(), box("free"), box("free"));
  EXPECT_TRUE(walk_every_way(three, "", limits).carrier.bmff->complete);
  const auto walked = walk_every_way(join(three, box("free")), "", limits);
  EXPECT_FALSE(walked.carrier.bmff->complete);
  EXPECT_EQ(walked.carrier.state, StoreState::none);
}

// XMP's pointer to a remote store, and the range it stands in.
TEST(Bmff, ReadsTheProvenancePointer) {
  constexpr BmffUuid kXmp = {0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8,
                             0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC};
  const Bytes packet = bytes_of(
      "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
      "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
      "xmlns:dcterms='http://purl.org/dc/terms/' dcterms:provenance='https://a.example/m.c2pa'/>"
      "</rdf:RDF></x:xmpmeta>");
  const Bytes uuid = box("uuid", join(kXmp, packet));
  const auto walked = walk_every_way(join(ftyp(), uuid));
  EXPECT_EQ(walked.carrier.provenance_url, "https://a.example/m.c2pa");
  ASSERT_EQ(walked.carrier.metadata.size(), 1u);
  EXPECT_EQ(walked.carrier.metadata[0].range, (Range{ftyp().size(), uuid.size()}));
}

// information for live video is not checked here, and its presence is said.
TEST(Bmff, LiveVideoIsSaid) {
  const auto event = [](const char* scheme) {
    return full_box("emsg", 0, join(bytes_of(scheme), Bytes{0}, bytes_of("fseg"), Bytes(17, 0)));
  };
  const auto notes = [&event](const char* scheme) {
    return walk_every_way(join(box("styp"), event(scheme), box("moof"))).carrier.notes;
  };
  ASSERT_EQ(notes("urn:c2pa:verifiable-segment-info").size(), 1u);
  EXPECT_EQ(notes("urn:c2pa:verifiable-segment-info")[0].kind, "liveVideo");
  EXPECT_TRUE(notes("urn:c2pa:verifiable-segment-infos").empty());
  EXPECT_TRUE(notes("urn:scte:scte35:2013:bin").empty());
}

// Sizes that lie: smaller than a header, 2^32-1, 2^64-1.
TEST(Bmff, HostileSizes) {
  for (const uint32_t size : {2u, 7u, 0xFFFFFFFFu}) {
    Bytes lying = box("mdat", Bytes(16, 0));
    const Bytes field = test::be32_bytes(size);
    std::copy(field.begin(), field.end(), lying.begin());
    const auto walked = walk_every_way(join(ftyp(), lying));
    EXPECT_EQ(walked.fault, Fault::none);
    EXPECT_FALSE(walked.carrier.notes.empty());
  }
  Bytes huge = large_box("mdat", Bytes(16, 0));
  std::fill(huge.begin() + 8, huge.begin() + 16, uint8_t{0xFF});
  const auto walked = walk_every_way(join(ftyp(), huge, Bytes(3, 0)));
  EXPECT_TRUE(walked.carrier.bmff->boxes.back().truncated);
  EXPECT_EQ(walked.carrier.bmff->boxes.back().end(), ftyp().size() + huge.size() + 3);
}

}  // namespace
}  // namespace assay::container
