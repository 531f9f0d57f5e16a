// JPEG XL in its box form (§Embedding manifests into JPEG XL; R-151): the store is a `jumb` box of
// the outermost level. A bare codestream cannot hold one, and neither can a `brob` box.
#include <algorithm>
#include <memory>
#include <string>

#include "base/text.h"
#include "container/store.h"
#include "container/walkers.h"
#include "container/xmp.h"

namespace assay::container {
namespace {

constexpr uint64_t kShortHeader = 8;
constexpr uint64_t kLongHeader = 16;
// Enough of a `jumb` box to see its type UUID.
constexpr uint64_t kDescriptionBytes = 48;

class JxlWalker : public Walker {
 public:
  explicit JxlWalker(const Limits& limits) : limits_(limits) {}

  Status run(io::ByteSource& source, Budget& budget, Carrier& carrier) override;

 private:
  Status read_box(io::ByteSource& source, Budget& budget, Carrier& carrier);
  Status take_jumb(io::ByteSource& source, Range box, Carrier& carrier);
  Status take_metadata(io::ByteSource& source, const std::string& type, Range box, Range payload,
                       Budget& budget, Carrier& carrier);
  Status cut_off(io::ByteSource& source, std::string_view type, Carrier& carrier);

  const Limits& limits_;
  uint64_t position_ = 0;
  uint32_t boxes_ = 0;
  Bytes copied_;
};

Status JxlWalker::run(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  if (position_ == 0) {
    ASSAY_TRY(first, source.view(Range{0, 2}));
    if (first[0] == 0xFF) {
      add_note(carrier, "bareCodestream", Range{0, source.size()},
               "A bare JPEG XL codestream, which cannot hold Content Credentials.");
      return {};
    }
  }
  while (position_ < source.size()) {
    if (boxes_ >= limits_.segments) {
      return limits_.refuse(Limit::segments);
    }
    if (!budget.spend()) {
      return Fault::limit;
    }
    ASSAY_CHECK(read_box(source, budget, carrier));
    ++boxes_;
    source.release_before(position_);
  }
  return {};
}

Status JxlWalker::read_box(io::ByteSource& source, Budget& budget, Carrier& carrier) {
  const uint64_t left = source.size() - position_;
  ASSAY_TRY(head, source.view(Range{position_, std::min(left, kLongHeader)}));
  const auto declared = box_length(head);
  if (!declared) {
    return cut_off(source, left >= kShortHeader ? as_text(head.subspan(4, 4)) : "", carrier);
  }
  const std::string type(as_text(head.subspan(4, 4)));
  const uint64_t length = *declared == 0 ? left : *declared;
  if (length > left) {
    return cut_off(source, type, carrier);
  }
  const Range box{position_, length};
  const uint64_t header =
      head[3] == 1 && head[0] + head[1] + head[2] == 0 ? kLongHeader : kShortHeader;
  if (type == "jumb") {
    ASSAY_CHECK(take_jumb(source, box, carrier));
  } else {
    const Range payload{box.offset + header, box.length - header};
    ASSAY_CHECK(take_metadata(source, type, box, payload, budget, carrier));
    add_box(carrier, limits_, type, box);
  }
  position_ = box.end();
  return {};
}

Status JxlWalker::take_jumb(io::ByteSource& source, Range box, Carrier& carrier) {
  const Range front{box.offset, std::min(box.length, kDescriptionBytes)};
  ASSAY_TRY(head, source.view(front));
  if (test_store(head) != StoreTest::yes) {
    add_box(carrier, limits_, "jumb", box);
    return {};
  }
  if (limits_.exceeded(Limit::store_bytes, box.length)) {
    add_box(carrier, limits_, "C2PA", box);
    add_broken_store(carrier, "The manifest store is larger than what is processed.");
    return {};
  }
  ASSAY_CHECK(copy_range(source, box, limits_, copied_));
  add_box(carrier, limits_, "C2PA", box);
  add_store(carrier, EmbeddedStore{std::move(copied_), {box}, {}});
  copied_ = Bytes();
  return {};
}

Status JxlWalker::take_metadata(io::ByteSource& source, const std::string& type, Range box,
                                Range payload, Budget& budget, Carrier& carrier) {
  std::string kind = type;
  if (type == "brob" && payload.length >= 4) {  // Brotli-compressed box; its type comes first
    ASSAY_TRY(inner, source.view(Range{payload.offset, 4}));
    kind = std::string(as_text(inner));
  }
  if (kind == "Exif") {
    add_metadata(carrier, limits_, box, "EXIF");
  } else if (kind == "xml ") {
    if (type == "xml " && carrier.provenance_url.empty() &&
        !limits_.exceeded(Limit::xmp_bytes, payload.length)) {
      ASSAY_TRY(packet, source.view(payload));
      carrier.provenance_url = xmp_provenance(as_text(packet), limits_, budget);
    }
    add_metadata(carrier, limits_, box, "XMP");
  }
  return {};
}

// The file ends inside a box. A cut-off store is broken, not absent (T-38).
Status JxlWalker::cut_off(io::ByteSource& source, std::string_view type, Carrier& carrier) {
  const Range rest{position_, source.size() - position_};
  ASSAY_TRY(head, source.view(Range{rest.offset, std::min(rest.length, kDescriptionBytes)}));
  if (type == "jumb" && test_store(head) != StoreTest::no) {
    add_broken_store(carrier, "The file ends inside the manifest store's box.");
  }
  add_note(carrier, "truncated", rest, "The file ends inside a box.");
  carrier.unnamed.push_back(rest);
  position_ = source.size();
  return {};
}

}  // namespace

std::unique_ptr<Walker> make_jxl_walker(const Limits& limits) {
  return std::make_unique<JxlWalker>(limits);
}

}  // namespace assay::container
