#include <cmath>
#include <cstring>
#include <limits>

#include "base/sort.h"
#include "base/text.h"
#include "codec/cbor/tree.h"

namespace assay::cbor {
namespace {

constexpr uint8_t kIndefinite = 31;

// Initial byte and argument (RFC 8949 §3).
struct Head {
  uint8_t major = 0;
  uint8_t info = 0;
  uint64_t argument = 0;
};

// A container whose items are being read.
struct Frame {
  uint32_t node = 0;
  bool indefinite = false;
  uint64_t missing = 0;  // items still to come, if not indefinite
  size_t pending = 0;    // size of Parser::pending_ when the container began
};

double half_to_double(uint16_t bits) {
  const int exponent = (bits >> 10) & 31;
  const double mantissa = bits & 0x3FF;
  double value = 0;
  if (exponent == 0) {
    value = std::ldexp(mantissa, -24);
  } else if (exponent == 31) {
    value = mantissa == 0 ? std::numeric_limits<double>::infinity()
                          : std::numeric_limits<double>::quiet_NaN();
  } else {
    value = std::ldexp(mantissa + 1024, exponent - 25);
  }
  return (bits & 0x8000) != 0 ? -value : value;
}

uint64_t float_bits(const Head& head) {
  double value = 0;
  if (head.info == 25) {
    value = half_to_double(static_cast<uint16_t>(head.argument));
  } else if (head.info == 26) {
    const auto bits = static_cast<uint32_t>(head.argument);
    float single = 0;
    std::memcpy(&single, &bits, sizeof single);
    value = single;
  } else {
    return head.argument;
  }
  uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

class Parser {
 public:
  Parser(ByteView input, const Limits& limits, Budget& budget)
      : reader_(input), limits_(limits), budget_(budget) {
    tree_.input = input;
  }

  // Items that stand in the input, at most; leaves the parser at its end. A vector that grows item
  // by item holds everything twice now and then, so that they are counted first.
  size_t count_items() {
    size_t count = 0;
    for (; count < limits_.cbor_nodes && reader_.remaining() > 0; ++count) {
      const auto head = read_head();
      const bool string = head.ok() && (head->major == 2 || head->major == 3);
      if (!head.ok() || (string && head->argument > reader_.remaining())) {
        break;
      }
      if (string && head->info != kIndefinite &&
          !reader_.take(static_cast<size_t>(head->argument)).ok()) {
        break;
      }
    }
    return count;
  }

  Result<Tree> run(size_t items) {
    tree_.nodes.reserve(items);
    tree_.links.reserve(items);
    pending_.reserve(items);
    if (tree_.input.size() > std::numeric_limits<uint32_t>::max()) {
      return Fault::limit;
    }
    do {
      ASSAY_CHECK(read_item());
    } while (!stack_.empty());
    tree_.root = pending_.front();
    return std::move(tree_);
  }

 private:
  uint32_t offset() const { return static_cast<uint32_t>(reader_.position()); }

  Result<Head> read_head() {
    ASSAY_TRY(initial, reader_.u8());
    Head head{static_cast<uint8_t>(initial >> 5), static_cast<uint8_t>(initial & 31), 0};
    if (head.info < 24 || head.info == kIndefinite) {
      head.argument = head.info;
      return head;
    }
    switch (head.info) {
      case 24: {
        ASSAY_TRY(value, reader_.u8());
        head.argument = value;
        return head;
      }
      case 25: {
        ASSAY_TRY(value, reader_.be16());
        head.argument = value;
        return head;
      }
      case 26: {
        ASSAY_TRY(value, reader_.be32());
        head.argument = value;
        return head;
      }
      case 27: {
        ASSAY_TRY(value, reader_.be64());
        head.argument = value;
        return head;
      }
      default:
        return Fault::malformed;  // 28..30 are reserved
    }
  }

  Status read_item() {
    if (!budget_.spend()) {
      return Fault::limit;
    }
    const uint32_t begin = offset();
    ASSAY_TRY(head, read_head());
    if (head.info == kIndefinite) {
      return read_indefinite(head, begin);
    }
    Node node;
    node.begin = begin;
    node.argument = head.argument;
    switch (head.major) {
      case 0:
      case 1:
        node.type = head.major == 0 ? Type::uint : Type::nint;
        return add_leaf(node);
      case 2:
      case 3:
        node.type = head.major == 2 ? Type::bytes : Type::text;
        return read_string(node, head);
      case 4:
      case 5:
        node.type = head.major == 4 ? Type::array : Type::map;
        return open_definite(node, head);
      case 6:
        node.type = Type::tag;
        return open(node, Frame{0, false, 1, 0});
      default:
        return read_simple(node, head);
    }
  }

  Status read_indefinite(const Head& head, uint32_t begin) {
    Node node;
    node.begin = begin;
    switch (head.major) {
      case 2:
      case 3:
        node.type = head.major == 2 ? Type::bytes : Type::text;
        return read_chunks(node, head.major);
      case 4:
      case 5:
        node.type = head.major == 4 ? Type::array : Type::map;
        return open(node, Frame{0, true, 0, 0});
      case 7:
        return read_break();
      default:
        return Fault::malformed;
    }
  }

  Status read_simple(Node& node, const Head& head) {
    switch (head.info) {
      case 20:
      case 21:
        node.type = Type::boolean;
        node.argument = head.info == 21 ? 1 : 0;
        break;
      case 22:
        node.type = Type::null;
        break;
      case 23:
        node.type = Type::undefined;
        break;
      case 25:
      case 26:
      case 27:
        node.type = Type::floating;
        node.argument = float_bits(head);
        break;
      default:
        if (head.info == 24 && head.argument < 32) {
          return Fault::malformed;  // RFC 8949 §3.3
        }
        node.type = Type::simple;
    }
    return add_leaf(node);
  }

  // Content of a definite string, checked.
  Result<ByteView> take_content(Type type, uint64_t length) {
    if (length > reader_.remaining()) {
      return Fault::truncated;
    }
    ASSAY_TRY(content, reader_.take(static_cast<size_t>(length)));
    if (!budget_.spend(length / 32)) {
      return Fault::limit;
    }
    if (type == Type::text && !is_utf8(as_text(content))) {
      return Fault::malformed;
    }
    return content;
  }

  Status read_string(Node& node, const Head& head) {
    node.argument = offset();
    ASSAY_TRY(content, take_content(node.type, head.argument));
    node.count = static_cast<uint32_t>(content.size());
    return add_leaf(node);
  }

  // Chunks are definite strings of the same major type up to a break (RFC 8949 §3.2.3); each text
  // chunk is valid UTF-8 by itself.
  Status read_chunks(Node& node, uint8_t major) {
    node.assembled = true;
    node.argument = tree_.assembled.size();
    while (true) {
      if (!budget_.spend()) {
        return Fault::limit;
      }
      ASSAY_TRY(head, read_head());
      if (head.major == 7 && head.info == kIndefinite) {
        break;
      }
      if (head.major != major || head.info == kIndefinite) {
        return Fault::malformed;
      }
      ASSAY_TRY(chunk, take_content(node.type, head.argument));
      append(tree_.assembled, chunk);
    }
    node.count = static_cast<uint32_t>(tree_.assembled.size() - node.argument);
    return add_leaf(node);
  }

  Status open_definite(Node& node, const Head& head) {
    const uint64_t per_entry = node.type == Type::map ? 2 : 1;
    // Every item takes a byte at least: a count beyond the input is refused before it costs
    // anything (T-52).
    if (head.argument > reader_.remaining() / per_entry) {
      return Fault::truncated;
    }
    if (head.argument == 0) {
      return add_leaf(node);
    }
    return open(node, Frame{0, false, head.argument * per_entry, 0});
  }

  Result<uint32_t> add_node(const Node& node) {
    if (tree_.nodes.size() >= limits_.cbor_nodes) {
      return limits_.refuse(Limit::cbor_nodes);
    }
    tree_.nodes.push_back(node);
    return static_cast<uint32_t>(tree_.nodes.size() - 1);
  }

  Status open(const Node& node, Frame frame) {
    if (stack_.size() >= limits_.cbor_depth) {  // T-78
      return limits_.refuse(Limit::cbor_depth);
    }
    ASSAY_TRY(index, add_node(node));
    frame.node = index;
    frame.pending = pending_.size();
    stack_.push_back(frame);
    return {};
  }

  Status add_leaf(Node& node) {
    node.end = offset();
    ASSAY_TRY(index, add_node(node));
    return complete(index);
  }

  Status read_break() {
    if (stack_.empty() || !stack_.back().indefinite) {
      return Fault::malformed;
    }
    ASSAY_TRY(index, close());
    return complete(index);
  }

  // One item is finished; so are the definite containers that it was the last item of.
  Status complete(uint32_t index) {
    while (true) {
      pending_.push_back(index);
      if (stack_.empty() || stack_.back().indefinite || --stack_.back().missing > 0) {
        return {};
      }
      ASSAY_TRY(closed, close());
      index = closed;
    }
  }

  Result<uint32_t> close() {
    const Frame frame = stack_.back();
    stack_.pop_back();
    const size_t items = pending_.size() - frame.pending;
    Node& node = tree_.nodes[frame.node];
    if (node.type == Type::map && items % 2 != 0) {
      return Fault::malformed;
    }
    node.first = static_cast<uint32_t>(tree_.links.size());
    node.count = static_cast<uint32_t>(node.type == Type::map ? items / 2 : items);
    node.end = offset();
    const auto begin = pending_.begin() + static_cast<std::ptrdiff_t>(frame.pending);
    tree_.links.insert(tree_.links.end(), begin, pending_.end());
    pending_.resize(frame.pending);
    if (node.type == Type::map && node.count > kIndexedMapPairs) {
      ASSAY_CHECK(index_map(node));
    }
    return frame.node;
  }

  Status index_map(const Node& map) {
    const uint64_t size = map.end - map.begin;
    uint64_t rounds = 1;
    while ((uint64_t{map.count} >> rounds) != 0) {
      ++rounds;
    }
    if (!budget_.spend(rounds * (map.count + size / 32))) {
      return Fault::limit;
    }
    const auto before = [&](uint32_t a, uint32_t b) {
      return tree_.compare_keys(tree_.key(map, a), tree_.key(map, b)) < 0;
    };
    const auto order = sorted_indices(map.count, IndexOrder::by(before));
    tree_.links.insert(tree_.links.end(), order.begin(), order.end());
    return {};
  }

  ByteReader reader_;
  const Limits& limits_;
  Budget& budget_;
  Tree tree_;
  std::vector<Frame> stack_;
  std::vector<uint32_t> pending_;  // finished items whose container is still open
};

}  // namespace

Result<Document> Document::parse_prefix(ByteView bytes, const Limits& limits, Budget& budget) {
  const size_t items = Parser(bytes, limits, budget).count_items();
  ASSAY_TRY(tree, Parser(bytes, limits, budget).run(items));
  return Document(std::make_shared<const Tree>(std::move(tree)));
}

Result<Document> Document::parse(ByteView bytes, const Limits& limits, Budget& budget) {
  ASSAY_TRY(document, parse_prefix(bytes, limits, budget));
  if (document.used() != bytes.size()) {
    return Fault::malformed;
  }
  return std::move(document);
}

}  // namespace assay::cbor
