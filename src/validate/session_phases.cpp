// The phases of a session (session.h): what each works on, and when it is over.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "pki/ocsp.h"
#include "validate/binding_run.h"
#include "validate/candidates.h"
#include "validate/identity_run.h"
#include "validate/notes.h"
#include "validate/revocation.h"
#include "validate/session.h"

namespace assay::validate {
namespace {

bool is_web_address(std::string_view url) {
  const std::string head = to_lower(url.substr(0, std::string_view("https://").size()));
  return starts_with(head, "https://") || starts_with(head, "http://");
}

}  // namespace

bool Session::run_scan() {
  const Status status = scan_.run(budget_);
  if (status.fault() == Fault::need && !bytes_refused_) {
    publish_bytes();
    return false;
  }
  if (!status.ok()) {
    note_scan_problem(status.fault());
  }
  if (!is_fragment()) {
    note_container(scan_.carrier(), verdict_);
  }
  return true;
}

void Session::note_scan_problem(Fault fault) {
  const bool refused = fault == Fault::need;
  verdict_.limits.push_back(
      {refused ? "bytes" : "container", 0,
       refused
           ? "the host did not supply all bytes of the asset"
           : std::string("the container could not be walked to its end: ") + fault_name(fault)});
}

bool Session::run_resources() {
  if (is_fragment()) {
    return true;  // the init segment's credentials speak for it
  }
  if (verdict_.presence == Presence::none && !store_) {
    open_embedded();
  }
  // P-13, T-10: an embedded store wins; then the side-car, then what the asset points
  // at.
  if (verdict_.presence == Presence::none && policy_.has_sidecar && !asked_sidecar_) {
    asked_sidecar_ = true;
    Need need;
    need.kind = Need::Kind::resource;
    need.resource = ResourceKind::sidecar;
    need.max_bytes = policy_.limits.store_bytes;
    publish(std::move(need));
  }
  const bool waiting = !needs_.empty();
  const std::string& remote = remote_store();
  const bool fetchable = is_web_address(remote);
  if (!waiting && verdict_.presence == Presence::none && fetchable && !asked_remote_) {
    asked_remote_ = true;
    Need need;
    need.kind = Need::Kind::resource;
    need.resource = ResourceKind::remote_manifest;
    need.url = remote;
    need.max_bytes = policy_.limits.store_bytes;
    publish(std::move(need));
  }
  if (store_ && !asked_compressed_) {
    asked_compressed_ = true;
    publish_compressed();
  }
  if (!needs_.empty()) {
    return false;
  }
  if (verdict_.presence == Presence::none) {
    note_unreachable();
  }
  return true;
}

// what the server says goes before what the file says. A fragment means the embedded
// store, of which the server knows no more than the file shows.
const std::string& Session::remote_store() const {
  const std::string& linked = policy_.linked_store;
  const bool elsewhere = is_web_address(linked) && linked.find("#jumbf=") == std::string::npos;
  return elsewhere ? linked : scan_.carrier().provenance_url;
}

// UX: a pointer that leads nowhere is not a broken signature.
void Session::note_unreachable() {
  const bool structured = scan_.carrier().format == container::Format::structured_text;
  if (asked_remote_) {
    //
    verdict_.presence = Presence::unreachable;
    verdict_.findings.add(StatusCode::manifest_inaccessible, "", std::nullopt,
                          "the asset points at a manifest elsewhere, which was not obtained");
  } else if (structured && !scan_.carrier().provenance_url.empty()) {
    // the address is of a kind that nobody fetches from.
    verdict_.presence = Presence::unreachable;
    verdict_.findings.add(StatusCode::manifest_structured_text_no_resolution_path, "", std::nullopt,
                          "the text points at a manifest in a way that no web address can follow");
  }
}

void Session::open_embedded() {
  container::Carrier& carrier = scan_.carrier();
  if (carrier.state == container::StoreState::candidates) {
    choose_candidate(carrier);
  }
  if (carrier.state == container::StoreState::single) {
    open_store(carrier.stores.front().bytes, Presence::embedded);
  }
}

// the wrapper that its own data hash points at is the store.
void Session::choose_candidate(container::Carrier& carrier) {
  const auto matching = matching_candidates(carrier, policy_.limits, budget_);
  if (matching.size() == 1) {
    std::swap(carrier.stores.front(), carrier.stores[matching.front()]);
    carrier.state = container::StoreState::single;
    return;
  }
  verdict_.presence = Presence::multiple;
  verdict_.presence_note = matching.empty()
                               ? "no wrapper in the text is the one that its own hash leaves out"
                               : "several wrappers in the text claim to be the manifest";
  verdict_.findings.add(matching.empty() ? StatusCode::data_hash_malformed
                                         : StatusCode::manifest_text_multiple_wrappers,
                        "", std::nullopt, verdict_.presence_note);
}

// the host inflates (Brotli is not worth its size here); the core holds the caps.
void Session::publish_compressed() {
  for (const manifest::Manifest& manifest : store_->manifests()) {
    if (manifest.inflation != manifest::Inflation::wanted) {
      continue;
    }
    const ByteView content = store_->compressed_content(manifest.index);
    Need need;
    need.kind = Need::Kind::resource;
    need.resource = ResourceKind::brotli;
    need.body = to_bytes(content);
    need.subject = manifest.index;
    need.max_bytes =
        std::min<uint64_t>(policy_.limits.decompressed_manifest_bytes,
                           uint64_t{content.size()} * policy_.limits.decompression_ratio);
    publish(std::move(need));
  }
}

void Session::open_store(Bytes bytes, Presence presence) {
  jumbf::Defect defect;
  auto parsed = manifest::Store::parse(std::move(bytes), policy_.limits, budget_, &defect);
  const bool usable =
      parsed.ok() && (*parsed)->is_manifest_store() && (*parsed)->active() != nullptr;
  if (usable) {
    store_ = std::move(*parsed);
    verdict_.store = store_;
    verdict_.presence = presence;
    return;
  }
  // T-38: a store that cannot be read is said aloud, never taken for no store.
  verdict_.presence = Presence::broken;
  verdict_.presence_note = "the manifest store cannot be read";
  if (!parsed.ok()) {
    verdict_.presence_note += ": " + std::string(fault_name(parsed.fault())) + " at byte " +
                              std::to_string(defect.offset) + " of the store";
  } else {
    verdict_.presence_note += (*parsed)->is_manifest_store()
                                  ? ": it holds no manifest"
                                  : ": its type or label is not that of a C2PA manifest store";
  }
  const bool no_manifest = parsed.ok() && (*parsed)->is_manifest_store();
  verdict_.findings.add(no_manifest ? StatusCode::claim_missing : StatusCode::general_error, "",
                        std::nullopt, verdict_.presence_note);
}

void Session::run_claims() {
  if (!store_) {
    return;
  }
  context_ = std::unique_ptr<Context>(
      new Context{engine_, policy_, budget_, verdict_, *store_, {}, {}, {}, {}, {}, {}});
  collect_manifests(*context_);
  collect_supplements(*context_);
  // By position: findings of the active manifest come first.
  const std::vector<size_t> order = verdict_.order;
  for (const size_t index : order) {
    ManifestResult& result = verdict_.manifests[index];
    if (!result.reached) {
      continue;
    }
    check_claim(*context_, result);
    if (result.claim_state != manifest::ClaimState::ok) {
      continue;  // without a claim there is nothing that the rest could be held against
    }
    check_signature(*context_, result);
    check_assertions(*context_, result);
    check_references(*context_, result);
    check_attached_credentials(*context_, result);
    check_manifest_kind(*context_, result);
    check_actions(*context_, result);
    check_ingredients(*context_, result);
    check_other_assertions(*context_, result);
    check_session_keys(*context_, result);
  }
  note_store(*context_);
  // A report may be asked for from here on. Failures are never taken back, so what is invalid now
  // stays so; nothing is better than well-formed before its content was compared.
  verdict_.content = ContentState::not_checked;
  judge(verdict_);
}

// online revocation is a need like any other, for the active manifest only; the host's
// default is to refuse.
bool Session::run_revocation() {
  if (!context_) {
    return true;
  }
  ManifestResult& active = verdict_.manifests[verdict_.order.front()];
  if (!asked_ocsp_) {
    asked_ocsp_ = true;
    if (auto request = online_revocation_request(active)) {
      Need need;
      need.kind = Need::Kind::resource;
      need.resource = ResourceKind::ocsp;
      need.url = std::move(request->url);
      need.body = std::move(request->body);
      need.max_bytes = policy_.limits.ocsp_bytes;
      publish(std::move(need));
    }
  }
  if (!needs_.empty()) {
    return false;
  }
  record_unchecked_revocation(*context_);
  return true;
}

bool Session::run_binding() {
  if (is_fragment()) {
    return run_fragment();
  }
  if (!context_) {
    return true;
  }
  if (!binding_) {
    binding_ = BindingRun::start(*context_, scan_.carrier());
    if (!binding_) {
      return true;
    }
  }
  if (bytes_refused_ && !binding_->done()) {
    verdict_.limits.push_back({"bytes", 0, "the host did not supply all bytes of the asset"});
    return true;
  }
  if (!serve(binding_->run(source_))) {
    return false;
  }
  binding_->conclude();
  return true;
}

// R-1109, R-1136, R-1144, T-42: documents about identities are needs like any other; the host's
// default is to refuse. A status list is only known once the document before it was read.
bool Session::run_identities() {
  if (!context_) {
    return true;
  }
  if (!needs_.empty()) {
    return false;
  }
  if (!identities_) {
    identities_ = std::make_unique<IdentityRun>(*context_);
  }
  identities_->examine();
  for (identity::ResourceRequest& wanted : identities_->unasked()) {
    const bool document = wanted.kind == identity::ResourceKind::did_document;
    Need need;
    need.kind = Need::Kind::resource;
    need.resource = document ? ResourceKind::did_document : ResourceKind::status_list;
    need.url = std::move(wanted.url);
    need.max_bytes =
        document ? policy_.limits.did_document_bytes : policy_.limits.status_list_bytes;
    publish(std::move(need));
  }
  return needs_.empty();
}

// Every ceiling that was met is named, whatever came of it.
void Session::report_limits() {
  for (size_t i = 0; i < met_.size(); ++i) {
    const auto limit = static_cast<Limit>(i);
    if (met_.test(i)) {
      const uint64_t value = limit_value(policy_.limits, limit);
      verdict_.limits.push_back({limit_name(limit), value, limit_sentence(policy_.limits, limit)});
    }
  }
}

void Session::finish() {
  report_limits();
  if (budget_.exhausted()) {
    verdict_.findings.add(StatusCode::general_error, "",
                          verdict_.order.empty() ? std::optional<size_t>()
                                                 : std::optional<size_t>(verdict_.order.front()),
                          "the validation was stopped by its work budget");
  }
  judge(verdict_);
  record_segment();
  verdict_.complete = true;
  phase_ = Phase::done;
}

}  // namespace assay::validate
