// PDF: stores are embedded files of the document whose file specification says C2PA_Manifest (spec
// §Embedding manifests into PDFs; R-160…R-164). One per incremental update; together they are one
// logical store. Stores attached to single objects (images, pages) belong to those and are not
// looked for.
#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "base/sort.h"
#include "base/text.h"
#include "container/pdf_document.h"
#include "container/pdf_filter.h"
#include "container/store.h"
#include "container/store_bytes.h"
#include "container/walkers.h"
#include "container/xmp.h"

namespace assay::container {
namespace {

using Kind = PdfValue::Kind;

constexpr size_t kMostRevisions = 256;
constexpr size_t kMostNodes = 2000;  // of name trees and form fields

class PdfWalker : public Walker {
 public:
  explicit PdfWalker(const Limits& limits) : limits_(limits), document_(limits) {}

  Status run(io::ByteSource& source, Budget& budget, Carrier& carrier) override {
    if (step_ == Step::open) {
      const Status opened = document_.open(source, budget);
      if (!opened.ok()) {
        return give_up(opened.fault(), carrier);
      }
      step_ = Step::search;
    }
    if (step_ == Step::search) {
      ASSAY_CHECK(search_revisions(source, budget));
      choose_sections(carrier);
      step_ = Step::stores;
    }
    if (step_ == Step::stores) {
      ASSAY_CHECK(read_stores(source, budget, carrier));
      step_ = Step::details;
    }
    if (step_ == Step::details) {
      ASSAY_CHECK(read_details(source, budget, carrier));
      step_ = Step::done;
    }
    return {};
  }

 private:
  enum class Step : uint8_t { open, search, stores, details, done };

  // A store's stream: the embedded file's object.
  struct Found {
    PdfReference reference;
    size_t revision = 0;  // that defines the object
    size_t seen_in = 0;   // in which the object is looked up
  };

  Status give_up(Fault fault, Carrier& carrier) {
    if (fault == Fault::need) {
      return fault;
    }
    add_note(carrier, "pdfDamaged", {0, carrier.asset_size},
             "The cross-reference table cannot be read; no manifest can be located.");
    step_ = Step::done;
    return {};
  }

  // Faults other than `need` end the look at this part of the document.
  static bool must_wait(Fault fault) { return fault == Fault::need; }

  Status search_revisions(io::ByteSource& source, Budget& budget) {
    for (; revision_ < std::min(document_.revisions(), kMostRevisions); ++revision_) {
      ASSAY_CHECK(search_revision(source, budget));
    }
    return {};
  }

  Status search_revision(io::ByteSource& source, Budget& budget) {
    const PdfValue& root = document_.trailer("Root", revision_);
    const auto catalog = document_.resolve(source, root, revision_, budget);
    if (!catalog.ok()) {
      return soften(catalog.fault());
    }
    std::vector<PdfValue> specifications;
    ASSAY_CHECK(collect_list(source, catalog->value.get("AF"), budget, specifications));
    ASSAY_CHECK(collect_names(source, catalog->value.get("Names"), budget, specifications));
    for (const PdfValue& specification : specifications) {
      ASSAY_CHECK(look_at(source, specification, budget));
    }
    return {};
  }

  static Status soften(Fault fault) {
    return must_wait(fault) || fault == Fault::limit ? Status(fault) : Status();
  }

  template <typename T>
  static Status softened(const Result<T>& result) {
    return result.ok() ? Status() : soften(result.fault());
  }

  Status collect_list(io::ByteSource& source, const PdfValue& value, Budget& budget,
                      std::vector<PdfValue>& out) {
    const auto list = document_.resolve(source, value, revision_, budget);
    if (!list.ok()) {
      return soften(list.fault());
    }
    if (list->value.is(Kind::dictionary)) {
      out.push_back(list->value);
    }
    out.insert(out.end(), list->value.items.begin(), list->value.items.end());
    return {};
  }

