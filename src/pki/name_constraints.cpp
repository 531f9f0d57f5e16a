#include "pki/name_constraints.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "pki/oids.h"

namespace assay::pki {
namespace {

std::string_view without_trailing_dot(std::string_view host) {
  return ends_with(host, ".") ? host.substr(0, host.size() - 1) : host;
}

bool ends_in_subdomain(std::string_view host, std::string_view domain) {
  return host.size() > domain.size() + 1 && ends_with(host, domain) &&
         host[host.size() - domain.size() - 1] == '.';
}

// "Any DNS name that can be constructed by simply adding zero or more labels to the left-hand
// side"; a constraint with a leading dot is none of RFC 5280's forms.
std::optional<bool> dns_matches(std::string_view raw_name, std::string_view raw_base,
                                bool excluding) {
  const std::string name = to_lower(without_trailing_dot(raw_name));
  const std::string base = to_lower(without_trailing_dot(raw_base));
  if (starts_with(base, ".")) {
    return std::nullopt;
  }
  if (base.empty() || name == base || ends_in_subdomain(name, base)) {
    return true;
  }
  // *.example.com stands for a.example.com, so excluding a.example.com excludes part of it.
  return excluding && starts_with(name, "*.") &&
         ends_in_subdomain(base, std::string_view(name).substr(2));
}

bool host_matches(std::string_view raw_host, std::string_view raw_base) {
  const std::string host = to_lower(without_trailing_dot(raw_host));
  const std::string base = to_lower(without_trailing_dot(raw_base));
  if (!base.empty() && base.front() == '.') {
    return ends_in_subdomain(host, std::string_view(base).substr(1));
  }
  return host == base;
}

// A mailbox, all mailboxes of a host, or of the hosts below a domain.
std::optional<bool> email_matches(std::string_view name, std::string_view base) {
  const size_t at = name.rfind('@');
  const bool one_at = at != std::string_view::npos && name.find('@') == at;
  if (!one_at || at == 0 || at + 1 == name.size()) {
    return std::nullopt;
  }
  const size_t base_at = base.rfind('@');
  if (base_at == std::string_view::npos) {
    return base.empty() || host_matches(name.substr(at + 1), base);
  }
  return name.substr(0, at) == base.substr(0, base_at) &&
         to_lower(name.substr(at + 1)) == to_lower(base.substr(base_at + 1));
}

// T-70: other spellings of a host (percent-encoding, a backslash) would slip past an exclusion.
bool is_host_name(std::string_view host) {
  return std::all_of(host.begin(), host.end(), [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
  });
}

// The host of scheme "://" [ userinfo "@" ] host [ ":" port ] …, if it is a name.
std::optional<std::string_view> uri_host(std::string_view uri) {
  const size_t start = uri.find("://");
  if (start == std::string_view::npos || uri.find('\\') != std::string_view::npos) {
    return std::nullopt;
  }
  std::string_view authority = uri.substr(start + 3);
  authority = authority.substr(0, authority.find_first_of("/?#"));
  if (const size_t at = authority.rfind('@'); at != std::string_view::npos) {
    authority = authority.substr(at + 1);
  }
  const std::string_view host = authority.substr(0, authority.find(':'));
  const bool address = host.find_first_not_of("0123456789.") == std::string_view::npos;
  if (address || !is_host_name(host)) {
    return std::nullopt;
  }
  return host;
}

std::optional<bool> uri_matches(std::string_view uri, std::string_view base) {
  const auto host = uri_host(uri);
  if (!host) {
    return std::nullopt;
  }
  return base.empty() || host_matches(*host, base);
}

// Address and mask, of the family of the name (RFC 5280: CIDR style).
bool ip_matches(ByteView address, ByteView base) {
  if (base.size() != 2 * address.size()) {
    return false;
  }
  for (size_t i = 0; i < address.size(); ++i) {
    if (((address[i] ^ base[i]) & base[address.size() + i]) != 0) {
      return false;
    }
  }
  return true;
}

bool kind_is_comparable(GeneralNameKind kind) {
  return kind == GeneralNameKind::rfc822 || kind == GeneralNameKind::dns ||
         kind == GeneralNameKind::directory || kind == GeneralNameKind::uri ||
         kind == GeneralNameKind::ip;
}

// All names of a certificate that constraints speak about.
std::vector<GeneralName> names_of(const Certificate& certificate) {
  std::vector<GeneralName> names = certificate.extensions.subject_alt_names;
  if (!certificate.subject.empty()) {
    GeneralName subject;
    subject.kind = GeneralNameKind::directory;
    subject.directory = certificate.subject;
    names.push_back(std::move(subject));
  }
  for (const NameAttribute& attribute : certificate.subject.attributes) {
    if (attribute.oid == oid::kEmailAddress) {
      GeneralName email;
      email.kind = GeneralNameKind::rfc822;
      email.content = as_bytes(attribute.value);
      names.push_back(std::move(email));
    }
  }
  return names;
}

bool has_kind(const std::vector<GeneralName>& bases, GeneralNameKind kind) {
  return std::any_of(bases.begin(), bases.end(),
                     [&](const GeneralName& base) { return base.kind == kind; });
}

bool permitted(const GeneralName& name, const NameConstraints& constraints) {
  return !has_kind(constraints.permitted, name.kind) ||
         std::any_of(constraints.permitted.begin(), constraints.permitted.end(),
                     [&](const GeneralName& base) {
                       return base.kind == name.kind &&
                              name_matches(name, base, false).value_or(false);
                     });
}

bool excluded(const GeneralName& name, const NameConstraints& constraints) {
  return std::any_of(
      constraints.excluded.begin(), constraints.excluded.end(), [&](const GeneralName& base) {
        return base.kind == name.kind && name_matches(name, base, true).value_or(true);
      });
}

}  // namespace

std::optional<bool> name_matches(const GeneralName& name, const GeneralName& base, bool excluding) {
  if (!kind_is_comparable(name.kind)) {
    return std::nullopt;
  }
  if (name.kind == GeneralNameKind::directory) {
    return name.directory && base.directory && in_subtree(*name.directory, *base.directory);
  }
  if (name.kind == GeneralNameKind::ip) {
    return ip_matches(name.content, base.content);
  }
  const std::string_view text = as_text(name.content);
  const std::string_view subtree = as_text(base.content);
  if (name.kind == GeneralNameKind::dns) {
    return dns_matches(text, subtree, excluding);
  }
  return name.kind == GeneralNameKind::rfc822 ? email_matches(text, subtree)
                                              : uri_matches(text, subtree);
}

// Names are only compared with constraints of their kind.
uint64_t NameConstraintSet::comparison_count(const std::vector<GeneralName>& names) const {
  std::array<uint64_t, kGeneralNameKinds> names_of_kind{};
  std::array<uint64_t, kGeneralNameKinds> bases_of_kind{};
  const auto count = [](const std::vector<GeneralName>& list, auto& counters) {
    for (const GeneralName& name : list) {
      ++counters.at(static_cast<size_t>(name.kind));
    }
  };
  count(names, names_of_kind);
  for (const NameConstraints* constraints : constraints_) {
    count(constraints->permitted, bases_of_kind);
    count(constraints->excluded, bases_of_kind);
  }
  uint64_t sum = 0;
  for (size_t kind = 0; kind < kGeneralNameKinds; ++kind) {
    sum += names_of_kind.at(kind) * bases_of_kind.at(kind);
  }
  return sum;
}

std::optional<std::string> NameConstraintSet::violation(const Certificate& certificate,
                                                        const Limits& limits,
                                                        Budget& budget) const {
  if (constraints_.empty()) {
    return std::nullopt;
  }
  const std::vector<GeneralName> names = names_of(certificate);
  const uint64_t comparisons = comparison_count(names);
  if (limits.exceeded(Limit::name_comparisons, comparisons) || !budget.spend(comparisons)) {
    return "There are too many names and name constraints to compare.";
  }
  for (const NameConstraints* constraints : constraints_) {
    for (const GeneralName& name : names) {
      if (!permitted(name, *constraints) || excluded(name, *constraints)) {
        return "An issuer's name constraints do not allow a name of this certificate.";
      }
    }
  }
  return std::nullopt;
}

}  // namespace assay::pki
