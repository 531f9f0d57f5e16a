#include "pki/profile.h"

#include <algorithm>

#include "pki/oids.h"

namespace assay::pki {
namespace {

constexpr size_t kMinimumRsaBits = 2048;

class Check {
 public:
  Check(const Certificate& certificate, Role role) : certificate_(certificate), role_(role) {}

  std::vector<ProfileProblem> run() {
    signature_algorithm();
    public_key();
    version();
    basic_constraints();
    key_ids();
    key_usage();
    if (role_ != Role::intermediate) {  // purposes of CA certificates are ignored
      purposes();
    }
    critical_extensions();
    return std::move(problems_);
  }

 private:
  void fail(ProfileRule rule, std::string explanation) {
    problems_.push_back({rule, std::move(explanation)});
  }

  //
  void signature_algorithm() {
    const Certificate& c = certificate_;
    if (!equal(c.signature_algorithm.encoded, c.inner_signature_algorithm.encoded)) {
      fail(ProfileRule::algorithm_mismatch,
           "The two signature algorithm fields of the certificate differ.");
    }
    if (c.signature_scheme) {
      return;
    }
    if (c.signature_algorithm.oid == oid::kRsassaPss) {
      fail(ProfileRule::pss_parameters,
           "The RSA-PSS parameters of the certificate's signature are not allowed.");
    } else {
      fail(ProfileRule::signature_algorithm,
           "The certificate is signed with an algorithm that is not allowed.");
    }
  }

  //
  void public_key() {
    const auto& key = certificate_.public_key;
    if (std::holds_alternative<std::monostate>(key)) {
      fail(ProfileRule::public_key, certificate_.key_problem);
    } else if (std::holds_alternative<crypto::RsaKey>(key) &&
               crypto::key_bits(key) < kMinimumRsaBits) {
      fail(ProfileRule::public_key, "The RSA key of the certificate is shorter than 2048 bits.");
    }
  }

  //
  void version() {
    if (certificate_.version != 3) {
      fail(ProfileRule::version, "The certificate is not an X.509 version 3 certificate.");
    }
    if (certificate_.issuer_unique_id || certificate_.subject_unique_id) {
      fail(ProfileRule::unique_identifier, "The certificate contains a unique identifier field.");
    }
  }

  //
  void basic_constraints() {
    const bool ca = certificate_.is_ca();
    if (role_ == Role::intermediate && !ca) {
      fail(ProfileRule::basic_constraints, "A certificate of the chain is not a CA certificate.");
    }
    if (role_ != Role::intermediate && ca) {
      fail(ProfileRule::basic_constraints, "A CA certificate was used to sign content.");
    }
  }

  //
  void key_ids() {
    const Extensions& ext = certificate_.extensions;
    if (!ext.has_authority_key_id && !certificate_.self_issued()) {
      fail(ProfileRule::authority_key_id, "The certificate lacks an authority key identifier.");
    }
    if (role_ == Role::intermediate && !ext.subject_key_id) {
      fail(ProfileRule::subject_key_id, "A CA certificate lacks a subject key identifier.");
    }
  }

  //
  void key_usage() {
    const auto& usage = certificate_.extensions.key_usage;
    if (!usage) {
      fail(ProfileRule::key_usage, "The certificate does not say what its key may be used for.");
      return;
    }
    const bool may_certify = usage->has(KeyUsageBit::key_cert_sign);
    if (role_ == Role::intermediate) {
      if (!may_certify) {
        fail(ProfileRule::key_usage, "A CA certificate's key may not sign certificates.");
      }
      return;
    }
    // contentCommitment alone is enough for authorities and responders (RFC 3161, RFC 6960).
    const bool signs_content = role_ == Role::claim_signer || role_ == Role::identity_signer;
    const bool may_sign = usage->has(KeyUsageBit::digital_signature) ||
                          (!signs_content && usage->has(KeyUsageBit::content_commitment));
    if (!may_sign) {
      fail(ProfileRule::key_usage, "The certificate's key may not make digital signatures.");
    }
    if (may_certify) {
      fail(ProfileRule::key_usage,
           "The certificate's key may sign certificates, which only a CA may do.");
    }
  }

  //
  void purposes() {
    const auto& eku = certificate_.extensions.extended_key_usage;
    if (!eku) {
      fail(ProfileRule::extended_key_usage,
           "The certificate names no purpose (extended key usage).");
      return;
    }
    if (certificate_.has_purpose(kEkuAny)) {
      fail(ProfileRule::extended_key_usage, "The certificate claims to be good for any purpose.");
    }
    const bool stamping = certificate_.has_purpose(kEkuTimeStamping);
    const bool responding = certificate_.has_purpose(kEkuOcspSigning);
    if ((stamping || responding) && eku->purposes.size() > 1) {
      fail(ProfileRule::exclusive_purpose,
           "The certificate mixes time-stamping or OCSP signing with other purposes.");
    }
    role_purpose(stamping, responding, eku->critical);
  }

  void role_purpose(bool stamping, bool responding, bool critical) {
    if (role_ == Role::time_stamping && (!stamping || !critical)) {  // RFC 3161 §2.3
      fail(ProfileRule::exclusive_purpose,
           stamping ? "The time-stamping purpose of the certificate is not marked critical."
                    : "The certificate is not for time-stamping.");
    }
    if (role_ == Role::ocsp_responder && !responding) {
      fail(ProfileRule::exclusive_purpose, "The certificate is not for signing OCSP responses.");
    }
    const bool signs_content = role_ == Role::claim_signer || role_ == Role::identity_signer;
    if (signs_content && (stamping || responding)) {  // T-69
      fail(ProfileRule::exclusive_purpose,
           "The certificate is for time-stamping or OCSP responses, not for signing content.");
    }
  }

  //
  void critical_extensions() {
    if (!certificate_.extensions.unknown_critical.empty()) {
      fail(ProfileRule::critical_extension,
           "The certificate contains an unknown critical extension (" +
               certificate_.extensions.unknown_critical.front() + ").");
    }
  }

  const Certificate& certificate_;
  Role role_;
  std::vector<ProfileProblem> problems_;
};

}  // namespace

std::vector<ProfileProblem> check_profile(const Certificate& certificate, Role role) {
  return Check(certificate, role).run();
}

bool holds_for_private_store(ProfileRule rule) {
  return rule == ProfileRule::signature_algorithm || rule == ProfileRule::algorithm_mismatch ||
         rule == ProfileRule::pss_parameters || rule == ProfileRule::public_key;
}

}  // namespace assay::pki
