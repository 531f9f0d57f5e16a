// Public keys and algorithm identifiers of certificates.
#include <algorithm>
#include <array>

#include "codec/der/reader.h"
#include "pki/certificate.h"
#include "pki/oids.h"

namespace assay::pki {
namespace {

using crypto::DigestAlg;
using crypto::EcdsaEncoding;
using crypto::Scheme;
using crypto::SigAlg;

bool is_null(const std::optional<ByteView>& parameters) {
  constexpr std::array<uint8_t, 2> kNull = {0x05, 0x00};
  return parameters && equal(*parameters, kNull);
}

SigAlg simple(Scheme scheme, DigestAlg hash) { return {scheme, hash, hash, 0, EcdsaEncoding::der}; }

// RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }
Result<crypto::RsaKey> parse_rsa(ByteView bits) {
  der::Reader outer(bits);
  ASSAY_TRY(in, outer.enter(der::kSequence));
  ASSAY_CHECK(outer.finish());
  ASSAY_TRY(n, in.integer());
  ASSAY_TRY(e, in.integer());
  ASSAY_CHECK(in.finish());
  ASSAY_TRY(modulus, der::magnitude(n));
  ASSAY_TRY(exponent, der::magnitude(e));
  return crypto::RsaKey{to_bytes(modulus), to_bytes(exponent)};
}

std::optional<crypto::Curve> named_curve(const std::optional<ByteView>& parameters) {
  if (!parameters) {
    return std::nullopt;
  }
  der::Reader in(*parameters);
  const auto curve = in.oid();
  if (!curve || !in.at_end()) {
    return std::nullopt;
  }
  const std::string text = der::oid_text(*curve);
  if (text == oid::kPrime256v1) {
    return crypto::Curve::p256;
  }
  if (text == oid::kSecp384r1) {
    return crypto::Curve::p384;
  }
  return text == oid::kSecp521r1 ? std::optional(crypto::Curve::p521) : std::nullopt;
}

crypto::PublicKey rsa_key(ByteView bits, std::string& problem) {
  auto key = parse_rsa(bits);
  if (!key) {
    problem = "The RSA key of the certificate cannot be read.";
    return {};
  }
  return std::move(*key);
}

crypto::PublicKey ec_key(const AlgorithmIdentifier& algorithm, ByteView bits,
                         std::string& problem) {
  const auto curve = named_curve(algorithm.parameters);  // no explicit parameters
  if (!curve) {
    problem = "The certificate's elliptic curve is not P-256, P-384 or P-521.";
    return {};
  }
  if (bits.size() != 1 + 2 * crypto::field_size(*curve) || bits[0] != 0x04) {
    problem = "The certificate's elliptic curve point is not in uncompressed form.";
    return {};
  }
  return crypto::EcKey{*curve, to_bytes(bits)};
}

crypto::PublicKey ed25519_key(const AlgorithmIdentifier& algorithm, ByteView bits,
                              std::string& problem) {
  crypto::Ed25519Key key;
  if (algorithm.parameters || bits.size() != key.bytes.size()) {  // RFC 8410 §3, §4
    problem = "The Ed25519 key of the certificate is malformed.";
    return {};
  }
  std::copy(bits.begin(), bits.end(), key.bytes.begin());
  return key;
}

// The AlgorithmIdentifier inside an EXPLICIT field.
Result<AlgorithmIdentifier> inner_algorithm(ByteView content) {
  ASSAY_TRY(element, der::parse_single(content));
  return parse_algorithm(element.encoded);
}

// [n] EXPLICIT INTEGER
Result<uint64_t> inner_integer(ByteView content) {
  der::Reader in(content);
  ASSAY_TRY(value, in.small_integer());
  ASSAY_CHECK(in.finish());
  return value;
}

// RSASSA-PSS-params ::= SEQUENCE { hashAlgorithm [0], maskGenAlgorithm [1], saltLength [2],
//                                  trailerField [3] }, all EXPLICIT with defaults
Result<PssParameters> parse_pss(ByteView encoded) {
  der::Reader outer(encoded);
  ASSAY_TRY(in, outer.enter(der::kSequence));
  ASSAY_CHECK(outer.finish());
  PssParameters out;
  ASSAY_TRY(hash, in.take_if(der::context_constructed(0)));
  if (hash) {
    ASSAY_TRY(algorithm, inner_algorithm(*hash));
    out.hash = algorithm.oid;
  }
  ASSAY_TRY(mask, in.take_if(der::context_constructed(1)));
  if (mask) {
    ASSAY_TRY(generator, inner_algorithm(*mask));
    out.mask_gen = generator.oid;
    if (generator.parameters) {
      ASSAY_TRY(mgf_hash, parse_algorithm(*generator.parameters));
      out.mgf_hash = mgf_hash.oid;
    }
  }
  ASSAY_TRY(salt, in.take_if(der::context_constructed(2)));
  if (salt) {
    ASSAY_TRY(length, inner_integer(*salt));
    out.salt_length = length;
  }
  ASSAY_TRY(trailer, in.take_if(der::context_constructed(3)));
  if (trailer) {
    ASSAY_TRY(field, inner_integer(*trailer));
    out.trailer_field = field;
  }
  ASSAY_CHECK(in.finish());
  return out;
}

std::optional<DigestAlg> strong_hash(const std::optional<std::string>& oid) {
  const auto alg = oid ? digest_from_oid(*oid) : std::nullopt;
  return alg == DigestAlg::sha1 ? std::nullopt : alg;
}

//
std::optional<SigAlg> pss_algorithm(const PssParameters& pss) {
  constexpr uint64_t kDefaultSalt = 20;
  constexpr uint64_t kLongestSalt = 512;  // more than any supported modulus can hold
  const auto hash = strong_hash(pss.hash);
  const uint64_t salt = pss.salt_length.value_or(kDefaultSalt);
  const bool good = hash && pss.mask_gen == oid::kMgf1 && strong_hash(pss.mgf_hash) == hash &&
                    pss.trailer_field.value_or(1) == 1 && salt <= kLongestSalt;
  if (!good) {
    return std::nullopt;
  }
  return SigAlg{Scheme::rsa_pss, *hash, *hash, static_cast<size_t>(salt), EcdsaEncoding::der};
}

}  // namespace

Result<AlgorithmIdentifier> parse_algorithm(ByteView encoded) {
  der::Reader outer(encoded);
  ASSAY_TRY(in, outer.enter(der::kSequence));
  ASSAY_CHECK(outer.finish());
  AlgorithmIdentifier out;
  out.encoded = encoded;
  ASSAY_TRY(oid_bytes, in.oid());
  out.oid = der::oid_text(oid_bytes);
  if (!in.at_end()) {
    ASSAY_TRY(parameters, in.any());
    out.parameters = parameters.encoded;
  }
  ASSAY_CHECK(in.finish());
  return out;
}

std::optional<PssParameters> parse_pss_parameters(const AlgorithmIdentifier& algorithm) {
  if (algorithm.oid != oid::kRsassaPss || !algorithm.parameters) {
    return std::nullopt;
  }
  auto parsed = parse_pss(*algorithm.parameters);
  return parsed ? std::optional(std::move(*parsed)) : std::nullopt;
}

std::optional<DigestAlg> digest_from_oid(std::string_view oid) {
  if (oid == oid::kSha256) {
    return DigestAlg::sha256;
  }
  if (oid == oid::kSha384) {
    return DigestAlg::sha384;
  }
  if (oid == oid::kSha512) {
    return DigestAlg::sha512;
  }
  return oid == oid::kSha1 ? std::optional(DigestAlg::sha1) : std::nullopt;
}

std::optional<SigAlg> signature_algorithm(const AlgorithmIdentifier& algorithm) {
  struct Known {
    std::string_view oid;
    Scheme scheme;
    DigestAlg hash;
  };
  constexpr std::array<Known, 7> kKnown = {{
      {oid::kEcdsaWithSha256, Scheme::ecdsa, DigestAlg::sha256},
      {oid::kEcdsaWithSha384, Scheme::ecdsa, DigestAlg::sha384},
      {oid::kEcdsaWithSha512, Scheme::ecdsa, DigestAlg::sha512},
      {oid::kSha256WithRsa, Scheme::rsa_pkcs1, DigestAlg::sha256},
      {oid::kSha384WithRsa, Scheme::rsa_pkcs1, DigestAlg::sha384},
      {oid::kSha512WithRsa, Scheme::rsa_pkcs1, DigestAlg::sha512},
      {oid::kEd25519, Scheme::ed25519, DigestAlg::sha512},
  }};
  if (algorithm.oid == oid::kRsassaPss) {
    const auto pss = parse_pss_parameters(algorithm);
    return pss ? pss_algorithm(*pss) : std::nullopt;
  }
  for (const Known& known : kKnown) {
    if (known.oid == algorithm.oid) {
      // RFC 4055 §5: NULL with RSA (absent is tolerated); RFC 5758 §3.2, RFC 8410 §3: absent.
      const bool null_allowed = known.scheme == Scheme::rsa_pkcs1;
      const bool good = !algorithm.parameters || (null_allowed && is_null(algorithm.parameters));
      return good ? std::optional(simple(known.scheme, known.hash)) : std::nullopt;
    }
  }
  return std::nullopt;
}

crypto::PublicKey parse_public_key(ByteView spki, std::string& problem) {
  problem = "The public key of the certificate cannot be read.";
  der::Reader outer(spki);
  auto in = outer.enter(der::kSequence);
  const auto algorithm_element =
      in ? in->element(der::kSequence) : Result<der::Element>(in.fault());
  if (!algorithm_element) {
    return {};
  }
  const auto algorithm = parse_algorithm(algorithm_element->encoded);
  const auto bits = in->whole_bytes();
  if (!algorithm || !bits || !in->at_end() || !outer.at_end()) {
    return {};
  }
  problem.clear();
  if (algorithm->oid == oid::kRsaEncryption || algorithm->oid == oid::kRsassaPss) {
    return rsa_key(*bits, problem);
  }
  if (algorithm->oid == oid::kEcPublicKey) {
    return ec_key(*algorithm, *bits, problem);
  }
  if (algorithm->oid == oid::kEd25519) {
    return ed25519_key(*algorithm, *bits, problem);
  }
  problem = "The certificate's key is of a kind that is not supported.";
  return {};
}

bool key_permits(const Certificate& certificate, const SigAlg& alg) {
  if (certificate.key_algorithm.oid != oid::kRsassaPss) {
    return true;
  }
  if (alg.scheme != Scheme::rsa_pss) {
    return false;
  }
  if (!certificate.key_algorithm.parameters) {
    return true;
  }
  // RFC 4055 §3.3: same hash and mask generator, a salt at least as long as the key asks for.
  const auto pss = parse_pss_parameters(certificate.key_algorithm);
  const auto own = pss ? pss_algorithm(*pss) : std::nullopt;
  return own && own->hash == alg.hash && own->mgf_hash == alg.mgf_hash &&
         alg.salt_length >= own->salt_length;
}

}  // namespace assay::pki
