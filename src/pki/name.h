// Distinguished names (RFC 5280 §4.1.2.4) and their comparison (§7.1).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace assay::pki {

struct NameAttribute {
  std::string oid;    // dotted
  std::string value;  // UTF-8 as written; display_text() before it reaches a screen
};

struct Name {
  ByteView encoded;  // the Name SEQUENCE as it stands
  std::vector<NameAttribute> attributes;
  // Equal for names that §7.1 calls equal: RDN by RDN, attributes of an RDN sorted, strings of any
  // type as UTF-8 with case folded (ASCII) and white space squeezed.
  Bytes comparable;
  // comparable, cut into RDNs: what directoryName constraints compare (§7.1, §4.2.1.10).
  std::vector<Bytes> comparable_rdns;

  bool empty() const { return comparable_rdns.empty(); }
  // The last attribute of that kind (the most specific one); empty if there is none.
  std::string_view common_name() const;
  std::string_view organization() const;
  std::string_view organizational_unit() const;
  std::string_view country() const;
  std::string_view attribute(std::string_view dotted_oid) const;
  // "CN=Camera 1, O=Example Press, C=XX": most specific first, for display.
  std::string text() const;
};

// Name ::= SEQUENCE OF SET SIZE (1..MAX) OF SEQUENCE { type OID, value ANY }
Result<Name> parse_name(ByteView encoded);

// Whether `name` lies in the subtree that `base` names (RFC 5280 §4.2.1.10 directoryName).
bool in_subtree(const Name& name, const Name& base);

}  // namespace assay::pki
