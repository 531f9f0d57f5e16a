// What BER (X.690 §8) allows beside DER in CMS: lengths that are not known in advance and octet
// strings in pieces. Many time-stamp authorities write their tokens so; RFC 3161 and RFC 5652 ask
// for DER only where something is hashed.
#pragma once

#include "base/bytes.h"
#include "base/result.h"

namespace assay::der {

// The one element in `bytes` with shortest definite lengths, octet strings of pieces put together.
// Contents of primitive types stay as they are. Nothing that is DER changes, so what a signature
// covers inside, certificates above all, keeps its bytes.
Result<Bytes> to_definite(ByteView bytes);

}  // namespace assay::der