  // Names / EmbeddedFiles: a tree whose leaves are lists of name and file specification.
  Status collect_names(io::ByteSource& source, const PdfValue& names_value, Budget& budget,
                       std::vector<PdfValue>& out) {
    const auto names = document_.resolve(source, names_value, revision_, budget);
    if (!names.ok()) {
      return soften(names.fault());
    }
    std::vector<PdfValue> open = {names->value.get("EmbeddedFiles")};
    for (size_t visited = 0; !open.empty() && visited < kMostNodes; ++visited) {
      const PdfValue next = std::move(open.back());
      open.pop_back();
      const auto node = document_.resolve(source, next, revision_, budget);
      ASSAY_CHECK(softened(node));
      if (!node.ok()) {
        continue;
      }
      const auto& kids = node->value.get("Kids").items;
      open.insert(open.end(), kids.begin(), kids.end());
      const auto& leaves = node->value.get("Names").items;
      for (size_t i = 1; i < leaves.size() && out.size() < kMostNodes; i += 2) {
        out.push_back(leaves[i]);
      }
    }
    return {};
  }

  // the relationship decides; the subtype is written in several ways.
  Status look_at(io::ByteSource& source, const PdfValue& value, Budget& budget) {
    const auto specification = document_.resolve(source, value, revision_, budget);
    if (!specification.ok()) {
      return soften(specification.fault());
    }
    if (!specification->value.get("AFRelationship").is_name("C2PA_Manifest")) {
      return {};
    }
    const auto files = document_.resolve(source, specification->value.get("EF"), revision_, budget);
    if (!files.ok()) {
      return soften(files.fault());
    }
    const PdfValue& plain = files->value.get("F");
    const PdfValue& file = plain.is(Kind::reference) ? plain : files->value.get("UF");
    const auto place = file.is(Kind::reference) ? document_.place_of(file.reference, revision_)
                                                : std::optional<PdfDocument::Place>();
    if (!place) {
      unreadable_ = true;
      return {};
    }
    found_.try_emplace(place->offset, Found{file.reference, place->revision, revision_});
    return {};
  }

  // two stores of one revision are ignored, those of other revisions stay.
  void choose_sections(Carrier& carrier) {
    std::map<size_t, size_t> in_revision;
    for (const auto& [offset, found] : found_) {
      ++in_revision[found.revision];
    }
    for (const auto& [offset, found] : found_) {
      if (in_revision[found.revision] == 1) {
        chosen_.push_back(found);
      } else {
        add_note(carrier, "pdfTwoStores", {offset, 0},
                 "Two manifest stores in one revision of the document; they are ignored.");
      }
    }
    // Oldest first.
    sort_by(chosen_, [](const Found& a, const Found& b) { return a.revision > b.revision; });
    if (chosen_.empty() && !found_.empty()) {
      carrier.state = StoreState::multiple;
    } else if (found_.empty() && unreadable_) {
      add_broken_store(carrier, "A manifest's file specification points to no embedded file.");
    }
  }

  Status read_stores(io::ByteSource& source, Budget& budget, Carrier& carrier) {
    for (; next_store_ < chosen_.size(); ++next_store_) {
      const Found& found = chosen_[next_store_];
      const auto object = document_.load(source, found.reference, found.seen_in, budget);
      if (!object.ok() && must_wait(object.fault())) {
        return Fault::need;
      }
      if (!object.ok() || !object->stream ||
          limits_.exceeded(Limit::store_bytes, object->stream->length)) {
        stores_.emplace_back();
        continue;
      }
      ASSAY_CHECK(copy_range(source, *object->stream, limits_, raw_));
      auto bytes = undo_filters(*object);
      EmbeddedStore store;
      store.carrier = {*object->stream};
      store.bytes = std::move(bytes);
      trim_padding(store, *object->stream);
      stores_.push_back(std::move(store));
      raw_.clear();
    }
    finish_stores(carrier);
    return {};
  }

  Bytes undo_filters(const PdfObject& object) {
    auto decoded = undo_pdf_filters(object.value, raw_, limits_.store_bytes);
    if (decoded.fault() == Fault::limit) {
      limits_.refuse(Limit::store_bytes);
    }
    return decoded.ok() ? std::move(*decoded) : Bytes();
  }

