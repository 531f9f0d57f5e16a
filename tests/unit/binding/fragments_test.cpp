#include "binding/fragments.h"

#include <gtest/gtest.h>

#include "binding/planners.h"
#include "support/bind.h"
#include "support/bmff_files.h"
#include "support/cbor_items.h"
#include "support/corpus.h"

namespace assay::binding {
namespace {

using test::array;
using test::box;
using test::c2pa_box;
using test::item;
using test::join;
using test::map;

Bytes sha256(ByteView bytes) { return crypto::digest(crypto::DigestAlg::sha256, bytes); }
Bytes marker(uint64_t offset) {
  Bytes out;
  append_be64(out, offset);
  return out;
}

// Two fragments in files of their own; offsets count in each file.
struct Split {
  Bytes init = join(test::ftyp(), box("moov", test::bytes_of("movie")));
  std::vector<Bytes> files;
  std::vector<Bytes> leaves;

  Split() {
    const Bytes styp = box("styp", test::bytes_of("msdh"));
    const size_t proof_size = proof(0, Bytes(32, 0)).size();
    for (uint8_t i = 0; i < 2; ++i) {
      const uint64_t at = styp.size() + proof_size;
      const Bytes moof = box("moof", Bytes(5, i));
      const Bytes mdat = box("mdat", Bytes(20, i));
      leaves.push_back(
          sha256(join(marker(0), styp, marker(at), moof, marker(at + moof.size()), mdat)));
      files.push_back(join(moof, mdat));
    }
    for (uint8_t i = 0; i < 2; ++i) {
      files[i] = join(styp, proof(i, leaves[1 - i]), files[i]);
    }
  }
  static Bytes proof(uint64_t location, const Bytes& sibling) {
    return c2pa_box("merkle", map({{"uniqueId", item(1)},
                                   {"localId", item(1)},
                                   {"location", item(location)},
                                   {"hashes", array({item(sibling)})}}));
  }
  Bytes assertion() const {
    const uint64_t at = test::ftyp().size();
    const Bytes init_hash =
        sha256(join(marker(at), Bytes(init.begin() + static_cast<ptrdiff_t>(at), init.end())));
    const Bytes c2pa =
        map({{"xpath", item("/uuid")},
             {"data", array({map({{"offset", item(8)},
                                  {"value", item(to_bytes(container::kC2paBoxUuid))}})})}});
    return map({{"exclusions", array({c2pa, map({{"xpath", item("/ftyp")}})})},
                {"alg", item("sha256")},
                {"merkle",
                 array({map({{"uniqueId", item(1)},
                             {"localId", item(1)},
                             {"count", item(2)},
                             {"initHash", item(init_hash)},
                             {"hashes", array({item(sha256(join(leaves[0], leaves[1])))})}})})}});
  }
};

// A stream over an assertion; owns what the stream needs while it is made.
FragmentStream stream_of(const Bytes& assertion) {
  static const Limits kLimits;
  Budget budget(kLimits);
  const auto document = cbor::Document::parse(assertion, kLimits, budget);
  Input input;
  input.assertion = document->root();
  input.default_alg = "sha256";
  input.limits = &kLimits;
  return FragmentStream(input);
}

struct Checked {
  Code code;
  Continuity continuity;
  std::string uncovered;  // kinds
};
Checked feed(FragmentStream& stream, ByteView file) {
  const Limits limits;
  Budget budget(limits);
  const auto walked = test::walk(file, file.size(), "video/mp4");
  const auto binding = stream.plan(walked.carrier, budget);
  test::drive(*binding, file);
  std::string kinds;
  for (const Uncovered& bytes : binding->outcome().uncovered) {
    kinds += bytes.kind + " ";
  }
  return {test::code_of(binding->outcome()), stream.record(*binding), kinds};
}

// R-531…R-534: init and fragments, each in its own file.
TEST(Fragments, Stream) {
  const Split split;
  const auto init = test::check_binding(plan_bmff, split.init, split.assertion());
  EXPECT_EQ(test::code_of(init), Code::match);
  EXPECT_TRUE(init.partial);
  FragmentStream stream = stream_of(split.assertion());
  EXPECT_EQ(stream.problem(), "");
  EXPECT_EQ(stream.missing().size(), 1u);
  for (const Bytes& file : split.files) {
    const auto checked = feed(stream, file);
    EXPECT_EQ(checked.code, Code::match);
    EXPECT_EQ(checked.continuity, Continuity::expected);
  }
  EXPECT_FALSE(stream.failed());
  EXPECT_TRUE(stream.missing().empty());
}

// R-532, T-34: every byte of a fragment outside its Merkle box counts, and once failed it stays so.
TEST(Fragments, ChangedFragment) {
  const Split split;
  const size_t proof_at = box("styp", test::bytes_of("msdh")).size();
  const size_t proof_end = proof_at + Split::proof(0, Bytes(32, 0)).size();
  for (size_t i = 0; i < split.files[0].size(); ++i) {
    FragmentStream stream = stream_of(split.assertion());
    Bytes changed = split.files[0];
    changed[i] ^= 1;
    const bool in_proof_head = i >= proof_at && i < proof_end;
    const auto checked = feed(stream, changed);
    if (!in_proof_head) {
      EXPECT_NE(checked.code, Code::match) << i;
      EXPECT_TRUE(stream.failed());
    }
    feed(stream, split.files[1]);
    EXPECT_EQ(stream.failed(), checked.code != Code::match);
  }
}

// what no hash covers is listed: the proof, and whatever passes for a C2PA box.
TEST(Fragments, UncoveredBytes) {
  const Split split;
  FragmentStream stream = stream_of(split.assertion());
  EXPECT_EQ(feed(stream, split.files[0]).uncovered, "merkleProof ");
  for (const char* purpose : {"merkle", "manifest", "anything"}) {
    const Bytes more = join(split.files[1], c2pa_box(purpose, Bytes(20, 7)));
    const auto checked = feed(stream, more);
    EXPECT_EQ(checked.code, Code::match);
    EXPECT_EQ(checked.uncovered, "merkleProof box:uuid ") << purpose;
  }
  EXPECT_EQ(feed(stream, join(split.files[1], test::ftyp())).uncovered, "merkleProof box:ftyp ");
}

// a jump is said, not punished; what was never seen is named at the end.
TEST(Fragments, Discontinuity) {
  const Split split;
  FragmentStream stream = stream_of(split.assertion());
  EXPECT_EQ(feed(stream, split.files[1]).continuity, Continuity::discontinuity);
  EXPECT_EQ(stream.missing().size(), 1u);
  EXPECT_EQ(feed(stream, split.files[1]).continuity, Continuity::discontinuity);
  EXPECT_FALSE(stream.failed());
  EXPECT_EQ(feed(stream, split.files[0]).continuity, Continuity::discontinuity);
  EXPECT_TRUE(stream.missing().empty());
}

// no proof, two fragments in one file, another fragment's proof, no fragment at all.
TEST(Fragments, FilesThatAreNoFragment) {
  const Split split;
  const auto code = [&split](const Bytes& file) {
    FragmentStream stream = stream_of(split.assertion());
    const auto checked = feed(stream, file);
    EXPECT_TRUE(stream.failed());
    return checked.code;
  };
  EXPECT_EQ(code(join(box("styp"), box("moof"), box("mdat"))), Code::malformed);
  EXPECT_EQ(code(join(split.files[0], split.files[1])), Code::malformed);
  EXPECT_EQ(code(join(box("styp"), box("mdat"))), Code::malformed);
  EXPECT_EQ(code(join(box("styp"), Split::proof(2, Bytes(32, 0)), box("moof"))), Code::mismatch);
  EXPECT_EQ(code(test::bytes_of("GIF89a")), Code::mismatch);
}

// An assertion with a hash of one file is no stream's.
TEST(Fragments, NotAStream) {
  const Bytes whole =
      map({{"exclusions", array({map({{"xpath", item("/ftyp")}})})}, {"hash", item(Bytes(32, 0))}});
  EXPECT_NE(stream_of(whole).problem(), "");
  EXPECT_NE(stream_of(map({})).problem(), "");
}

// The corpus' DASH fragments against the init segment they belong to.
TEST(Fragments, Corpus) {
  const auto init = test::read_whole(test::corpus_folder() + "fmp4/rs-dashinit.mp4");
  if (!init) {
    GTEST_SKIP() << "no corpus";
  }
  const std::string folder = test::corpus_folder() + "fmp4/";
  // The assertion's CBOR begins with its map of three fields behind the box label.
  const std::string_view text = as_text(*init);
  const size_t label = text.find("c2pa.hash.bmff.v2");
  const size_t content = text.find("cbor", label) + 4;
  const Limits limits;
  Budget budget(limits);
  const auto document =
      cbor::Document::parse_prefix(ByteView(*init).subspan(content), limits, budget);
  ASSERT_TRUE(document.ok());
  const Bytes assertion = to_bytes(document->root().encoded());
  EXPECT_EQ(test::code_of(test::check_binding(plan_bmff, *init, assertion)), Code::match);
  const auto code = [&](const char* name) {
    FragmentStream stream = stream_of(assertion);
    return feed(stream, test::read_whole(folder + name).value()).code;
  };
  EXPECT_EQ(code("rs-dash1.m4s"), Code::match);
  EXPECT_EQ(code("dash-hist-bdc8bd-provenancevideooutput_dash2.m4s"), Code::match);
  EXPECT_EQ(code("dash-hist-01d80d-provenancevideooutput_dash3.m4s"), Code::match);
  EXPECT_EQ(code("dash-hist-ca0104-provenancevideooutput_dash2.m4s"), Code::mismatch);
}

}  // namespace
}  // namespace assay::binding
