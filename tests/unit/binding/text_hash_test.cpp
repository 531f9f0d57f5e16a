#include "binding/text_hash.h"

#include <gtest/gtest.h>

#include "binding/planners.h"
#include "support/bind.h"
#include "support/bmff_files.h"
#include "support/cbor_items.h"
#include "support/text_files.h"

namespace assay::binding {
namespace {

using test::array;
using test::item;
using test::map;
using test::wrapper;

const Bytes kStore = test::store_of(test::box("jumb", test::bytes_of("one manifest")));
const std::string kWrapper = wrapper(kStore);

Bytes sha256(const std::string& text) {
  return crypto::digest(crypto::DigestAlg::sha256, as_bytes(text));
}
Bytes assertion(uint64_t start, uint64_t length, const std::string& hashed) {
  return map({{"alg", item("sha256")},
              {"hash", item(sha256(hashed))},
              {"exclusions", array({map({{"start", item(start)}, {"length", item(length)}})})}});
}
Code verdict(const std::string& text, const Bytes& rules) {
  return test::code_of(test::check_binding(plan_data, as_bytes(text), rules));
}

// the text without its wrapper.
TEST(TextHash, PlainText) {
  const std::string text = "One. " + kWrapper + "Two.";
  const Bytes rules = assertion(5, kWrapper.size(), "One. Two.");
  EXPECT_EQ(verdict(text, rules), Code::match);
  EXPECT_EQ(verdict("one. " + kWrapper + "Two.", rules), Code::mismatch);
  EXPECT_EQ(verdict(text + "!", rules), Code::mismatch);
  EXPECT_EQ(verdict("One. " + kWrapper + " Two.", rules), Code::mismatch);
}

// an exclusion that is not exactly a wrapper.
TEST(TextHash, ExclusionsThatAreNoWrapper) {
  const std::string text = "One. " + kWrapper + "Two.";
  const auto at = [&text](uint64_t start, uint64_t length) {
    return verdict(text, assertion(start, length, "One. Two."));
  };
  EXPECT_EQ(at(4, kWrapper.size()), Code::malformed);
  EXPECT_EQ(at(5, kWrapper.size() - 3), Code::malformed);
  EXPECT_EQ(at(5, kWrapper.size() + 1), Code::malformed);
  EXPECT_EQ(at(5, UINT64_MAX), Code::malformed);
  EXPECT_EQ(at(0, 0), Code::malformed);
  EXPECT_EQ(verdict(text, map({{"alg", item("sha256")}, {"hash", item(sha256("One. Two."))}})),
            Code::malformed);
}

// R-509, T-53: a second exclusion would hide visible text.
TEST(TextHash, NoFurtherExclusions) {
  const std::string text = "One. " + kWrapper + "Two.";
  const auto range = [](uint64_t start, uint64_t length) {
    return map({{"start", item(start)}, {"length", item(length)}});
  };
  const Bytes rules =
      map({{"alg", item("sha256")},
           {"hash", item(sha256("One. o."))},
           {"exclusions", array({range(5, kWrapper.size()), range(5 + kWrapper.size(), 2)})}});
  EXPECT_EQ(verdict(text, rules), Code::mismatch);
}

// stored decomposed, hashed composed; offsets of the NFC form or of the stored text.
TEST(TextHash, NormalForm) {
  const std::string stored = "cafe\xCC\x81 " + kWrapper + "na\xC3\xAFve";
  const std::string signed_text = "caf\xC3\xA9 na\xC3\xAFve";
  EXPECT_EQ(verdict(stored, assertion(6, kWrapper.size(), signed_text)), Code::match);
  EXPECT_EQ(verdict(stored, assertion(7, kWrapper.size(), signed_text)), Code::match);
  EXPECT_EQ(verdict(stored, assertion(5, kWrapper.size(), signed_text)), Code::malformed);
  EXPECT_EQ(verdict(stored, assertion(6, kWrapper.size(), "cafe\xCC\x81 na\xC3\xAFve")),
            Code::mismatch);
  EXPECT_EQ(verdict("caffe\xCC\x81 " + kWrapper + "na\xC3\xAFve",
                    assertion(7, kWrapper.size(), signed_text)),
            Code::mismatch);
}

// a mark behind the wrapper composes once the wrapper is gone, or does not; both readings.
TEST(TextHash, CompositionAcrossTheWrapper) {
  const std::string stored = "e" + kWrapper + "\xCC\x81";
  EXPECT_EQ(verdict(stored, assertion(1, kWrapper.size(), "\xC3\xA9")), Code::match);
  EXPECT_EQ(verdict(stored, assertion(1, kWrapper.size(), "e\xCC\x81")), Code::match);
  EXPECT_EQ(verdict(stored, assertion(1, kWrapper.size(), "e")), Code::mismatch);
}

// padding selectors may be left out with the wrapper, hidden data may not.
TEST(TextHash, Padding) {
  const std::string padded = kWrapper + test::selectors(Bytes{0, 16});
  EXPECT_EQ(verdict("a" + padded, assertion(1, padded.size(), "a")), Code::match);
  const std::string hiding = kWrapper + test::selectors(test::bytes_of("hidden"));
  EXPECT_EQ(verdict("a" + hiding, assertion(1, hiding.size(), "a")), Code::mismatch);
  EXPECT_EQ(
      verdict("a" + hiding, assertion(1, kWrapper.size(), "a" + hiding.substr(kWrapper.size()))),
      Code::match);
}

// of two wrappers the one whose own exclusion names its place.
TEST(TextHash, ChoosingAWrapper) {
  const std::string text = "a" + kWrapper + "b" + kWrapper;
  const auto carrier = test::walk(as_bytes(text), 4096).carrier;
  const Bytes second = assertion(2 + kWrapper.size(), kWrapper.size(), "");
  const Limits limits;
  Budget budget(limits);
  const auto document = cbor::Document::parse(second, limits, budget);
  EXPECT_FALSE(excludes_wrapper(document->root(), *carrier.text, 0, limits));
  EXPECT_TRUE(excludes_wrapper(document->root(), *carrier.text, 1, limits));
  EXPECT_FALSE(excludes_wrapper(document->root(), *carrier.text, 2, limits));
}

//
TEST(TextHash, HashAndAlgorithm) {
  const std::string text = "a" + kWrapper;
  const auto exclusion = array({map({{"start", item(1)}, {"length", item(kWrapper.size())}})});
  EXPECT_EQ(verdict(text, map({{"alg", item("sha256")}, {"exclusions", exclusion}})),
            Code::mismatch);
  EXPECT_EQ(
      verdict(text,
              map({{"alg", item("md5")}, {"hash", item(sha256("a"))}, {"exclusions", exclusion}})),
      Code::unsupported_algorithm);
}

}  // namespace
}  // namespace assay::binding
