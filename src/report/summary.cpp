#include "report/summary.h"

#include "base/text.h"
#include "report/origin.h"

namespace assay::report {
namespace {

using validate::ManifestResult;
using validate::StatusCode;
using validate::Verdict;

constexpr size_t kNameBytes = 480;

using Values = std::vector<std::pair<std::string, std::string>>;

class Writer {
 public:
  void add(std::string id, std::string text, Values values = {}) {
    sentences_.push_back({std::move(id), std::move(text), std::move(values)});
  }
  std::vector<Sentence> take() { return std::move(sentences_); }

 private:
  std::vector<Sentence> sentences_;
};

std::string signer_name(const ManifestResult& active) {
  return active.signature.leaf ? display_name(active.signature.leaf->subject) : std::string();
}

// Why the credential does not hold, when nothing else is wrong.
void explain_credential(const Verdict& verdict, const Facets& facets, Writer& out) {
  if (facets.signer == "revoked") {
    const auto& at = verdict.active()->signature.ocsp.revoked_at;
    const std::string when = at ? format_rfc3339(*at) : std::string();
    out.add("certificateRevoked",
            when.empty() ? "The signing certificate was withdrawn."
                         : "The signing certificate was withdrawn on " + when + ".",
            {{"date", when}});
    out.add("othersMayBeFine", "Other files of the same signer may be fine.");  // T-04
  } else if (facets.signer == "badCertificate") {
    out.add("certificateUnfit", "The signing certificate may not be used for Content Credentials.");
  } else if (facets.signer == "outsideValidity") {
    out.add("outsideValidity",
            "Signed outside the certificate's validity, with no recognised time-stamp.");
  } else {
    out.add("recordDamaged", "The signed record breaks the rules of Content Credentials.");
  }
}

void explain_invalid(const Verdict& verdict, const Facets& facets, Writer& out) {
  if (verdict.presence == validate::Presence::none && verdict.stream) {
    return;  // what follows about the stream is all there is to say
  }
  if (verdict.presence == validate::Presence::multiple) {
    out.add("severalStores", "Several sets of credentials in one file; none is used.");
  } else if (verdict.presence == validate::Presence::broken) {
    out.add("storeBroken", "There are credentials in this file, but they cannot be read.");
  } else if (facets.integrity == "mismatch") {
    // Which of the two it is cannot be known (threat T-03).
    out.add("contentMismatch",
            "These credentials do not match this file. Either the file changed after signing, or "
            "the credentials were copied from another file.");
  } else if (facets.integrity == "partsMissing") {
    out.add("partsMissing", "Parts of the signed record were removed or replaced.");
  } else if (facets.integrity == "damaged" && facets.signer == "notVerified") {
    out.add("signatureMismatch", "The signature does not check out.");
  } else if (facets.integrity == "damaged") {
    out.add("recordDamaged",
            "The signed record was changed or breaks the rules of Content Credentials.");
  } else {
    explain_credential(verdict, facets, out);
  }
  if (verdict.active() != nullptr) {
    out.add("notAttributable", "Nothing in it can be attributed to the signer it names.");
  }
}

void explain_signer(const Verdict& verdict, const Facets& facets, Writer& out) {
  const ManifestResult& active = *verdict.active();
  const std::string name = signer_name(active);
  if (facets.signer == "recognised") {
    out.add("signedBy", "Signed by " + name + ", " + vouched_by(active.signature) + ".",
            {{"name", name}});
  } else if (facets.signer == "addressBook") {
    out.add("signedByAddressBook", "Signed by " + name + ", whose certificate you chose to trust.",
            {{"name", name}});
  } else if (facets.signer == "noTrustData") {
    out.add("signedAsNoList",
            "Signed as \xE2\x80\x9C" + name +
                "\xE2\x80\x9D. No trust list is installed, so that name could be anyone's.",
            {{"name", name}});
  } else if (facets.signer == "unrecognised") {
    out.add("signedAs",
            "Signed as \xE2\x80\x9C" + name +
                "\xE2\x80\x9D. That name is on no list you use, so it could be anyone's.",
            {{"name", name}});
  } else if (facets.signer == "outsideValidity" || facets.signer == "revoked" ||
             facets.signer == "badCertificate") {
    explain_credential(verdict, facets, out);
  } else {
    out.add("signatureNotVerified", "The signature was not verified.");
  }
}

bool leaves_details_out(const Verdict& verdict) {
  return verdict.findings.has(StatusCode::data_hash_additional_exclusions) ||
         verdict.findings.has(StatusCode::boxes_hash_additional_exclusions) ||
         verdict.findings.has(StatusCode::bmff_hash_additional_exclusions);
}

std::string what_matches(const Verdict& verdict) {
  if (verdict.findings.has(
          StatusCode::multi_asset_hash_match)) {  // T-59: the file itself did change
    return "An optional part of the file is missing; the rest has not changed since it was signed.";
  }
  if (leaves_details_out(verdict)) {  // T-55: of what was left out nothing is known
    return "What the signature covers has not changed since it was signed.";
  }
  return "The file has not changed since it was signed.";
}

void explain_content(const Verdict& verdict, const Facets& facets, Writer& out) {
  if (!verdict.complete) {
    return;  // said first
  }
  if (facets.content == "verified") {
    out.add("contentMatches", what_matches(verdict));
  } else if (facets.content == "notChecked") {
    out.add("contentNotChecked", "Whether the file still matches was not (completely) checked.");
  }
}

void explain_time(const Verdict& verdict, const Facets& facets, Writer& out) {
  const ManifestResult& active = *verdict.active();
  if (facets.time == "trustedTimestamp") {
    const std::string time = format_rfc3339(*active.signature.timestamp->attested());
    const auto& authority = active.signature.timestamp->authority;
    const std::string name = authority ? display_name(authority->subject) : std::string();
    out.add("existedBy", "Existed no later than " + time + ", according to " + name + ".",
            {{"time", time}, {"authority", name}});
  } else if (facets.time == "untrustedTimestamp") {
    out.add(
        "timeNotConfirmed",
        "Carries a time-stamp from an authority on no list you use: the time is not confirmed.");
  } else {
    out.add("timeUnknown", "When it was signed is not confirmed by anyone.");
  }
}

void explain_history(const Facets& facets, Writer& out) {
  if (facets.history == "problems") {
    out.add("historyProblems", "Something is wrong with an earlier version that it is based on.");
  } else if (facets.history == "missing") {
    out.add("historyMissing", "An earlier version that it is based on is missing from the record.");
  } else if (facets.history == "redacted") {
    out.add("historyRedacted", "Parts of the history were removed, as the record itself says.");
  }
}

// R-566, T-05, T-25: quoted as a statement of whoever made it, an earlier version's signer
// included.
void explain_origin(const Verdict& verdict, Writer& out) {
  const auto origin = origin_of(verdict);
  if (!origin || (origin->kind == OriginKind::unknown && origin->source.empty())) {
    return;
  }
  const bool own = origin->manifest == verdict.active()->manifest->index;
  const std::string who = origin->stated_by == manifest::Origin::gathered
                              ? "A statement that nobody vouches for says"
                          : own ? "The signer states"
                                : "The signer of an earlier version states";
  // Told apart by id, because hosts show the signer's own statement in a row of its own.
  const std::string id = own ? "stated" : "statedEarlier";
  if (origin->kind == OriginKind::captured) {
    out.add(id + "Captured", who + " that it was recorded with a device.");
  } else if (origin->kind == OriginKind::generated) {
    out.add(id + "Generated",
            who + (origin->trained_model ? " that it was generated by a trained model."
                                         : " that it was generated by an algorithm."));
  } else if (origin->kind == OriginKind::composite) {
    out.add(id + "Composite",
            who + (origin->trained_model
                       ? " that it is a composite or was altered, with a trained model."
                       : " that it is a composite."));
  } else {
    const std::string source = display_text(origin->source, kNameBytes);
    out.add(id + "Source", who + " this source type: " + source, {{"source", source}});
  }
}

void explain_exclusions(const Verdict& verdict, Writer& out) {
  if (leaves_details_out(verdict)) {
    out.add("detailsNotCovered",
            "Some details stored in the file are not covered by the signature.");
  }
}

std::string counted(uint64_t count, const std::string& one, const std::string& many) {
  return count == 1 ? one : std::to_string(count) + many;
}

// what was found out about the segments, and what was not.
void explain_stream(const Verdict& verdict, Writer& out) {
  const validate::StreamResult& stream = *verdict.stream;
  const std::string received = std::to_string(stream.received);
  if (stream.failed > 0) {
    out.add("streamFailed", "Parts of the stream are missing, or are not what was signed.");
  } else if (stream.live && !stream.floor) {
    out.add("streamUnsigned", "Nothing vouches for the segments of the stream.");
  } else {
    out.add("streamSegments",
            counted(stream.received, "One segment", " segments") + " of the stream " +
                (stream.received == 1 ? "was" : "were") + " looked at so far.",
            {{"count", received}});
  }
  if (stream.failed == 0 && stream.live && stream.floor == validate::AssetState::well_formed) {
    out.add("streamNotChecked", "Not all that the segments carry could be checked.");
  }
  if (stream.jumps > 0) {
    out.add("streamJumps", "The segments did not all come in the order in which they were signed.");
  }
  for (const std::string& missing : stream.missing) {
    out.add("streamIncomplete", missing);
  }
}

}  // namespace

std::string display_name(const pki::Name& name) {
  const std::string_view organization = name.organization();
  const std::string_view chosen = organization.empty() ? name.common_name() : organization;
  return display_text(chosen.empty() ? std::string_view("(no name)") : chosen, kNameBytes);
}

// T-06, T-21: the name alone says little; the list and its authority go with it.
std::string vouched_by(const validate::SignatureResult& signature) {
  if (signature.chain.entity) {
    return "on your own list of certificates";
  }
  if (!signature.chain.trusted() || !signature.chain.list || signature.chain.path.empty()) {
    return "on no list you use";
  }
  return "vouched for by " + display_name(signature.chain.path.back()->subject) + ", on " +
         display_text(signature.chain.list->name, kNameBytes) +
         (signature.chain.list->legacy ? " (a legacy trust list)" : "");
}

std::vector<Sentence> summarise(const Verdict& verdict, const Facets& facets,
                                std::string_view headline) {
  Writer out;
  if (headline == "none") {
    out.add("noCredentials",
            "No Content Credentials found. This says nothing about the file either way.");
  } else if (headline == "unchecked") {
    out.add("notChecked", "The file could not be looked through to its end.");
  } else if (headline == "referenced") {
    out.add("credentialsElsewhere",
            "The file points at Content Credentials elsewhere, which were not fetched.");
  } else if (headline == "invalid") {
    explain_invalid(verdict, facets, out);
  } else if (verdict.active() != nullptr) {
    if (!verdict.complete) {
      out.add("contentPending", "The file was not yet compared with what was signed.");
    }
    explain_signer(verdict, facets, out);
    explain_content(verdict, facets, out);
    explain_time(verdict, facets, out);
    if (facets.revocation == "notChecked") {
      out.add("revocationNotChecked", "Whether the certificate was withdrawn was not checked.");
    }
    explain_origin(verdict, out);
    explain_history(facets, out);
    explain_exclusions(verdict, out);
  }
  if (verdict.stream) {
    explain_stream(verdict, out);
  }
  return out.take();
}

}  // namespace assay::report
