// The parts of check_signature that are files of their own.
#pragma once

#include "cose/sign1.h"
#include "validate/context.h"

namespace assay::validate {

// Time-stamps: R-801…R-821. Sets signature.timestamp and signature.attested.
void check_time(Context& context, ManifestResult& result, const cose::Sign1& sign1);

// Profile, chain, validity and stapled revocation: R-701… …R-839.
void check_credential(Context& context, ManifestResult& result, const cose::Sign1& sign1);

// The time at which the credential is judged: of a trusted time-stamp, else now.
UnixTime evaluation_time(const Context& context, const SignatureResult& signature);

}  // namespace assay::validate
