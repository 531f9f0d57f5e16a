// Time-stamps (RFC 3161, RFC 5816): parsing and verification of a TimeStampToken or TimeStampResp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"
#include "pki/chain.h"
#include "pki/trust_store.h"

namespace assay::pki {

enum class TimestampResult : uint8_t {
  trusted,
  malformed,
  mismatch,
  untrusted,
  outside_validity,
};

struct TimestampOutcome {
  TimestampResult result = TimestampResult::malformed;
  bool credential_invalid = false;  // a certificate of the authority is itself bad
  std::string explanation;
  bool was_response = false;             // a TimeStampResp around the token
  std::optional<UnixTime> claimed_time;  // genTime; whoever made the token wrote it
  std::optional<size_t> imprint;         // which of the candidates matched
  CertificatePtr authority;              // certificate that the CMS signature verifies under
  ChainOutcome chain;

  bool trusted() const { return result == TimestampResult::trusted; }
  // The only time that may decide anything.
  std::optional<UnixTime> attested() const { return trusted() ? claimed_time : std::nullopt; }
};

// `candidates`: the byte strings that the token may have been made over, most proper
// first. TSA anchors come from the store's time_stamping lists only.
TimestampOutcome verify_timestamp(ByteView token, std::span<const Bytes> candidates,
                                  const TrustStore& store, Context& context);

}  // namespace assay::pki
