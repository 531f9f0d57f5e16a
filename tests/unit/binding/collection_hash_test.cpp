#include <gtest/gtest.h>

#include <algorithm>

#include "binding/collection_uri.h"
#include "binding/planners.h"
#include "support/bind.h"
#include "support/bmff_files.h"
#include "support/cbor_items.h"
#include "support/zip_files.h"

namespace assay::binding {
namespace {

using test::array;
using test::build_zip;
using test::BuiltZip;
using test::bytes_of;
using test::check_binding;
using test::code_of;
using test::item;
using test::map;
using test::ZipFile;

const char* const kStoreName = "META-INF/content_credential.c2pa";

Bytes cut(const Bytes& bytes, Range range) {
  const auto begin = bytes.begin() + static_cast<ptrdiff_t>(range.offset);
  return Bytes(begin, begin + static_cast<ptrdiff_t>(range.length));
}
Bytes sha256(ByteView bytes) { return crypto::digest(crypto::DigestAlg::sha256, bytes); }

BuiltZip archive(std::vector<ZipFile> more = {}) {
  std::vector<ZipFile> files = {{"mimetype", bytes_of("application/epub+zip")},
                                {"OEBPS/ein kapitel.xhtml", bytes_of("<p>text</p>")},
                                {"folder/", {}},
                                {kStoreName, test::store_of(bytes_of("12345678"))}};
  files.insert(files.begin(), more.begin(), more.end());
  return build_zip(files);
}

Bytes file_item(const char* uri, const Bytes& hash) {
  return map({{"uri", item(uri)}, {"hash", item(hash)}});
}
// R-167 of 2.3: header by header without the crc-32 of the store, then the end record.
Bytes directory_hash(const BuiltZip& zip) {
  Bytes fed;
  for (size_t i = 0; i < zip.headers.size(); ++i) {
    Bytes header = cut(zip.bytes, zip.headers[i]);
    if (i + 1 == zip.headers.size()) {
      header.erase(header.begin() + 16, header.begin() + 20);
    }
    append(fed, header);
  }
  append(fed, cut(zip.bytes, zip.end_record));
  return sha256(fed);
}
std::vector<Bytes> usual_files(const BuiltZip& zip) {
  return {file_item("mimetype", sha256(cut(zip.bytes, zip.whole[0]))),
          file_item("OEBPS/ein%20kapitel.xhtml", sha256(cut(zip.bytes, zip.whole[1])))};
}
Bytes assertion(const std::vector<Bytes>& uris, const Bytes& directory) {
  return map({{"alg", item("sha256")},
              {"uris", array(uris)},
              {"zip_central_directory_hash", item(directory)}});
}
Code verdict(const Bytes& file, const Bytes& assertion_bytes) {
  return code_of(check_binding(plan_collection, file, assertion_bytes));
}

// files with their headers, and the directory in either form.
TEST(CollectionHash, WholeArchive) {
  const auto zip = archive();
  const auto uris = usual_files(zip);
  EXPECT_EQ(verdict(zip.bytes, assertion(uris, directory_hash(zip))), Code::match);
  const uint64_t begin = zip.headers[0].offset;
  const Bytes span = cut(zip.bytes, {begin, zip.bytes.size() - begin});
  EXPECT_EQ(verdict(zip.bytes, assertion(uris, sha256(span))), Code::match);
  EXPECT_EQ(verdict(zip.bytes, assertion(uris, sha256(Bytes()))), Code::mismatch);
  EXPECT_EQ(verdict(zip.bytes, map({{"alg", item("sha256")}, {"uris", array(uris)}})),
            Code::mismatch);
}

// records of ZIP64 stand between directory and end record; only the one span of older
// versions hashes them, so they are named where the newer form decides.
TEST(CollectionHash, Zip64RecordsAreCoveredByTheOldFormOnly) {
  auto zip = archive();
  const uint64_t directory = zip.headers[0].offset;
  const uint64_t record = zip.end_record.offset;
  Bytes bytes = cut(zip.bytes, {0, record});
  const auto number = [&bytes](uint64_t value, int width) { test::append_le(bytes, value, width); };
  number(0x06064B50, 4);
  number(44, 8);
  number(45, 2);
  number(45, 2);
  number(0, 8);
  number(zip.headers.size(), 8);
  number(zip.headers.size(), 8);
  number(record - directory, 8);
  number(directory, 8);
  number(0x07064B50, 4);
  number(0, 4);
  number(record, 8);
  number(1, 4);
  const uint64_t end = bytes.size();
  append(bytes, cut(zip.bytes, zip.end_record));
  std::fill_n(bytes.begin() + static_cast<ptrdiff_t>(end) + 8, 12, uint8_t{0xFF});  // see there
  zip.bytes = bytes;
  zip.end_record.offset = end;
  const auto uris = usual_files(zip);
  const auto newer = check_binding(plan_collection, bytes, assertion(uris, directory_hash(zip)));
  EXPECT_EQ(code_of(newer), Code::match);
  ASSERT_FALSE(newer.uncovered.empty());
  EXPECT_EQ(newer.uncovered.back().kind, "zip64");
  EXPECT_EQ(newer.uncovered.back().range, (Range{record, end - record}));
  const Bytes span = cut(bytes, {directory, bytes.size() - directory});
  const auto older = check_binding(plan_collection, bytes, assertion(uris, sha256(span)));
  EXPECT_EQ(code_of(older), Code::match);
  EXPECT_TRUE(std::none_of(older.uncovered.begin(), older.uncovered.end(),
                           [](const Uncovered& one) { return one.kind == "zip64"; }));
}

// R-166…R-168, T-34: every byte outside the store and the folder's local header counts.
TEST(CollectionHash, AnyChangeIsNoMatch) {
  const auto zip = archive();
  const Bytes rules = assertion(usual_files(zip), directory_hash(zip));
  const Range crc{zip.headers[3].offset + 16, 4};
  for (size_t i = 0; i < zip.bytes.size(); ++i) {
    const bool free =
        (i >= zip.whole[2].offset && i < zip.whole[3].end()) || (i >= crc.offset && i < crc.end());
    Bytes changed = zip.bytes;
    changed[i] ^= 1;
    if (!free && test::walk(changed, changed.size()).carrier.format == container::Format::zip) {
      EXPECT_NE(verdict(changed, rules), Code::match) << i;
    }
  }
}

// listed and missing; present and not listed; added after signing.
TEST(CollectionHash, FileCounts) {
  const auto zip = archive();
  auto uris = usual_files(zip);
  uris.push_back(file_item("gone.txt", Bytes(32, 0)));
  EXPECT_EQ(verdict(zip.bytes, assertion(uris, directory_hash(zip))), Code::incorrect_file_count);
  EXPECT_EQ(verdict(zip.bytes, assertion({usual_files(zip)[0]}, directory_hash(zip))),
            Code::incorrect_file_count);
  const auto added = archive({{"evil.txt", bytes_of("evil")}});
  const auto files = [&added] {
    return std::vector{
        file_item("mimetype", sha256(cut(added.bytes, added.whole[1]))),
        file_item("OEBPS/ein kapitel.xhtml", sha256(cut(added.bytes, added.whole[2])))};
  };
  EXPECT_EQ(verdict(added.bytes, assertion(files(), directory_hash(zip))), Code::mismatch);
}

// what the list must have.
TEST(CollectionHash, Malformed) {
  const auto zip = archive();
  const Bytes directory = directory_hash(zip);
  EXPECT_EQ(verdict(zip.bytes, map({{"zip_central_directory_hash", item(directory)}})),
            Code::malformed);
  EXPECT_EQ(verdict(zip.bytes, assertion({map({{"uri", item("mimetype")}})}, directory)),
            Code::malformed);
  EXPECT_EQ(verdict(zip.bytes, assertion({map({{"hash", item(Bytes(32, 0))}})}, directory)),
            Code::malformed);
  const auto one = usual_files(zip)[0];
  EXPECT_EQ(verdict(zip.bytes, assertion({one, one}, directory)), Code::malformed);
  EXPECT_EQ(verdict(zip.bytes, map({{"alg", item("md5")},
                                    {"uris", array(usual_files(zip))},
                                    {"zip_central_directory_hash", item(directory)}})),
            Code::unsupported_algorithm);
}

// names that would leave the collection, in every spelling.
TEST(CollectionHash, UnsafeUris) {
  const auto zip = archive();
  for (const auto* uri : {"../x", "a/../b", "./mimetype", "a/.", "/mimetype", "C:/x", "http://a/b",
                          "a\\b", "%2e%2e/x", "a/%2E%2E/b", "a%5Cb", "a%00b", ""}) {
    EXPECT_EQ(verdict(zip.bytes, assertion({file_item(uri, Bytes(32, 0))}, directory_hash(zip))),
              Code::invalid_uri)
        << uri;
  }
  for (const auto* uri : {"mimetype", "a/b.c", "..a/b", "a..", "a b", "x/y:z", "100%"}) {
    EXPECT_TRUE(is_safe_collection_uri(uri)) << uri;
  }
}

// a size that is given must be the file's.
TEST(CollectionHash, Sizes) {
  const auto zip = archive();
  const auto with_size = [&zip](uint64_t size) {
    auto uris = usual_files(zip);
    uris[0] = map({{"uri", item("mimetype")},
                   {"hash", item(sha256(cut(zip.bytes, zip.whole[0])))},
                   {"size", item(size)}});
    return verdict(zip.bytes, assertion(uris, directory_hash(zip)));
  };
  EXPECT_EQ(with_size(20), Code::match);
  EXPECT_EQ(with_size(21), Code::mismatch);
}

// no hash means anything in an archive that readers may understand in two ways.
TEST(CollectionHash, AmbiguousArchive) {
  auto zip = archive();
  const Bytes rules = assertion(usual_files(zip), directory_hash(zip));
  append(zip.bytes, bytes_of("behind the end"));
  EXPECT_EQ(verdict(zip.bytes, rules), Code::mismatch);
}

TEST(CollectionHash, NotAnArchive) {
  const auto zip = archive();
  EXPECT_EQ(verdict(test::ftyp(), assertion(usual_files(zip), directory_hash(zip))),
            Code::mismatch);
}

}  // namespace
}  // namespace assay::binding
