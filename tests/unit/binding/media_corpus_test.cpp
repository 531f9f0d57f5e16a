// The public corpus through scan and binding: what carries the store, how large it is, and what the
// active manifest's hard binding says, for JPEG, PNG and the formats whose stores lie in chunks,
// tags, frames and tables.
#include <gtest/gtest.h>

#include <iostream>
#include <set>

#include "binding/harness.h"
#include "container/feeds.h"
#include "manifest/assertion.h"
#include "manifest/store.h"
#include "support/corpus.h"

namespace assay::binding {
namespace {

using container::StoreState;
using test::CorpusFile;

// The index counts box instance numbers; these have two stores under one.
const std::set<std::string> kOneInTheIndex = {"jpeg/gen-attack_two_stores.jpg"};
// Behind IEND nothing counts (T-31).
const std::set<std::string> kNotPartOfTheAsset = {"png/gen-attack_store_after_iend.png"};
// Meant to be valid, but: the exclusion holds SOI or the font's directory beside the store;
// the pixels were encoded again; the change is in an ingredient, not in the asset.
const std::set<std::string> kArgued = {
    "jpeg/ptf-truepic-20230212-camera.jpg", "font/rs-hist-e22125-font_c2pa.otf",
    "png/se-chatgpt_image_gray.png", "jpeg/jsl-hist-2a0e28-CAIXCI.jpg"};

constexpr std::string_view kMultiAsset = "c2pa.hash.multi-asset";

std::string base_label(std::string_view label) {
  return std::string(label.substr(0, label.find("__")));
}

// Everything that the bindings of one manifest need while they run.
struct Active {
  Limits limits;
  Budget budget{limits};
  std::unique_ptr<manifest::Store> store;
  std::vector<manifest::ParsedContent> contents;
  const manifest::Manifest* manifest = nullptr;
  bool updated = false;

