// XMP as an item of a HEIF file's `meta` box, and lists that lie (T-38, T-80).
#include <gtest/gtest.h>

#include <algorithm>

#include "base/fourcc.h"
#include "support/bmff_files.h"
#include "support/feeds.h"

namespace assay::container {
namespace {

using test::box;
using test::bytes_of;
using test::ftyp;
using test::full_box;
using test::join;
using test::walk;
using test::walk_every_way;

constexpr uint32_t kXmpId = 7;
constexpr const char* kUrl = "https://a.example/m.c2pa";

Bytes packet(std::string_view url = kUrl) {
  return bytes_of(
      "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
      "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
      "xmlns:dcterms='http://purl.org/dc/terms/' dcterms:provenance='" +
      std::string(url) + "'/></rdf:RDF></x:xmpmeta>");
}

Bytes be16(size_t value) {
  Bytes out;
  append_be16(out, static_cast<uint16_t>(value));
  return out;
}

Bytes be32(uint64_t value) { return test::be32_bytes(static_cast<uint32_t>(value)); }

Bytes text(std::string_view value) { return join(bytes_of(value), Bytes{0}); }

// An `infe` box of version 2 or 3.
Bytes entry(uint32_t id, std::string_view type, std::string_view content_type,
            std::string_view encoding = "", uint8_t version = 2, uint16_t protection = 0) {
  Bytes body = join(be32(uint32_t{version} << 24), version == 3 ? be32(id) : be16(id),
                    be16(protection), bytes_of(type), text(""));
  if (type == "mime") {
    append(body, text(content_type));
    append(body, text(encoding));
  }
  return box("infe", body);
}

Bytes xmp_entry(uint32_t id = kXmpId) { return entry(id, "mime", "application/rdf+xml"); }

Bytes info(const Bytes& entries, size_t count) {
  return full_box("iinf", 0, join(be16(count), entries));
}

// Entry of an `iloc` of version 1 whose offsets and lengths have four bytes.
Bytes place(uint32_t id, uint16_t method, const std::vector<Range>& extents) {
  Bytes out = join(be16(id), be16(method), be16(0), be16(extents.size()));
  for (const Range& extent : extents) {
    append(out, join(be32(extent.offset), be32(extent.length)));
  }
  return out;
}

Bytes places(const Bytes& entries, size_t count, uint8_t version = 1) {
  return full_box("iloc", uint32_t{version} << 24, join(Bytes{0x44, 0x00}, be16(count), entries));
}

Bytes meta(const Bytes& children) { return full_box("meta", 0, children); }

bool unread(const Carrier& carrier) {
  return std::any_of(carrier.notes.begin(), carrier.notes.end(),
                     [](const Note& note) { return note.kind == "xmpItem"; });
}

// A file with one XMP item in `mdat`; `lists` makes iinf and iloc of the offset of the media.
template <class Lists>
Bytes file_of(const Lists& lists, const Bytes& media) {
  const size_t head = join(ftyp(), meta(lists(uint64_t{0}))).size() + 8;
  return join(ftyp(), meta(lists(uint64_t{head})), box("mdat", media));
}

TEST(BmffItems, ReadsAnItemInTheMedia) {
  const Bytes media = join(bytes_of("picture"), packet());
  uint64_t at = 0;
  const Bytes file = file_of(
      [&](uint64_t start) {
        at = start + 7;
        return join(
            info(join(entry(1, "hvc1", ""), xmp_entry()), 2),
            places(join(place(1, 0, {{start, 7}}), place(kXmpId, 0, {{at, packet().size()}})), 2));
      },
      media);
  const Carrier carrier = walk_every_way(file).carrier;
  EXPECT_EQ(carrier.provenance_url, kUrl);
  ASSERT_EQ(carrier.metadata.size(), 1u);
  EXPECT_EQ(carrier.metadata[0].range, (Range{at, packet().size()}));
  EXPECT_EQ(carrier.metadata[0].kind, "XMP");
  EXPECT_FALSE(unread(carrier));
  EXPECT_EQ(carrier.state, StoreState::none);
}

// Construction method 1: the bytes stand in `idat`, here in two pieces the other way round.
TEST(BmffItems, ReadsAnItemInTheDataBox) {
  const Bytes whole = packet();
  const size_t cut = 40;
  const ByteView view(whole);
  const Bytes data = join(view.subspan(cut), view.first(cut));
  const Bytes lists =
      join(info(xmp_entry(), 1),
           places(place(kXmpId, 1, {{whole.size() - cut, cut}, {0, whole.size() - cut}}), 1),
           box("idat", data));
  const Carrier carrier = walk_every_way(join(ftyp(), meta(lists))).carrier;
  EXPECT_EQ(carrier.provenance_url, kUrl);
  EXPECT_EQ(carrier.metadata.size(), 2u);
}

// Wide ids, 64-bit offsets with a base, an extent index, and a length of 0: to the end.
TEST(BmffItems, ReadsTheOtherLayouts) {
  const uint32_t id = 0x12345;
  const Bytes iinf =
      full_box("iinf", 1 << 24, join(be32(1), entry(id, "mime", "application/rdf+xml", "", 3)));
  const auto lists = [&](uint64_t start) {
    Bytes iloc = join(Bytes{0x80, 0x84}, be32(1), be32(id), be16(0), be16(0));
    append_be64(iloc, start);
    append(iloc, join(be16(1), be32(99), Bytes(8, 0)));
    return join(iinf, full_box("iloc", 2 << 24, iloc));
  };
  EXPECT_EQ(walk_every_way(file_of(lists, packet())).carrier.provenance_url, kUrl);
}

// Version 0 of `iloc` has no construction method; versions 0 and 1 of `infe` no item type.
TEST(BmffItems, ReadsTheFirstVersions) {
  const Bytes old = box("infe", join(be32(0), be16(kXmpId), be16(0), text("xmp"),
                                     text("application/rdf+xml"), text("")));
  const auto lists = [&](uint64_t start) {
    const Bytes iloc = join(be16(kXmpId), be16(0), be16(1), be32(start), be32(packet().size()));
    return join(info(old, 1), places(iloc, 1, 0));
  };
  EXPECT_EQ(walk_every_way(file_of(lists, packet())).carrier.provenance_url, kUrl);
}

// other items, and `meta` boxes of tracks, point nowhere; the pointer outside wins.
TEST(BmffItems, OthersAreNotXmp) {
  for (const char* type : {"text/plain", "application/rdf+xmls", ""}) {
    const auto lists = [&](uint64_t start) {
      return join(info(entry(kXmpId, "mime", type), 1),
                  places(place(kXmpId, 0, {{start, packet().size()}}), 1));
    };
    const Carrier carrier = walk_every_way(file_of(lists, packet())).carrier;
    EXPECT_EQ(carrier.provenance_url, "") << type;
    EXPECT_TRUE(carrier.metadata.empty());
    EXPECT_FALSE(unread(carrier));
  }
  const Bytes lists =
      join(info(xmp_entry(), 1), places(place(kXmpId, 1, {{0, 0}}), 1), box("idat", packet()));
  EXPECT_EQ(walk_every_way(join(ftyp(), box("moov", meta(lists)))).carrier.provenance_url, "");
}

// T-38: what cannot be read is said; an offset past the end, an item of another item or file, a
// protected or an encoded one, none at all.
TEST(BmffItems, SaysWhatItCannotRead) {
  const Bytes good = xmp_entry();
  const std::vector<std::pair<Bytes, Bytes>> all = {
      {good, place(kXmpId, 0, {{100000, 10}})},
      {good, place(kXmpId, 0, {{0, 0xFFFFFFFF}})},
      {good, place(kXmpId, 0, {{0xFFFFFFFF, 0xFFFFFFFF}})},
      {good, place(kXmpId, 1, {{0, 10}})},
      {good, place(kXmpId, 2, {{0, 10}})},
      {good, place(kXmpId, 0, {})},
      {good, join(be16(kXmpId), be16(0), be16(1), be16(1), be32(0), be32(10))},
      {entry(kXmpId, "mime", "application/rdf+xml", "deflate"), place(kXmpId, 0, {{0, 10}})},
      {entry(kXmpId, "mime", "application/rdf+xml", "", 2, 1), place(kXmpId, 0, {{0, 10}})}};
  for (size_t i = 0; i < all.size(); ++i) {
    const Bytes lists = join(info(all[i].first, 1), places(all[i].second, 1));
    const auto walked = walk_every_way(join(ftyp(), meta(lists)));
    EXPECT_EQ(walked.fault, Fault::none) << i;
    EXPECT_TRUE(unread(walked.carrier)) << i;
    EXPECT_TRUE(walked.carrier.metadata.empty()) << i;
  }
}

// T-38: lists that end early, hold more than they say, or have a version that does not exist.
TEST(BmffItems, SaysThatTheListsAreDamaged) {
  const Bytes item = place(kXmpId, 0, {{0, 10}});
  const Bytes locations = places(item, 1);
  Bytes short_entry = xmp_entry();
  short_entry[3] = 7;
  const std::vector<Bytes> damaged = {
      join(info(xmp_entry(), 2), locations),
      join(info(short_entry, 1), locations),
      join(info(xmp_entry(), 1), places(item, 2)),
      join(info(xmp_entry(), 1), places(item, 1, 3)),
      join(info(xmp_entry(), 1), full_box("iloc", 1 << 24, Bytes{0x30, 0x00, 0, 1, 0, 7, 0, 0})),
      join(info(xmp_entry(), 1), full_box("iloc", 1 << 24, Bytes{0x44})),
      join(full_box("iinf", 0, {}), locations)};
  for (size_t i = 0; i < damaged.size(); ++i) {
    const auto walked = walk_every_way(join(ftyp(), meta(damaged[i])));
    EXPECT_EQ(walked.fault, Fault::none) << i;
    EXPECT_TRUE(unread(walked.carrier)) << i;
    EXPECT_EQ(walked.carrier.provenance_url, "") << i;
  }
}

TEST(BmffItems, NoItemsAreNothing) {
  for (const Bytes& lists : {join(info({}, 0), places({}, 0)), info(xmp_entry(), 1), Bytes()}) {
    const auto walked = walk_every_way(join(ftyp(), meta(lists)));
    EXPECT_EQ(walked.fault, Fault::none);
    EXPECT_TRUE(walked.carrier.notes.empty());
    EXPECT_TRUE(walked.carrier.metadata.empty());
  }
}

// bytes of a picture, of the file's structure, or of a track are not metadata because an
// item list calls them XMP.
TEST(BmffItems, SharedBytesAreNotMetadata) {
  const Bytes media = join(packet(), bytes_of("picture"));
  const uint64_t length = packet().size();
  const auto metadata = [&](const std::vector<Range>& xmp, const Range& picture,
                            const Bytes& tail) {
    const auto lists = [&](uint64_t start) {
      std::vector<Range> moved = xmp;
      for (Range& range : moved) {
        range.offset += start;
      }
      return join(info(join(xmp_entry(), entry(9, "hvc1", "")), 2),
                  places(join(place(kXmpId, 0, moved),
                              place(9, 0, {{start + picture.offset, picture.length}})),
                         2));
    };
    const auto walked = walk_every_way(join(file_of(lists, media), tail));
    EXPECT_EQ(walked.carrier.provenance_url, kUrl);
    return walked.carrier.metadata.size();
  };
  const Range picture{length, 7};
  EXPECT_EQ(metadata({{0, length}}, picture, {}), 1u);
  EXPECT_EQ(metadata({{0, length}}, {length - 1, 8}, {}), 0u);
  EXPECT_EQ(metadata({{0, length}, {length, 7}}, picture, {}), 0u);
  EXPECT_EQ(metadata({{0, length}, {0, 4}}, picture, {}), 0u);
  EXPECT_EQ(metadata({{0, length}, {length + 7, 8}}, picture, box("free")), 0u);
  EXPECT_EQ(metadata({{0, length}}, picture, box("moov")), 0u);
}

// T-80: as many items as there can be, each of them XMP and each the whole file.
TEST(BmffItems, ManyItemsEndAtTheLimit) {
  Bytes item = xmp_entry();
  Bytes location = place(kXmpId, 0, {{0, 0}});
  Bytes entries;
  Bytes locations;
  for (size_t id = 0; id < 65535; ++id) {
    item[12] = location[0] = static_cast<uint8_t>(id >> 8);
    item[13] = location[1] = static_cast<uint8_t>(id);
    append(entries, item);
    append(locations, location);
  }
  const Bytes file = join(ftyp(), meta(join(info(entries, 65535), places(locations, 65535))));
  Limits limits;
  MetLimits met;
  limits.met = &met;
  const auto walked = walk(file, file.size(), "", limits);
  EXPECT_EQ(walked.fault, Fault::none);
  EXPECT_TRUE(met.test(static_cast<size_t>(Limit::xmp_bytes)));
  EXPECT_TRUE(unread(walked.carrier));
  EXPECT_TRUE(walked.carrier.metadata.empty());
}

// T-80: extents that take no bytes to write, however many: the first two are refused already.
TEST(BmffItems, ExtentsWithoutBytesAreRefused) {
  for (const size_t count : {2u, 65535u}) {
    const Bytes item = join(be16(kXmpId), be16(0), be16(0), be16(count));
    const Bytes iloc = full_box("iloc", 1 << 24, join(Bytes{0x00, 0x00}, be16(1), item));
    EXPECT_TRUE(
        unread(walk_every_way(join(ftyp(), meta(join(info(xmp_entry(), 1), iloc)))).carrier))
        << count;
  }
}

TEST(BmffItems, ListsLargerThanTheLimitAreSaid) {
  Limits limits;
  limits.xmp_bytes = 40;
  MetLimits met;
  limits.met = &met;
  const Bytes lists = join(info(xmp_entry(), 1), places(place(kXmpId, 0, {{0, 10}}), 1));
  EXPECT_TRUE(unread(walk_every_way(join(ftyp(), meta(lists)), "", limits).carrier));
  EXPECT_TRUE(met.test(static_cast<size_t>(Limit::xmp_bytes)));
}

// T-38: wherever the file is cut, the walk ends.
TEST(BmffItems, TruncationAtEveryByte) {
  const auto lists = [](uint64_t start) {
    return join(info(xmp_entry(), 1), places(place(kXmpId, 0, {{start, packet().size()}}), 1));
  };
  const Bytes file = file_of(lists, packet());
  for (size_t length = ftyp().size(); length < file.size(); ++length) {
    const auto walked = walk(ByteView(file).first(length), 64, "image/heic");
    EXPECT_EQ(walked.fault, Fault::none) << length;
    EXPECT_TRUE(walked.carrier.metadata.empty()) << length;
  }
}

}  // namespace
}  // namespace assay::container
