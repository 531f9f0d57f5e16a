// The W3C Verifiable Credential of an identity claims aggregation (R-1133, R-1134, R-1141…R-1147),
// and what every form of credential has in common. No JSON-LD processing: contexts are compared,
// never loaded (R-1152).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/time.h"
#include "codec/json/json.h"
#include "identity/statement.h"

namespace assay::identity {

// The text of a member; empty when it is missing, not text, or there twice.
std::string_view text_member(const json::Value& object, std::string_view name);
// Whether `name` is the text `wanted`, or an array that holds it.
bool names(const json::Value& object, std::string_view name, std::string_view wanted);
// `issuer` or `issuer.id`, as written.
std::string_view issuer_of(const json::Value& credential);

// R-1133: contexts and types of an identity claims aggregation.
bool is_aggregation_credential(const json::Value& credential);
// The contexts before 1.2 knew no `address` of a wallet, only a user name.
bool is_old_aggregation(const json::Value& credential);

struct Period {
  bool has_from = false;
  std::optional<UnixTime> from;  // nothing although it is there: not a time
  bool has_until = false;
  std::optional<UnixTime> until;
};
// validFrom and validUntil, or issuanceDate and expirationDate of data model 1.1.
Period period_of(const json::Value& credential);

// R-1147: what is wrong with an entry of verifiedIdentities, or nothing.
std::optional<std::string> identity_problem(const json::Value& entry, bool old_form);
VerifiedIdentity read_identity(const json::Value& entry);

}  // namespace assay::identity
