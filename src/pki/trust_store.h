// TrustStore: the lists a user or deployer trusts, parsed once per engine and indexed by subject.
// Signer, time-stamp and identity anchors never mix. End-entity trust is
// kept apart from anchors: a certificate listed there is never an issuer.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/limits.h"
#include "base/time.h"
#include "pki/certificate.h"

namespace assay::pki {

enum class ListRole : uint8_t { signer, time_stamping, identity };

// What a report says about the list that satisfied trust.
struct ListInfo {
  std::string name;
  ListRole role = ListRole::signer;
  std::optional<UnixTime> issued;
  std::optional<UnixTime> next_update;
  std::string digest;  // SHA-256 of the file, hex
  // A leaf must carry one of these key purposes (R-730, R-731, P-12); ignored for time_stamping.
  std::vector<std::string> purposes;
  bool legacy = false;  // results are labelled "legacy trust list"
};

struct TrustAnchor {
  CertificatePtr certificate;
  std::optional<UnixTime> not_before;
  std::optional<UnixTime> not_after;
  bool usable_at(UnixTime time) const;
};

struct TrustList {
  ListInfo info;
  std::vector<TrustAnchor> anchors;
  size_t unreadable = 0;  // entries that are no certificate
};

// Who put an end-entity certificate on the user's side.
enum class EntitySource : uint8_t { allowed_list, address_book };

struct TrustedEntity {
  ListRole role = ListRole::signer;  // signer or identity; never time_stamping
  EntitySource source = EntitySource::address_book;
  std::string label;  // the user's words
};

// The text between BEGIN and END CERTIFICATE lines, decoded; all other text is skipped.
std::vector<Bytes> certificates_of_pem(std::string_view text);

// `file` is a PEM bundle; info.digest is filled in.
TrustList list_from_pem(ListInfo info, ByteView file, const Limits& limits);

// One state of a listed service (ETSI TS 119 602; ). The JSON glue lives above this
// layer.
struct ListedService {
  Bytes certificate;  // DER
  bool trusted = false;
  std::optional<UnixTime> since;  // when this state began
  std::optional<UnixTime> until;  // when the next one began
};
// Untrusted states add no anchor; a trusted state that ended keeps its window.
TrustList list_from_services(ListInfo info, std::span<const ListedService> services,
                             const Limits& limits);

// The user's switches: takes these entries off the list.
void leave_out(TrustList& list, std::span<const Fingerprint> entries);

// PEM certificates or lines of base64 SHA-256 values, mixed.
std::vector<Fingerprint> fingerprints_of_allowed_list(std::string_view text, const Limits& limits);

// One usable anchor: certificate and the list it stands on.
struct AnchorRef {
  const TrustAnchor* anchor = nullptr;
  const TrustList* list = nullptr;
};

class TrustStore {
 public:
  void add_list(TrustList list);
  void trust_entity(const Fingerprint& fingerprint, TrustedEntity entity);
  const TrustedEntity* entity(const Fingerprint& fingerprint, ListRole role) const;

  const std::vector<TrustList>& lists() const { return lists_; }
  bool empty(ListRole role) const;

  // Anchors of this role whose subject is `subject_comparable` (Name::comparable).
  std::vector<AnchorRef> anchors(ListRole role, ByteView subject_comparable) const;

 private:
  struct Place {
    size_t list = 0;
    size_t anchor = 0;
  };
  std::vector<TrustList> lists_;
  std::map<Bytes, std::vector<Place>> by_subject_;
  std::map<std::pair<Fingerprint, ListRole>, TrustedEntity> entities_;
};

}  // namespace assay::pki
