// c2pa.hash.boxes (R-538…R-540e, R-125, R-126, R-129, T-57).
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "binding/harness.h"
#include "container/assets.h"

namespace assay::test {
namespace {

using binding::Code;
using Strings = std::vector<std::string>;
using Fields = std::vector<std::pair<std::string, std::string>>;

// An entry as a claim generator would have written it over `bytes`.
std::string entry(const Strings& names, const std::string& bytes, const Fields& more = {}) {
  Strings encoded;
  for (const std::string& name : names) {
    encoded.push_back(cb_text(name));
  }
  Fields fields = {{"names", cb_array(encoded)}, {"hash", cb_bytes(hash_of(bytes))}};
  fields.insert(fields.end(), more.begin(), more.end());
  return cb_map(fields);
}
std::string store_entry() {
  return cb_map({{"names", cb_array({cb_text("C2PA")})}, {"hash", cb_bytes(std::string(1, '\0'))}});
}
Asked boxes(const Strings& entries, const Fields& more = {}) {
  Fields fields = {{"boxes", cb_array(entries)}, {"alg", cb_text("sha256")}};
  fields.insert(fields.end(), more.begin(), more.end());
  return {binding::Kind::boxes, "c2pa.hash.boxes", cb_map(fields)};
}

const std::string kText = chunk("tEXt", "Title\0a"s);
const std::string kIdat = chunk("IDAT", "pixels");
const std::string kIend = chunk("IEND", "");
const std::string kStoreChunk = chunk("caBX", store());
const std::string kPng = png_signature() + ihdr() + kStoreChunk + kText + kIdat + kIend;

Strings png_entries() {
  return {entry({"PNGh"}, png_signature()), entry({"IHDR"}, ihdr()), store_entry(),
          entry({"tEXt"}, kText),           entry({"IDAT"}, kIdat),  entry({"IEND"}, kIend)};
}

TEST(BoxesHash, R540eMatch) {
  const Judged judged = judge(kPng, boxes(png_entries()));
  EXPECT_EQ(judged.code(), Code::match);
  EXPECT_EQ(judged.outcome.findings.size(), 1u);
  EXPECT_EQ(judged.uncovered(), "manifestStore[33+" + std::to_string(kStoreChunk.size()) + "]");
}

TEST(BoxesHash, R540RangesOfBoxes) {
  const Strings grouped = {entry({"PNGh", "IHDR"}, png_signature() + ihdr()), store_entry(),
                           entry({"tEXt", "IDAT", "IEND"}, kText + kIdat + kIend)};
  EXPECT_EQ(judge(kPng, boxes(grouped)).code(), Code::match);
}

TEST(BoxesHash, R129ListsWithoutTheSignature) {
  Strings entries = png_entries();
  entries.erase(entries.begin());
  const Judged judged = judge(kPng, boxes(entries));
  EXPECT_EQ(judged.code(), Code::match);
  EXPECT_FALSE(judged.has(Code::additional_exclusions));
}

TEST(BoxesHash, R539EveryChangedByteOutsideTheStoreFails) {
  const Asked asked = boxes(png_entries());
  const container::Carrier carrier = scan(kPng);
  for (size_t index = 0; index < kPng.size(); ++index) {
    std::string changed = kPng;
    changed[index] ^= 0x20;
    const bool inside = index >= 33 && index < 33 + kStoreChunk.size();
    EXPECT_EQ(judge(changed, carrier, asked).code(), inside ? Code::match : Code::mismatch);
  }
}

TEST(BoxesHash, R538Malformed) {
  const std::string no_names = cb_map({{"hash", cb_bytes("h")}});
  const std::string empty_names = cb_map({{"names", cb_array({})}, {"hash", cb_bytes("h")}});
  const std::vector<std::string> assertions = {
      cb_map({{"alg", cb_text("sha256")}}),
      cb_map({{"boxes", cb_array({})}}),
      cb_map({{"boxes", cb_text("IHDR")}}),
      cb_map({{"boxes", cb_array({no_names})}}),
      cb_map({{"boxes", cb_array({empty_names})}}),
      cb_map({{"boxes", cb_array({entry({""}, "x")})}}),
      cb_map({{"boxes", cb_array({entry({"elevenchars"}, "x")})}}),
      cb_map({{"boxes", cb_array({cb_uint(1)})}}),
      cb_map({{"boxes", cb_array({entry({"c2pa.after"}, "x"), entry({"IHDR"}, "x")})}}),
      cb_map({{"boxes", cb_array({entry({"C2PA", "IHDR"}, "x")})}}),
  };
  for (size_t index = 0; index < assertions.size(); ++index) {
    const Asked asked{binding::Kind::boxes, "c2pa.hash.boxes", assertions[index]};
    EXPECT_EQ(judge(kPng, asked).code(), Code::malformed) << index;
  }
}

TEST(BoxesHash, R538AnEntryWithoutAHashIsAMismatch) {
  Strings entries = png_entries();
  entries[4] = cb_map({{"names", cb_array({cb_text("IDAT")})}});
  EXPECT_EQ(judge(kPng, boxes(entries)).code(), Code::mismatch);
}

TEST(BoxesHash, R538AlgorithmOfEntryMapOrClaim) {
  Strings entries = png_entries();
  const std::string sha384(as_text(crypto::digest(crypto::DigestAlg::sha384, as_bytes(kIdat))));
  entries[4] = cb_map({{"names", cb_array({cb_text("IDAT")})},
                       {"hash", cb_bytes(sha384)},
                       {"alg", cb_text("sha384")}});
  EXPECT_EQ(judge(kPng, boxes(entries)).code(), Code::match);
  Asked by_claim{binding::Kind::boxes, "c2pa.hash.boxes",
                 cb_map({{"boxes", cb_array(png_entries())}})};
  EXPECT_EQ(judge(kPng, by_claim).code(), Code::match);
  by_claim.default_alg = "";
  EXPECT_EQ(judge(kPng, by_claim).code(), Code::unsupported_algorithm);
}

TEST(BoxesHash, R539UnlistedMissingAndReorderedBoxes) {
  const std::string front = png_signature() + ihdr() + kStoreChunk;
  const Asked asked = boxes(png_entries());
  struct Case {
    std::string asset;
    Code code;
  };
  const std::vector<Case> cases = {
      {front + chunk("pHYs", "x") + kText + kIdat + kIend, Code::unknown_box},
      {front + kText + kText + kIdat + kIend, Code::unknown_box},
      {front + kText + kIdat + kIdat + kIend, Code::unknown_box},
      {front + kIdat + kIend, Code::mismatch},
      {front + kIdat + kText + kIend, Code::mismatch},
      {front + kText + kIdat, Code::mismatch},
      {png_signature() + ihdr() + kText + kStoreChunk + kIdat + kIend, Code::mismatch},
      {png_signature() + ihdr() + kText + kIdat + kIend, Code::mismatch},  // no store
  };
  for (size_t index = 0; index < cases.size(); ++index) {
    EXPECT_EQ(judge(cases[index].asset, asked).code(), cases[index].code) << index;
  }
  Strings tail = png_entries();
  tail.pop_back();
  EXPECT_EQ(judge(kPng, boxes(tail)).code(), Code::unknown_box);
}

TEST(BoxesHash, R540aTheStoreMustBeListed) {
  Strings entries = png_entries();
  entries.erase(entries.begin() + 2);
  EXPECT_EQ(judge(kPng, boxes(entries)).code(), Code::malformed);
}

// T-57: a chunk that only calls itself C2PA.
TEST(BoxesHash, R540aWhatIsListedAsTheStoreMustBeTheStore) {
  const std::string fake = chunk("C2PA", "pixels behind a false name");
  const std::string asset = png_signature() + ihdr() + fake + kIdat + kIend;
  const Strings entries = {entry({"PNGh"}, png_signature()), entry({"IHDR"}, ihdr()), store_entry(),
                           entry({"IDAT"}, kIdat), entry({"IEND"}, kIend)};
  EXPECT_EQ(judge(asset, boxes(entries)).code(), Code::mismatch);
}

TEST(BoxesHash, R540dDirtyPaddingOfTheStoreIsAMismatch) {
  const std::string front = png_signature() + ihdr();
  const std::string back = kText + kIdat + kIend;
  const std::string clean = front + chunk("caBX", store() + "\0\0\0"s) + back;
  EXPECT_EQ(judge(clean, boxes(png_entries())).code(), Code::match);
  const std::string dirty = front + chunk("caBX", store() + "\0x\0"s) + back;
  EXPECT_EQ(judge(dirty, boxes(png_entries())).code(), Code::mismatch);
}

TEST(BoxesHash, R540TrailingBytesAreReported) {  // P-7
  const Judged judged = judge(kPng + "tail", boxes(png_entries()));
  EXPECT_EQ(judged.code(), Code::match);
  EXPECT_TRUE(judged.has(Code::additional_exclusions));
  EXPECT_NE(judged.uncovered().find("trailing[" + std::to_string(kPng.size()) + "+4]"),
            std::string::npos);
}

TEST(BoxesHash, R126AfterCoversTheRest) {
  Strings entries = png_entries();
  entries.push_back(entry({"c2pa.after"}, "tail"));
  const Judged judged = judge(kPng + "tail", boxes(entries));
  EXPECT_EQ(judged.code(), Code::match);
  EXPECT_FALSE(judged.has(Code::additional_exclusions));
  EXPECT_EQ(judge(kPng + "TAIL", boxes(entries)).code(), Code::mismatch);
  EXPECT_EQ(judge(kPng, boxes(entries)).code(), Code::mismatch);
  // images behind the listed one are what comes after
  Strings grouped = png_entries();
  grouped.back() = entry({"IEND", "c2pa.after"}, kIend + "tail");
  EXPECT_EQ(judge(kPng + "tail", boxes(grouped)).code(), Code::match);
  Asked part = boxes(entries);
  part.label = "c2pa.hash.boxes.part";
  EXPECT_EQ(judge(kPng + "tail", part).code(), Code::malformed);
}

TEST(BoxesHash, R540bExcludedMetadataIsReported) {
  Strings entries = png_entries();
  entries[3] = cb_map({{"names", cb_array({cb_text("tEXt")})}, {"excluded", cb_bool(true)}});
  std::string edited = kPng;
  edited[33 + kStoreChunk.size() + 14] = 'b';
  const Judged judged = judge(edited, boxes(entries));
  EXPECT_EQ(judged.code(), Code::match);
  EXPECT_TRUE(judged.has(Code::additional_exclusions));
  EXPECT_NE(judged.uncovered().find("metadata:tEXt"), std::string::npos);
}

// T-57: the picture itself may not be left out.
TEST(BoxesHash, T57ExcludedContentIsAMismatch) {
  Strings entries = png_entries();
  entries[4] = cb_map({{"names", cb_array({cb_text("IDAT")})}, {"excluded", cb_bool(true)}});
  EXPECT_EQ(judge(kPng, boxes(entries)).code(), Code::mismatch);
  entries = png_entries();
  entries[4] = entry({"IDAT"}, kIdat.substr(0, 8) + kIdat.substr(14),
                     {{"exclusions", cb_array({cb_exclusion(8, 6)})}});
  EXPECT_EQ(judge(kPng, boxes(entries)).code(), Code::mismatch);
}

TEST(BoxesHash, R540cExclusionsInsideABox) {
  const auto excluding = [](const Strings& list, const std::string& hashed) {
    Strings entries = png_entries();
    entries[3] = entry({"tEXt"}, hashed, {{"exclusions", cb_array(list)}});
    return judge(kPng, boxes(entries));
  };
  const Judged judged = excluding({cb_exclusion(8, 3)}, kText.substr(0, 8) + kText.substr(11));
  EXPECT_EQ(judged.code(), Code::match);
  EXPECT_TRUE(judged.has(Code::additional_exclusions));
  const std::string with_index =
      cb_map({{"start", cb_uint(8)}, {"length", cb_uint(3)}, {"boxIndex", cb_uint(0)}});
  EXPECT_EQ(excluding({with_index}, kText.substr(0, 8) + kText.substr(11)).code(), Code::match);
  EXPECT_EQ(excluding({cb_exclusion(8, kText.size())}, "").code(), Code::mismatch);
  EXPECT_EQ(excluding({cb_exclusion(8, 3), cb_exclusion(10, 2)}, "").code(), Code::malformed);
  EXPECT_EQ(excluding({cb_map({{"start", cb_negative()}, {"length", cb_uint(1)}})}, "").code(),
            Code::malformed);
  const std::string bad_index =
      cb_map({{"start", cb_uint(8)}, {"length", cb_uint(3)}, {"boxIndex", cb_uint(1)}});
  EXPECT_EQ(excluding({bad_index}, "").code(), Code::malformed);
}

TEST(BoxesHash, R540cBoxIndexIsNeededWithSeveralNames) {
  const std::string hashed = ihdr().substr(0, 0) + kText.substr(0, 8) + kText.substr(11) + kIdat;
  const auto judged = [&](const std::string& exclusion) {
    Strings entries = png_entries();
    entries.erase(entries.begin() + 4);
    entries[3] = entry({"tEXt", "IDAT"}, hashed, {{"exclusions", cb_array({exclusion})}});
    return judge(kPng, boxes(entries)).code();
  };
  EXPECT_EQ(judged(cb_exclusion(8, 3)), Code::malformed);
  EXPECT_EQ(
      judged(cb_map({{"start", cb_uint(8)}, {"length", cb_uint(3)}, {"boxIndex", cb_uint(0)}})),
      Code::match);
}

// ---- JPEG ----

const std::string kApp11 = concat(app11(store()));
const std::string kSos = sos("aa");
const std::string kRst0 =
    "\xFF\xD0"
    "bb";
const std::string kRst1 =
    "\xFF\xD1"
    "cc";

// three ways in which writers cut a scan with restart markers.
TEST(BoxesHash, R125RestartShapes) {
  const std::string asset = soi() + kApp11 + kSos + kRst0 + kRst1 + eoi();
  const Strings front = {entry({"SOI"}, soi()), store_entry()};
  const auto judged = [&](const Strings& back) {
    Strings entries = front;
    entries.insert(entries.end(), back.begin(), back.end());
    return judge(asset, boxes(entries)).code();
  };
  const std::string scan_data = kSos + kRst0 + kRst1;
  EXPECT_EQ(judged({entry({"SOS"}, kSos), entry({"RST0"}, kRst0), entry({"RST1"}, kRst1),
                    entry({"EOI"}, eoi())}),
            Code::match);
  EXPECT_EQ(judged({entry({"SOS"}, scan_data), entry({"RST0"}, kRst0.substr(0, 2)),
                    entry({"RST1"}, kRst1.substr(0, 2)), entry({"EOI"}, eoi())}),
            Code::match);
  EXPECT_EQ(judged({entry({"SOS"}, scan_data), entry({"EOI"}, eoi())}), Code::match);
  EXPECT_EQ(judged({entry({"SOS", "RST0", "RST1", "EOI"}, scan_data + eoi())}), Code::match);
  EXPECT_EQ(judged({entry({"SOS"}, "other"), entry({"RST0"}, kRst0), entry({"RST1"}, kRst1),
                    entry({"EOI"}, eoi())}),
            Code::mismatch);
}

TEST(BoxesHash, R126ImagesBehindOneAnother) {
  const std::string second = soi() + sos("zz") + eoi();
  const std::string asset = soi() + kApp11 + kSos + eoi() + second;
  const Strings one = {entry({"SOI"}, soi()), store_entry(), entry({"SOS", "EOI"}, kSos + eoi())};
  Strings all = one;
  all.push_back(entry({"SOI", "SOS", "EOI"}, second));
  EXPECT_EQ(judge(asset, boxes(all)).code(), Code::match);
  Strings after = one;
  after.push_back(entry({"c2pa.after"}, second));
  EXPECT_EQ(judge(asset, boxes(after)).code(), Code::match);
  EXPECT_EQ(judge(asset, boxes(one)).code(), Code::unknown_box);
}

TEST(BoxesHash, R540GapsInsideAnEntryAreHashedBetweenEntriesReported) {
  const std::string asset = soi() + kApp11 + segment(0xFE, "c") + "junk" + kSos + eoi();
  const Strings grouped = {
      entry({"SOI"}, soi()), store_entry(),
      entry({"COM", "SOS", "EOI"}, segment(0xFE, "c") + "junk" + kSos + eoi())};
  const Judged inside = judge(asset, boxes(grouped));
  EXPECT_EQ(inside.code(), Code::match);
  EXPECT_FALSE(inside.has(Code::additional_exclusions));
  const Strings apart = {entry({"SOI"}, soi()), store_entry(), entry({"COM"}, segment(0xFE, "c")),
                         entry({"SOS", "EOI"}, kSos + eoi())};
  const Judged between = judge(asset, boxes(apart));
  EXPECT_EQ(between.code(), Code::match);
  EXPECT_TRUE(between.has(Code::additional_exclusions));
  EXPECT_NE(between.uncovered().find("gap["), std::string::npos);
}

TEST(BoxesHash, FormatsWithoutBoxesCannotMatch) {
  EXPECT_EQ(judge("no known format", boxes(png_entries())).code(), Code::mismatch);
}

// An asset of nothing but the store and excluded metadata proves nothing.
TEST(BoxesHash, AListThatHashesNothingIsNoMatch) {
  const std::string exif = segment(0xE1, "Exif\0\0"s);
  container::Carrier carrier = scan(soi() + kApp11 + exif);
  carrier.boxes.erase(carrier.boxes.begin());
  const Strings entries = {
      store_entry(), cb_map({{"names", cb_array({cb_text("APP1")})}, {"excluded", cb_bool(true)}})};
  EXPECT_EQ(judge(soi() + kApp11 + exif, carrier, boxes(entries)).code(), Code::mismatch);
}

// pages of two streams that stand between one another are fed stream by stream, as listed.
TEST(BoxesHash, R150InterleavedStreamsAreFedOneAfterTheOther) {
  container::Carrier carrier = scan(kPng);
  const uint64_t at = carrier.boxes[4].ranges[0].offset;  // inside the picture
  carrier.boxes[3].name = "left";
  carrier.boxes[3].ranges = {{at, 2}, {at + 5, 2}};
  carrier.boxes[4].name = "right";
  carrier.boxes[4].ranges = {{at + 2, 3}, {at + 7, 1}};
  const std::string left = kPng.substr(at, 2) + kPng.substr(at + 5, 2);
  const std::string right = kPng.substr(at + 2, 3) + kPng.substr(at + 7, 1);
  const auto judged = [&](const std::string& hashed) {
    const Strings entries = {entry({"PNGh"}, png_signature()), entry({"IHDR"}, ihdr()),
                             store_entry(), entry({"left", "right"}, hashed),
                             entry({"IEND"}, kIend)};
    return judge(kPng, carrier, boxes(entries)).code();
  };
  EXPECT_EQ(judged(left + right), Code::match);
  EXPECT_EQ(judged(right + left), Code::mismatch);
  EXPECT_EQ(judged(kPng.substr(at, 8)), Code::mismatch);
}

// tables that the directory lists in another order than they stand have no span in common.
TEST(BoxesHash, R153ARangeNeedsTheOrderOfTheFile) {
  container::Carrier carrier = scan(kPng);
  std::swap(carrier.boxes[3], carrier.boxes[4]);
  Strings entries = png_entries();
  std::swap(entries[3], entries[4]);
  EXPECT_EQ(judge(kPng, carrier, boxes(entries)).code(), Code::match);
  entries[3] = entry({"IDAT", "tEXt"}, kText + kIdat);
  entries.erase(entries.begin() + 4);
  EXPECT_EQ(judge(kPng, carrier, boxes(entries)).code(), Code::mismatch);
}

// the signature box of JPEG XL with and without its space; another jumb box is no store.
TEST(BoxesHash, R151NamesOfJpegXl) {
  container::Carrier carrier = scan(kPng);
  carrier.format = container::Format::jxl;
  carrier.boxes[0].name = "JXL ";
  carrier.boxes[3].name = "jumb";
  const auto judged = [&](const char* signature, const std::string& fourth) {
    Strings entries = png_entries();
    entries[0] = entry({signature}, png_signature());
    entries[3] = fourth;
    return judge(kPng, carrier, boxes(entries)).code();
  };
  EXPECT_EQ(judged("JXL ", entry({"jumb"}, kText)), Code::match);
  EXPECT_EQ(judged("JXL", entry({"jumb"}, kText)), Code::match);
  EXPECT_NE(judged("jxl ", entry({"jumb"}, kText)), Code::match);
  EXPECT_NE(judged("JXL ", store_entry()), Code::match);
}

TEST(BoxesHash, R153BytesThatCountAsZero) {
  container::Carrier carrier = scan(kPng);
  carrier.boxes[4].zeroed = {{carrier.boxes[4].ranges[0].offset + 8, 4}};
  Strings entries = png_entries();
  entries[4] = entry({"IDAT"}, kIdat.substr(0, 8) + "\0\0\0\0"s + kIdat.substr(12));
  EXPECT_EQ(judge(kPng, carrier, boxes(entries)).code(), Code::match);
}

}  // namespace
}  // namespace assay::test
