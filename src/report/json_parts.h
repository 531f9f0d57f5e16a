// The parts of the report that are files of their own. Every text from the file passes
// display_text.
#pragma once

#include <string_view>
#include <vector>

#include "codec/cbor/cbor.h"
#include "codec/json/json.h"
#include "pki/certificate.h"
#include "report/facets.h"
#include "validate/session.h"
#include "validate/verdict.h"

namespace assay::report {

// Untrusted text in the form in which it may be shown.
json::Value shown(std::string_view text, const Limits& limits);

// An assertion's content as JSON-like data; byte strings become {"$bytes": base64}, long ones only
// their beginning and "$size".
json::Value data_of(const cbor::Value& value, const Limits& limits);
json::Value data_of(const json::Value& value, const Limits& limits);

json::Value certificate_json(const pki::Certificate& certificate, const Limits& limits);
json::Value list_json(const pki::ListInfo& list, const Limits& limits);
// Null unless the claim signature was verified.
json::Value signer_json(const validate::ManifestResult& result, const validate::Session& session);
json::Value time_json(const validate::ManifestResult& result, const Limits& limits);

json::Value manifest_json(const validate::ManifestResult& result, const validate::Session& session);
json::Value status_json(const validate::Finding& finding, const validate::Verdict& verdict,
                        const Limits& limits);
// Position of a manifest in the report's `manifests`, or -1.
int64_t shown_index(const validate::Verdict& verdict, std::optional<size_t> manifest);

json::Value identities_json(const validate::Verdict& verdict, const Limits& limits);
json::Value attached_json(const validate::Verdict& verdict, const Limits& limits);
// The statuses of all identity statements, behind those of the claims; their url tells them apart.
void push_identity_statuses(const validate::Verdict& verdict, const Limits& limits,
                            json::Value& out);

// Bytes of the asset or of a segment that nothing vouches for.
json::Value uncovered_json(const std::vector<validate::UncoveredBytes>& list);
// Of a verdict that has a stream.
json::Value stream_json(const validate::Verdict& verdict, const Limits& limits);

}  // namespace assay::report
