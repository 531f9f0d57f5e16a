// COSE_Sign1 (RFC 9052 §4.2) as C2PA uses it: parsing, header look-up over both buckets, and the
// bytes that are signed. No C2PA status codes: each broken rule is a typed Problem that validate/
// maps. All views point into the bytes that were parsed, which must outlive the Sign1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/budget.h"
#include "base/bytes.h"
#include "base/checked.h"
#include "base/result.h"
#include "crypto/signature.h"
#include "crypto/signature_memo.h"

namespace assay::cose {

enum class Rule : uint8_t {
  // algorithm.unsupported
  alg_missing,
  alg_only_unprotected,
  alg_not_integer,
  alg_ambiguous,  // label 1 twice, or in both buckets
  alg_not_allowed,
  // claimSignature.mismatch
  payload_attached,
  crit_unknown,
  crit_malformed,
  // signingCredential.invalid
  x5chain_missing,
  x5chain_ambiguous,
  x5chain_malformed,
  x5chain_limit,
  // timeStamp.malformed
  timestamp_container,
  // informational
  revocation_container,    // rVals is there but not {ocspVals: [bstr...]}
  pad_not_zero,            // R-613, T-68
  untagged,
  x5chain_unprotected,     // R-610, T-66
  x5chain_label_ignored,   // both 33 and "x5chain" (R-608, T-65)
  duplicate_header_label,  // a label that means nothing to us occurs twice
};

struct Problem {
  Rule rule;
  std::string explanation;  // plain English, nothing quoted from the file
};

enum class Bucket : uint8_t { protected_header, unprotected_header };

// Which header the tokens came from: sigTst stamps the claim (v1), sigTst2 the signature (v2).
enum class TimestampHeader : uint8_t { sig_tst, sig_tst2 };

struct TimestampContainer {
  TimestampHeader header = TimestampHeader::sig_tst;
  Bucket bucket = Bucket::unprotected_header;
  std::vector<ByteView> tokens;  // the `val` byte strings that could be read
  // True when the container holds exactly one token and nothing broken.
  bool well_formed = false;
};

struct Sign1 {
  bool tagged = false;
  ByteView protected_bytes;  // content of the body_protected bstr, exactly as in the file
  bool payload_nil = false;  // detached content; a zero-length bstr is an attached payload
  std::optional<ByteView> payload;
  ByteView signature;

  std::optional<int64_t> alg_id;      // label 1 of the protected bucket
  std::optional<crypto::SigAlg> alg;  // only if allowed
  std::string_view alg_name;          // "ES256", … or empty

  std::vector<ByteView> x5chain;  // leaf first; empty when any rule about it is broken
  Bucket x5chain_bucket = Bucket::protected_header;

  std::vector<TimestampContainer> timestamps;  // sigTst2 before sigTst
  std::vector<ByteView> ocsp_responses;        // rVals.ocspVals, in order

  std::optional<std::string> content_type;  // label 3 as text
  std::optional<double> iat;                // protected only
  std::vector<Range> nonzero_padding;       // non-zero pad, pad2, … in the parsed bytes
  std::vector<Range> unknown_headers;       // unprotected, and nothing is read from them

  std::vector<Problem> problems;

  bool has(Rule rule) const;
};

// Fault::malformed, truncated or limit when the bytes are no COSE_Sign1 at all: array of four, tag
// 18 or none, protected bstr holding a map or nothing, unprotected map, signature bstr.
Result<Sign1> parse(ByteView bytes, const Limits& limits, Budget& budget);

// Sig_structure [context, body_protected, h'', payload] (RFC 9052 §4.4) with the bytes of
// body_protected as they stand. Contexts: kSignature1, kCounterSignature.
inline constexpr std::string_view kSignature1 = "Signature1";
inline constexpr std::string_view kCounterSignature = "CounterSignature";
Bytes sig_structure(std::string_view context, ByteView protected_bytes, ByteView payload);

// Whether R-606 lets this key be used with this algorithm; the reason if not.
std::optional<std::string> key_unfit(const crypto::SigAlg& alg, const crypto::PublicKey& key);

// Verifies Sig_structure(Signature1, detached_payload). `no` when the payload is attached or a
// critical header forbids processing; `unsupported` when there is no allowed algorithm or the key
// does not fit it. Fault::limit when the budget is used up.
Result<crypto::Verified> verify(const Sign1& sign1, ByteView detached_payload,
                                const crypto::PublicKey& key, crypto::SignatureMemo& signatures,
                                Budget& budget);

// What a time-stamp may have been made over, in the order of R-806 (v2: forms a, b, c) or R-808
// (v1: the claim under "CounterSignature").
enum class ImprintForm : uint8_t {
  claim,            // v1: Sig_structure(CounterSignature, claim bytes)
  signature_bstr,   // a: Sig_structure(CounterSignature, the encoded signature bstr)
  signature_bytes,  // b: Sig_structure(CounterSignature, raw signature)
  bare_signature,   // c: raw signature
};
struct ImprintInput {
  ImprintForm form = ImprintForm::signature_bstr;
  Bytes data;
};
std::vector<ImprintInput> imprints_v1(const Sign1& sign1, ByteView claim);
std::vector<ImprintInput> imprints_v2(const Sign1& sign1);

}  // namespace assay::cose
