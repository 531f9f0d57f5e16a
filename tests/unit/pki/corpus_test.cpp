// Every certificate, time-stamp and revocation answer that lies in one piece in a file of the
// public corpus, found by its first bytes.
#include <filesystem>
#include <iostream>
#include <set>

#include "codec/der/reader.h"
#include "pki/named.h"
#include "pki/ocsp_parse.h"
#include "pki/timestamp.h"

namespace assay::pki::test {
namespace {

// Elements whose content begins with `start`, which is `head` bytes behind the element's own.
std::vector<ByteView> elements(ByteView file, const Bytes& start, size_t head) {
  std::vector<ByteView> out;
  const std::string_view text = as_text(file);
  for (size_t offset = text.find(as_text(start)); offset != std::string_view::npos;
       offset = text.find(as_text(start), offset + 1)) {
    if (offset < head) {
      continue;
    }
    der::Reader reader(file.subspan(offset - head));
    const auto element = reader.any();
    if (element && element->tag == der::kSequence && element->encoded.size() > 200) {
      out.push_back(element->encoded);
    }
  }
  return out;
}

struct Seen {
  std::set<Bytes> elements;
  size_t certificates = 0;
  size_t unreadable = 0;
  size_t tokens = 0;
  size_t verified = 0;
  size_t answers = 0;
};

void look_at(const std::string& name, ByteView file, Seen& seen) {
  const Limits limits;
  for (const ByteView found : elements(file, {0xa0, 0x03, 0x02, 0x01, 0x02}, 8)) {
    if (found[4] == 0x30 && seen.elements.insert(to_bytes(found)).second) {
      ++seen.certificates;
      seen.unreadable += parse_certificate(found, limits).ok() ? 0 : 1;
    }
  }
  const Bytes signed_data = {0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02};
  for (const ByteView found : elements(file, signed_data, 4)) {
    if (!seen.elements.insert(to_bytes(found)).second) {
      continue;
    }
    Bench bench;
    ++seen.tokens;
    // Without anything to compare with, a token whose own signature holds ends at the imprint.
    const auto outcome = verify_timestamp(found, {}, TrustStore(), bench.context);
    const bool holds = outcome.explanation == "The time-stamp was made for something else.";
    seen.verified += holds ? 1 : 0;
    if (!holds) {
      std::cout << "[ corpus   ] " << name << ": " << outcome.explanation << "\n";
    }
  }
  for (const ByteView found : elements(file, {0x0a, 0x01, 0x00, 0xa0, 0x82}, 4)) {
    EXPECT_TRUE(parse_ocsp(found, limits).ok()) << name;
    ++seen.answers;
  }
}

TEST(Corpus, CertificatesTokensAndAnswers) {
  const std::string folder = assay::test::corpus_folder();
  if (!std::filesystem::exists(folder + "index.json")) {
    GTEST_SKIP() << "0 files looked at: there is no corpus";
  }
  Seen seen;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.file_size() < (1u << 20)) {
      const auto file = assay::test::read_whole(entry.path().string());
      look_at(std::filesystem::relative(entry.path(), folder).string(), *file, seen);
    }
  }
  std::cout << "[ corpus   ] " << seen.certificates << " certificates (" << seen.unreadable
            << " cut apart by their container), " << seen.verified << " of " << seen.tokens
            << " time-stamps hold, " << seen.answers << " revocation answers\n";
  EXPECT_GT(seen.certificates, 100U);
  EXPECT_LT(seen.unreadable * 10, seen.certificates);
  EXPECT_LT((seen.tokens - seen.verified) * 10, seen.tokens);
}

TEST(Corpus, TrustListsAreRead) {
  const std::string folder = assay::test::corpus_folder() + "trust/official/";
  if (!std::filesystem::exists(folder)) {
    GTEST_SKIP() << "0 lists read: there is no corpus";
  }
  const auto read = [&](const char* name) {
    const auto file = assay::test::read_whole(folder + name);
    return list_from_pem({}, file.value_or(Bytes()), Limits());
  };
  const TrustList signers = read("C2PA-TRUST-LIST.pem");
  EXPECT_EQ(signers.anchors.size(), 30U);
  EXPECT_EQ(signers.unreadable, 0U);
  const TrustList authorities = read("C2PA-TSA-TRUST-LIST.pem");
  EXPECT_EQ(authorities.anchors.size(), 22U);
  EXPECT_EQ(authorities.unreadable, 0U);
  for (const TrustList* list : {&signers, &authorities}) {
    for (const TrustAnchor& anchor : list->anchors) {
      EXPECT_TRUE(anchor.certificate->is_ca());
      EXPECT_NE(crypto::key_name(anchor.certificate->public_key), "unsupported");
    }
  }
}

}  // namespace
}  // namespace assay::pki::test
