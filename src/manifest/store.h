// Store: the manifests of one manifest store, and what JUMBF URIs in them point at (§Manifest
// store, §JUMBF URIs; R-210…R-226). Pure data: no hashing, no verdicts.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.h"
#include "base/bytes.h"
#include "base/result.h"
#include "codec/jumbf/jumbf.h"

namespace assay::manifest {

enum class ManifestKind : uint8_t {
  standard,    // c2ma, and c2md which is read as standard
  update,      // c2um
  compressed,  // c2cm whose content could not be inflated (yet)
};

enum class Inflation : uint8_t { none, wanted, done, failed };

struct Manifest {
  size_t index = 0;  // position in Store::manifests()
  std::string label;
  ManifestKind kind = ManifestKind::standard;
  // The superbox as stored. Of a compressed manifest this is what an ingredient's hash covers
  //
  const jumbf::Box* stored = nullptr;
  // The superbox whose children are processed: `stored`, or the inflated one; null until inflated.
  const jumbf::Box* box = nullptr;
  const jumbf::Tree* tree = nullptr;  // that `box` belongs to
  Inflation inflation = Inflation::none;
  std::string inflation_problem;
};

// What a reference resolves to.
struct Target {
  enum class State : uint8_t {
    found,
    missing,    // no such box
    ambiguous,  // several boxes of that label: never one of them
    external,   // not a self#jumbf URI
  };
  State state = State::missing;
  const jumbf::Box* box = nullptr;     // when found; the stored superbox if a manifest is meant
  const Manifest* manifest = nullptr;  // the manifest that the path names, if it exists
  std::string manifest_label;          // that the path names, whether or not it exists
  std::string url;                     // absolute form, "self#jumbf=/c2pa/<manifest>/<path>"
  std::string path;                    // below the manifest, "c2pa.assertions/c2pa.actions"
  bool found() const { return state == State::found; }
};

class Store {
 public:
  // `bytes`: the JUMBF superbox. `defect` says where parsing stopped when it fails.
  static Result<std::unique_ptr<Store>> parse(Bytes bytes, const Limits& limits, Budget& budget,
                                              jumbf::Defect* defect);
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // In file order. The last one is active.
  const std::vector<Manifest>& manifests() const { return manifests_; }
  const Manifest* active() const { return manifests_.empty() ? nullptr : &manifests_.back(); }
  size_t byte_size() const { return bytes_.size(); }
  ByteView bytes() const { return bytes_; }
  const jumbf::Tree& tree() const { return *tree_; }
  // Whether the superbox is a C2PA manifest store at all: type and label `c2pa`.
  bool is_manifest_store() const;

  // Compressed manifests: the Brotli stream of manifest `index`, and its inflated bytes.
  ByteView compressed_content(size_t index) const;
  void supply_inflated(size_t index, Bytes bytes, const Limits& limits, Budget& budget);
  void refuse_inflated(size_t index, std::string problem);

  // Resolves a URI found inside `current`.
  Target resolve(std::string_view uri, const Manifest& current) const;
  // The manifest with that label; null when there is none or more than one.
  const Manifest* find(std::string_view label) const;
  bool is_duplicate_label(std::string_view label) const;
  // The manifest that a box belongs to.
  std::string url_of(const Manifest& manifest, std::string_view path) const;

 private:
  Store() = default;
  void collect_manifests();
  enum class Labels : uint8_t { literal, encoded };
  void resolve_path(std::string_view path, Labels labels, Target& target) const;

  Bytes bytes_;
  std::unique_ptr<jumbf::Tree> tree_;
  std::vector<Manifest> manifests_;
  struct Inflated {
    Bytes bytes;
    std::unique_ptr<jumbf::Tree> tree;
  };
  std::vector<std::unique_ptr<Inflated>> inflated_;
};

}  // namespace assay::manifest
