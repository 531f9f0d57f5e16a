#include <gtest/gtest.h>

#include "container/zip_layout.h"
#include "support/bmff_files.h"
#include "support/feeds.h"
#include "support/zip_files.h"

namespace assay::container {
namespace {

using test::box;
using test::build_zip;
using test::bytes_of;
using test::store_of;
using test::walk_every_way;
using test::ZipFile;

const char* const kStoreName = "META-INF/content_credential.c2pa";
const Bytes kStore = store_of(box("jumb", bytes_of("one manifest")));

ZipFile text_file() { return {"a.txt", bytes_of("text"), 0, 8, 1, "", false}; }
ZipFile store_file() { return {kStoreName, kStore}; }

// the store, and what belongs to each entry, data descriptors included.
TEST(Zip, FindsTheStoreAndTheEntries) {
  ZipFile streamed = text_file();
  streamed.name = "b.txt";
  streamed.descriptor = true;
  const auto zip = build_zip({text_file(), streamed, store_file()}, {}, "a comment");
  const auto walked = walk_every_way(zip.bytes);
  ASSERT_EQ(walked.carrier.state, StoreState::single) << walked.carrier.defect;
  EXPECT_EQ(walked.carrier.format, Format::zip);
  EXPECT_EQ(walked.carrier.stores[0].bytes, kStore);
  EXPECT_EQ(walked.carrier.stores[0].carrier, (std::vector<Range>{zip.whole[2]}));
  const ZipLayout& layout = *walked.carrier.zip;
  EXPECT_EQ(layout.problem, "");
  ASSERT_EQ(layout.entries.size(), 3u);
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(layout.entries[i].whole, zip.whole[i]) << i;
    EXPECT_EQ(layout.entries[i].header, zip.headers[i]) << i;
  }
  EXPECT_EQ(layout.end_record, zip.end_record);
}

TEST(Zip, WithoutAStore) {
  const auto walked = walk_every_way(build_zip({text_file()}).bytes);
  EXPECT_EQ(walked.carrier.state, StoreState::none);
  EXPECT_EQ(walk_every_way(build_zip({}).bytes).carrier.state, StoreState::none);
}

// R-165, T-38: a store that may not be read is broken, not absent.
TEST(Zip, CompressedOrEncryptedStoreIsBroken) {
  for (const auto& [flags, method] : {std::pair{0, 8}, {1, 0}, {0x41, 0}}) {
    ZipFile store = store_file();
    store.flags = static_cast<uint16_t>(flags);
    store.method = static_cast<uint16_t>(method);
    EXPECT_EQ(walk_every_way(build_zip({text_file(), store}).bytes).carrier.state,
              StoreState::broken);
  }
}

// the same name twice.
TEST(Zip, TwoStoresAreMultiple) {
  const auto walked = walk_every_way(build_zip({store_file(), text_file(), store_file()}).bytes);
  EXPECT_EQ(walked.carrier.state, StoreState::multiple);
}

std::string problem_of(const Bytes& bytes) {
  const auto walked = walk_every_way(bytes);
  return walked.carrier.zip ? walked.carrier.zip->problem : "no layout";
}

// everything about which two readers could disagree.
TEST(Zip, Contradictions) {
  EXPECT_NE(problem_of(build_zip({text_file(), text_file(), store_file()}).bytes), "");
  ZipFile renamed = text_file();
  renamed.local_name = "b.txt";
  EXPECT_NE(problem_of(build_zip({renamed, store_file()}).bytes), "");
  auto zip = build_zip({text_file(), store_file()});
  const auto local_field = [&zip](size_t at) {
    Bytes changed = zip.bytes;
    changed[at] ^= 1;
    return problem_of(changed);
  };
  for (const size_t field : {6, 8, 14, 18, 22}) {  // flags, method, crc-32, both sizes
    EXPECT_NE(local_field(field), "") << field;
  }
  Bytes overlapping = zip.bytes;
  const size_t offset_field = static_cast<size_t>(zip.headers[1].offset) + 42;
  overlapping[offset_field] = 0;
  EXPECT_NE(problem_of(overlapping), "");
  EXPECT_NE(problem_of(test::join(zip.bytes, bytes_of("behind"))), "");
}

// two end records that both fit.
TEST(Zip, AmbiguousEndRecords) {
  const auto inner = build_zip({text_file()});
  std::string comment(
      as_text(ByteView(inner.bytes).subspan(static_cast<size_t>(inner.end_record.offset))));
  EXPECT_NE(problem_of(build_zip({text_file(), store_file()}, {}, comment).bytes), "");
}

// Bytes that belong to no entry are listed; writers that append to an archive leave them.
TEST(Zip, GapsAreListed) {
  const auto zip = build_zip({text_file(), store_file()}, bytes_of("forgotten"));
  const auto walked = walk_every_way(zip.bytes);
  EXPECT_EQ(walked.carrier.zip->problem, "");
  EXPECT_EQ(walked.carrier.zip->gaps, (std::vector<Range>{{zip.whole[0].end(), 9}}));
}

// A data descriptor must agree with the central directory.
TEST(Zip, WrongDescriptor) {
  ZipFile streamed = text_file();
  streamed.descriptor = true;
  auto zip = build_zip({streamed, store_file()});
  zip.bytes[static_cast<size_t>(zip.whole[0].end()) - 1] ^= 1;
  EXPECT_NE(problem_of(zip.bytes), "");
}

// more entries than the limit, and every truncation: no crash, no store from nowhere.
TEST(Zip, LimitsAndTruncation) {
  Limits limits;
  limits.zip_entries = 2;
  const auto zip = build_zip({text_file(), store_file()});
  EXPECT_EQ(walk_every_way(zip.bytes, "", limits).carrier.state, StoreState::single);
  limits.zip_entries = 1;
  EXPECT_EQ(walk_every_way(zip.bytes, "", limits).carrier.state, StoreState::none);
  for (size_t length = 4; length < zip.bytes.size(); ++length) {
    const auto walked = test::walk(ByteView(zip.bytes).first(length), 1);
    EXPECT_EQ(walked.fault, Fault::none) << length;
    EXPECT_NE(walked.carrier.state, StoreState::single) << length;
  }
}

// sizes and offsets above 32 bit are read from the ZIP64 records; lies are survived.
TEST(Zip, Zip64) {
  auto zip = build_zip({text_file(), store_file()});
  const uint64_t directory = zip.headers[0].offset;
  const uint64_t directory_size = zip.end_record.offset - directory;
  Bytes bytes(zip.bytes.begin(), zip.bytes.begin() + static_cast<ptrdiff_t>(zip.end_record.offset));
  const uint64_t record = bytes.size();
  test::append_le(bytes, 0x06064B50, 4);
  test::append_le(bytes, 44, 8);
  test::append_le(bytes, 45, 2);
  test::append_le(bytes, 45, 2);
  test::append_le(bytes, 0, 8);
  test::append_le(bytes, 2, 8);
  test::append_le(bytes, 2, 8);
  test::append_le(bytes, directory_size, 8);
  test::append_le(bytes, directory, 8);
  test::append_le(bytes, 0x07064B50, 4);
  test::append_le(bytes, 0, 4);
  test::append_le(bytes, record, 8);
  test::append_le(bytes, 1, 4);
  const uint64_t end = bytes.size();
  test::append_le(bytes, 0x06054B50, 4);
  test::append_le(bytes, 0, 4);
  test::append_le(bytes, 0xFFFF, 2);
  test::append_le(bytes, 0xFFFF, 2);
  test::append_le(bytes, 0xFFFFFFFF, 4);
  test::append_le(bytes, 0xFFFFFFFF, 4);
  test::append_le(bytes, 0, 2);
  const auto walked = walk_every_way(bytes);
  ASSERT_EQ(walked.carrier.state, StoreState::single);
  EXPECT_EQ(walked.carrier.zip->zip64_records, (Range{record, end - record}));
  for (size_t at = static_cast<size_t>(record); at < bytes.size(); ++at) {
    Bytes changed = bytes;
    changed[at] = 0xFF;
    EXPECT_EQ(test::walk(changed, 64).fault, Fault::none) << at;
  }
}

}  // namespace
}  // namespace assay::container
