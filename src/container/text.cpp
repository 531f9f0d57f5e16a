// Text files: a manifest block in structured text, else wrappers of variation selectors in
// unstructured text (R-170…R-187).
#include <string>
#include <utility>

#include "codec/unicode/nfc.h"
#include "container/store.h"
#include "container/structured_text.h"
#include "container/text_layout.h"
#include "container/text_store.h"
#include "container/text_wrapper.h"
#include "container/walkers.h"

namespace assay::container {
namespace {

// More wrappers than anybody needs: each is a candidate whose store is parsed.
constexpr size_t kMostWrappers = 16;

// Fills in the NFC form. Nothing composes across a wrapper, so the pieces between wrappers are
// normalised one by one, and the wrappers' places in the result are known.
Status normalise(std::string_view text, TextLayout& layout) {
  bool may_change = false;
  size_t from = 0;
  std::string normal;
  for (TextWrapper& wrapper : layout.wrappers) {
    const auto begin = static_cast<size_t>(wrapper.stored.offset);
    const std::string_view before = text.substr(from, begin - from);
    may_change = may_change || unicode::may_change_in_nfc(before);
    ASSAY_TRY(piece, unicode::to_nfc(before));
    normal += piece;
    wrapper.normal_offset = normal.size();
    from = static_cast<size_t>(wrapper.stored.end());
    normal += text.substr(begin, from - begin);
  }
  const std::string_view rest = text.substr(from);
  may_change = may_change || unicode::may_change_in_nfc(rest);
  ASSAY_TRY(piece, unicode::to_nfc(rest));
  normal += piece;
  if (may_change) {
    layout.text = std::string(text);
    layout.normal = std::move(normal);
  }
  return {};
}

class TextWalker : public Walker {
 public:
  explicit TextWalker(const Limits& limits) : limits_(limits) {}

  Status run(io::ByteSource& source, Budget& budget, Carrier& carrier) override {
    ASSAY_CHECK(read_text(source, limits_, text_));
    if (!budget.spend(text_.size())) {
      return Fault::limit;
    }
    const std::string_view text = as_text(text_);
    const bool structured = read_structured_text(text, limits_, carrier);
    find_wrappers(text, carrier);
    if (layout_->wrappers.empty()) {
      if (damaged_ && carrier.state == StoreState::none) {
        add_broken_store(carrier,
                         "A manifest wrapper in the text is cut or damaged; the text may "
                         "be a part of a longer signed one.");
        carrier.defect_kind = DefectKind::text_corrupted_wrapper;
      }
      return {};
    }
    ASSAY_CHECK(normalise(text, *layout_));
    carrier.text = std::move(layout_);
    if (structured) {
      carrier.state = StoreState::multiple;
    } else {
      carrier.state = carrier.stores.size() > 1 ? StoreState::candidates : StoreState::single;
    }
    return {};
  }

 private:
  void find_wrappers(std::string_view text, Carrier& carrier) {
    size_t at = 0;
    for (auto found = next_wrapper(text, at); found; found = next_wrapper(text, at)) {
      if (!found->whole || limits_.exceeded(Limit::store_bytes, found->store.size())) {
        damaged_ = true;
        add_note(carrier, "textDamagedWrapper", found->stored,
                 "A manifest wrapper that is cut or damaged.");
        continue;
      }
      if (layout_->wrappers.size() == kMostWrappers) {
        add_note(carrier, "limit", found->stored, "The text has more wrappers than are examined.");
        return;
      }
      layout_->wrappers.push_back({found->stored, found->used, found->stored.offset});
      EmbeddedStore store;
      store.bytes = std::move(found->store);
      store.carrier = {found->stored};
      if (!found->clean) {
        const uint64_t used = found->used;
        store.dirty_padding = {{found->stored.offset + used, found->stored.length - used}};
      }
      carrier.stores.push_back(std::move(store));
    }
  }

  const Limits& limits_;
  Bytes text_;
  bool damaged_ = false;
  std::shared_ptr<TextLayout> layout_ = std::make_shared<TextLayout>();
};

}  // namespace

std::unique_ptr<Walker> make_text_walker(const Limits& limits) {
  return std::make_unique<TextWalker>(limits);
}

}  // namespace assay::container
