// Identities from end to end, on the signed pictures of tests/vectors/identity.txt
// (tests/fixtures/make-identity-vectors.mjs writes them): what is proven, what is not, and that
// none of it reaches the signer or the state of the asset.
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "base/text.h"
#include "support/corpus.h"
#include "validate/identity_trust.h"
#include "validate/session.h"
#include "validate/trust_json.h"

namespace assay::validate {
namespace {

using identity::Code;
using identity::StatementState;

const Bytes& named(const std::string& name) {
  static const std::map<std::string, Bytes> all = [] {
    const char* source = std::getenv("ASSAY_SOURCE_DIR");
    const std::string path = std::string(source != nullptr ? source : ".");
    const auto file = test::read_whole(path + "/tests/vectors/identity.txt");
    EXPECT_TRUE(file.has_value());
    std::map<std::string, Bytes> out;
    std::istringstream lines{std::string(as_text(file.value_or(Bytes())))};
    std::string key;
    std::string value;
    while (lines >> key >> value) {
      out[key] = from_base64(value).value_or(Bytes());
    }
    return out;
  }();
  static const Bytes kNone;
  const auto found = all.find(name);
  EXPECT_NE(found, all.end()) << name;
  return found == all.end() ? kNone : found->second;
}

void trust_signers(Engine& engine) {
  pki::ListInfo info;
  info.name = "signers";
  info.purposes = {std::string(pki::kEkuC2paClaimSigning)};
  auto list = read_trust_list(info, named("root"), Limits());
  ASSERT_TRUE(list.ok());
  engine.trust.add_list(std::move(*list));
}

void trust_identities(Engine& engine, const Bytes& file) {
  pki::ListInfo info;
  info.name = "people";
  const auto added = add_identity_list(engine, info, file, Limits());
  EXPECT_EQ(added.anchors + added.issuers, 1u);
}

// What stands for the network: answers by URL; anything else is not allowed.
using Network = std::map<std::string, std::string>;  // URL to a name, or "" for a failure

struct Examined {
  std::unique_ptr<Session> session;
  std::vector<std::string> asked;
  const Verdict& verdict() const { return session->verdict(); }
  const identity::IdentityStatement& statement() const {
    EXPECT_EQ(verdict().identities.size(), 1u);
    static const identity::IdentityStatement kNone;
    return verdict().identities.empty() ? kNone : verdict().identities.front().statement;
  }
};

void answer(Examined& run, const Need& need, const Network& network) {
  if (need.kind == Need::Kind::digest) {
    run.session->refuse(need.id, Refusal::not_allowed);
    return;
  }
  run.asked.push_back(need.url);
  const auto found = network.find(need.url);
  if (found == network.end()) {
    run.session->refuse(need.id, Refusal::not_allowed);
  } else if (found->second.empty()) {
    run.session->refuse(need.id, Refusal::failed);
  } else {
    run.session->supply(need.id, named(found->second));
  }
}

Examined validate(Engine& engine, const std::string& name, const Network& network = {}) {
  const Bytes& asset = named(name);
  Policy policy;
  policy.now = UnixTime{1795392000};  // 2026-11-23T00:00:00Z
  Examined run{std::make_unique<Session>(engine, policy, asset.size()), {}};
  for (int round = 0; round < 100 && !run.session->done(); ++round) {
    const std::vector<Need> needs = run.session->step();
    for (const Need& need : needs) {
      if (need.kind == Need::Kind::bytes) {
        run.session->supply_bytes(0, asset);
      } else {
        answer(run, need, network);
      }
    }
  }
  EXPECT_TRUE(run.session->done());
  return run;
}

TEST(X509Identity, IsTrustedThroughItsOwnListOnly) {  // R-1110, R-1121, R-1122, T-09
  Engine engine;
  trust_identities(engine, named("root"));
  const Examined run = validate(engine, "x509");
  const auto& statement = run.statement();
  EXPECT_EQ(statement.state, StatementState::trusted);
  EXPECT_EQ(statement.name, "Jo Example, Example Photographer (TEST)");
  EXPECT_EQ(statement.vouched_by, "vouched for by assay TEST root, assay TEST, on people");
  EXPECT_TRUE(statement.covers_content);
  EXPECT_EQ(statement.roles, std::vector<std::string>{"cawg.creator"});
  EXPECT_TRUE(statement.has(Code::trusted));
  // A trusted identity never makes the signer trusted.
  EXPECT_EQ(run.verdict().state, AssetState::valid);
}

TEST(X509Identity, IsNotTrustedThroughTheListOfSigners) {  // R-1122, T-09
  Engine engine;
  trust_signers(engine);
  const Examined run = validate(engine, "x509");
  EXPECT_EQ(run.statement().state, StatementState::well_formed);
  EXPECT_EQ(run.statement().vouched_by, "on no list you use");
  EXPECT_TRUE(run.statement().has(Code::x509_credential_untrusted));
  EXPECT_EQ(run.verdict().state, AssetState::trusted);
}

TEST(X509Identity, NeedsAPurposeOfItsOwn) {  // R-1122, R-1123
  Engine engine;
  trust_identities(engine, named("root"));
  const Examined run = validate(engine, "x509_wrong_purpose");
  EXPECT_EQ(run.statement().state, StatementState::well_formed);
  EXPECT_FALSE(run.statement().has(Code::trusted));
}

TEST(X509Identity, ProvesNothingInABrokenManifest) {  // R-1101
  Engine engine;
  trust_identities(engine, named("root"));
  const Examined run = validate(engine, "x509_claim_changed");
  EXPECT_EQ(run.verdict().state, AssetState::invalid);
  EXPECT_EQ(run.statement().state, StatementState::not_checked);
  EXPECT_TRUE(run.statement().name.empty());
  EXPECT_TRUE(run.statement().findings.empty());
}

TEST(Aggregation, IsTrustedWhereItsExactDidIsListed) {  // R-1138, R-1148
  Engine engine;
  trust_identities(engine, named("issuer"));
  const Examined run = validate(engine, "ica");
  EXPECT_EQ(run.statement().state, StatementState::trusted);
  EXPECT_EQ(run.statement().name, "example_photographer");
  ASSERT_EQ(run.statement().verified.size(), 1u);
  EXPECT_EQ(run.statement().verified.front().provider, "Social Example");
  EXPECT_EQ(run.verdict().state, AssetState::valid);
}

TEST(Aggregation, NamesNobodyWhenAnybodyCouldHaveMadeTheIssuer) {  // R-1153, R-1155, T-09
  Engine engine;
  const Examined run = validate(engine, "ica");
  EXPECT_EQ(run.statement().state, StatementState::well_formed);
  EXPECT_TRUE(run.statement().has(Code::ica_credential_valid));
  EXPECT_TRUE(run.statement().name.empty());
  EXPECT_TRUE(run.statement().verified.empty());
}

TEST(Aggregation, IsMeasuredByTheListOfAggregators) {  // R-1138
  Engine engine;
  trust_identities(engine, to_bytes(as_bytes("did:web:other.example\n")));
  const Examined run = validate(engine, "ica");
  EXPECT_EQ(run.statement().state, StatementState::well_formed);
  EXPECT_TRUE(run.statement().has(Code::ica_untrusted_issuer));
  EXPECT_FALSE(run.statement().has(Code::ica_credential_valid));
}

TEST(Aggregation, AboutAnotherPictureNamesNobody) {  // R-1145, R-1153, T-09
  Engine engine;
  trust_identities(engine, named("issuer"));
  trust_signers(engine);
  const Examined run = validate(engine, "ica_copied");
  EXPECT_EQ(run.statement().state, StatementState::failed);
  EXPECT_TRUE(run.statement().has(Code::ica_signer_payload_mismatch));
  EXPECT_TRUE(run.statement().name.empty());
  EXPECT_TRUE(run.statement().verified.empty());
  // A failing identity takes nothing from the manifest.
  EXPECT_EQ(run.verdict().state, AssetState::trusted);
}

const std::string kDocument = "https://aggregator.example/people/did.json";

TEST(Aggregation, AsksForADocumentOnceAndSaysSoWhenItMayNot) {  // R-1109, R-1151, T-42
  Engine engine;
  const Examined run = validate(engine, "ica_web");
  EXPECT_EQ(run.asked, std::vector<std::string>{kDocument});
  EXPECT_EQ(run.statement().state, StatementState::not_checked);
  EXPECT_TRUE(run.statement().has(Code::network_traffic_blocked));
  EXPECT_FALSE(run.statement().has(Code::ica_did_unavailable));
  EXPECT_TRUE(run.statement().name.empty());
  ASSERT_EQ(run.verdict().network.size(), 1u);
  EXPECT_EQ(run.verdict().network.front().outcome, NetworkUse::Outcome::not_allowed);
}

TEST(Aggregation, IsCheckedWithTheDocumentOfItsHost) {  // R-1137, R-1139, R-1154
  Engine engine;
  const Examined run = validate(engine, "ica_web", {{kDocument, "ica_web_document"}});
  EXPECT_EQ(run.statement().state, StatementState::well_formed);
  EXPECT_EQ(run.statement().vouched_by, "aggregator.example, on no list you use");
  EXPECT_EQ(run.statement().verified.size(), 1u);
  EXPECT_TRUE(run.statement().name.empty());
}

TEST(Aggregation, AcceptsNoDocumentOfAnotherDid) {  // R-1137
  Engine engine;
  const Examined run = validate(engine, "ica_web", {{kDocument, "ica_web_other_document"}});
  EXPECT_EQ(run.statement().state, StatementState::failed);
  EXPECT_TRUE(run.statement().has(Code::ica_invalid_did_document));
}

TEST(Aggregation, ThatCannotBeReachedIsNeitherGoodNorBad) {  // R-1136
  Engine engine;
  const Examined run = validate(engine, "ica_web", {{kDocument, ""}});
  EXPECT_EQ(run.statement().state, StatementState::not_checked);
  EXPECT_TRUE(run.statement().has(Code::ica_did_unavailable));
}

// R-1144: only a list with the aggregator's own signature says that a credential still holds.
TEST(Aggregation, IsWithdrawnByItsStatusList) {
  const std::string url = "https://aggregator.example/status/1";
  struct Case {
    Network network;
    StatementState state;
    Code code;
  };
  const std::vector<Case> cases = {
      {{{url, "status_good"}}, StatementState::trusted, Code::ica_not_revoked},
      {{{url, "status_revoked"}}, StatementState::failed, Code::ica_revoked},
      {{{url, "status_unsigned"}}, StatementState::not_checked, Code::ica_revocation_unsupported},
      {{{url, "status_forged"}}, StatementState::not_checked, Code::ica_revocation_unsupported},
      {{{url, ""}}, StatementState::not_checked, Code::ica_revocation_unavailable},
      {{{url, "root"}}, StatementState::not_checked, Code::ica_revocation_unavailable},
      {{}, StatementState::not_checked, Code::network_traffic_blocked},
  };
  for (size_t i = 0; i < cases.size(); ++i) {
    Engine engine;
    trust_identities(engine, named("issuer"));
    const Examined run = validate(engine, "ica_status", cases[i].network);
    EXPECT_EQ(run.statement().state, cases[i].state) << i;
    EXPECT_TRUE(run.statement().has(cases[i].code)) << i;
    EXPECT_EQ(run.statement().name.empty(), cases[i].state != StatementState::trusted) << i;
  }
}

// The credential among what is attached, and how many there are.
std::pair<identity::AttachedCredential, size_t> attached(const std::string& name) {
  Engine engine;
  trust_signers(engine);
  const Examined run = validate(engine, name);
  EXPECT_EQ(run.verdict().state, AssetState::trusted) << name;
  EXPECT_TRUE(run.verdict().identities.empty()) << name;
  for (const UncoveredBytes& bytes : run.verdict().uncovered) {
    EXPECT_NE(bytes.kind, "credentials") << name;  // referred to, so covered
  }
  std::pair<identity::AttachedCredential, size_t> out;
  for (const AttachedResult& result : run.verdict().attached) {
    if (result.credential.kind == "verifiableCredential") {
      out.first = result.credential;
      ++out.second;
    }
  }
  return out;
}

TEST(AttachedCredential, HasAProofOfItsOwn) {  // R-1173, R-1174, T-09
  using identity::Proof;
  const auto [genuine, count] = attached("attached_jwt");
  EXPECT_EQ(count, 1u);  // two authors refer to it
  EXPECT_EQ(genuine.proof.proof, Proof::verified);
  EXPECT_EQ(genuine.subject, "Jo Example");
  EXPECT_TRUE(starts_with(genuine.issuer, "did:jwk:"));
  EXPECT_EQ(attached("attached_content_hashed").first.proof.proof, Proof::verified);
  EXPECT_EQ(attached("attached_jwt_forged").first.proof.proof, Proof::failed);
  EXPECT_EQ(attached("attached_jwt_other_key").first.proof.proof, Proof::not_verified);
  EXPECT_EQ(attached("attached_json").first.proof.proof, Proof::not_verified);
}

}  // namespace
}  // namespace assay::validate
