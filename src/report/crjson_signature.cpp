#include "base/text.h"
#include "pki/certificate.h"
#include "report/crjson_parts.h"

namespace assay::report::crjson {
namespace {

json::Value time_value(UnixTime time) { return json::Value::string(format_rfc3339(time)); }

json::Value name_json(const pki::Name& name) {
  struct Field {
    const char* key;
    const char* oid;
  };
  constexpr Field kFields[] = {
      {"C", "2.5.4.6"},
      {"ST", "2.5.4.8"},
      {"L", "2.5.4.7"},
      {"O", "2.5.4.10"},
      {"OU", "2.5.4.11"},
      {"CN", "2.5.4.3"},
      {"E", "1.2.840.113549.1.9.1"},
      {"2.5.4.97", "2.5.4.97"},
  };
  json::Value out = json::Value::object();
  for (const Field& field : kFields) {
    out.set_text(field.key, name.attribute(field.oid));
  }
  return out;
}

// Without a certificate that can be read: the same shape, empty, as the schema wants it.
json::Value certificate_json(const pki::CertificatePtr& certificate) {
  json::Value out = json::Value::object();
  out.set("serialNumber", json::Value::string(certificate ? certificate->serial_hex() : ""));
  out.set("issuer", certificate ? name_json(certificate->issuer) : json::Value::object());
  out.set("subject", certificate ? name_json(certificate->subject) : json::Value::object());
  json::Value& validity = out.set("validity", json::Value::object());
  if (certificate) {
    validity.set("notBefore", time_value(certificate->validity.not_before));
    validity.set("notAfter", time_value(certificate->validity.not_after));
  }
  return out;
}

}  // namespace

// spelt as in the schema, timeStampInfo.
json::Value signature_json(const validate::SignatureResult& signature) {
  json::Value out = json::Value::object();
  out.set("algorithm",
          json::Value::string(signature.algorithm.empty() ? "Unknown" : signature.algorithm));
  out.set("certificateInfo", certificate_json(signature.leaf));
  const auto& timestamp = signature.timestamp;
  if (timestamp && timestamp->claimed_time && timestamp->authority) {
    json::Value& info = out.set("timeStampInfo", json::Value::object());
    info.set("timestamp", time_value(*timestamp->claimed_time));
    info.set("certificateInfo", certificate_json(timestamp->authority));
  }
  return out;
}

}  // namespace assay::report::crjson
