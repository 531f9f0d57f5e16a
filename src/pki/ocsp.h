// OCSP (RFC 6960): what responses say about a certificate at a time. Never fetches anything.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"
#include "pki/chain.h"

namespace assay::pki {

enum class OcspResult : uint8_t {
  no_information,  // nothing usable: stale, foreign, unauthorised, broken, or no answer at all
  good,
  revoked,
  unknown,  // an authorised responder does not know the certificate (R-838, P-11)
};

// Where the responses come from: the manifest store, or an answer fetched by the host (R-833,
//
enum class OcspOrigin : uint8_t { stapled, online };

struct OcspQuery {
  const Certificate* subject = nullptr;
  const Certificate* issuer = nullptr;  // of subject; no information without one (T-75)
  std::optional<UnixTime> attested;     // time of a trusted time-stamp
  UnixTime now;
  OcspOrigin origin = OcspOrigin::stapled;
  // Certificates beside the answers, where the one of a delegate may be that an answer leaves out.
  std::span<const CertificatePtr> pool{};
};

struct OcspOutcome {
  OcspResult result = OcspResult::no_information;
  std::string explanation;
  std::optional<UnixTime> this_update;
  std::optional<UnixTime> next_update;
  std::optional<UnixTime> revoked_at;
  std::optional<uint64_t> reason;    // CRLReason, if given
  std::vector<std::string> ignored;  // why each unusable answer was left aside
  bool limited = false;              // there were more answers than were looked at
};

// Every answer of every response is looked at, up to limits.ocsp_answers responses that are about
// the subject, so that others cannot keep them from being read; revoked wins over good, good over
// unknown (T-71). Accepted responders: the issuer itself, or a delegate that the issuer's key
// certified for OCSPSigning; never the subject itself (T-72).
OcspOutcome check_ocsp(std::span<const ByteView> responses, const OcspQuery& query,
                       Context& context);

// Whether the certificate says that its status can be asked for.
bool names_ocsp_responder(const Certificate& certificate);

// The DER OCSPRequest that a host may post (SHA-1 CertID without nonce, RFC 5019).
Bytes ocsp_request(const Certificate& subject, const Certificate& issuer);

}  // namespace assay::pki
