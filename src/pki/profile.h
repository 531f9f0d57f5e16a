// The certificate profile of C2PA (Certificate Profiles; R-701…R-712): rules that one certificate
// breaks or keeps by itself.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pki/certificate.h"

namespace assay::pki {

enum class Role : uint8_t {
  claim_signer,
  identity_signer,  // CAWG X.509: the leaf rules of claim signers
  intermediate,     // any CA certificate of a path
  time_stamping,
  ocsp_responder,
};

enum class ProfileRule : uint8_t {
  signature_algorithm,
  algorithm_mismatch,   // inner and outer differ
  pss_parameters,
  public_key,
  version,
  unique_identifier,
  basic_constraints,
  authority_key_id,
  subject_key_id,
  key_usage,
  extended_key_usage,
  exclusive_purpose,
  critical_extension,
};

struct ProfileProblem {
  ProfileRule rule;
  std::string explanation;
};

// Empty when the certificate keeps every rule of its role.
std::vector<ProfileProblem> check_profile(const Certificate& certificate, Role role);

// the rules that hold even for a certificate of the user's private credential store.
bool holds_for_private_store(ProfileRule rule);

}  // namespace assay::pki
