// Validating a collection data hash over a ZIP archive (spec §Validating a collection data hash,
// §Extras for ZIP; R-165… …R-544). Collections of loose files need a resolver from name
// to bytes and are not handled here.
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "base/text.h"
#include "binding/collection_uri.h"
#include "binding/fields.h"
#include "binding/finished.h"
#include "binding/planners.h"
#include "container/zip_layout.h"

namespace assay::binding {
namespace {

using container::ZipEntry;
using container::ZipLayout;

constexpr uint64_t kCrcOffset = 16;  // of crc-32 in a central directory header
constexpr uint64_t kCrcBytes = 4;

std::string shown(std::string_view name) { return display_text(name, 200); }

class CollectionBinding final : public Binding {
 public:
  explicit CollectionBinding(const Input& input) : layout_(input.carrier->zip) { plan(input); }

  const std::vector<HashJob>& jobs() const override { return jobs_; }
  bool done() const override { return done_; }
  const Outcome& outcome() const override { return outcome_; }

  void supply(const std::vector<Bytes>& digests) override {
    if (done_ || digests.size() != jobs_.size()) {
      return;
    }
    for (size_t i = 0; i < files_.size(); ++i) {
      if (digests[i] != files_[i].hash) {
        finish(Code::mismatch, "File " + shown(files_[i].uri) + " was changed.");
        return;
      }
    }
    // the newer form, else the one span of older versions.
    const bool by_header = digests[files_.size()] == directory_hash_;
    const bool by_span = digests[files_.size() + 1] == directory_hash_;
    if (!by_header && !by_span) {
      finish(Code::mismatch, "The directory of the archive was changed.");
    } else if (!unlisted_.empty()) {
      finish(Code::incorrect_file_count, "File " + shown(unlisted_) + " is not in the collection.");
    } else {
      if (!by_span && layout_->zip64_records.length > 0) {
        outcome_.uncovered.push_back({layout_->zip64_records, "zip64"});
      }
      finish(Code::match, "All files of the archive have the hashes in the assertion.");
    }
  }

 private:
  struct Listed {
    std::string uri;
    Bytes hash;
  };

  void finish(Code code, std::string explanation) {
    done_ = true;
    jobs_.clear();
    outcome_.findings.insert(outcome_.findings.begin(), Finding{code, std::move(explanation)});
  }

  void plan(const Input& input) {
    const cbor::Value uris = field(input.assertion, "uris");
    if (!uris.is(cbor::Type::array) || input.limits->exceeded(Limit::zip_entries, uris.size())) {
      finish(Code::malformed, "The list of files is missing or too long.");
      return;
    }
    if (!layout_) {
      finish(Code::mismatch, "The asset is not an archive of files.");
      return;
    }
    const std::string_view alg = alg_name_of(input.assertion, input.default_alg);
    index_entries();
    for (size_t i = 0; i < uris.size() && !done_; ++i) {
      add_file(uris.at(i), alg);
    }
    if (!done_) {
      add_directory(input.assertion, alg);
    }
    if (!done_ && !layout_->problem.empty()) {
      finish(Code::mismatch, layout_->problem);
    }
    if (!done_) {
      describe();
    }
  }

  void index_entries() {
    for (const ZipEntry& entry : layout_->entries) {
      by_name_.emplace(entry.name, &entry);
    }
  }

  const ZipEntry* find(std::string_view uri) const {
    auto found = by_name_.find(uri);
    if (found == by_name_.end()) {
      found = by_name_.find(percent_decoded(uri));
    }
    return found != by_name_.end() ? found->second : nullptr;
  }

  void add_file(const cbor::Value& item, std::string_view enclosing_alg) {
    const auto uri = field(item, "uri").as_text();
    const auto hash = field(item, "hash").as_bytes();
    if (!uri || !hash) {
      finish(Code::malformed, "A file of the collection has no uri or no hash.");
      return;
    }
    const auto alg = alg_of(item, enclosing_alg);
    if (!alg) {
      finish(Code::unsupported_algorithm, "The hash algorithm is not supported.");
      return;
    }
    if (!is_safe_collection_uri(*uri)) {
      finish(Code::invalid_uri, "The uri of a file leaves the collection.");
      return;
    }
    const ZipEntry* entry = find(*uri);
    if (entry == nullptr) {
      finish(Code::incorrect_file_count, "File " + shown(*uri) + " is missing.");
      return;
    }
    const cbor::Value size = field(item, "size");
    if (size.present() && size.as_uint() != entry->real_size &&
        size.as_uint() != entry->stored_size && size.as_uint() != entry->whole.length) {
      finish(Code::mismatch, "File " + shown(*uri) + " has another size.");
      return;
    }
    // Every file is hashed once, however often the list repeats it.
    if (!listed_.insert(entry).second) {
      finish(Code::malformed, "A file of the collection is listed twice.");
      return;
    }
    files_.push_back({std::string(*uri), to_bytes(*hash)});
    jobs_.push_back({*alg, {entry->whole}});
  }

  void add_directory(const cbor::Value& assertion, std::string_view alg_name) {
    const cbor::Value value = field(assertion, "zip_central_directory_hash");
    const auto alg = crypto::digest_alg_from_name(alg_name);
    if (!value.as_bytes()) {
      finish(Code::mismatch, "The hash of the archive's directory is missing.");
      return;
    }
    if (!alg) {
      finish(Code::unsupported_algorithm, "The hash algorithm is not supported.");
      return;
    }
    directory_hash_ = to_bytes(*value.as_bytes());
    HashJob headers{*alg, {}};
    for (const ZipEntry& entry : layout_->entries) {
      if (!entry.is_store) {
        headers.segments.emplace_back(entry.header);
        continue;
      }
      const uint64_t rest = kCrcOffset + kCrcBytes;
      headers.segments.emplace_back(Range{entry.header.offset, kCrcOffset});
      headers.segments.emplace_back(Range{entry.header.offset + rest, entry.header.length - rest});
    }
    headers.segments.emplace_back(layout_->end_record);
    jobs_.push_back(std::move(headers));
    const uint64_t begin = layout_->central_directory.offset;
    jobs_.push_back({*alg, {Range{begin, layout_->end_record.end() - begin}}});
  }

  void describe() {
    for (const ZipEntry& entry : layout_->entries) {
      if (entry.is_store) {
        outcome_.uncovered.push_back({entry.whole, "manifestStore"});
      } else if (listed_.count(&entry) == 0 && !(entry.is_folder() && entry.stored_size == 0)) {
        unlisted_ = entry.name;
      }
    }
    for (const Range& gap : layout_->gaps) {
      outcome_.uncovered.push_back({gap, "gap"});
    }
  }

  std::shared_ptr<const ZipLayout> layout_;
  std::map<std::string_view, const ZipEntry*, std::less<>> by_name_;
  std::set<const ZipEntry*> listed_;
  std::vector<Listed> files_;
  Bytes directory_hash_;
  std::string unlisted_;
  std::vector<HashJob> jobs_;
  bool done_ = false;
  Outcome outcome_;
};

}  // namespace

std::unique_ptr<Binding> plan_collection(const Input& input, Budget& /*budget*/) {
  return std::make_unique<CollectionBinding>(input);
}

}  // namespace assay::binding
