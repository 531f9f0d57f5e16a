#include "pki/name.h"

#include <algorithm>
#include <array>

#include "base/sort.h"
#include "base/text.h"
#include "codec/der/reader.h"
#include "pki/oids.h"

namespace assay::pki {
namespace {

// Case folded (ASCII), outer white space dropped, inner runs squeezed to one space (§7.1).
std::string prepared(std::string_view value) {
  std::string out;
  bool gap = false;
  for (const char c : value) {
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      gap = !out.empty();
      continue;
    }
    if (gap) {
      out += ' ';
      gap = false;
    }
    out += c;
  }
  return to_lower(out);
}

void append_part(Bytes& out, ByteView part) {
  append_be32(out, static_cast<uint32_t>(part.size()));
  append(out, part);
}

struct Parsed {
  NameAttribute attribute;
  Bytes comparable;
};

// AttributeTypeAndValue ::= SEQUENCE { type OID, value ANY }
Result<Parsed> take_attribute(der::Reader& in) {
  ASSAY_TRY(pair, in.enter(der::kSequence));
  ASSAY_TRY(type, pair.oid());
  ASSAY_TRY(value, pair.any());
  ASSAY_CHECK(pair.finish());
  Parsed out;
  out.attribute.oid = der::oid_text(type);
  append_part(out.comparable, type);
  if (const auto text = der::string_to_utf8(value.tag, value.content)) {
    out.attribute.value = *text;
    out.comparable.push_back(0);
    append_part(out.comparable, as_bytes(prepared(*text)));
  } else {
    out.comparable.push_back(1);
    append_part(out.comparable, value.encoded);
  }
  return out;
}

std::string short_name(std::string_view oid) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kNames = {{
      {oid::kCommonName, "CN"},
      {oid::kOrganization, "O"},
      {oid::kOrganizationalUnit, "OU"},
      {oid::kCountry, "C"},
      {oid::kLocality, "L"},
      {oid::kState, "ST"},
      {oid::kSerialNumber, "SERIALNUMBER"},
      {oid::kOrganizationId, "organizationIdentifier"},
      {oid::kEmailAddress, "emailAddress"},
      {oid::kDomainComponent, "DC"},
  }};
  for (const auto& [known, name] : kNames) {
    if (known == oid) {
      return std::string(name);
    }
  }
  return std::string(oid);
}

}  // namespace

std::string_view Name::attribute(std::string_view dotted_oid) const {
  const auto found = std::find_if(attributes.rbegin(), attributes.rend(),
                                  [&](const NameAttribute& a) { return a.oid == dotted_oid; });
  return found == attributes.rend() ? std::string_view() : std::string_view(found->value);
}

std::string_view Name::common_name() const { return attribute(oid::kCommonName); }
std::string_view Name::organization() const { return attribute(oid::kOrganization); }
std::string_view Name::organizational_unit() const { return attribute(oid::kOrganizationalUnit); }
std::string_view Name::country() const { return attribute(oid::kCountry); }

std::string Name::text() const {
  std::string out;
  for (auto it = attributes.rbegin(); it != attributes.rend(); ++it) {
    out += (out.empty() ? "" : ", ") + short_name(it->oid) + "=" + it->value;
  }
  return out;
}

Result<Name> parse_name(ByteView encoded) {
  der::Reader outer(encoded);
  ASSAY_TRY(rdns, outer.enter(der::kSequence));
  ASSAY_CHECK(outer.finish());
  Name name;
  name.encoded = encoded;
  while (!rdns.at_end()) {
    ASSAY_TRY(set, rdns.enter(der::kSet));
    if (set.at_end()) {
      return Fault::malformed;
    }
    std::vector<Bytes> parts;
    while (!set.at_end()) {
      ASSAY_TRY(parsed, take_attribute(set));
      name.attributes.push_back(std::move(parsed.attribute));
      parts.push_back(std::move(parsed.comparable));
    }
    sort_ascending(parts);
    Bytes rdn;
    for (const Bytes& part : parts) {
      append_part(rdn, part);
    }
    append_part(name.comparable, rdn);
    name.comparable_rdns.push_back(std::move(rdn));
  }
  return name;
}

bool in_subtree(const Name& name, const Name& base) {
  return name.comparable_rdns.size() >= base.comparable_rdns.size() &&
         std::equal(base.comparable_rdns.begin(), base.comparable_rdns.end(),
                    name.comparable_rdns.begin());
}

}  // namespace assay::pki
