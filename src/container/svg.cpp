// SVG: the store is the Base64 text of <c2pa:manifest> in svg/metadata (spec §Embedding manifests
// into SVG; ). No entity is expanded and no document type read.
#include <string>
#include <utility>

#include "codec/xml/scan.h"
#include "container/store.h"
#include "container/text_store.h"
#include "container/walkers.h"
#include "container/xmp.h"

namespace assay::container {
namespace {

constexpr std::string_view kSvgUri = "http://www.w3.org/2000/svg";
constexpr std::string_view kManifestUri = "http://c2pa.org/manifest";

bool is_svg_name(const xml::Name& name, std::string_view local) {
  return name.local == local && (name.uri == kSvgUri || name.uri.empty());
}

// by namespace, and by the usual prefix where that is not declared.
bool is_manifest_name(const xml::Name& name) {
  return name.is(kManifestUri, "manifest") ||
         (name.undeclared && name.qualified == "c2pa:manifest");
}

class SvgWalker : public Walker {
 public:
  explicit SvgWalker(const Limits& limits) : limits_(limits) {}

  Status run(io::ByteSource& source, Budget& budget, Carrier& carrier) override {
    ASSAY_CHECK(read_text(source, limits_, text_));
    if (!budget.spend(text_.size())) {
      return Fault::limit;
    }
    const std::string_view text = as_text(text_);
    xml::Scanner scanner(text, limits_, budget);
    for (;;) {
      const auto token = scanner.next();
      if (!token.ok()) {
        // What stands before the fault counts; the bytes behind it are hashed like all others.
        add_note(carrier, "xmlDamaged", {0, text.size()}, "The document is not well-formed XML.");
        break;
      }
      if (token->kind == xml::Kind::end_of_input) {
        break;
      }
      look_at(*token, scanner, carrier);
    }
    if (element_open_) {
      add_broken_store(carrier, "The manifest element does not end.");
    }
    if (carrier.state == StoreState::none) {
      carrier.provenance_url = xmp_provenance(text, limits_, budget);
    }
    return {};
  }

 private:
  void look_at(const xml::Token& token, const xml::Scanner& scanner, Carrier& carrier) {
    const auto open = scanner.open_elements();
    if (element_open_) {
      inside(token, open.size(), carrier);
      return;
    }
    if (token.kind != xml::Kind::start_element || !is_manifest_name(token.name)) {
      return;
    }
    if (open.size() != 3 || !is_svg_name(open[0], "svg") || !is_svg_name(open[1], "metadata")) {
      add_note(carrier, "svgManifestPlace", {token.begin, token.end - token.begin},
               "A manifest element that is not a child of svg/metadata; it is ignored.");
      return;
    }
    element_open_ = true;
    only_text_ = true;
    bare_tag_ = token.attributes.empty();
    begin_ = token.begin;
    content_ = token.end;
    base64_.clear();
  }

  void inside(const xml::Token& token, size_t depth, Carrier& carrier) {
    if (token.kind == xml::Kind::text) {
      base64_.append(token.raw);
      return;
    }
    if (token.kind != xml::Kind::end_element || depth != 2) {
      only_text_ = false;
      return;
    }
    element_open_ = false;
    if (!only_text_) {
      add_broken_store(carrier, "The manifest element holds more than text.");
      return;
    }
    // exclusions cover the text; the tags may be part of them when they say nothing else.
    const Range range =
        bare_tag_ ? Range{begin_, token.end - begin_} : Range{content_, token.begin - content_};
    add_base64_store(carrier, base64_, range, limits_);
  }

  const Limits& limits_;
  Bytes text_;
  bool element_open_ = false;
  bool only_text_ = true;
  bool bare_tag_ = false;
  uint64_t begin_ = 0;
  uint64_t content_ = 0;
  std::string base64_;
};

}  // namespace

std::unique_ptr<Walker> make_svg_walker(const Limits& limits) {
  return std::make_unique<SvgWalker>(limits);
}

}  // namespace assay::container
