#include "codec/cbor/cbor.h"
#include "cose/sign1.h"

namespace assay::cose {

// R-603, T-64: the payload is always the claim as stored.
// Sig_structure = [ context: tstr, body_protected: bstr, external_aad: bstr, payload: bstr ]
Bytes sig_structure(std::string_view context, ByteView protected_bytes, ByteView payload) {
  Bytes out;
  cbor::write_array(out, 4);
  cbor::write_text(out, context);
  cbor::write_bytes(out, protected_bytes);
  cbor::write_bytes(out, {});
  cbor::write_bytes(out, payload);
  return out;
}

std::optional<std::string> key_unfit(const crypto::SigAlg& alg, const crypto::PublicKey& key) {
  using crypto::Scheme;
  const bool rsa = std::holds_alternative<crypto::RsaKey>(key);
  const bool fits =
      (alg.scheme == Scheme::ecdsa && std::holds_alternative<crypto::EcKey>(key)) ||
      (alg.scheme == Scheme::rsa_pss && rsa) || (alg.scheme == Scheme::rsa_pkcs1 && rsa) ||
      (alg.scheme == Scheme::ed25519 && std::holds_alternative<crypto::Ed25519Key>(key));
  if (!fits) {
    return "The key of the certificate (" + crypto::key_name(key) +
           ") cannot make signatures of the stated algorithm.";
  }
  if (rsa && (crypto::key_bits(key) < 2048 || crypto::key_bits(key) > Limits{}.rsa_bits)) {
    return "The key size of " + crypto::key_name(key) + " is not supported.";
  }
  return std::nullopt;
}

Result<crypto::Verified> verify(const Sign1& sign1, ByteView detached_payload,
                                const crypto::PublicKey& key, crypto::SignatureMemo& signatures,
                                Budget& budget) {
  if (sign1.has(Rule::payload_attached) || sign1.has(Rule::crit_unknown) ||
      sign1.has(Rule::crit_malformed)) {
    return crypto::Verified::no;
  }
  if (!sign1.alg || key_unfit(*sign1.alg, key)) {
    return crypto::Verified::unsupported;
  }
  return signatures.verify(*sign1.alg, key,
                           sig_structure(kSignature1, sign1.protected_bytes, detached_payload),
                           sign1.signature, budget);
}

std::vector<ImprintInput> imprints_v1(const Sign1& sign1, ByteView claim) {
  return {{ImprintForm::claim, sig_structure(kCounterSignature, sign1.protected_bytes, claim)}};
}

// form a wraps the signature twice, once by itself and once as the payload. A-15: tokens of
// assertions may have any of the three forms.
std::vector<ImprintInput> imprints_v2(const Sign1& sign1) {
  Bytes wrapped;
  cbor::write_bytes(wrapped, sign1.signature);
  return {
      {ImprintForm::signature_bstr,
       sig_structure(kCounterSignature, sign1.protected_bytes, wrapped)},
      {ImprintForm::signature_bytes,
       sig_structure(kCounterSignature, sign1.protected_bytes, sign1.signature)},
      {ImprintForm::bare_signature, to_bytes(sign1.signature)},
  };
}

}  // namespace assay::cose
