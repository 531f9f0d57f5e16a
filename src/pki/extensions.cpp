#include "pki/extensions.h"

#include <algorithm>
#include <array>

#include "base/sort.h"
#include "codec/der/reader.h"
#include "pki/oids.h"

namespace assay::pki {
namespace {

struct Extension {
  std::string oid;
  bool critical = false;
  ByteView value;
};

// Sorting keeps this cheap however many entries a hostile certificate brings.
bool has_duplicates(std::vector<std::string> values) {
  sort_ascending(values);
  return std::adjacent_find(values.begin(), values.end()) != values.end();
}

// The content of a SEQUENCE that is all of `value`.
Result<der::Reader> open(ByteView value) {
  der::Reader outer(value);
  ASSAY_TRY(in, outer.enter(der::kSequence));
  ASSAY_CHECK(outer.finish());
  return in;
}

// SEQUENCE SIZE (1..MAX) OF OBJECT IDENTIFIER
Result<std::vector<std::string>> oid_list(ByteView value) {
  ASSAY_TRY(in, open(value));
  std::vector<std::string> out;
  while (!in.at_end()) {
    ASSAY_TRY(oid_bytes, in.oid());
    out.push_back(der::oid_text(oid_bytes));
  }
  if (out.empty()) {
    return Fault::malformed;
  }
  return out;
}

// BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER OPTIONAL }
Status basic_constraints(const Extension& extension, Extensions& out) {
  ASSAY_TRY(in, open(extension.value));
  BasicConstraints constraints;
  constraints.critical = extension.critical;
  ASSAY_TRY(ca, in.take_if(der::kBoolean));
  if (ca) {
    ASSAY_TRY(value, der::parse_boolean(*ca));
    constraints.ca = value;
  }
  ASSAY_TRY(length, in.take_if(der::kInteger));
  if (length) {
    ASSAY_TRY(value, der::parse_small_integer(*length));
    constraints.path_length = value;
  }
  ASSAY_CHECK(in.finish());
  out.basic_constraints = constraints;
  return {};
}

Status key_usage(const Extension& extension, Extensions& out) {
  der::Reader in(extension.value);
  ASSAY_TRY(bits, in.bit_string());
  ASSAY_CHECK(in.finish());
  KeyUsage usage;
  usage.critical = extension.critical;
  for (unsigned i = 0; i <= static_cast<unsigned>(KeyUsageBit::decipher_only); ++i) {
    if (bits.bit(i)) {
      usage.bits = static_cast<uint16_t>(usage.bits | 1U << i);
    }
  }
  out.key_usage = usage;
  return {};
}

Status extended_key_usage(const Extension& extension, Extensions& out) {
  ASSAY_TRY(purposes, oid_list(extension.value));
  out.extended_key_usage = ExtendedKeyUsage{extension.critical, std::move(purposes)};
  return {};
}

Status subject_key_id(const Extension& extension, Extensions& out) {
  der::Reader in(extension.value);
  ASSAY_TRY(id, in.octet_string());
  ASSAY_CHECK(in.finish());
  out.subject_key_id = id;
  return {};
}

// AuthorityKeyIdentifier ::= SEQUENCE { keyIdentifier [0], authorityCertIssuer [1],
//                                       authorityCertSerialNumber [2] }
Status authority_key_id(const Extension& extension, Extensions& out) {
  ASSAY_TRY(in, open(extension.value));
  ASSAY_TRY(id, in.take_if(der::context(0)));
  ASSAY_TRY(issuer, in.take_if(der::context_constructed(1)));
  ASSAY_TRY(serial, in.take_if(der::context(2)));
  ASSAY_CHECK(in.finish());
  if (issuer.has_value() != serial.has_value()) {
    return Fault::malformed;
  }
  out.has_authority_key_id = true;
  out.authority_key_id = id;
  return {};
}

Result<std::vector<GeneralName>> general_names(der::Reader& in) {
  std::vector<GeneralName> out;
  while (!in.at_end()) {
    ASSAY_TRY(element, in.any());
    ASSAY_TRY(name, parse_general_name(element.encoded));
    out.push_back(std::move(name));
  }
  if (out.empty()) {
    return Fault::malformed;
  }
  return out;
}

Status subject_alt_name(const Extension& extension, Extensions& out) {
  ASSAY_TRY(in, open(extension.value));
  ASSAY_TRY(names, general_names(in));
  const bool ip_sizes = std::all_of(names.begin(), names.end(), [](const GeneralName& name) {
    return name.kind != GeneralNameKind::ip || name.content.size() == 4 ||
           name.content.size() == 16;
  });
  if (!ip_sizes) {
    return Fault::malformed;
  }
  out.subject_alt_names = std::move(names);
  out.subject_alt_name_critical = extension.critical;
  return {};
}

// GeneralSubtree ::= SEQUENCE { base, minimum [0] DEFAULT 0, maximum [1] }; §4.2.1.10 fixes the
// minimum at 0 and forbids the maximum.
Result<std::vector<GeneralName>> subtrees(ByteView content) {
  der::Reader list(content);
  std::vector<GeneralName> out;
  while (!list.at_end()) {
    ASSAY_TRY(in, list.enter(der::kSequence));
    ASSAY_TRY(element, in.any());
    ASSAY_TRY(base, parse_general_name(element.encoded));
    ASSAY_CHECK(in.finish());
    const size_t size = base.content.size();
    if (base.kind == GeneralNameKind::ip && size != 8 && size != 32) {
      return Fault::malformed;
    }
    out.push_back(std::move(base));
  }
  if (out.empty()) {
    return Fault::malformed;
  }
  return out;
}

Status name_constraints(const Extension& extension, Extensions& out) {
  ASSAY_TRY(in, open(extension.value));
  NameConstraints constraints;
  constraints.critical = extension.critical;
  ASSAY_TRY(permitted, in.take_if(der::context_constructed(0)));
  if (permitted) {
    ASSAY_TRY(names, subtrees(*permitted));
    constraints.permitted = std::move(names);
  }
  ASSAY_TRY(excluded, in.take_if(der::context_constructed(1)));
  if (excluded) {
    ASSAY_TRY(names, subtrees(*excluded));
    constraints.excluded = std::move(names);
  }
  ASSAY_CHECK(in.finish());
  if (!permitted && !excluded) {
    return Fault::malformed;
  }
  out.name_constraints = std::move(constraints);
  return {};
}

// PolicyQualifiers ::= SEQUENCE OF SEQUENCE { policyQualifierId, qualifier ANY }: whether all are
// of the kinds that §4.2.1.4 defines.
Result<bool> qualifiers_known(der::Reader& information) {
  if (information.at_end()) {
    return true;
  }
  ASSAY_TRY(list, information.enter(der::kSequence));
  ASSAY_CHECK(information.finish());
  bool known = true;
  while (!list.at_end()) {
    ASSAY_TRY(qualifier, list.enter(der::kSequence));
    ASSAY_TRY(id, qualifier.oid());
    const std::string text = der::oid_text(id);
    known = known && (text == oid::kCpsQualifier || text == oid::kUserNoticeQualifier);
  }
  return known;
}

// PolicyInformation ::= SEQUENCE { policyIdentifier, policyQualifiers OPTIONAL }
Status certificate_policies(const Extension& extension, Extensions& out) {
  ASSAY_TRY(in, open(extension.value));
  CertificatePolicies policies;
  policies.critical = extension.critical;
  bool all_known = true;
  while (!in.at_end()) {
    ASSAY_TRY(information, in.enter(der::kSequence));
    ASSAY_TRY(id, information.oid());
    policies.policies.push_back(der::oid_text(id));
    ASSAY_TRY(known, qualifiers_known(information));
    all_known = all_known && known;
  }
  // §4.2.1.4: a critical extension must be understood with its qualifiers.
  if (extension.critical && !all_known) {
    out.unknown_critical.push_back(extension.oid);
  }
  // §4.2.1.4: at least one policy, none twice
  if (policies.policies.empty() || has_duplicates(policies.policies)) {
    return Fault::malformed;
  }
  out.policies = std::move(policies);
  return {};
}

Status policy_mappings(const Extension& extension, Extensions& out) {
  ASSAY_TRY(in, open(extension.value));
  while (!in.at_end()) {
    ASSAY_TRY(pair, in.enter(der::kSequence));
    ASSAY_TRY(issuer, pair.oid());
    ASSAY_TRY(subject, pair.oid());
    ASSAY_CHECK(pair.finish());
    out.policy_mappings.push_back({der::oid_text(issuer), der::oid_text(subject)});
  }
  return out.policy_mappings.empty() ? Status(Fault::malformed) : Status();
}

// PolicyConstraints ::= SEQUENCE { requireExplicitPolicy [0], inhibitPolicyMapping [1] }
Status policy_constraints(const Extension& extension, Extensions& out) {
  ASSAY_TRY(in, open(extension.value));
  PolicyConstraints constraints;
  constraints.critical = extension.critical;
  ASSAY_TRY(require, in.take_if(der::context(0)));
  if (require) {
    ASSAY_TRY(count, der::parse_small_integer(*require));
    constraints.require_explicit_policy = count;
  }
  ASSAY_TRY(inhibit, in.take_if(der::context(1)));
  if (inhibit) {
    ASSAY_TRY(count, der::parse_small_integer(*inhibit));
    constraints.inhibit_policy_mapping = count;
  }
  ASSAY_CHECK(in.finish());
  if (!require && !inhibit) {
    return Fault::malformed;
  }
  out.policy_constraints = constraints;
  return {};
}

Status inhibit_any_policy(const Extension& extension, Extensions& out) {
  der::Reader in(extension.value);
  ASSAY_TRY(count, in.small_integer());
  ASSAY_CHECK(in.finish());
  out.inhibit_any_policy = count;
  return {};
}

// AuthorityInfoAccessSyntax ::= SEQUENCE OF SEQUENCE { accessMethod, accessLocation GeneralName }
Status authority_info_access(const Extension& extension, Extensions& out) {
  ASSAY_TRY(in, open(extension.value));
  while (!in.at_end()) {
    ASSAY_TRY(access, in.enter(der::kSequence));
    ASSAY_TRY(method, access.oid());
    ASSAY_TRY(location, access.any());
    if (der::oid_text(method) == oid::kAdOcsp && location.tag == der::context(6)) {
      out.ocsp_urls.emplace_back(as_text(location.content));
    }
  }
  return {};
}

Status ocsp_no_check(const Extension&, Extensions& out) {
  out.ocsp_no_check = true;
  return {};
}

// Shown, never relied on: the level's OID, alone or in a SEQUENCE.
Status c2pa_assurance_level(const Extension& extension, Extensions& out) {
  der::Reader in(extension.value);
  const auto sequence = in.take_if(der::kSequence);
  der::Reader inner = sequence && *sequence ? der::Reader(**sequence) : in;
  if (const auto level = inner.oid()) {
    out.c2pa_assurance_level = der::oid_text(*level);
  }
  return {};
}

Status c2pa_conforming_product(const Extension& extension, Extensions& out) {
  der::Reader in(extension.value);
  if (const auto text = in.any()) {
    out.c2pa_cpl_record = der::string_to_utf8(text->tag, text->content);
  }
  return {};
}

struct Handler {
  std::string_view oid;
  Status (*read)(const Extension&, Extensions&);
  bool shown_only = false;  // read for display: being critical it counts as unknown
  bool lenient = false;     // what does not parse is left out
};

constexpr std::array<Handler, 15> kHandlers = {{
    {oid::kBasicConstraints, basic_constraints},
    {oid::kKeyUsage, key_usage},
    {oid::kExtendedKeyUsage, extended_key_usage},
    {oid::kSubjectKeyId, subject_key_id},
    {oid::kAuthorityKeyId, authority_key_id},
    {oid::kSubjectAltName, subject_alt_name},
    {oid::kNameConstraints, name_constraints},
    {oid::kCertificatePolicies, certificate_policies},
    {oid::kPolicyMappings, policy_mappings},
    {oid::kPolicyConstraints, policy_constraints},
    {oid::kInhibitAnyPolicy, inhibit_any_policy},
    {oid::kAuthorityInfoAccess, authority_info_access, true},
    {oid::kOcspNoCheck, ocsp_no_check},
    {oid::kC2paAssuranceLevel, c2pa_assurance_level, true, true},
    {oid::kC2paConformingProduct, c2pa_conforming_product, true, true},
}};

// Extension ::= SEQUENCE { extnID, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
Result<Extension> take_extension(der::Reader& list) {
  ASSAY_TRY(in, list.enter(der::kSequence));
  Extension out;
  ASSAY_TRY(id, in.oid());
  out.oid = der::oid_text(id);
  ASSAY_TRY(critical, in.take_if(der::kBoolean));
  if (critical) {
    ASSAY_TRY(value, der::parse_boolean(*critical));
    out.critical = value;
  }
  ASSAY_TRY(value, in.octet_string());
  out.value = value;
  ASSAY_CHECK(in.finish());
  return out;
}

Status apply(const Extension& extension, Extensions& out) {
  const auto fits = [&](const Handler& candidate) { return candidate.oid == extension.oid; };
  const auto handler = std::find_if(kHandlers.begin(), kHandlers.end(), fits);
  const bool known = handler != kHandlers.end();
  if (extension.critical && (!known || handler->shown_only)) {
    out.unknown_critical.push_back(extension.oid);
  }
  const Status status = known ? handler->read(extension, out) : Status();
  return known && handler->lenient ? Status() : status;
}

}  // namespace

Result<GeneralName> parse_general_name(ByteView encoded) {
  ASSAY_TRY(element, der::parse_single(encoded));
  const unsigned number = element.tag & 0x1fU;
  const auto kind = static_cast<GeneralNameKind>(number);
  if (number > static_cast<unsigned>(GeneralNameKind::registered_id)) {
    return Fault::malformed;
  }
  const bool constructed = kind == GeneralNameKind::other_name || kind == GeneralNameKind::x400 ||
                           kind == GeneralNameKind::directory || kind == GeneralNameKind::edi_party;
  if (element.tag != (constructed ? der::context_constructed(number) : der::context(number))) {
    return Fault::malformed;
  }
  GeneralName out;
  out.kind = kind;
  out.content = element.content;
  if (kind == GeneralNameKind::directory) {
    ASSAY_TRY(name, parse_name(element.content));
    out.directory = std::move(name);
  }
  return out;
}

Result<Extensions> parse_extensions(ByteView encoded) {
  ASSAY_TRY(list, open(encoded));
  Extensions out;
  std::vector<std::string> seen;
  while (!list.at_end()) {
    ASSAY_TRY(extension, take_extension(list));
    ASSAY_CHECK(apply(extension, out));
    seen.push_back(std::move(extension.oid));
  }
  if (seen.empty() || has_duplicates(std::move(seen))) {  // §4.2: not more than one instance
    return Fault::malformed;
  }
  return out;
}

}  // namespace assay::pki
