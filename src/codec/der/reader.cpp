#include "codec/der/reader.h"

namespace assay::der {
namespace {

// The definite length octets (X.690 §8.1.3, §10.1): shortest form, at most four octets.
Result<size_t> take_length(ByteReader& in) {
  ASSAY_TRY(first, in.u8());
  if (first < 0x80) {
    return size_t{first};
  }
  const size_t count = first & 0x7fU;
  if (count == 0 || count > 4) {
    return count == 0 ? Fault::malformed : Fault::limit;
  }
  uint64_t length = 0;
  for (size_t i = 0; i < count; ++i) {
    ASSAY_TRY(octet, in.u8());
    length = length << 8 | octet;
  }
  const bool minimal = length >= 0x80 && (length >> (8 * (count - 1))) != 0;
  if (!minimal) {
    return Fault::malformed;
  }
  if (length > in.remaining()) {
    return Fault::truncated;
  }
  return static_cast<size_t>(length);
}

}  // namespace

bool BitString::bit(size_t index) const {
  const size_t byte = index / 8;
  return byte < bytes.size() && (bytes[byte] >> (7 - index % 8) & 1U) != 0;
}

Status Reader::finish() const { return at_end() ? Status() : Status(Fault::malformed); }

bool Reader::next_is(Tag tag) const {
  const auto next = in_.peek(1);
  return next.ok() && (*next)[0] == tag;
}

Result<Element> Reader::any() {
  ByteReader in(in_.rest());
  ASSAY_TRY(tag, in.u8());
  // Tag 0 of the universal class ends indefinite lengths; number 31 starts the long form.
  if (tag == 0 || (tag & 0x1fU) == 0x1f) {
    return Fault::malformed;
  }
  ASSAY_TRY(length, take_length(in));
  ASSAY_TRY(content, in.take(length));
  const Element element{tag, content, in.since(0)};
  ASSAY_CHECK(in_.skip(in.position()));
  return element;
}

Result<Element> Reader::element(Tag tag) {
  if (!next_is(tag)) {
    return at_end() ? Fault::truncated : Fault::malformed;
  }
  return any();
}

Result<ByteView> Reader::take(Tag tag) {
  ASSAY_TRY(found, element(tag));
  return found.content;
}

Result<Reader> Reader::enter(Tag tag) {
  ASSAY_TRY(content, take(tag));
  return Reader(content);
}

Result<std::optional<ByteView>> Reader::take_if(Tag tag) {
  if (!next_is(tag)) {
    return std::optional<ByteView>();
  }
  ASSAY_TRY(content, take(tag));
  return std::optional<ByteView>(content);
}

Result<bool> Reader::boolean() {
  ASSAY_TRY(content, take(kBoolean));
  return parse_boolean(content);
}

Result<ByteView> Reader::integer() {
  ASSAY_TRY(content, take(kInteger));
  ASSAY_CHECK(check_integer(content));
  return content;
}

Result<uint64_t> Reader::small_integer() {
  ASSAY_TRY(content, take(kInteger));
  return parse_small_integer(content);
}

Result<uint64_t> Reader::enumerated() {
  ASSAY_TRY(content, take(kEnumerated));
  return parse_small_integer(content);
}

Result<ByteView> Reader::oid() {
  ASSAY_TRY(content, take(kOid));
  ASSAY_CHECK(check_oid(content));
  return content;
}

Result<BitString> Reader::bit_string() {
  ASSAY_TRY(content, take(kBitString));
  return parse_bit_string(content);
}

Result<ByteView> Reader::whole_bytes() {
  ASSAY_TRY(bits, bit_string());
  if (bits.unused_bits != 0) {
    return Fault::malformed;
  }
  return bits.bytes;
}

Result<ByteView> Reader::octet_string() { return take(kOctetString); }

Status Reader::null() {
  ASSAY_TRY(content, take(kNull));
  return content.empty() ? Status() : Status(Fault::malformed);
}

Result<UnixTime> Reader::time() {
  if (next_is(kUtcTime)) {
    ASSAY_TRY(content, take(kUtcTime));
    return parse_utc_time(content);
  }
  ASSAY_TRY(content, take(kGeneralizedTime));
  return parse_generalized_time(content, false);
}

Result<UnixTime> Reader::generalized_time() {
  ASSAY_TRY(content, take(kGeneralizedTime));
  return parse_generalized_time(content, true);
}

Result<Element> parse_single(ByteView bytes) {
  Reader reader(bytes);
  ASSAY_TRY(element, reader.any());
  ASSAY_CHECK(reader.finish());
  return element;
}

}  // namespace assay::der
