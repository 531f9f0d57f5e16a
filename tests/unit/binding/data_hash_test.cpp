// c2pa.hash.data: exclusions and what they may hold (R-509…, T-37, T-53…T-56,
// T-58).
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "binding/harness.h"
#include "container/assets.h"

namespace assay::test {
namespace {

using binding::Code;

std::string without_ranges(std::string bytes, const std::vector<Range>& ranges) {
  for (auto range = ranges.rbegin(); range != ranges.rend(); ++range) {
    bytes.erase(range->offset, range->length);
  }
  return bytes;
}

std::string exclusion_list(const std::vector<Range>& ranges) {
  std::vector<std::string> items;
  for (const Range& range : ranges) {
    items.push_back(cb_exclusion(range.offset, range.length));
  }
  return cb_array(items);
}

// A data hash as a claim generator would have written it for `asset`.
std::string data_hash(const std::string& asset, const std::vector<Range>& ranges,
                      const std::string& alg = "sha256") {
  return cb_map({{"alg", cb_text(alg)},
                 {"hash", cb_bytes(hash_of(without_ranges(asset, ranges)))},
                 {"exclusions", exclusion_list(ranges)},
                 {"pad", cb_bytes("")}});
}

Asked data(const std::string& assertion) {
  return {binding::Kind::data, "c2pa.hash.data", assertion};
}

// 33 bytes of signature and IHDR, then the store's chunk.
const std::string kPng = png(chunk("caBX", store()));
const Range kChunk{33, store().size() + 12};

TEST(DataHash, R514Match) {
  const Judged judged = judge(kPng, data(data_hash(kPng, {kChunk})));
  EXPECT_EQ(judged.code(), Code::match);
  EXPECT_EQ(judged.outcome.findings.size(), 1u);
  EXPECT_EQ(judged.uncovered(), "manifestStore[33+" + std::to_string(kChunk.length) + "]");
}

TEST(DataHash, R514EveryChangedByteOutsideTheStoreIsAMismatch) {
  const std::string assertion = data_hash(kPng, {kChunk});
  const container::Carrier carrier = scan(kPng);
  for (size_t index = 0; index < kPng.size(); ++index) {
    std::string changed = kPng;
    changed[index] ^= 0x40;
    const bool inside = index >= kChunk.offset && index < kChunk.end();
    EXPECT_EQ(judge(changed, carrier, data(assertion)).code(),
              inside ? Code::match : Code::mismatch)
        << index;
  }
}

TEST(DataHash, T30AppendedBytesAreAMismatch) {
  EXPECT_EQ(judge(kPng + "tail", data(data_hash(kPng, {kChunk}))).code(), Code::mismatch);
}

// T-51: with one of the two values the hash would match.
TEST(DataHash, R302AKeyTwiceIsMalformed) {
  const std::string hash = cb_bytes(hash_of(without_ranges(kPng, {kChunk})));
  const std::string list = exclusion_list({kChunk});
  const auto with = [&](const std::string& key, const std::string& value) {
    return judge(kPng, data(cb_map({{"exclusions", list}, {"hash", hash}, {key, value}}))).code();
  };
  EXPECT_EQ(with("pad", cb_bytes("")), Code::match);
  EXPECT_EQ(with("hash", hash), Code::malformed);
  EXPECT_EQ(with("exclusions", cb_array({})), Code::malformed);
  EXPECT_EQ(judge(kPng, data(cb_map({{"exclusions", list},
                                     {"hash", hash},
                                     {"alg", cb_text("sha512")},
                                     {"alg", cb_text("sha256")}})))
                .code(),
            Code::malformed);
}

TEST(DataHash, R513FieldsOfTheAssertion) {
  const std::string hash = cb_bytes(hash_of(without_ranges(kPng, {kChunk})));
  const std::string list = exclusion_list({kChunk});
  EXPECT_EQ(judge(kPng, data(cb_map({{"exclusions", list}, {"alg", cb_text("sha256")}}))).code(),
            Code::mismatch);
  EXPECT_EQ(judge(kPng, data(cb_map({{"exclusions", list}, {"hash", cb_bytes("")}}))).code(),
            Code::mismatch);
  EXPECT_EQ(judge(kPng, data(cb_map({{"exclusions", list}, {"hash", hash}}))).code(), Code::match);
  // T-56
  for (const char* alg : {"SHA256", "sha1", "md5", ""}) {
    const std::string bad = cb_map({{"exclusions", list}, {"hash", hash}, {"alg", cb_text(alg)}});
    EXPECT_EQ(judge(kPng, data(bad)).code(), Code::unsupported_algorithm) << alg;
  }
  Asked no_alg = data(cb_map({{"exclusions", list}, {"hash", hash}}));
  no_alg.default_alg = "";
  EXPECT_EQ(judge(kPng, no_alg).code(), Code::unsupported_algorithm);
}

TEST(DataHash, R511WithoutExclusionsTheWholeAssetIsHashed) {
  const std::string plain = png("");
  Asked asked = data(cb_map({{"hash", cb_bytes(hash_of(plain))}}));
  asked.embedded = false;
  EXPECT_EQ(judge(plain, asked).code(), Code::match);
  EXPECT_EQ(judge(plain + "x", asked).code(), Code::mismatch);
}

// R-511, T-54: the list is never sorted into shape.
TEST(DataHash, R511MalformedExclusions) {
  const std::string hash = cb_bytes(std::string(32, 'h'));
  const std::string negative = cb_map({{"start", cb_negative()}, {"length", cb_uint(5)}});
  const std::string negative_length = cb_map({{"start", cb_uint(5)}, {"length", cb_negative()}});
  const std::vector<std::string> lists = {
      cb_text("none"),
      cb_array({cb_uint(1)}),
      cb_array({cb_map({{"start", cb_uint(1)}})}),
      cb_array({negative}),
      cb_array({negative_length}),
      cb_array({cb_exclusion(33, 20), cb_exclusion(40, 5)}),
      cb_array({cb_exclusion(60, 5), cb_exclusion(33, 5)}),
      cb_array({cb_exclusion(UINT64_MAX, 5)}),
      cb_array(std::vector<std::string>(20000, cb_exclusion(33, 0))),
  };
  for (size_t index = 0; index < lists.size(); ++index) {
    const std::string assertion = cb_map({{"hash", hash}, {"exclusions", lists[index]}});
    EXPECT_EQ(judge(kPng, data(assertion)).code(), Code::malformed) << index;
  }
}

TEST(DataHash, R511BeyondTheEndIsAMismatch) {
  for (const Range range : {Range{kPng.size(), 1}, Range{33, kPng.size()}, Range{1u << 30, 0}}) {
    const std::string assertion = cb_map(
        {{"hash", cb_bytes(hash_of(kPng.substr(0, 33)))}, {"exclusions", exclusion_list({range})}});
    EXPECT_EQ(judge(kPng, data(assertion)).code(), Code::mismatch);
  }
}

TEST(DataHash, R515APlaceholderThatWasNeverFilledIn) {
  const std::string assertion =
      cb_map({{"hash", cb_bytes(hash_of(without_ranges(kPng, {kChunk})))},
              {"exclusions", cb_array({cb_exclusion(33, kChunk.length), cb_exclusion(0, 0)})}});
  EXPECT_EQ(judge(kPng, data(assertion)).code(), Code::match);
}

// T-53: whatever an exclusion covers beside the store is a mismatch, even if nothing was changed.
TEST(DataHash, T53ExclusionsOfContentAreAMismatch) {
  const std::vector<std::vector<Range>> cases = {
      {{0, 8}},                         // the signature
      {{8, 25}},                        // IHDR
      {kChunk, {kChunk.end() + 8, 6}},  // pixels
      {{33, kChunk.length + 1}},        // one byte too many behind
      {{32, kChunk.length + 1}},        // one byte too many in front
      {{0, kPng.size()}},               // everything
      {{33, kPng.size() - 33}},         // to the end
  };
  for (size_t index = 0; index < cases.size(); ++index) {
    EXPECT_EQ(judge(kPng, data(data_hash(kPng, cases[index]))).code(), Code::mismatch) << index;
  }
}

// chunk with or without its checksum or header, as long as the bytes are the store's.
TEST(DataHash, R128PngExclusionVariants) {
  for (const Range range :
       {Range{33, kChunk.length - 4}, Range{37, kChunk.length - 8}, Range{41, store().size()}}) {
    EXPECT_EQ(judge(kPng, data(data_hash(kPng, {range}))).code(), Code::match);
  }
}

TEST(DataHash, R509DirtyPaddingIsAMismatch) {
  const std::string zero = png(chunk("caBX", store() + std::string(16, '\0')));
  const Range range{33, kChunk.length + 16};
  EXPECT_EQ(judge(zero, data(data_hash(zero, {range}))).code(), Code::match);
  const std::string dirty = png(chunk("caBX", store() + "hidden payload.."));
  EXPECT_EQ(judge(dirty, data(data_hash(dirty, {range}))).code(), Code::mismatch);
  // not excluded, so hashed, so nobody can change it
  EXPECT_EQ(judge(dirty, data(data_hash(dirty, {{33, 8 + store().size()}}))).code(), Code::match);
}

// R-510, T-55: excluded metadata is allowed, and said.
TEST(DataHash, R510ExcludedMetadataIsReported) {
  const std::string text = chunk("tEXt", "Title\0a"s);
  const std::string asset = png(chunk("caBX", store()) + text);
  const Range metadata{kChunk.end(), text.size()};
  for (const auto& ranges : {std::vector<Range>{kChunk, metadata},
                             std::vector<Range>{{33, kChunk.length + text.size()}}}) {
    const std::string assertion = data_hash(asset, ranges);
    std::string edited = asset;
    edited[metadata.offset + 14] = 'b';
    const Judged judged = judge(edited, data(assertion));
    EXPECT_EQ(judged.code(), Code::match);
    EXPECT_TRUE(judged.has(Code::additional_exclusions));
    EXPECT_EQ(judged.uncovered(), "manifestStore[33+" + std::to_string(kChunk.length) +
                                      "]metadata:tEXt[" + std::to_string(metadata.offset) + "+" +
                                      std::to_string(metadata.length) + "]");
  }
}

// T-37: a store from elsewhere whose exclusion points at bytes that are no store.
TEST(DataHash, T37ExclusionWithoutAStoreThereIsAMismatch) {
  const std::string assertion = data_hash(kPng, {kChunk});
  std::string replaced = kPng;
  replaced.replace(33, kChunk.length, chunk("prVt", store()));
  Asked asked = data(assertion);
  asked.embedded = false;
  EXPECT_EQ(judge(replaced, asked).code(), Code::mismatch);
  EXPECT_EQ(judge(kPng, asked).code(), Code::match);
}

TEST(DataHash, T37FormatsWithoutAWalkHaveNoExclusions) {
  const std::string asset = "\x01\x02 no known format \xFF";
  Asked asked = data(cb_map({{"hash", cb_bytes(hash_of(asset))}}));
  asked.embedded = false;
  EXPECT_EQ(judge(asset, asked).code(), Code::match);
  asked.assertion = data_hash(asset, {{3, 4}});
  EXPECT_EQ(judge(asset, asked).code(), Code::mismatch);
}

TEST(DataHash, R123JpegExclusionHasTheLengthOfAllSegments) {
  const std::vector<std::string> parts = app11(store(100), 60);
  const std::string asset = jpeg(concat(parts));
  const Range all{20, concat(parts).size()};
  EXPECT_EQ(judge(asset, data(data_hash(asset, {all}))).code(), Code::match);
  const Range first{20, parts[0].size()};
  EXPECT_EQ(judge(asset, data(data_hash(asset, {first}))).code(), Code::mismatch);
  EXPECT_EQ(judge(asset, data(data_hash(asset, {{24, all.length - 4}}))).code(), Code::mismatch);
  // in two pieces, but all of it
  const Range rest{first.end(), all.length - first.length};
  EXPECT_EQ(judge(asset, data(data_hash(asset, {first, rest}))).code(), Code::match);
}

// R-512, T-58: after an update manifest the store is longer, and everything behind it moved.
TEST(DataHash, R512UpdateManifestsGrowTheStore) {
  const std::string text = chunk("tEXt", "Title\0a"s);
  const std::string before = png(chunk("caBX", store(20)) + text);
  const std::string after = png(chunk("caBX", store(500)) + text);
  const Range metadata{kChunk.end(), text.size()};
  Asked asked = data(data_hash(before, {kChunk, metadata}));
  EXPECT_EQ(judge(after, asked).code(), Code::mismatch);  // not without an update manifest
  asked.updated = true;
  const Judged judged = judge(after, asked);
  EXPECT_EQ(judged.code(), Code::match);
  EXPECT_TRUE(judged.has(Code::additional_exclusions));
  EXPECT_EQ(judge(before, asked).code(), Code::match);
  // also when it shrank
  Asked shrunk =
      data(data_hash(after, {{33, 512 + store(0).size()}, {metadata.offset + 480, text.size()}}));
  shrunk.updated = true;
  EXPECT_EQ(judge(before, shrunk).code(), Code::match);
}

TEST(DataHash, T58AnUpdateStretchesOnlyOverTheStore) {
  Asked asked = data(data_hash(kPng, {kChunk}));
  asked.updated = true;
  const std::string inserted = png(chunk("caBX", store(500)) + chunk("tEXt", "new"));
  EXPECT_EQ(judge(inserted, asked).code(), Code::mismatch);
  // an exclusion that does not begin where the store begins stays what it is
  Asked elsewhere = data(data_hash(kPng, {{kChunk.end(), 12}}));
  elsewhere.updated = true;
  EXPECT_EQ(judge(kPng, elsewhere).code(), Code::mismatch);
}

// A jumble of offsets near the top of the number space must not wrap.
TEST(DataHash, T54OffsetsNearTheTop) {
  for (const bool updated : {false, true}) {
    Asked asked = data(cb_map({{"hash", cb_bytes(std::string(32, 'h'))},
                               {"exclusions", cb_array({cb_exclusion(33, UINT64_MAX - 40),
                                                        cb_exclusion(UINT64_MAX - 6, 5)})}}));
    asked.updated = updated;
    EXPECT_EQ(judge(kPng, asked).code(), Code::mismatch);
  }
}

}  // namespace
}  // namespace assay::test
