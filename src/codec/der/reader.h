// der::Reader: a pull parser for DER (X.690): minimal definite lengths, single-byte identifiers
// (nothing in RFC 5280, 5652, 3161 or 6960 needs more), nothing behind the end. It never descends
// by itself, so nesting is bounded by the caller's code.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"

namespace assay::der {

// The identifier octet: class, constructed bit and number.
using Tag = uint8_t;
inline constexpr Tag kBoolean = 0x01;
inline constexpr Tag kInteger = 0x02;
inline constexpr Tag kBitString = 0x03;
inline constexpr Tag kOctetString = 0x04;
inline constexpr Tag kNull = 0x05;
inline constexpr Tag kOid = 0x06;
inline constexpr Tag kEnumerated = 0x0A;
inline constexpr Tag kUtf8String = 0x0C;
inline constexpr Tag kNumericString = 0x12;
inline constexpr Tag kPrintableString = 0x13;
inline constexpr Tag kT61String = 0x14;
inline constexpr Tag kIa5String = 0x16;
inline constexpr Tag kUtcTime = 0x17;
inline constexpr Tag kGeneralizedTime = 0x18;
inline constexpr Tag kVisibleString = 0x1A;
inline constexpr Tag kUniversalString = 0x1C;
inline constexpr Tag kBmpString = 0x1E;
inline constexpr Tag kSequence = 0x30;
inline constexpr Tag kSet = 0x31;
constexpr Tag context(unsigned number) { return static_cast<Tag>(0x80U | number); }
constexpr Tag context_constructed(unsigned number) { return static_cast<Tag>(0xA0U | number); }

struct Element {
  Tag tag = 0;
  ByteView content;
  ByteView encoded;  // identifier and length included
};

struct BitString {
  ByteView bytes;
  uint8_t unused_bits = 0;

  // Bit 0 is the most significant bit of the first byte; bits past the end are 0.
  bool bit(size_t index) const;
};

// A method that fails does not move the reader.
class Reader {
 public:
  explicit Reader(ByteView bytes) : in_(bytes) {}

  bool at_end() const { return in_.at_end(); }
  // Fault::malformed if anything is left.
  Status finish() const;
  bool next_is(Tag tag) const;
  ByteView rest() const { return in_.rest(); }

  Result<Element> any();
  Result<Element> element(Tag tag);
  // The content octets of the next element, which must have this tag.
  Result<ByteView> take(Tag tag);
  Result<Reader> enter(Tag tag);
  // Nothing when the next element is another one.
  Result<std::optional<ByteView>> take_if(Tag tag);

  Result<bool> boolean();
  // Two's complement content, minimal form checked.
  Result<ByteView> integer();
  // A non-negative INTEGER below 2^63.
  Result<uint64_t> small_integer();
  Result<uint64_t> enumerated();
  Result<ByteView> oid();
  Result<BitString> bit_string();
  // A BIT STRING of whole bytes.
  Result<ByteView> whole_bytes();
  Result<ByteView> octet_string();
  Status null();
  // Time ::= CHOICE { UTCTime, GeneralizedTime } (RFC 5280 §4.1.2.5).
  Result<UnixTime> time();
  Result<UnixTime> generalized_time();

 private:
  ByteReader in_;
};

// Exactly one element and nothing behind it.
Result<Element> parse_single(ByteView bytes);

// Checks for types whose content came through an IMPLICIT tag.
Result<bool> parse_boolean(ByteView content);
Status check_integer(ByteView content);
Result<uint64_t> parse_small_integer(ByteView content);
Status check_oid(ByteView content);
Result<BitString> parse_bit_string(ByteView content);
// YYMMDDHHMMSSZ; years 50..99 are 19xx.
Result<UnixTime> parse_utc_time(ByteView content);
// YYYYMMDDHHMMSS[.f+]Z (RFC 3161 §2.4.2 allows the fraction, which is dropped; RFC 5280 does not).
Result<UnixTime> parse_generalized_time(ByteView content, bool allow_fraction);

// The magnitude of a non-negative INTEGER without its leading zero; malformed when negative.
Result<ByteView> magnitude(ByteView integer_content);

// "1.2.840.10045.4.3.2"; arcs that do not fit 64 bits are written as "?".
std::string oid_text(ByteView oid_content);
// The encoding of a dotted OID; nothing if it is none.
std::optional<Bytes> oid_from_text(std::string_view dotted);

bool is_string_tag(Tag tag);
// Any directory string as UTF-8. Bytes that the type does not allow become U+FFFD; T61String is
// read as Latin-1, which is what authorities put there. Nothing when the tag is no string type.
std::optional<std::string> string_to_utf8(Tag tag, ByteView content);

}  // namespace assay::der