  void finish_stores(Carrier& carrier) {
    for (EmbeddedStore& store : stores_) {
      if (!superbox_length(store.bytes, store.bytes.size()).ok()) {
        add_broken_store(carrier, "An embedded manifest file does not hold a JUMBF superbox.");
        carrier.state = StoreState::broken;
        return;
      }
    }
    if (stores_.size() < 2) {
      for (EmbeddedStore& store : stores_) {
        add_store(carrier, std::move(store));
      }
      return;
    }
    // all of them are processed as one; the newest comes last and holds the active
    // manifest, whose chain of updates alone says which binding is held against the whole file.
    std::vector<ByteView> parts;
    EmbeddedStore merged;
    for (const EmbeddedStore& store : stores_) {
      parts.push_back(store.bytes);
      merged.carrier.insert(merged.carrier.end(), store.carrier.begin(), store.carrier.end());
      merged.dirty_padding.insert(merged.dirty_padding.end(), store.dirty_padding.begin(),
                                  store.dirty_padding.end());
    }
    auto bytes = merge_stores(parts);
    if (!bytes.ok() || !sort_apart(merged.carrier)) {
      add_broken_store(carrier, "The stores of the document's revisions cannot be read as one.");
      return;
    }
    merged.bytes = std::move(*bytes);
    add_store(carrier, std::move(merged));
  }

  // In file order; false when two embedded files share bytes.
  static bool sort_apart(std::vector<Range>& ranges) {
    sort_by(ranges, [](const Range& a, const Range& b) { return a.offset < b.offset; });
    for (size_t i = 1; i < ranges.size(); ++i) {
      if (ranges[i].offset < ranges[i - 1].end()) {
        return false;
      }
    }
    return true;
  }

  Status read_details(io::ByteSource& source, Budget& budget, Carrier& carrier) {
    const auto catalog = document_.resolve(source, document_.trailer("Root", 0), 0, budget);
    if (!catalog.ok()) {
      return soften(catalog.fault());
    }
    if (carrier.state != StoreState::none) {
      return read_signatures(source, catalog->value, budget, carrier);
    }
    if (!document_.trailer("Encrypt", 0).is(Kind::null)) {
      add_note(carrier, "pdfEncrypted", {0, carrier.asset_size}, "The document is encrypted.");
    }
    const auto metadata = document_.resolve(source, catalog->value.get("Metadata"), 0, budget);
    if (!metadata.ok() || !metadata->stream ||
        limits_.exceeded(Limit::xmp_bytes, metadata->stream->length)) {
      return metadata.ok() ? Status() : soften(metadata.fault());
    }
    const auto packet = document_.decode(source, *metadata);
    if (!packet.ok()) {
      return soften(packet.fault());
    }
    carrier.provenance_url = xmp_provenance(as_text(*packet), limits_, budget);
    return {};
  }

  // the Contents of a PDF signature may be excluded; it was written after the manifest.
  Status read_signatures(io::ByteSource& source, const PdfValue& catalog, Budget& budget,
                         Carrier& carrier) {
    const auto form = document_.resolve(source, catalog.get("AcroForm"), 0, budget);
    if (!form.ok()) {
      return soften(form.fault());
    }
    std::vector<MetadataRange> ranges;
    std::vector<PdfValue> open;
    revision_ = 0;
    ASSAY_CHECK(collect_list(source, form->value.get("Fields"), budget, open));
    for (size_t visited = 0; !open.empty() && visited < kMostNodes; ++visited) {
      const PdfValue next = std::move(open.back());
      open.pop_back();
      const auto field = document_.resolve(source, next, 0, budget);
      ASSAY_CHECK(softened(field));
      if (!field.ok()) {
        continue;
      }
      const auto& kids = field->value.get("Kids").items;
      open.insert(open.end(), kids.begin(), kids.end());
      const PdfValue& value = field->value.get("V");
      if (!field->value.get("FT").is_name("Sig") || !value.is(Kind::reference)) {
        continue;
      }
      const auto signature = document_.load(source, value.reference, 0, budget);
      ASSAY_CHECK(softened(signature));
      if (!signature.ok()) {
        continue;
      }
      const PdfValue& contents = signature->value.get("Contents");
      if (contents.is(Kind::text) && !signature->in_stream) {
        ranges.push_back(
            {{signature->base + contents.begin, contents.end - contents.begin}, "PDF signature"});
      }
    }
    carrier.metadata.insert(carrier.metadata.end(), ranges.begin(), ranges.end());
    return {};
  }

  const Limits& limits_;
  PdfDocument document_;
  Step step_ = Step::open;
  size_t revision_ = 0;
  std::map<uint64_t, Found> found_;  // by the place of the embedded file
  bool unreadable_ = false;
  std::vector<Found> chosen_;
  size_t next_store_ = 0;
  Bytes raw_;
  std::vector<EmbeddedStore> stores_;
};

}  // namespace

std::unique_ptr<Walker> make_pdf_walker(const Limits& limits) {
  return std::make_unique<PdfWalker>(limits);
}

}  // namespace assay::container
