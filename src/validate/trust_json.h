// Trust lists in the JSON of ETSI TS 119 602, turned into what pki holds.
#pragma once

#include "base/bytes.h"
#include "base/limits.h"
#include "base/result.h"
#include "pki/trust_store.h"

namespace assay::validate {

// `info` says what the list is for; its digest, dates and (if empty) name are taken from the file.
// Fault::malformed when the file is no such list. An entry with a state that ended keeps its window
// entries that are no certificate are counted in TrustList::unreadable.
Result<pki::TrustList> trust_list_from_json(pki::ListInfo info, ByteView file,
                                            const Limits& limits);

// A trust list file in either form: that JSON, or a PEM bundle.
Result<pki::TrustList> read_trust_list(pki::ListInfo info, ByteView file, const Limits& limits);

}  // namespace assay::validate
