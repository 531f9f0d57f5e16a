// The boundary to JavaScript (web/src/core.ts): numbers, addresses and strings only, no logic. One
// engine per instance; sessions are handles.
#include <emscripten/bind.h>

#include <map>
#include <memory>
#include <new>
#include <string>

#include "base/checked.h"
#include "base/text.h"
#include "report/crjson.h"
#include "report/report.h"
#include "validate/identity_trust.h"
#include "validate/session.h"
#include "validate/trust_json.h"
#include "wire.h"

namespace {

using assay::ByteView;
using assay::validate::Session;

struct State {
  assay::validate::Engine engine;
  std::map<int, std::unique_ptr<Session>> sessions;
  int next = 1;
  // What comes in: not a Bytes, which would be filled with zeros before it is written to.
  std::unique_ptr<uint8_t[]> buffer;
  size_t buffer_size = 0;
  std::string text;  // what goes out, as long as nothing else is asked for
};

State& state() {
  static State instance;
  return instance;
}

Session* session_of(int handle) {
  const auto found = state().sessions.find(handle);
  return found == state().sessions.end() ? nullptr : found->second.get();
}

// Only what lies inside the buffer that buffer() handed out is read.
ByteView buffered(uintptr_t address, double length) {
  const uint8_t* base = state().buffer.get();
  const bool inside = address == reinterpret_cast<uintptr_t>(base) && length >= 0 &&
                      length <= static_cast<double>(state().buffer_size);
  return inside ? ByteView(base, static_cast<size_t>(length)) : ByteView();
}

// certificates that are trusted as they stand, and for nothing else.
std::string add_entities(const assay::bindings::ListOptions& options, ByteView file,
                         const assay::Limits& limits) {
  using Holds = assay::bindings::ListOptions::Holds;
  using assay::pki::EntitySource;
  const auto source = options.holds == Holds::address_book ? EntitySource::address_book
                                                           : EntitySource::allowed_list;
  size_t count = 0;
  for (const auto& entry : assay::pki::fingerprints_of_allowed_list(assay::as_text(file), limits)) {
    const auto& off = options.without;
    if (std::find(off.begin(), off.end(), entry) == off.end()) {
      state().engine.trust.trust_entity(entry, {options.info.role, source, options.info.name});
      ++count;
    }
  }
  return assay::bindings::list_added_json(count, "");
}

std::string add_trust_list(const std::string& options, uintptr_t address, double length) {
  const auto parsed = assay::bindings::parse_list_options(options);
  if (!parsed) {
    return assay::bindings::error_json("the options of the list are malformed");
  }
  const ByteView file = buffered(address, length);
  auto& trust = state().engine.trust;
  const assay::Limits limits;
  if (parsed->holds != assay::bindings::ListOptions::Holds::anchors) {
    return add_entities(*parsed, file, limits);
  }
  if (parsed->info.role == assay::pki::ListRole::identity) {
    const auto added =
        assay::validate::add_identity_list(state().engine, parsed->info, file, limits);
    return added.anchors + added.issuers == 0
               ? assay::bindings::error_json("the list holds nothing that can be read")
               : assay::bindings::list_added_json(added.anchors + added.issuers, added.digest);
  }
  auto list = assay::validate::read_trust_list(parsed->info, file, limits);
  if (!list.ok() || list->anchors.empty()) {
    return assay::bindings::error_json("the list holds no certificate that can be read");
  }
  assay::pki::leave_out(*list, parsed->without);
  const std::string digest = list->info.digest;
  const size_t anchors = list->anchors.size();
  trust.add_list(std::move(*list));
  return assay::bindings::list_added_json(anchors, digest);
}

int open_session(const std::string& options) {
  auto parsed = assay::bindings::parse_open_options(options);
  if (!parsed) {
    return 0;
  }
  const int handle = state().next++;
  state().sessions[handle] =
      std::make_unique<Session>(state().engine, std::move(parsed->policy), parsed->size);
  return handle;
}

int open_segment(int init, double size) {
  Session* session = session_of(init);
  const bool possible = session != nullptr && assay::bindings::is_size(size);
  auto segment = possible ? session->open_segment(static_cast<uint64_t>(size)) : nullptr;
  if (!segment) {
    return 0;
  }
  const int handle = state().next++;
  state().sessions[handle] = std::move(segment);
  return handle;
}

void end_stream(int init) {
  if (Session* session = session_of(init)) {
    session->end_stream();
  }
}

std::string step(int handle) {
  Session* session = session_of(handle);
  return session == nullptr ? assay::bindings::error_json("no such session")
                            : assay::bindings::needs_json(*session, session->step());
}

uintptr_t buffer(double length) {
  if (length < 0 || length > 1073741824.0) {
    return 0;
  }
  const auto size = static_cast<size_t>(length);
  if (size > state().buffer_size) {
    state().buffer.reset();
    state().buffer.reset(new (std::nothrow) uint8_t[size]);
    state().buffer_size = state().buffer ? size : 0;
  }
  return reinterpret_cast<uintptr_t>(state().buffer.get());
}

void supply(int handle, int id, double offset, uintptr_t address, double length) {
  Session* session = session_of(handle);
  if (session == nullptr || offset < 0) {
    return;
  }
  session->supply(static_cast<uint32_t>(id), buffered(address, length),
                  static_cast<uint64_t>(offset));
}

void refuse(int handle, int id, const std::string& reason) {
  if (Session* session = session_of(handle)) {
    using assay::validate::Refusal;
    session->refuse(static_cast<uint32_t>(id), reason == "notAllowed" ? Refusal::not_allowed
                                               : reason == "tooLarge" ? Refusal::too_large
                                                                      : Refusal::failed);
  }
}

// Its length; Embind would copy such a text character by character.
double report(int handle, const std::string& format) {
  const Session* session = session_of(handle);
  state().text = std::string();
  state().text = session == nullptr   ? std::string()
                 : format == "crjson" ? assay::report::to_crjson(*session)
                                      : assay::report::to_json(*session, format == "pretty");
  return static_cast<double>(state().text.size());
}

uintptr_t text() { return reinterpret_cast<uintptr_t>(state().text.data()); }

void close_session(int handle) {
  state().sessions.erase(handle);
  state().buffer.reset();
  state().buffer_size = 0;
  state().text = std::string();
}

}  // namespace

EMSCRIPTEN_BINDINGS(assay) {
  emscripten::function("addTrustList", &add_trust_list);
  emscripten::function("open", &open_session);
  emscripten::function("openSegment", &open_segment);
  emscripten::function("endStream", &end_stream);
  emscripten::function("step", &step);
  emscripten::function("buffer", &buffer);
  emscripten::function("supply", &supply);
  emscripten::function("refuse", &refuse);
  emscripten::function("report", &report);
  emscripten::function("text", &text);
  emscripten::function("close", &close_session);
}
