// c2pa.hash.multi-asset (R-545…R-550, T-59).
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "binding/harness.h"
#include "container/assets.h"

namespace assay::test {
namespace {

using binding::Code;

const std::string kApp11 = concat(app11(store()));
const std::string kFirst = soi() + kApp11 + segment(0xFE, "c") + sos("aa") + eoi();
const std::string kSecond = soi() + sos("second") + eoi();

// Assertions that `hashAssertion` may refer to, by URI.
struct Assertions {
  std::map<std::string, std::pair<std::string, std::string>> by_uri;  // label, CBOR
  std::map<std::string, cbor::Document> documents;
  std::map<std::string, Bytes> bytes;
  bool hash_matches = true;

  void add(const std::string& uri, const std::string& label, const std::string& encoded) {
    const Limits limits;
    Budget budget(limits);
    bytes[uri] = to_bytes(as_bytes(encoded));
    by_uri[uri] = {label, encoded};
    documents.emplace(uri, *cbor::Document::parse(bytes[uri], limits, budget));
  }
  binding::PartResolver resolver() {
    return [this](const cbor::Value& reference) -> std::optional<binding::PartAssertion> {
      const auto text = reference.as_text();
      const auto uri = text ? text : reference.get("url").as_text();
      const auto found = uri ? by_uri.find(std::string(*uri)) : by_uri.end();
      if (found == by_uri.end()) {
        return std::nullopt;
      }
      return binding::PartAssertion{found->second.first, documents.at(found->first).root(),
                                    hash_matches};
    };
  }
};

std::string part(uint64_t offset, uint64_t length, const std::string& uri, bool optional = false,
                 const std::string& locator = "location") {
  return cb_map({{locator, cb_map({{"byteOffset", cb_uint(offset)}, {"length", cb_uint(length)}})},
                 {"hashAssertion", cb_map({{"url", cb_text(uri)}, {"hash", cb_bytes("h")}})},
                 {"optional", cb_bool(optional)}});
}

Assertions two_parts() {
  Assertions all;
  all.add("one", "c2pa.hash.data.part",
          cb_map({{"hash", cb_bytes(hash_of(soi() + kFirst.substr(2 + kApp11.size())))},
                  {"exclusions", cb_array({cb_exclusion(2, kApp11.size())})}}));
  all.add("two", "c2pa.hash.data.part", cb_map({{"hash", cb_bytes(hash_of(kSecond))}}));
  return all;
}

Judged judged(const std::string& asset, Assertions& assertions,
              const std::vector<std::string>& parts) {
  Asked asked{binding::Kind::multi_asset, "c2pa.hash.multi-asset",
              cb_map({{"parts", cb_array(parts)}})};
  asked.resolve_part = assertions.resolver();
  return judge(asset, asked);
}

std::vector<std::string> both(bool optional = false) {
  return {part(0, kFirst.size(), "one"), part(kFirst.size(), kSecond.size(), "two", optional)};
}

TEST(MultiAsset, R550Match) {
  Assertions all = two_parts();
  const Judged result = judged(kFirst + kSecond, all, both());
  EXPECT_EQ(result.code(), Code::match);
  EXPECT_EQ(result.uncovered(), "manifestStore[2+" + std::to_string(kApp11.size()) + "]");
}

TEST(MultiAsset, R550EveryChangedByteOutsideTheStoreIsAMismatch) {
  Assertions all = two_parts();
  const std::string asset = kFirst + kSecond;
  for (size_t index = 2; index < asset.size(); ++index) {
    std::string changed = asset;
    changed[index] ^= 0x10;
    const bool inside = index < 2 + kApp11.size();  // the store's own bytes
    if (!inside) {
      EXPECT_EQ(judged(changed, all, both()).code(), Code::mismatch) << index;
    }
  }
}

TEST(MultiAsset, R548MissingAndCutOffParts) {
  Assertions all = two_parts();
  EXPECT_EQ(judged(kFirst, all, both(true)).code(), Code::match);
  EXPECT_EQ(judged(kFirst, all, both(false)).code(), Code::missing_part);
  const std::string cut = kFirst + kSecond.substr(0, 5);
  EXPECT_EQ(judged(cut, all, both(true)).code(), Code::mismatch);
  EXPECT_EQ(judged(cut, all, both(false)).code(), Code::mismatch);
}

// T-59: parts that do not cover the file exactly excuse nothing.
TEST(MultiAsset, R549PartsMustCoverTheAsset) {
  Assertions all = two_parts();
  const std::string asset = kFirst + kSecond;
  const uint64_t n = kFirst.size();
  const uint64_t m = kSecond.size();
  const std::vector<std::vector<std::string>> cases = {
      {part(0, n, "one")},
      {part(n, m, "two")},
      {part(0, n, "one"), part(n + 1, m - 1, "two")},
      {part(0, n, "one"), part(n - 1, m + 1, "two")},
      {part(0, n, "one"), part(0, n, "one"), part(n, m, "two")},
      {part(0, n, "one"), part(n, 0, "two")},
  };
  for (size_t index = 0; index < cases.size(); ++index) {
    EXPECT_EQ(judged(asset, all, cases[index]).code(), Code::malformed) << index;
  }
  EXPECT_EQ(judged(asset + "x", all, both()).code(), Code::malformed);
}

TEST(MultiAsset, R546MalformedParts) {
  Assertions all = two_parts();
  all.add("bmff1", "c2pa.hash.bmff.part", cb_map({}));
  all.add("whole", "c2pa.hash.data", cb_map({{"hash", cb_bytes(hash_of(kSecond))}}));
  const std::string asset = kFirst + kSecond;
  const std::string first = part(0, kFirst.size(), "one");
  const std::string location =
      cb_map({{"byteOffset", cb_uint(kFirst.size())}, {"length", cb_uint(kSecond.size())}});
  const std::string negative = cb_map({{"byteOffset", cb_negative()}, {"length", cb_uint(5)}});
  const std::string reference = cb_map({{"url", cb_text("two")}});
  const std::vector<std::vector<std::string>> cases = {
      {},
      {first, cb_uint(3)},
      {first, cb_map({{"hashAssertion", reference}})},
      {first, cb_map({{"location", location}})},
      {first, cb_map({{"location", negative}, {"hashAssertion", reference}})},
      {first, cb_map({{"location", cb_map({{"bmffBox", cb_text("/mdat")}})},
                      {"hashAssertion", reference}})},
      {first, part(kFirst.size(), kSecond.size(), "nowhere")},
      {first, part(kFirst.size(), kSecond.size(), "bmff1")},
      {first, part(kFirst.size(), kSecond.size(), "whole")},
      {first, part(UINT64_MAX, 5, "two")},
  };
  for (size_t index = 0; index < cases.size(); ++index) {
    EXPECT_EQ(judged(asset, all, cases[index]).code(), Code::malformed) << index;
  }
  const Asked no_parts{binding::Kind::multi_asset, "c2pa.hash.multi-asset", cb_map({})};
  EXPECT_EQ(judge(asset, no_parts).code(), Code::malformed);
}

// `locator` for `location`, and a bare URI.
TEST(MultiAsset, R546SpellingsOfTheSpecification) {
  Assertions all = two_parts();
  const std::string bare = cb_map({{"locator", cb_map({{"byteOffset", cb_uint(kFirst.size())},
                                                       {"length", cb_uint(kSecond.size())}})},
                                   {"hashAssertion", cb_text("two")}});
  EXPECT_EQ(judged(kFirst + kSecond, all, {part(0, kFirst.size(), "one"), bare}).code(),
            Code::match);
}

TEST(MultiAsset, R550AChangedPartAssertionIsAMismatch) {
  Assertions all = two_parts();
  all.hash_matches = false;
  EXPECT_EQ(judged(kFirst + kSecond, all, both()).code(), Code::mismatch);
}

TEST(MultiAsset, R550BoxHashOfAPart) {
  Assertions all = two_parts();
  const std::string names = cb_array({cb_text("SOI"), cb_text("SOS"), cb_text("EOI")});
  const std::string entry = cb_map({{"names", names}, {"hash", cb_bytes(hash_of(kSecond))}});
  all.add("boxes", "c2pa.hash.boxes.part", cb_map({{"boxes", cb_array({entry})}}));
  const std::vector<std::string> parts = {part(0, kFirst.size(), "one"),
                                          part(kFirst.size(), kSecond.size(), "boxes")};
  EXPECT_EQ(judged(kFirst + kSecond, all, parts).code(), Code::match);
  const std::string changed = soi() + sos("SECOND") + eoi();
  EXPECT_EQ(judged(kFirst + changed, all, parts).code(), Code::mismatch);
}

// T-53 holds inside a part as well: what is no store there may not be excluded.
TEST(MultiAsset, T53ExclusionsOfAPartAreChecked) {
  Assertions all = two_parts();
  all.add("hole", "c2pa.hash.data.part",
          cb_map({{"hash", cb_bytes(hash_of(kSecond.substr(0, 10) + kSecond.substr(14)))},
                  {"exclusions", cb_array({cb_exclusion(10, 4)})}}));
  EXPECT_EQ(judged(kFirst + kSecond, all,
                   {part(0, kFirst.size(), "one"), part(kFirst.size(), kSecond.size(), "hole")})
                .code(),
            Code::mismatch);
}

}  // namespace
}  // namespace assay::test
