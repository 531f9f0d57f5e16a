#include "manifest/store.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "manifest/uri.h"

namespace assay::manifest {
namespace {

using jumbf::Box;

constexpr auto kStoreType = jumbf::type_uuid("c2pa");
constexpr auto kStandardType = jumbf::type_uuid("c2ma");
constexpr auto kLegacyStandardType = jumbf::type_uuid("c2md");
constexpr auto kUpdateType = jumbf::type_uuid("c2um");
constexpr auto kCompressedType = jumbf::type_uuid("c2cm");

std::optional<ManifestKind> kind_of(const Box& box) {
  if (box.has_type(kStandardType) || box.has_type(kLegacyStandardType)) {
    return ManifestKind::standard;
  }
  if (box.has_type(kUpdateType)) {
    return ManifestKind::update;
  }
  if (box.has_type(kCompressedType)) {
    return ManifestKind::compressed;
  }
  // other superboxes, the withdrawn `c2tm` among them, are skipped.
  return std::nullopt;
}

const Box* brotli_box(const jumbf::Tree& tree, const Box& manifest) {
  for (const Box* child : tree.children_of(manifest)) {
    if (child->type == jumbf::fourcc("brob")) {
      return child;
    }
  }
  return nullptr;
}

}  // namespace

Result<std::unique_ptr<Store>> Store::parse(Bytes bytes, const Limits& limits, Budget& budget,
                                            jumbf::Defect* defect) {
  std::unique_ptr<Store> store(new Store());
  store->bytes_ = std::move(bytes);
  ASSAY_TRY(tree, jumbf::Tree::parse(store->bytes_, limits, budget, defect));
  store->tree_ = std::make_unique<jumbf::Tree>(std::move(tree));
  if (store->is_manifest_store()) {
    store->collect_manifests();
  }
  if (store->manifests_.size() > limits.manifests) {
    return limits.refuse(Limit::manifests);
  }
  return store;
}

// whatever stands outside such a box is never looked at.
bool Store::is_manifest_store() const {
  return tree_->root().has_type(kStoreType) && tree_->root().label() == "c2pa";
}

void Store::collect_manifests() {
  for (const Box* box : tree_->children_of(tree_->root())) {
    const auto kind = kind_of(*box);
    if (!kind || box->label().empty()) {
      continue;
    }
    Manifest manifest;
    manifest.index = manifests_.size();
    manifest.label = std::string(box->label());
    manifest.kind = *kind;
    manifest.stored = box;
    if (*kind == ManifestKind::compressed) {
      const Box* content = brotli_box(*tree_, *box);
      const bool usable = content != nullptr;
      manifest.inflation = usable ? Inflation::wanted : Inflation::failed;
      manifest.inflation_problem = usable ? "" : "the compressed manifest has no brob box";
    } else {
      manifest.box = box;
      manifest.tree = tree_.get();
    }
    manifests_.push_back(std::move(manifest));
  }
}

ByteView Store::compressed_content(size_t index) const {
  const Manifest& manifest = manifests_[index];
  const Box* content = brotli_box(*tree_, *manifest.stored);
  return content == nullptr ? ByteView() : content->payload;
}

void Store::refuse_inflated(size_t index, std::string problem) {
  manifests_[index].inflation = Inflation::failed;
  manifests_[index].inflation_problem = std::move(problem);
}

// the stream holds exactly one inner manifest, standard or update, of the same label.
void Store::supply_inflated(size_t index, Bytes bytes, const Limits& limits, Budget& budget) {
  auto inflated = std::make_unique<Inflated>();
  inflated->bytes = std::move(bytes);
  auto tree = jumbf::Tree::parse(inflated->bytes, limits, budget, nullptr);
  if (!tree.ok() || !tree->trailing().empty()) {
    refuse_inflated(index, "the inflated bytes are not one JUMBF superbox");
    return;
  }
  inflated->tree = std::make_unique<jumbf::Tree>(std::move(*tree));
  const Box& root = inflated->tree->root();
  const auto kind = kind_of(root);
  Manifest& manifest = manifests_[index];
  if (!kind || *kind == ManifestKind::compressed) {
    refuse_inflated(index, "the inflated superbox is not a standard or update manifest");
    return;
  }
  if (root.label() != manifest.label) {
    refuse_inflated(index, "the inflated manifest has another label than its container");
    return;
  }
  manifest.kind = *kind;
  manifest.box = &root;
  manifest.tree = inflated->tree.get();
  manifest.inflation = Inflation::done;
  inflated_.push_back(std::move(inflated));
}

const Manifest* Store::find(std::string_view label) const {
  const Manifest* found = nullptr;
  for (const Manifest& manifest : manifests_) {
    if (manifest.label == label) {
      if (found != nullptr) {
        return nullptr;
      }
      found = &manifest;
    }
  }
  return found;
}

bool Store::is_duplicate_label(std::string_view label) const {
  const auto same = [label](const Manifest& manifest) { return manifest.label == label; };
  return std::count_if(manifests_.begin(), manifests_.end(), same) > 1;
}

// R-1012: always absolute.
std::string Store::url_of(const Manifest& manifest, std::string_view path) const {
  std::string url = "self#jumbf=/c2pa/" + manifest.label;
  if (!path.empty()) {
    url += '/';
    url += path;
  }
  return url;
}

Target Store::resolve(std::string_view uri, const Manifest& current) const {
  Target target;
  const auto parsed = parse_jumbf_uri(uri);
  if (!parsed) {
    target.state = Target::State::external;
    target.url = std::string(uri);
    return target;
  }
  const std::string label = parsed->manifest.empty() ? current.label : parsed->manifest;
  target.path = parsed->path;
  target.manifest_label = label;
  target.url = "self#jumbf=/c2pa/" + label + (parsed->path.empty() ? "" : "/" + parsed->path);
  if (!parsed->well_formed) {
    target.url = std::string(uri);
    return target;
  }
  target.manifest = find(label);
  if (target.manifest == nullptr) {
    target.state = is_duplicate_label(label) ? Target::State::ambiguous : Target::State::missing;
    return target;
  }
  if (parsed->path.empty()) {
    target.box = target.manifest->stored;
    target.state = Target::State::found;
    return target;
  }
  resolve_path(parsed->path, Labels::literal, target);
  if (target.state == Target::State::missing && parsed->path.find('%') != std::string::npos) {
    resolve_path(parsed->path, Labels::encoded, target);  // only if the literal fails
    if (target.found()) {  // T-60: one name from here on, so that nothing depends on the spelling
      target.path = percent_decode(parsed->path);
      target.url = url_of(*target.manifest, target.path);
    }
  }
  return target;
}

void Store::resolve_path(std::string_view path, Labels labels, Target& target) const {
  const Box* box = target.manifest->box;
  while (box != nullptr && !path.empty()) {
    // ids in the credential store contain slashes; the rest of the path is one label.
    const bool is_credentials = box->label() == "c2pa.credentials";
    const size_t slash = is_credentials ? std::string_view::npos : path.find('/');
    const std::string_view step = path.substr(0, slash);
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    // Label by label: an encoded slash separates nothing.
    const std::string decoded = labels == Labels::encoded ? percent_decode(step) : std::string();
    const auto matches = target.manifest->tree->children_labelled(
        *box, labels == Labels::encoded ? std::string_view(decoded) : step);
    if (matches.size() != 1) {
      target.state = matches.empty() ? Target::State::missing : Target::State::ambiguous;
      return;
    }
    box = matches.front();
  }
  target.box = box;
  target.state = box == nullptr ? Target::State::missing : Target::State::found;
}

}  // namespace assay::manifest