  explicit Active(const Bytes& bytes) {
    auto parsed = manifest::Store::parse(bytes, limits, budget, nullptr);
    if (parsed.ok()) {
      store = std::move(*parsed);
      manifest = store->active();
    }
  }
  // Update manifests have no hard binding; that of the manifest before them counts.
  void skip_updates() {
    while (manifest->kind == manifest::ManifestKind::update && manifest->index > 0) {
      manifest = &store->manifests()[manifest->index - 1];
      updated = true;
    }
  }
  cbor::Value content_of(const jumbf::Box& box) {
    contents.push_back(
        manifest::parse_content(manifest::content_of(*manifest->tree, box), limits, budget));
    return contents.back().root();
  }
  const jumbf::Box* find(const std::string& label) const {
    for (size_t index = 0; index < manifest->tree->size(); ++index) {
      const jumbf::Box& box = manifest->tree->at(static_cast<jumbf::BoxIndex>(index));
      const bool inside = box.offset > manifest->box->offset;
      if (inside && base_label(box.label()) == label) {
        return &box;
      }
    }
    return nullptr;
  }
};

Outcome run_binding(Active& active, const CorpusFile& file, const container::Carrier& carrier,
                    Kind kind, const std::string& label, const jumbf::Box& box) {
  Input input;
  input.kind = kind;
  input.base_label = label;
  input.assertion = active.content_of(box);
  input.default_alg = "sha256";
  input.carrier = &carrier;
  input.limits = &active.limits;
  input.updated = active.updated;
  input.resolve_part = [&active](const cbor::Value& reference) -> std::optional<PartAssertion> {
    const auto uri = reference.get("url").as_text();
    const auto target = active.store->resolve(uri.value_or(""), *active.manifest);
    if (!target.found()) {
      return std::nullopt;
    }
    static std::string label_of_part;
    label_of_part = base_label(target.box->label());
    return PartAssertion{label_of_part, active.content_of(*target.box), true};
  };
  const auto binding = plan(input, active.budget);
  test::run_to_end(*binding, as_text(file.bytes));
  return binding->outcome();
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

// The content verdict that the index asks for; nothing where it leaves the matter open.
std::optional<Code> wanted_code(const std::string& meant) {
  if (contains(meant, "boxesHash.unknownBox")) {
    return Code::unknown_box;
  }
  if (contains(meant, "malformed/mismatch") || contains(meant, "malformed / mismatch")) {
    return std::nullopt;  // open
  }
  if (contains(meant, "Hash.malformed")) {
    return Code::malformed;
  }
  if (contains(meant, "missingPart")) {
    return Code::missing_part;
  }
  if (contains(meant, "Hash.mismatch")) {
    return Code::mismatch;
  }
  return contains(meant, "valid") ? std::optional(Code::match) : std::nullopt;
}

std::optional<Outcome> judge_content(const CorpusFile& file, const container::Carrier& carrier) {
  Active active(carrier.stores[0].bytes);
  if (active.manifest == nullptr || active.manifest->box == nullptr) {
    return std::nullopt;
  }
  active.contents.reserve(64);
  active.skip_updates();
  for (const char* label : {"c2pa.hash.data", "c2pa.hash.boxes"}) {
    const jumbf::Box* box = active.find(label);
    if (box == nullptr) {
      continue;
    }
    Outcome outcome = run_binding(active, file, carrier, *kind_of(label), label, *box);
    const jumbf::Box* multi = active.find(std::string(kMultiAsset));
    if (outcome.findings.front().code != Code::match && multi != nullptr) {
      outcome =
          run_binding(active, file, carrier, Kind::multi_asset, std::string(kMultiAsset), *multi);
    }
    return outcome;
  }
  return std::nullopt;
}

void check_file(const CorpusFile& file) {
  SCOPED_TRACE(file.file + ": " + file.meant_to_show);
  const auto whole = test::scan_by(as_text(file.bytes), 0);
  const auto fed = test::scan_by(as_text(file.bytes), 65536);
  EXPECT_EQ(whole.fault, Fault::none);
  ASSERT_EQ(test::dump(fed.carrier), test::dump(whole.carrier));
  const container::Carrier& carrier = whole.carrier;
  if (carrier.format == container::Format::c2pa) {  // side-cars are indexed with their assets
    EXPECT_EQ(carrier.state, StoreState::single);
    return;
  }
  if (kOneInTheIndex.count(file.file) != 0) {
    EXPECT_EQ(carrier.state, StoreState::multiple);
    return;
  }
  if (file.carriers.empty() || kNotPartOfTheAsset.count(file.file) != 0 ||
      contains(file.carriers[0], "remote")) {
    EXPECT_TRUE(carrier.state == StoreState::none || carrier.state == StoreState::broken)
        << static_cast<int>(carrier.state);
    return;
  }
  if (carrier.state == StoreState::broken) {
    std::cout << "  " << file.file << " (" << file.meant_to_show << "): " << carrier.defect << "\n";
    return;
  }
  ASSERT_EQ(carrier.stores.size(), file.store_bytes.size());
  EXPECT_EQ(carrier.stores[0].bytes.size(), file.store_bytes[0]);
  if (carrier.state != StoreState::single) {
    return;
  }
  const auto outcome = judge_content(file, carrier);
  const auto wanted = wanted_code(file.meant_to_show);
  if (outcome && wanted && kArgued.count(file.file) == 0) {
    const Finding& finding = outcome->findings.front();
    EXPECT_EQ(static_cast<int>(finding.code), static_cast<int>(*wanted)) << finding.explanation;
  }
}

class MediaCorpus : public testing::TestWithParam<const char*> {};

TEST_P(MediaCorpus, StoresAndBindings) {
  const auto files = test::corpus_files(GetParam());
  for (const CorpusFile& file : files) {
    check_file(file);
  }
  std::cout << "corpus files of format " << GetParam() << ": " << files.size() << "\n";
}

INSTANTIATE_TEST_SUITE_P(Formats, MediaCorpus,
                         testing::Values("jpeg", "png", "webp", "wav", "avi", "gif", "tiff", "dng",
                                         "mp3", "flac", "jxl", "font", "c2pa"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace assay::binding
