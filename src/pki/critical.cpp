#include "pki/critical.h"

#include "codec/der/reader.h"

namespace assay::pki {

// Extension ::= SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
Result<bool> has_unknown_critical(ByteView list, std::string_view known) {
  der::Reader extensions(list);
  bool unknown = false;
  while (!extensions.at_end()) {
    ASSAY_TRY(in, extensions.enter(der::kSequence));
    ASSAY_TRY(id, in.oid());
    ASSAY_TRY(critical, in.take_if(der::kBoolean));
    ASSAY_TRY(value, in.octet_string());
    static_cast<void>(value);
    ASSAY_CHECK(in.finish());
    if (critical) {
      ASSAY_TRY(set, der::parse_boolean(*critical));
      unknown = unknown || (set && der::oid_text(id) != known);
    }
  }
  return unknown;
}

}  // namespace assay::pki
