// Any bytes as the parts of identity statements that others wrote: DIDs, keys, DID documents,
// JSON Web Signatures, credentials and status lists. Every reader ends, and what it returns keeps
// its word.
#include "base/text.h"
#include "codec/json/json.h"
#include "fuzz/require.h"
#include "identity/credential.h"
#include "identity/did.h"
#include "identity/jwk.h"
#include "identity/status_list.h"

namespace assay {
namespace {

using fuzz::require;
using identity::DidKeys;

void check_keys(const DidKeys& found) {
  require(found.keys.empty() == !found.problem.empty());
  for (const crypto::PublicKey& key : found.keys) {
    require(!std::holds_alternative<std::monostate>(key));
  }
}

void run_did(std::string_view text) {
  const auto did = identity::parse_did(text);
  if (!did) {
    return;
  }
  require(text == "did:" + did->method + ":" + did->id);
  check_keys(identity::keys_of_did_jwk(*did, Limits()));
  check_keys(identity::keys_of_did_key(*did));
  if (const auto url = identity::did_web_url(*did)) {
    // T-42: nothing but an https address of that host can come out.
    require(starts_with(*url, "https://") && ends_with(*url, "/did.json"));
    require(url->find_first_of("@?#%\\ ") == std::string::npos);
    require(url->find("..") == std::string::npos || did->id.find("..") != std::string::npos);
  }
}

void run_credential(const json::Value& credential) {
  static_cast<void>(identity::is_aggregation_credential(credential));
  static_cast<void>(identity::period_of(credential));
  static_cast<void>(identity::key_of_jwk(credential));
  if (!identity::identity_problem(credential, false)) {
    require(!identity::read_identity(credential).type.empty());
  }
  const auto entry = identity::revocation_entry(credential);
  require(entry.kind != identity::StatusEntry::Kind::bitstring ||
          starts_with(entry.url, "https://"));
}

void run(ByteView input) {
  const std::string_view text = as_text(input);
  run_did(text);
  check_keys(identity::keys_of_did_document(input, "did:web:a", Limits()));
  if (const auto jws = identity::parse_jws(text, Limits())) {
    require(starts_with(text, jws->signed_text));
    run_credential(jws->payload);
  }
  const auto json = json::parse(input, Limits());
  if (json.ok()) {
    run_credential(*json);
  }
  Limits limits;
  limits.status_list_inflated_bytes = 1u << 16;
  Budget budget(limits);
  const pki::TrustStore trust;
  const std::vector<identity::TrustedIssuer> issuers;
  crypto::SignatureMemo signatures{16};
  const identity::Answers answers;
  const identity::Environment environment{trust,      issuers,     limits, budget,
                                          signatures, UnixTime{0}, answers};
  const identity::StatusEntry entry{identity::StatusEntry::Kind::bitstring, "https://a", 10};
  // Without a key nothing proves that a credential still holds.
  require(identity::listed_status(input, entry, "did:web:a", {}, environment) !=
          identity::ListedStatus::not_revoked);
}

}  // namespace
}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  assay::run({data, size});
  return 0;
}
