#include "manifest/details.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "support/cbor_items.h"

namespace assay::manifest {
namespace {

using assay::test::array;
using assay::test::item;
using assay::test::map;

// Details as JSON text, and what could not be read, in one line.
class Assertion {
 public:
  static std::string of_cbor(std::string_view label, const Bytes& bytes, Limits limits = {}) {
    Budget budget(limits);
    AssertionContent content;
    content.kind = ContentKind::cbor;
    content.bytes = bytes;
    return describe(label, content, parse_content(content, limits, budget), limits);
  }
  static std::string of_json(std::string_view label, std::string_view text) {
    const Limits limits;
    Budget budget(limits);
    AssertionContent content;
    content.kind = ContentKind::json;
    content.bytes = as_bytes(text);
    return describe(label, content, parse_content(content, limits, budget), limits);
  }
  static std::string of_file(std::string_view label, std::string_view media_type) {
    AssertionContent content;
    content.kind = ContentKind::embedded_file;
    content.media_type = media_type;
    content.bytes = as_bytes("12345");
    return describe(label, content, {}, {});
  }

 private:
  static std::string describe(std::string_view label, const AssertionContent& content,
                              const ParsedContent& parsed, const Limits& limits) {
    const auto details = details_of(label, content, parsed, limits);
    if (!details) {
      return "nothing";
    }
    std::string out = std::string(details->kind) + " " + json::write(details->fields);
    for (const std::string& name : details->unread) {
      out += " !" + name;
    }
    return out;
  }
};

TEST(Details, AreThereForKnownLabelsAlone) {
  for (const char* label : {"org.example.data", "c2pa.actions.v2", "c2pa.hash.data",
                            "c2pa.soft-bindings", "", "*", "metadata"}) {
    EXPECT_EQ(Assertion::of_cbor(label, map({})), "nothing") << label;
  }
  EXPECT_EQ(Assertion::of_cbor("stds.iptc.photo-metadata", map({})), "metadata {\"fields\":[]}");
  EXPECT_EQ(Assertion::of_cbor("org.example.metadata", map({})), "metadata {\"fields\":[]}");
}

// what is missing is named, what is there is read all the same.
TEST(Details, NameWhatCouldNotBeRead) {
  EXPECT_EQ(Assertion::of_cbor("c2pa.ai-disclosure", map({{"modelName", item("m")}})),
            "aiDisclosure {\"modelName\":\"m\"} !modelType");
  EXPECT_EQ(Assertion::of_cbor("c2pa.ai-disclosure",
                               map({{"modelType", item("t")}, {"modelName", item(1)}})),
            "aiDisclosure {\"modelType\":\"t\"} !modelName");
  EXPECT_EQ(Assertion::of_cbor("c2pa.ai-disclosure", item(5)), "aiDisclosure {} !modelType");
  EXPECT_EQ(Assertion::of_cbor("c2pa.ai-disclosure", map({{"modelType", test::null_item()}})),
            "aiDisclosure {} !modelType");
  EXPECT_EQ(Assertion::of_cbor("c2pa.ai-disclosure", {}), "aiDisclosure {} !modelType");
}

// Each missing field is named once, however many parts miss it.
TEST(Details, NameFieldsOfPartsOnce) {
  EXPECT_EQ(Assertion::of_cbor("c2pa.asset-ref", map({{"references", array({item(1), item(2)})}})),
            "assetReference {\"references\":[{},{}]} !references.uri");
}

// an ambiguous field is never resolved to one of its values.
TEST(Details, TakeNothingFromFieldsThatOccurTwice) {
  EXPECT_EQ(Assertion::of_cbor("c2pa.ai-disclosure",
                               map({{"modelType", item("a")}, {"modelType", item("b")}})),
            "aiDisclosure {} !modelType");
  EXPECT_EQ(Assertion::of_json("stds.schema-org.ClaimReview",
                               "{\"claimReviewed\":\"a\",\"claimReviewed\":\"b\"}"),
            "claimReview {} !claimReviewed");
}

// no list is longer than the limit, and a longer one is said to be cut.
TEST(Details, ListNoMoreThanTheLimit) {
  Limits limits;
  limits.detail_entries = 2;
  const Bytes entry = map({{"reference", map({{"uri", item("u")}})}});
  const auto references = [&](size_t count) {
    return Assertion::of_cbor(
        "c2pa.asset-ref", map({{"references", array(std::vector<Bytes>(count, entry))}}), limits);
  };
  EXPECT_EQ(references(2), "assetReference {\"references\":[{\"uri\":\"u\"},{\"uri\":\"u\"}]}");
  EXPECT_EQ(references(3),
            "assetReference {\"references\":[{\"uri\":\"u\"},{\"uri\":\"u\"}]} !references");
  const Bytes three = map({{"a", item(1)}, {"b", item(1)}, {"c", item(1)}});
  EXPECT_EQ(Assertion::of_cbor("org.example.metadata", three, limits),
            "metadata {\"fields\":[\"a\",\"b\"]} !fields");
  EXPECT_EQ(Assertion::of_cbor("org.example.metadata", array({three, three}), limits),
            "metadata {\"fields\":[\"a\",\"b\"]} !fields");
  EXPECT_EQ(Assertion::of_cbor("c2pa.repository-receipt", three, limits),
            "repositoryReceipt {\"statements\":[{\"name\":\"a\",\"value\":1},"
            "{\"name\":\"b\",\"value\":1}]} !statements");
}

// within `parameters` as in the schema, or beside the type as in the clause.
TEST(Details, ReadTheFirstOfSeveralPlaces) {
  const auto read = [](std::vector<std::pair<const char*, Bytes>> fields) {
    fields.emplace_back("type", item("t"));
    return Assertion::of_cbor("c2pa.alternative-content-representation", map(fields));
  };
  EXPECT_EQ(read({{"multiAssetPartIndex", item(3)}}),
            "alternativeContent {\"type\":\"t\",\"part\":3}");
  EXPECT_EQ(read({{"multiAssetPartIndex", item(3)},
                  {"parameters", map({{"multiAssetPartIndex", item(4)}})}}),
            "alternativeContent {\"type\":\"t\",\"part\":4}");
}

// the assertion itself is the map.
TEST(Details, ReadEntriesByName) {
  EXPECT_EQ(Assertion::of_cbor("c2pa.time-stamp", map({{"urn:c2pa:1", item(Bytes(4, 0))}})),
            "timeStamps {\"tokens\":[{\"name\":\"urn:c2pa:1\",\"size\":4}]}");
  EXPECT_EQ(Assertion::of_cbor("c2pa.time-stamp", item("none")), "timeStamps {} !tokens");
}

// of a COSE_Key only its identifier, which has a number for a name.
TEST(Details, ReadTheIdentifierOfASessionKey) {
  Bytes key;
  cbor::write_head(key, 5, 1);
  append(key, item(2));
  append(key, item(Bytes(100, 0xab)));
  const Bytes session_key = map({{"key", key},
                                 {"minSequenceNumber", item(1)},
                                 {"createdAt", item("2026-01-01T00:00:00Z")},
                                 {"validityPeriod", item(60)}});
  std::string kid;
  for (int i = 0; i < 64; ++i) {
    kid += "ab";
  }
  EXPECT_EQ(Assertion::of_cbor("c2pa.session-keys", map({{"keys", array({session_key})}})),
            "sessionKeys {\"keys\":[{\"kid\":\"" + kid +
                "\",\"minSequenceNumber\":1,\"createdAt\":\"2026-01-01T00:00:00Z\","
                "\"validSeconds\":60}]}");
}

// the stated type counts; without one the label's.
TEST(Details, TellTheTypeOfAPicture) {
  EXPECT_EQ(Assertion::of_file("c2pa.thumbnail.claim.jpg", ""),
            "thumbnail {\"of\":\"claim\",\"mediaType\":\"image/jpeg\",\"size\":5}");
  EXPECT_EQ(Assertion::of_file("c2pa.thumbnail.claim.jpg", "image/png"),
            "thumbnail {\"of\":\"claim\",\"mediaType\":\"image/png\",\"size\":5}");
  EXPECT_EQ(Assertion::of_file("c2pa.thumbnail.ingredient_1", ""),
            "thumbnail {\"of\":\"ingredient\",\"size\":5}");
  EXPECT_EQ(Assertion::of_file("c2pa.embedded-data", ""), "embeddedData {\"size\":5}");
  EXPECT_EQ(Assertion::of_cbor("c2pa.icon", map({})), "icon {} !size");
}

}  // namespace
}  // namespace assay::manifest
