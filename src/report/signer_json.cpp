#include "base/text.h"
#include "report/json_parts.h"
#include "report/summary.h"

namespace assay::report {
namespace {

using validate::ManifestResult;

json::Value time_value(UnixTime time) { return json::Value::string(format_rfc3339(time)); }

json::Value name_json(const pki::Name& name, const Limits& limits) {
  struct Field {
    const char* key;
    const char* oid;
  };
  constexpr Field kFields[] = {
      {"commonName", "2.5.4.3"},
      {"organization", "2.5.4.10"},
      {"organizationalUnit", "2.5.4.11"},
      {"country", "2.5.4.6"},
      {"locality", "2.5.4.7"},
      {"state", "2.5.4.8"},
      {"email", "1.2.840.113549.1.9.1"},
      {"organizationIdentifier", "2.5.4.97"},
  };
  json::Value out = json::Value::object();
  for (const Field& field : kFields) {
    out.set_text(field.key, display_text(name.attribute(field.oid), limits.shown_text_bytes));
  }
  return out;
}

std::string_view assurance_level(std::string_view oid) {
  if (oid == "1.3.6.1.4.1.62558.3.10") {
    return "AL1";
  }
  return oid == "1.3.6.1.4.1.62558.3.20" ? "AL2" : oid;
}

}  // namespace

json::Value certificate_json(const pki::Certificate& certificate, const Limits& limits) {
  json::Value out = json::Value::object();
  out.set("subject", name_json(certificate.subject, limits));
  out.set("issuer", name_json(certificate.issuer, limits));
  out.set("serialNumber", json::Value::string(certificate.serial_hex()));
  out.set("notBefore", time_value(certificate.validity.not_before));
  out.set("notAfter", time_value(certificate.validity.not_after));
  out.set("sha256", json::Value::string(pki::fingerprint_hex(certificate.fingerprint)));
  out.set("keyType", json::Value::string(crypto::key_name(certificate.public_key)));
  out.set("signatureAlgorithm", json::Value::string(certificate.signature_algorithm.oid));
  json::Value purposes = json::Value::array();
  if (certificate.extensions.extended_key_usage) {
    for (const std::string& purpose : certificate.extensions.extended_key_usage->purposes) {
      purposes.push(json::Value::string(purpose));
    }
  }
  out.set("extendedKeyUsage", std::move(purposes));
  if (certificate.extensions.c2pa_assurance_level) {
    out.set("assuranceLevel",
            json::Value::string(assurance_level(*certificate.extensions.c2pa_assurance_level)));
  }
  return out;
}

json::Value list_json(const pki::ListInfo& list, const Limits& limits) {
  json::Value out = json::Value::object();
  out.set("name", shown(list.name, limits));
  if (list.issued) {
    out.set("issued", time_value(*list.issued));
  }
  out.set("sha256", json::Value::string(list.digest));
  if (list.legacy) {
    out.set("legacy", json::Value::boolean(true));
  }
  return out;
}

json::Value signer_json(const ManifestResult& result, const validate::Session& session) {
  const validate::SignatureResult& signature = result.signature;
  if (signature.state != validate::SignatureState::validated || !signature.leaf) {
    return {};
  }
  const Limits& limits = session.policy().limits;
  json::Value out = json::Value::object();
  out.set("name", json::Value::string(display_name(signature.leaf->subject)));
  out.set("trust", json::Value::string(signer_trust(result, session.engine())));
  out.set("algorithm", json::Value::string(signature.algorithm));
  out.set("certificate", certificate_json(*signature.leaf, limits));
  json::Value path = json::Value::array();
  for (const pki::CertificatePtr& certificate : signature.chain.path) {
    path.push(certificate_json(*certificate, limits));
  }
  out.set("path", std::move(path));
  if (signature.chain.trusted() && signature.chain.list) {
    out.set("list", list_json(*signature.chain.list, limits));
  }
  out.set("vouchedBy", json::Value::string(vouched_by(signature)));
  return out;
}

json::Value time_json(const ManifestResult& result, const Limits& limits) {
  const validate::SignatureResult& signature = result.signature;
  const bool stamped = signature.timestamp && signature.timestamp->claimed_time;
  if (!stamped) {
    // The signer's own word, where it fits the calendar.
    const bool usable = signature.iat && *signature.iat >= 0 && *signature.iat < 253402300800.0;
    if (!usable) {
      return {};
    }
    json::Value out = json::Value::object();
    out.set("source", json::Value::string("claimed"));
    out.set("time", time_value({static_cast<int64_t>(*signature.iat)}));
    return out;
  }
  json::Value out = json::Value::object();
  out.set("source",
          json::Value::string(signature.attested ? "trustedTimestamp" : "untrustedTimestamp"));
  out.set("time", time_value(*signature.timestamp->claimed_time));
  if (signature.timestamp->authority) {
    out.set("authority", certificate_json(*signature.timestamp->authority, limits));
  }
  if (signature.attested && signature.timestamp->chain.list) {
    out.set("list", list_json(*signature.timestamp->chain.list, limits));
  }
  return out;
}

}  // namespace assay::report
