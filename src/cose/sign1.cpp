#include "cose/sign1.h"

#include <array>

#include "cose/headers.h"

namespace assay::cose {
namespace {

constexpr uint64_t kSign1Tag = 18;
constexpr int64_t kLabelAlg = 1;
constexpr int64_t kLabelCrit = 2;
constexpr int64_t kLabelContentType = 3;
constexpr int64_t kLabelCwtClaims = 15;  // RFC 9597
constexpr int64_t kClaimIat = 6;

struct AllowedAlgorithm {
  int64_t id;
  std::string_view name;
  crypto::SigAlg alg;
};

using crypto::DigestAlg;
using crypto::EcdsaEncoding;
using crypto::Scheme;

// ECDSA algorithms name a hash, not a curve. EdDSA is Ed25519 alone.
constexpr std::array<AllowedAlgorithm, 7> kAllowed = {{
    {-7, "ES256", {Scheme::ecdsa, DigestAlg::sha256, DigestAlg::sha256, 0, EcdsaEncoding::p1363}},
    {-35, "ES384", {Scheme::ecdsa, DigestAlg::sha384, DigestAlg::sha384, 0, EcdsaEncoding::p1363}},
    {-36, "ES512", {Scheme::ecdsa, DigestAlg::sha512, DigestAlg::sha512, 0, EcdsaEncoding::p1363}},
    {-37, "PS256", {Scheme::rsa_pss, DigestAlg::sha256, DigestAlg::sha256, 32, {}}},
    {-38, "PS384", {Scheme::rsa_pss, DigestAlg::sha384, DigestAlg::sha384, 48, {}}},
    {-39, "PS512", {Scheme::rsa_pss, DigestAlg::sha512, DigestAlg::sha512, 64, {}}},
    {-8, "EdDSA", {Scheme::ed25519, DigestAlg::sha512, DigestAlg::sha512, 0, {}}},
}};

void note(Sign1& out, Rule rule, std::string explanation) {
  out.problems.push_back({rule, std::move(explanation)});
}

void read_alg(const Headers& headers, Sign1& out) {
  const auto in_protected = headers.count(Bucket::protected_header, kLabelAlg);
  const auto in_unprotected = headers.count(Bucket::unprotected_header, kLabelAlg);
  if (in_protected > 1 || (in_protected == 1 && in_unprotected > 0)) {
    note(out, Rule::alg_ambiguous, "The header names more than one signature algorithm.");
    return;
  }
  if (in_protected == 0) {
    note(out, in_unprotected > 0 ? Rule::alg_only_unprotected : Rule::alg_missing,
         in_unprotected > 0 ? "The signature algorithm is named only in the unprotected header."
                            : "The header names no signature algorithm.");
    return;
  }
  out.alg_id = headers.get(Bucket::protected_header, kLabelAlg).as_int();
  if (!out.alg_id) {
    note(out, Rule::alg_not_integer, "The signature algorithm is not given as an integer.");
    return;
  }
  for (const AllowedAlgorithm& allowed : kAllowed) {
    if (allowed.id == *out.alg_id) {
      out.alg = allowed.alg;
      out.alg_name = allowed.name;
      return;
    }
  }
  note(
      out, Rule::alg_not_allowed,
      "COSE algorithm " + std::to_string(*out.alg_id) + " is not allowed for Content Credentials.");
}

// RFC 9052 §3.1: crit lists labels of the protected bucket that must be understood. We understand
// the ones that this file reads; anything else forbids processing.
void read_crit(const Headers& headers, Sign1& out) {
  const size_t unprotected = headers.count(Bucket::unprotected_header, kLabelCrit);
  const size_t count = headers.count(Bucket::protected_header, kLabelCrit);
  if (unprotected == 0 && count == 0) {
    return;
  }
  const cbor::Value crit = headers.get(Bucket::protected_header, kLabelCrit);
  if (unprotected > 0 || count > 1 || !crit.is(cbor::Type::array) || crit.size() == 0) {
    note(out, Rule::crit_malformed, "The list of critical headers is malformed or not protected.");
    return;
  }
  constexpr std::array<int64_t, 5> kKnownLabels = {kLabelAlg, kLabelCrit, kLabelContentType,
                                                   kLabelCwtClaims, kLabelX5chain};
  for (size_t i = 0; i < crit.size(); ++i) {
    const cbor::Value label = crit.at(i);
    const auto number = label.as_int();
    const auto text = label.as_text();
    bool known = text && (*text == kTextX5chain || *text == kTextIat);
    for (const int64_t known_label : kKnownLabels) {
      known = known || number == known_label;
    }
    const bool present = (number && headers.count(Bucket::protected_header, *number) > 0) ||
                         (text && headers.count(Bucket::protected_header, *text) > 0);
    if (!known || !present) {
      note(out, Rule::crit_unknown,
           known ? "A header listed as critical is missing from the protected header."
                 : "The header requires an extension that this validator does not know.");
      return;
    }
  }
}

void read_iat(const Headers& headers, Sign1& out) {
  cbor::Value value = headers.get(Bucket::protected_header, kTextIat);
  if (!value.present()) {
    value = headers.get(Bucket::protected_header, kLabelCwtClaims).get(kClaimIat);
  }
  if (const auto seconds = value.as_int()) {
    out.iat = static_cast<double>(*seconds);
  } else {
    out.iat = value.as_double();
  }
}

void read_content_type(const Headers& headers, Sign1& out) {
  if (const auto text = headers.get(Bucket::protected_header, kLabelContentType).as_text()) {
    out.content_type = std::string(*text);
  }
}

void read_payload(const cbor::Value& payload, Sign1& out) {
  out.payload_nil = payload.is(cbor::Type::null);
  out.payload = payload.as_bytes();
  if (!out.payload_nil) {  // R-602, P-9: also when the bytes equal the claim, also when they are
                           // empty
    note(out, Rule::payload_attached, "The signature carries a payload of its own.");
  }
}

struct Parts {
  cbor::Value array;
  bool tagged = false;
};

// tag 18 in its one-byte head, or no tag.
Result<Parts> open(const cbor::Value& root) {
  Parts parts{root.untagged(), root.is(cbor::Type::tag)};
  const size_t head = root.encoded().size() - parts.array.encoded().size();
  if (parts.tagged && (root.tag() != kSign1Tag || head != 1)) {
    return Fault::malformed;
  }
  if (!parts.array.is(cbor::Type::array) || parts.array.size() != 4) {
    return Fault::malformed;
  }
  return parts;
}

}  // namespace

bool Sign1::has(Rule rule) const {
  for (const Problem& problem : problems) {
    if (problem.rule == rule) {
      return true;
    }
  }
  return false;
}

// COSE_Sign1 = [ protected: bstr .cbor header_map / bstr .size 0, unprotected: header_map,
//                payload: bstr / nil, signature: bstr ]
Result<Sign1> parse(ByteView bytes, const Limits& limits, Budget& budget) {
  ASSAY_TRY(document, cbor::Document::parse(bytes, limits, budget));
  ASSAY_TRY(parts, open(document.root()));
  const auto protected_bytes = parts.array.at(0).as_bytes();
  const cbor::Value unprotected = parts.array.at(1);
  const cbor::Value payload = parts.array.at(2);
  const auto signature = parts.array.at(3).as_bytes();
  const bool payload_readable = payload.is(cbor::Type::null) || payload.is(cbor::Type::bytes);
  if (!protected_bytes || !unprotected.is(cbor::Type::map) || !payload_readable || !signature) {
    return Fault::malformed;
  }
  Sign1 out;
  out.tagged = parts.tagged;
  out.protected_bytes = *protected_bytes;
  out.signature = *signature;

  // An empty byte string stands for an empty map (RFC 9052 §3).
  constexpr std::array<uint8_t, 1> kEmptyMap = {0xa0};
  const ByteView protected_map = protected_bytes->empty() ? ByteView(kEmptyMap) : *protected_bytes;
  ASSAY_TRY(protected_document, cbor::Document::parse(protected_map, limits, budget));
  if (!protected_document.root().is(cbor::Type::map)) {
    return Fault::malformed;
  }
  const Headers headers(protected_document.root(), unprotected);
  read_payload(payload, out);
  read_alg(headers, out);
  read_crit(headers, out);
  read_x5chain(headers, limits, out);
  read_timestamps(headers, limits, out);
  read_revocation(headers, limits, out);
  read_padding(headers, bytes, out);
  read_unknown(unprotected, bytes, out);
  read_content_type(headers, out);
  read_iat(headers, out);
  if (!out.tagged) {
    note(out, Rule::untagged, "The signature is not tagged as COSE_Sign1.");
  }
  if (headers.has_duplicates()) {
    note(out, Rule::duplicate_header_label, "A header label occurs more than once.");
  }
  return out;
}

}  // namespace assay::cose
