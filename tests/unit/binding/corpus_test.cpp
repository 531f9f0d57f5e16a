// The public corpus through scan and binding: store sizes and content verdicts of BMFF, PDF, ZIP,
// SVG, HTML and text files.
#include "support/corpus.h"

#include <gtest/gtest.h>

#include <iostream>
#include <set>

#include "binding/planners.h"
#include "manifest/assertion.h"
#include "manifest/store.h"
#include "support/bind.h"

namespace assay::binding {
namespace {

using test::CorpusFile;

// The index counts the padding of the box; the superbox says how long the store is.
const std::set<std::string> kPadded = {"m4a/tp-t6.m4a"};

// The manifest element holds no JUMBF; the index counts no store (T-38: not "none").
const std::set<std::string> kNotJumbf = {"svg/rs-sample4.svg"};

// The exclusion in these hand-made files is a few bytes longer or shorter than the wrapper, because
// signing again changed the number of bytes that the selectors take. "The byte range of the wrapper
// equals an exclusion range" holds for none of them: malformed (R-172).
const std::set<std::string> kWrongExclusion = {"text/gen-hand_text_valid.txt",
                                               "text/gen-hand_text_nfd.txt",
                                               "text/gen-hand_text_changed-0ca783.txt"};

std::string base_label(std::string_view label) {
  const size_t copy = label.find("__");
  return std::string(label.substr(0, copy));
}

// The verdict of the active manifest's hard binding; nothing when it has none that is not ignored.
std::optional<Outcome> bind_active(const CorpusFile& file, const container::Carrier& carrier,
                                   const Bytes& store_bytes) {
  const Limits limits;
  Budget budget(limits);
  const auto store = manifest::Store::parse(store_bytes, limits, budget, nullptr);
  if (!store.ok() || (*store)->active() == nullptr) {
    return std::nullopt;
  }
  const manifest::Manifest& active = *(*store)->active();
  for (size_t i = 0; i < active.tree->size(); ++i) {
    const jumbf::Box& box = active.tree->at(static_cast<jumbf::BoxIndex>(i));
    const std::string label = base_label(box.label());
    const auto kind = kind_of(label);
    if (!kind || box.offset < active.box->offset) {
      continue;
    }
    const auto content = manifest::content_of(*active.tree, box);
    const auto parsed = manifest::parse_content(content, limits, budget);
    Input input;
    input.kind = *kind;
    input.base_label = label;
    input.assertion = parsed.root();
    input.default_alg = "sha256";
    input.carrier = &carrier;
    input.limits = &limits;
    const auto binding = plan(input, budget);
    test::drive(*binding, file.bytes);
    return binding->outcome();
  }
  return std::nullopt;
}

void check_content(const CorpusFile& file, const container::Carrier& carrier) {
  const auto outcome = bind_active(file, carrier, carrier.stores[0].bytes);
  if (!outcome) {
    return;
  }
  const bool changed = file.meant_to_show.find("Hash.mismatch") != std::string::npos ||
                       file.meant_to_show.find("incorrectFileCount") != std::string::npos;
  const Code code = test::code_of(*outcome);
  if (kWrongExclusion.count(file.file) != 0) {
    EXPECT_EQ(code, Code::malformed);
    return;
  }
  EXPECT_EQ(code == Code::match, !changed)
      << static_cast<int>(code) << " " << outcome->findings.front().explanation;
}

bool is_damaged_text(const CorpusFile& file) {
  const auto has = [&file](std::string_view part) {
    return file.file.find(part) != std::string::npos;
  };
  return file.format == "text" && (has("bad_length") || has("bad-length") || has("bad_version") ||
                                   has("bad-version") || has("text_truncated"));
}

void check_format(std::string_view format) {
  const auto files = test::corpus_files(format);
  for (const CorpusFile& file : files) {
    SCOPED_TRACE(file.file + ": " + file.meant_to_show);
    const auto walked = test::walk(file.bytes, uint64_t{64} << 10);
    EXPECT_EQ(walked.fault, Fault::none);
    ASSERT_EQ(test::describe(walked.carrier),
              test::describe(test::walk(file.bytes, file.bytes.size()).carrier));
    const bool sidecar = !file.carriers.empty() && file.carriers[0] == "sidecar";
    const bool damaged = file.meant_to_show.find("truncated") != std::string::npos ||
                         file.meant_to_show.find("JUMBF") != std::string::npos;
    if (file.bytes.empty() || sidecar || damaged) {
      continue;
    }
    if (is_damaged_text(file)) {
      EXPECT_EQ(walked.carrier.defect_kind, container::DefectKind::text_corrupted_wrapper);
      continue;
    }
    if (kNotJumbf.count(file.file) != 0) {
      EXPECT_EQ(walked.carrier.state, container::StoreState::broken);
      continue;
    }
    const bool no_mark = file.file.find("text_no_bom") != std::string::npos;
    if (file.store_bytes.empty() || no_mark) {
      EXPECT_EQ(walked.carrier.state, container::StoreState::none) << walked.carrier.defect;
      continue;
    }
    EXPECT_EQ(walked.carrier.stores.size(), file.store_bytes.size()) << walked.carrier.defect;
    if (walked.carrier.stores.empty()) {
      continue;
    }
    const uint64_t padding = kPadded.count(file.file) != 0 ? 2 : 0;
    EXPECT_EQ(walked.carrier.stores[0].bytes.size() + padding, file.store_bytes[0]);
    if (walked.carrier.state == container::StoreState::single) {
      check_content(file, walked.carrier);
    }
  }
  std::cout << "corpus files of format " << format << ": " << files.size() << "\n";
}

TEST(Corpus, Avif) { check_format("avif"); }
TEST(Corpus, Heif) { check_format("heif"); }
TEST(Corpus, Mp4) { check_format("mp4"); }
TEST(Corpus, Mov) { check_format("mov"); }
TEST(Corpus, Zip) { check_format("zip"); }
TEST(Corpus, Svg) { check_format("svg"); }
TEST(Corpus, Html) { check_format("html"); }
TEST(Corpus, Text) { check_format("text"); }
TEST(Corpus, Pdf) { check_format("pdf"); }
TEST(Corpus, None) { check_format("none"); }
TEST(Corpus, M4a) { check_format("m4a"); }

}  // namespace
}  // namespace assay::binding
