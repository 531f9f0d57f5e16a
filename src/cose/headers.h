// Headers: look-up over the two buckets of a COSE object, and the readers of the headers
// that hold more than one value.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/limits.h"
#include "codec/cbor/cbor.h"
#include "cose/sign1.h"

namespace assay::cose {

inline constexpr int64_t kLabelX5chain = 33;  // RFC 9360
inline constexpr std::string_view kTextX5chain = "x5chain";
inline constexpr std::string_view kTextIat = "iat";

class Headers {
 public:
  Headers(cbor::Value protected_map, cbor::Value unprotected_map)
      : protected_(protected_map), unprotected_(unprotected_map) {}

  // Occurrences of a label in one bucket: 0, 1, or 2 for more than one.
  template <class Label>
  size_t count(Bucket bucket, Label label) const {
    const cbor::Value map = of(bucket);
    if (map.has_duplicate(label)) {
      return 2;
    }
    return map.get(label).present() ? 1 : 0;
  }
  template <class Label>
  size_t count(Label label) const {
    return count(Bucket::protected_header, label) + count(Bucket::unprotected_header, label);
  }
  // Absent when the label occurs twice in that bucket.
  template <class Label>
  cbor::Value get(Bucket bucket, Label label) const {
    return of(bucket).get(label);
  }
  bool has_duplicates() const {
    return protected_.has_duplicate_keys() || unprotected_.has_duplicate_keys();
  }

 private:
  cbor::Value of(Bucket bucket) const {
    return bucket == Bucket::protected_header ? protected_ : unprotected_;
  }

  cbor::Value protected_;
  cbor::Value unprotected_;
};

void read_x5chain(const Headers& headers, const Limits& limits, Sign1& out);
void read_timestamps(const Headers& headers, const Limits& limits, Sign1& out);
void read_revocation(const Headers& headers, const Limits& limits, Sign1& out);
void read_padding(const Headers& headers, ByteView sign1_bytes, Sign1& out);
// The unprotected map itself, because the labels are not known.
void read_unknown(cbor::Value unprotected_map, ByteView sign1_bytes, Sign1& out);

}  // namespace assay::cose
