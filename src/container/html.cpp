// HTML: a <script type="application/c2pa"> or a <link rel="c2pa-manifest"> in the head (spec
// §Embedding Manifests into HTML; ). The head ends where a browser ends it.
#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "container/html_scan.h"
#include "container/store.h"
#include "container/text_store.h"
#include "container/walkers.h"

namespace assay::container {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kSpace = " \t\r\n\f";

template <size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array kRawText = {"script"sv, "style"sv, "title"sv, "noscript"sv, "noframes"sv};
constexpr std::array kHeadContent = {
    "html"sv,  "head"sv,     "base"sv,  "basefont"sv, "bgsound"sv, "link"sv,    "meta"sv,
    "title"sv, "noscript"sv, "style"sv, "noframes"sv, "script"sv,  "template"sv};

bool has_token(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const size_t begin = std::min(list.find_first_not_of(kSpace), list.size());
    const size_t end = std::min(list.find_first_of(kSpace, begin), list.size());
    if (to_lower(list.substr(begin, end - begin)) == token) {
      return true;
    }
    list.remove_prefix(end);
  }
  return false;
}

// Attributes of the script tag lie in the exclusion: only harmless ones may stand there.
bool has_active_attribute(const HtmlTag& tag) {
  return std::any_of(tag.attributes.begin(), tag.attributes.end(), [](const auto& attribute) {
    return starts_with(attribute.first, "on") || attribute.first == "src" ||
           attribute.first == "style";
  });
}

class HtmlWalker : public Walker {
 public:
  explicit HtmlWalker(const Limits& limits) : limits_(limits) {}

  Status run(io::ByteSource& source, Budget& budget, Carrier& carrier) override {
    ASSAY_CHECK(read_text(source, limits_, text_));
    if (!budget.spend(text_.size())) {
      return Fault::limit;
    }
    HtmlScanner scanner(as_text(text_));
    for (auto tag = scanner.next(); tag && !ends_head(*tag, scanner.saw_text());
         tag = scanner.next()) {
      look_at(*tag, scanner, carrier);
    }
    if (elements_ > 1) {
      carrier.state = StoreState::multiple;
      carrier.defect_kind = DefectKind::html_multiple_manifests;
      carrier.defect = "The document has more than one manifest element.";
    }
    return {};
  }

 private:
  // Text and every element that does not belong there end the head (HTML §13.2.6.4.4).
  bool ends_head(const HtmlTag& tag, bool saw_text) const {
    if (template_depth_ > 0) {
      return false;
    }
    if (tag.end) {
      return saw_text || tag.name == "head" || tag.name == "body" || tag.name == "html";
    }
    return saw_text || !is_one_of(tag.name, kHeadContent);
  }

  void look_at(const HtmlTag& tag, HtmlScanner& scanner, Carrier& carrier) {
    if (tag.name == "template") {
      template_depth_ += tag.end ? (template_depth_ > 0 ? -1 : 0) : 1;
      return;
    }
    if (tag.end) {
      return;
    }
    if (is_one_of(tag.name, kRawText)) {
      const auto content = scanner.raw_content(tag.name);
      const auto type = tag.attribute("type");
      if (tag.name == "script" && template_depth_ == 0 && type &&
          to_lower(trimmed(*type)) == "application/c2pa") {
        add_script(tag, content, scanner, carrier);
      }
    } else if (tag.name == "link" && template_depth_ == 0) {
      const auto rel = tag.attribute("rel");
      if (rel && has_token(*rel, "c2pa-manifest")) {
        ++elements_;
        carrier.provenance_url =
            html_decoded(trimmed(tag.attribute("href").value_or(std::string_view())));
      }
    }
  }

  void add_script(const HtmlTag& tag, std::optional<std::string_view> content, HtmlScanner& scanner,
                  Carrier& carrier) {
    ++elements_;
    const auto end = scanner.next();
    if (!content || !end) {
      add_broken_store(carrier, "The manifest's script element does not end.");
      return;
    }
    const Range range{tag.begin, end->close - tag.begin};
    add_base64_store(carrier, trimmed(*content), range, limits_);
    if (!carrier.stores.empty() && has_active_attribute(tag)) {
      carrier.stores.back().dirty_padding = {range};
    }
  }

  const Limits& limits_;
  Bytes text_;
  int elements_ = 0;
  int template_depth_ = 0;
};

}  // namespace

std::unique_ptr<Walker> make_html_walker(const Limits& limits) {
  return std::make_unique<HtmlWalker>(limits);
}

}  // namespace assay::container
