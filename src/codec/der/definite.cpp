#include "codec/der/definite.h"

#include "codec/der/reader.h"

namespace assay::der {
namespace {

constexpr int kMostDepth = 32;  // a token nests about a dozen
constexpr Tag kConstructed = 0x20;
constexpr uint8_t kIndefinite = 0x80;

struct Head {
  Tag tag = 0;
  bool indefinite = false;
  size_t length = 0;  // unless indefinite
};

// Identifier and length octets (§8.1.2, §8.1.3); lengths need not be the shortest.
Result<Head> take_head(ByteReader& in) {
  ASSAY_TRY(tag, in.u8());
  if (tag == 0 || (tag & 0x1FU) == 0x1F) {
    return Fault::malformed;
  }
  ASSAY_TRY(first, in.u8());
  if (first == kIndefinite) {
    return (tag & kConstructed) != 0 ? Result<Head>(Head{tag, true, 0}) : Fault::malformed;
  }
  uint64_t length = first;
  if (first > kIndefinite) {
    const size_t octets = first & 0x7FU;
    if (octets > 4) {
      return Fault::limit;
    }
    length = 0;
    for (size_t i = 0; i < octets; ++i) {
      ASSAY_TRY(octet, in.u8());
      length = length << 8 | octet;
    }
  }
  if (length > in.remaining()) {
    return Fault::truncated;
  }
  return Head{tag, false, static_cast<size_t>(length)};
}

void append_element(Tag tag, ByteView content, Bytes& out) {
  out.push_back(tag);
  if (content.size() < kIndefinite) {
    out.push_back(static_cast<uint8_t>(content.size()));
  } else {
    int octets = 1;
    while ((uint64_t{content.size()} >> (8 * octets)) != 0) {
      ++octets;
    }
    out.push_back(static_cast<uint8_t>(kIndefinite | octets));
    for (int i = octets - 1; i >= 0; --i) {
      out.push_back(static_cast<uint8_t>(uint64_t{content.size()} >> (8 * i)));
    }
  }
  append(out, content);
}

bool takes_end_mark(ByteReader& in) {
  const auto next = in.peek(2);
  const bool end = next.ok() && (*next)[0] == 0 && (*next)[1] == 0;
  return end && in.skip(2).ok();
}

// Depth is capped by kMostDepth.
// NOLINTNEXTLINE(misc-no-recursion)
Status rewrite(ByteReader& in, int depth, Bytes& out) {
  if (depth > kMostDepth) {
    return Fault::limit;
  }
  ASSAY_TRY(head, take_head(in));
  if ((head.tag & kConstructed) == 0) {
    ASSAY_TRY(content, in.take(head.length));
    append_element(head.tag, content, out);
    return {};
  }
  ByteReader bounded(in.rest().first(head.length));
  ByteReader& from = head.indefinite ? in : bounded;
  const bool pieces = head.tag == (kOctetString | kConstructed);
  Bytes content;
  while (head.indefinite ? !takes_end_mark(from) : !from.at_end()) {
    Bytes child;
    ASSAY_CHECK(rewrite(from, depth + 1, child));
    if (pieces) {
      Reader piece(child);
      ASSAY_TRY(octets, piece.octet_string());
      append(content, octets);
    } else {
      append(content, child);
    }
  }
  append_element(pieces ? kOctetString : head.tag, content, out);
  return head.indefinite ? Status() : in.skip(head.length);
}

}  // namespace

Result<Bytes> to_definite(ByteView bytes) {
  ByteReader in(bytes);
  Bytes out;
  ASSAY_CHECK(rewrite(in, 0, out));
  if (!in.at_end()) {
    return Fault::malformed;
  }
  return out;
}

}  // namespace assay::der
