// Reading a trust list file: a PEM bundle, or the JSON form of ETSI TS 119 602 in which the
// official C2PA lists are published (R-740…R-742). Glue between codec/json and pki, which know
// nothing of each other.
#pragma once

#include "base/result.h"
#include "pki/trust_store.h"

namespace assay::validate {

// `info.digest` is filled in; of a JSON list also `issued` and `next_update`.
Result<pki::TrustList> read_trust_list(pki::ListInfo info, ByteView file, const Limits& limits);

}  // namespace assay::validate
