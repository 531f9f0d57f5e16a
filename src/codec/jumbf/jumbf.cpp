// T-49: sizes, labels and nesting are checked before a box exists.
#include "codec/jumbf/jumbf.h"

#include <algorithm>
#include <tuple>

#include "base/checked.h"
#include "base/sort.h"
#include "base/text.h"

namespace assay::jumbf {
namespace {

constexpr uint32_t kSuperbox = fourcc("jumb");
constexpr uint32_t kDescription = fourcc("jumd");
constexpr uint32_t kSalt = fourcc("c2sh");
constexpr std::string_view kCredentialStore = "c2pa.credentials";

// Toggle bits of `jumd`.
constexpr uint8_t kHasLabel = 1 << 1;
constexpr uint8_t kHasId = 1 << 2;
constexpr uint8_t kHasSignature = 1 << 3;
constexpr uint8_t kHasPrivate = 1 << 4;

struct Header {
  uint32_t type = 0;
  ByteView bytes;  // the whole box
  ByteView payload;
};

// The box at the start of `bytes`: LBox u32, TBox u32, XLBox u64 if LBox is 1; LBox 0 reaches to
// the end of what encloses the box and thereby makes it the last one; 2..7 mean nothing.
Result<Header> read_header(ByteView bytes) {
  ByteReader reader(bytes);
  ASSAY_TRY(short_length, reader.be32());
  ASSAY_TRY(type, reader.be32());
  uint64_t length = short_length;
  if (short_length == 0) {
    length = bytes.size();
  } else if (short_length == 1) {
    ASSAY_TRY(long_length, reader.be64());
    length = long_length;
  }
  if (length < reader.position()) {
    return Fault::malformed;
  }
  if (length > bytes.size()) {
    return Fault::truncated;
  }
  const ByteView box = bytes.first(static_cast<size_t>(length));
  return Header{type, box, box.subspan(reader.position())};
}

// What a broken structure means inside a parent whose length is known.
Fault inside(Fault fault) { return fault == Fault::truncated ? Fault::malformed : fault; }

bool is_allowed_in_label(char32_t c, bool credential) {
  if (c <= 0x1F || (c >= 0x7F && c <= 0x9F) || c == 0xFEFF || c == 0xFFFF) {
    return false;
  }
  const bool delimiter = c == '/' || c == ';' || c == '?' || c == '#';
  return !delimiter || credential;
}

// Labels of a 1.x credential store are URIs: there the delimiters are allowed.
bool is_label(std::string_view text, bool credential) {
  if (text.empty() || !is_utf8(text)) {
    return false;
  }
  size_t index = 0;
  while (index < text.size()) {
    if (!is_allowed_in_label(next_code_point(text, index), credential)) {
      return false;
    }
  }
  return true;
}

// The private field is one box that fills the rest of the description. Boxes other than a salt of
// 16 or 32 bytes are tolerated and ignored.
Status read_private(ByteReader& reader, Description& description) {
  ASSAY_TRY(header, read_header(reader.rest()));
  const size_t size = header.payload.size();
  if (header.type == kSalt && (size == 16 || size == 32)) {
    description.salt = header.payload;
  }
  return reader.skip(header.bytes.size());
}

// type UUID, toggles, then the fields that the toggles announce and nothing else.
Result<Description> read_description(ByteView payload, bool credential, const Limits& limits) {
  ByteReader reader(payload);
  Description description;
  ASSAY_TRY(type, reader.take(description.type.size()));
  std::copy(type.begin(), type.end(), description.type.begin());
  ASSAY_TRY(toggles, reader.u8());
  description.toggles = toggles;
  if ((toggles & kHasLabel) != 0) {
    ASSAY_TRY(label, reader.take_until_nul());
    if (label.size() > limits.label_bytes) {
      return limits.refuse(Limit::label_bytes);
    }
    if (is_label(as_text(label), credential)) {
      description.label = as_text(label);
    }
  }
  if ((toggles & kHasId) != 0) {
    ASSAY_TRY(id, reader.be32());
    description.id = id;
  }
  if ((toggles & kHasSignature) != 0) {
    ASSAY_TRY(signature, reader.take(32));
    description.signature = signature;
  }
  if ((toggles & kHasPrivate) != 0) {
    ASSAY_CHECK(read_private(reader, description));
  }
  if (!reader.at_end()) {
    return Fault::malformed;
  }
  return description;
}

}  // namespace

// Parser walks the boxes with a stack of its own, so that nesting costs no call depth (T-78).
class Parser {
 public:
  Parser(ByteView bytes, const Limits& limits, Budget& budget)
      : bytes_(bytes), limits_(limits), budget_(budget) {}

