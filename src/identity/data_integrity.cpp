#include "identity/data_integrity.h"

#include <array>
#include <string>

#include "base/text.h"
#include "codec/json/canonical.h"
#include "cose/sign1.h"
#include "identity/base58.h"
#include "identity/credential.h"
#include "identity/did.h"

namespace assay::identity {
namespace {

constexpr size_t kMostProofs = 4;

// Cryptosuites over JCS (Data Integrity EdDSA 1.0 §3.3, ECDSA 1.0 §3.3).
struct Suite {
  std::string_view name;
  crypto::Scheme scheme;
};
constexpr std::array<Suite, 2> kSuites = {
    {{"eddsa-jcs-2022", crypto::Scheme::ed25519}, {"ecdsa-jcs-2019", crypto::Scheme::ecdsa}}};

const Suite* suite_of(const json::Value& proof) {
  if (text_member(proof, "type") != "DataIntegrityProof" || proof.get("previousProof") != nullptr) {
    return nullptr;
  }
  const std::string_view name = text_member(proof, "cryptosuite");
  for (const Suite& suite : kSuites) {
    if (suite.name == name) {
      return &suite;
    }
  }
  return nullptr;
}

// Kinds of proof that are known to be over canonical RDF.
bool is_over_rdf(const json::Value& proof) {
  const std::string_view type = text_member(proof, "type");
  const std::string_view suite = text_member(proof, "cryptosuite");
  return (type == "DataIntegrityProof" && suite.find("rdfc") != std::string_view::npos) ||
         type.find("Signature20") != std::string_view::npos;
}

// Whether `all` begins with the values of `some`, either of which may be a lone value.
bool begins_with(const json::Value& all, const json::Value& some) {
  const auto count = [](const json::Value& list) {
    return list.is(json::Type::array) ? list.items().size() : 1;
  };
  const auto at = [](const json::Value& list, size_t i) {
    return json::canonical(list.is(json::Type::array) ? list.items()[i] : list);
  };
  if (count(some) > count(all)) {
    return false;
  }
  for (size_t i = 0; i < count(some); ++i) {
    const auto one = at(some, i);
    if (!one || one != at(all, i)) {
      return false;
    }
  }
  return true;
}

json::Value without(const json::Value& object, std::string_view left_out) {
  json::Value out = json::Value::object();
  for (const auto& [name, value] : object.members()) {
    if (name != left_out) {
      out.set(name, value);
    }
  }
  return out;
}

// What was signed: the hash of the proof's own data, then that of the credential without proofs.
std::optional<Bytes> hash_data(const json::Value& credential, const json::Value& proof,
                               crypto::DigestAlg alg) {
  json::Value document = without(credential, "proof");
  if (const json::Value* context = proof.get("@context")) {
    const json::Value* own = credential.get("@context");
    if (own == nullptr || !begins_with(*own, *context)) {
      return std::nullopt;
    }
    document = without(document, "@context");
    document.set("@context", *context);
  }
  const auto config = json::canonical(without(proof, "proofValue"));
  const auto text = json::canonical(document);
  if (!config || !text) {
    return std::nullopt;
  }
  Bytes out = crypto::digest(alg, as_bytes(*config));
  append(out, crypto::digest(alg, as_bytes(*text)));
  return out;
}

// Of the curve's size: P-256 goes with SHA-256, P-384 with SHA-384.
crypto::SigAlg algorithm_for(const Suite& suite, const crypto::PublicKey& key) {
  const bool wide = crypto::key_bits(key) == 384;
  const auto hash = wide ? crypto::DigestAlg::sha384 : crypto::DigestAlg::sha256;
  return {suite.scheme, hash, hash, 0, crypto::EcdsaEncoding::p1363};
}

bool fits(const Suite& suite, const crypto::PublicKey& key) {
  return !cose::key_unfit(algorithm_for(suite, key), key) && crypto::key_bits(key) <= 384;
}

CheckedProof check_one(const json::Value& credential, const json::Value& proof,
                       std::string_view issuer, const Environment& environment) {
  const Suite* suite = suite_of(proof);
  if (suite == nullptr) {
    return {Proof::not_verified,
            is_over_rdf(proof) ? ProofObstacle::canonical_rdf : ProofObstacle::unsupported_kind};
  }
  const std::string_view method = text_member(proof, "verificationMethod");
  if (method.substr(0, method.find('#')) != issuer) {
    return {Proof::not_verified, ProofObstacle::key_of_another};
  }
  const DidKeys found = offline_keys(issuer, environment.limits);
  if (found.keys.empty() || !fits(*suite, found.keys.front())) {
    return {Proof::not_verified, ProofObstacle::key_not_at_hand};
  }
  const crypto::PublicKey& key = found.keys.front();
  const crypto::SigAlg alg = algorithm_for(*suite, key);
  const std::string_view value = text_member(proof, "proofValue");
  const auto signature = starts_with(value, "z") ? from_base58(value.substr(1)) : std::nullopt;
  const auto message = hash_data(credential, proof, alg.hash);
  const bool purposeful = text_member(proof, "proofPurpose") == "assertionMethod";
  if (!signature || !message || !purposeful) {
    return {Proof::failed, ProofObstacle::none};
  }
  const auto verified =
      environment.signatures.verify(alg, key, *message, *signature, environment.budget);
  if (!verified.ok()) {
    return {Proof::not_verified, ProofObstacle::limit};
  }
  return {*verified == crypto::Verified::yes ? Proof::verified : Proof::failed,
          ProofObstacle::none};
}

}  // namespace

// Of a set every proof must be good; one that fails decides.
CheckedProof check_data_integrity(const json::Value& credential, const json::Value& proof,
                                  std::string_view issuer, const Environment& environment) {
  if (!proof.is(json::Type::array)) {
    return check_one(credential, proof, issuer, environment);
  }
  if (proof.items().empty()) {
    return {};
  }
  if (proof.items().size() > kMostProofs) {
    return {Proof::not_verified, ProofObstacle::limit};
  }
  CheckedProof out{Proof::verified, ProofObstacle::none};
  for (const json::Value& entry : proof.items()) {
    const CheckedProof one = check_one(credential, entry, issuer, environment);
    if (one.proof == Proof::failed) {
      return one;
    }
    if (one.proof != Proof::verified) {
      out = one;
    }
  }
  return out;
}

}  // namespace assay::identity
