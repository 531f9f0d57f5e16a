#include "pki/trust_store.h"

#include <algorithm>

#include "base/text.h"
#include "crypto/digest.h"

namespace assay::pki {
namespace {

constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view kEnd = "-----END CERTIFICATE-----";

// Removes the blocks of `text` and hands each one's content to `visit`.
template <class Visit>
std::string_view visit_blocks(std::string_view text, Visit visit) {
  for (size_t begin = text.find(kBegin); begin != std::string_view::npos;
       begin = text.find(kBegin)) {
    text = text.substr(begin + kBegin.size());
    const size_t end = text.find(kEnd);
    if (end == std::string_view::npos) {
      break;
    }
    visit(text.substr(0, end));
    text = text.substr(end + kEnd.size());
  }
  return text;
}

void add_anchor(TrustList& list, ByteView der, const Limits& limits,
                std::optional<UnixTime> not_before, std::optional<UnixTime> not_after) {
  auto certificate = parse_certificate(der, limits);
  if (!certificate) {
    ++list.unreadable;
    return;
  }
  list.anchors.push_back({std::move(*certificate), not_before, not_after});
}

}  // namespace

bool TrustAnchor::usable_at(UnixTime time) const {
  return (!not_before || *not_before <= time) && (!not_after || time <= *not_after);
}

std::vector<Bytes> certificates_of_pem(std::string_view text) {
  std::vector<Bytes> out;
  visit_blocks(text, [&](std::string_view block) {
    if (auto der = from_base64(block)) {
      out.push_back(std::move(*der));
    } else {
      out.emplace_back();  // kept, so that the caller can count what it could not read
    }
  });
  return out;
}

TrustList list_from_pem(ListInfo info, ByteView file, const Limits& limits) {
  TrustList list;
  list.info = std::move(info);
  list.info.digest = to_hex(crypto::digest(crypto::DigestAlg::sha256, file));
  for (const Bytes& der : certificates_of_pem(as_text(file))) {
    add_anchor(list, der, limits, std::nullopt, std::nullopt);
  }
  return list;
}

TrustList list_from_services(ListInfo info, std::span<const ListedService> services,
                             const Limits& limits) {
  TrustList list;
  list.info = std::move(info);
  for (const ListedService& service : services) {
    if (service.trusted) {
      add_anchor(list, service.certificate, limits, service.since, service.until);
    }
  }
  return list;
}

void leave_out(TrustList& list, std::span<const Fingerprint> entries) {
  const auto is_left_out = [&](const TrustAnchor& anchor) {
    return std::find(entries.begin(), entries.end(), anchor.certificate->fingerprint) !=
           entries.end();
  };
  list.anchors.erase(std::remove_if(list.anchors.begin(), list.anchors.end(), is_left_out),
                     list.anchors.end());
}

std::vector<Fingerprint> fingerprints_of_allowed_list(std::string_view text, const Limits& limits) {
  std::vector<Fingerprint> out;
  const auto add_certificate = [&](std::string_view block) {
    const auto der = from_base64(block);
    if (der && parse_certificate(*der, limits)) {
      out.push_back(fingerprint_of(*der));
    }
  };
  visit_blocks(text, add_certificate);
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const auto hash = from_base64(text.substr(0, end));
    if (hash && hash->size() == std::tuple_size_v<Fingerprint>) {
      Fingerprint fingerprint{};
      std::copy(hash->begin(), hash->end(), fingerprint.begin());
      out.push_back(fingerprint);
    }
    text = text.substr(std::min(end + 1, text.size()));
  }
  return out;
}

void TrustStore::add_list(TrustList list) {
  for (size_t i = 0; i < list.anchors.size(); ++i) {
    by_subject_[list.anchors[i].certificate->subject.comparable].push_back({lists_.size(), i});
  }
  lists_.push_back(std::move(list));
}

void TrustStore::trust_entity(const Fingerprint& fingerprint, TrustedEntity entity) {
  if (entity.role != ListRole::time_stamping) {
    entities_[{fingerprint, entity.role}] = std::move(entity);
  }
}

const TrustedEntity* TrustStore::entity(const Fingerprint& fingerprint, ListRole role) const {
  const auto found = entities_.find({fingerprint, role});
  return found == entities_.end() ? nullptr : &found->second;
}

bool TrustStore::empty(ListRole role) const {
  return std::none_of(lists_.begin(), lists_.end(), [&](const TrustList& list) {
    return list.info.role == role && !list.anchors.empty();
  });
}

std::vector<AnchorRef> TrustStore::anchors(ListRole role, ByteView subject_comparable) const {
  std::vector<AnchorRef> out;
  const auto places = by_subject_.find(to_bytes(subject_comparable));
  if (places == by_subject_.end()) {
    return out;
  }
  for (const Place& place : places->second) {
    const TrustList& list = lists_[place.list];
    const TrustAnchor& anchor = list.anchors[place.anchor];
    if (list.info.role == role) {
      out.push_back({&anchor, &list});
    }
  }
  return out;
}

}  // namespace assay::pki
