#include "pki/profile.h"

#include <algorithm>

#include "pki/named.h"

namespace assay::pki::test {
namespace {

std::vector<ProfileRule> broken(const std::string& name, Role role) {
  std::vector<ProfileRule> out;
  for (const ProfileProblem& problem : check_profile(*cert(name), role)) {
    EXPECT_FALSE(problem.explanation.empty());
    out.push_back(problem.rule);
  }
  return out;
}

using Rules = std::vector<ProfileRule>;

TEST(Profile, GoodCertificatesKeepEveryRule) {
  EXPECT_EQ(broken("leaf", Role::claim_signer), Rules());
  EXPECT_EQ(broken("leaf", Role::identity_signer), Rules());
  EXPECT_EQ(broken("leaf_email", Role::claim_signer), Rules());  // other purposes are fine
  EXPECT_EQ(broken("leaf_server", Role::claim_signer), Rules());
  EXPECT_EQ(broken("leaf_rsa_2048", Role::claim_signer), Rules());
  EXPECT_EQ(broken("leaf_ed25519", Role::claim_signer), Rules());
  EXPECT_EQ(broken("issuing", Role::intermediate), Rules());
  EXPECT_EQ(broken("tsa", Role::time_stamping), Rules());
  EXPECT_EQ(broken("responder", Role::ocsp_responder), Rules());
}

TEST(Profile, EachBrokenRuleIsNamed) {  // T-69, T-70
  struct Row {
    const char* name;
    Rules rules;
  };
  const Row rows[] = {
      {"leaf_sha1", {ProfileRule::signature_algorithm}},
      {"leaf_inner_differs", {ProfileRule::algorithm_mismatch}},
      {"leaf_rsa_1024", {ProfileRule::public_key}},
      {"leaf_secp256k1", {ProfileRule::public_key}},
      {"leaf_unique_id", {ProfileRule::unique_identifier}},
      {"leaf_ca", {ProfileRule::basic_constraints, ProfileRule::key_usage}},
      {"leaf_no_aki", {ProfileRule::authority_key_id}},
      {"leaf_no_key_usage", {ProfileRule::key_usage}},
      {"leaf_key_encipherment", {ProfileRule::key_usage}},
      {"leaf_non_repudiation", {ProfileRule::key_usage}},
      {"leaf_cert_sign", {ProfileRule::key_usage}},
      {"leaf_no_eku", {ProfileRule::extended_key_usage}},
      {"leaf_any_eku", {ProfileRule::extended_key_usage}},
      {"leaf_time_stamping", {ProfileRule::exclusive_purpose}},
      {"leaf_ocsp_signing", {ProfileRule::exclusive_purpose}},
      {"leaf_mixed_time_stamping",
       {ProfileRule::exclusive_purpose, ProfileRule::exclusive_purpose}},
      {"leaf_mixed_ocsp_signing", {ProfileRule::exclusive_purpose, ProfileRule::exclusive_purpose}},
      {"leaf_unknown_critical", {ProfileRule::critical_extension}},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(broken(row.name, Role::claim_signer), row.rules) << row.name;
  }
  const Rules version_1 = broken("leaf_version_1", Role::claim_signer);
  EXPECT_NE(std::find(version_1.begin(), version_1.end(), ProfileRule::version), version_1.end());
}

TEST(Profile, RolesDoNotMix) {  // T-69
  EXPECT_NE(broken("leaf", Role::time_stamping), Rules());
  EXPECT_NE(broken("leaf", Role::ocsp_responder), Rules());
  EXPECT_NE(broken("tsa", Role::claim_signer), Rules());
  EXPECT_NE(broken("responder", Role::claim_signer), Rules());
  EXPECT_NE(broken("responder", Role::time_stamping), Rules());
  EXPECT_NE(broken("leaf", Role::intermediate), Rules());
}

TEST(Profile, CaCertificates) {
  EXPECT_EQ(broken("issuing_no_ski", Role::intermediate), Rules{ProfileRule::subject_key_id});
  EXPECT_EQ(broken("issuing_no_cert_sign", Role::intermediate), Rules{ProfileRule::key_usage});
  EXPECT_EQ(broken("issuing_not_ca", Role::intermediate), Rules{ProfileRule::basic_constraints});
  EXPECT_EQ(broken("issuing_unknown_critical", Role::intermediate),
            Rules{ProfileRule::critical_extension});
}

TEST(Profile, PrivateStoreKeepsAlgorithmRulesOnly) {
  EXPECT_TRUE(holds_for_private_store(ProfileRule::signature_algorithm));
  EXPECT_TRUE(holds_for_private_store(ProfileRule::public_key));
  EXPECT_TRUE(holds_for_private_store(ProfileRule::pss_parameters));
  EXPECT_FALSE(holds_for_private_store(ProfileRule::extended_key_usage));
  EXPECT_FALSE(holds_for_private_store(ProfileRule::key_usage));
}

}  // namespace
}  // namespace assay::pki::test