  Result<Tree> run() {
    ASSAY_TRY(header, read_header(bytes_));
    if (header.type != kSuperbox) {
      return Fault::malformed;
    }
    tree_.trailing_ = bytes_.subspan(header.bytes.size());
    ASSAY_CHECK(add(header, std::nullopt));
    while (!stack_.empty()) {
      ASSAY_CHECK(step());
    }
    index_labels();
    return std::move(tree_);
  }

  uint64_t position() const { return position_; }

 private:
  // A superbox whose children are being read.
  struct Frame {
    BoxIndex box = 0;
    uint64_t next = 0;  // offset of the next child
    uint64_t end = 0;
  };

  ByteView between(uint64_t begin, uint64_t end) const {
    return bytes_.subspan(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
  }

  Status step() {
    const Frame frame = stack_.back();
    if (frame.next == frame.end) {
      stack_.pop_back();
      return {};
    }
    position_ = frame.next;
    const auto header = read_header(between(frame.next, frame.end));
    if (!header) {
      return inside(header.fault());
    }
    stack_.back().next += header->bytes.size();
    return add(*header, frame.box);
  }

  Status add(const Header& header, std::optional<BoxIndex> parent) {
    const auto index = static_cast<BoxIndex>(tree_.boxes_.size());
    if (index >= limits_.jumbf_boxes) {
      return limits_.refuse(Limit::jumbf_boxes);
    }
    if (!budget_.spend()) {
      return Fault::limit;
    }
    Box box;
    box.type = header.type;
    box.offset = position_;
    box.bytes = header.bytes;
    box.payload = header.payload;
    box.parent = parent;
    if (parent) {
      auto& siblings = tree_.boxes_[*parent].children;
      if (siblings.size() >= limits_.jumbf_children) {
        return limits_.refuse(Limit::jumbf_children);
      }
      siblings.push_back(index);
    }
    if (header.type == kSuperbox) {
      ASSAY_CHECK(open(box, index));
    }
    tree_.boxes_.push_back(std::move(box));
    return {};
  }

  // A superbox begins with its description box; one without is not JUMBF.
  Status open(Box& box, BoxIndex index) {
    if (stack_.size() >= limits_.jumbf_depth) {  // T-78
      return limits_.refuse(Limit::jumbf_depth);
    }
    const auto header = read_header(box.payload);
    if (!header || header->type != kDescription) {
      return header ? Fault::malformed : inside(header.fault());
    }
    const bool credential =
        box.parent && tree_.boxes_[*box.parent].label() == kCredentialStore;
    auto description = read_description(header->payload, credential, limits_);
    if (!description || !budget_.spend(header->bytes.size() / 32)) {
      return description ? Fault::limit : inside(description.fault());
    }
    box.description = *description;
    const uint64_t end = position_ + box.bytes.size();
    const uint64_t begin = end - box.payload.size() + header->bytes.size();
    stack_.push_back({index, begin, end});
    return {};
  }

  void index_labels() {
    for (BoxIndex index = 1; index < tree_.boxes_.size(); ++index) {
      if (tree_.boxes_[index].description) {
        tree_.by_label_.push_back(index);
      }
    }
    const auto before = [this](BoxIndex a, BoxIndex b) {
      return std::tuple(*tree_.boxes_[a].parent, tree_.boxes_[a].label(), a) <
             std::tuple(*tree_.boxes_[b].parent, tree_.boxes_[b].label(), b);
    };
    sort_indices(tree_.by_label_, IndexOrder::by(before));
  }

  ByteView bytes_;
  const Limits& limits_;
  Budget& budget_;
  Tree tree_;
  uint64_t position_ = 0;  // of the box being read
  std::vector<Frame> stack_;
};

Result<Tree> Tree::parse(ByteView bytes, const Limits& limits, Budget& budget, Defect* defect) {
  Parser parser(bytes, limits, budget);
  auto tree = parser.run();
  if (!tree && defect != nullptr) {
    *defect = {parser.position(), tree.fault()};
  }
  return tree;
}

std::vector<const Box*> Tree::children_labelled(const Box& superbox, std::string_view label) const {
  if (superbox.children.empty() || label.empty()) {
    return {};
  }
  const std::tuple wanted(*at(superbox.children.front()).parent, label);
  const auto key = [this](BoxIndex index) {
    return std::tuple(*at(index).parent, at(index).label());
  };
  const auto first = std::partition_point(by_label_.begin(), by_label_.end(),
                                          [&](BoxIndex index) { return key(index) < wanted; });
  std::vector<const Box*> found;
  for (auto it = first; it != by_label_.end() && key(*it) == wanted; ++it) {
    found.push_back(&at(*it));
  }
  return found;
}

std::vector<const Box*> Tree::children_of(const Box& superbox) const {
  std::vector<const Box*> found;
  found.reserve(superbox.children.size());
  for (const BoxIndex index : superbox.children) {
    found.push_back(&at(index));
  }
  return found;
}

}  // namespace assay::jumbf
