// The native command line (options.cpp lists what it takes): one JSON object per line; with --init,
// the files are the segments of one stream. The core hashes by itself; nothing but files is read:
// --answer stands for the network, and then every other address is unreachable.
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "base/text.h"
#include "codec/json/json.h"
#include "cost.h"
#include "options.h"
#include "report/crjson.h"
#include "report/report.h"
#include "validate/identity_trust.h"
#include "validate/session.h"
#include "validate/trust_json.h"

namespace {

using assay::cli::Options;
using assay::cli::read_file;

using assay::Bytes;
using assay::validate::Need;
using assay::validate::Session;

bool add_list(assay::validate::Engine& engine, const std::string& path, assay::pki::ListRole role,
              const std::vector<std::string>& purposes) {
  Bytes file;
  if (!read_file(path, file)) {
    return false;
  }
  assay::pki::ListInfo info;
  info.name = path.substr(path.rfind('/') + 1);
  info.role = role;
  info.purposes = purposes;
  if (role == assay::pki::ListRole::identity) {
    assay::validate::add_identity_list(engine, info, file, assay::Limits());
    return true;
  }
  auto list = assay::validate::read_trust_list(info, file, assay::Limits());
  if (!list.ok()) {
    std::cerr << "assay: " << path << " is no trust list\n";
    return false;
  }
  engine.trust.add_list(std::move(*list));
  return true;
}

// Answers from the files that stand for the network; side-cars and Brotli are not at hand.
void answer_resource(Session& session, const Need& need, const Options& options) {
  using assay::validate::Refusal;
  const auto found = options.answers.find(need.url);
  if (found != options.answers.end()) {
    session.supply(need.id, found->second);
  } else {
    session.refuse(need.id, options.answers.empty() ? Refusal::not_allowed : Refusal::failed);
  }
}

// Supplies `need` from `file`; windows of `chunk` bytes if asked for.
void answer(Session& session, const Need& need, const Bytes& file, const Options& options) {
  const size_t chunk = options.chunk;
  switch (need.kind) {
    case Need::Kind::bytes: {
      if (chunk == 0) {
        session.supply_bytes(0, file);
        return;
      }
      const auto end = static_cast<size_t>(need.range.end());
      for (auto at = static_cast<size_t>(need.range.offset); at < end; at += chunk) {
        const size_t length = std::min(chunk, end - at);
        session.supply_bytes(at, assay::ByteView(file).subspan(at, length));
      }
      return;
    }
    case Need::Kind::resource:
      answer_resource(session, need, options);
      return;
    case Need::Kind::digest:
      session.refuse(need.id, assay::validate::Refusal::not_allowed);
      return;
  }
}

void run(Session& session, const Bytes& file, const Options& options) {
  while (true) {
    const std::vector<Need> needs = session.step();
    if (session.done()) {
      return;
    }
    for (const Need& need : needs) {
      answer(session, need, file, options);
    }
  }
}

// Validates the file called `path` and, as the segments of a stream, those called `segments`.
bool print_report(assay::validate::Engine& engine, const Options& options, const std::string& path,
                  const std::vector<std::string>& segments) {
  Bytes file;
  if (!read_file(path, file)) {
    return false;
  }
  assay::validate::Policy policy;
  policy.now = options.now;
  policy.limits = options.limits;
  assay::cli::reset_cost();
  const uint64_t held = assay::cli::cost().allocated;
  Session session(engine, policy, file.size());
  run(session, file, options);
  for (const std::string& name : segments) {
    Bytes bytes;
    if (!read_file(name, bytes)) {
      return false;
    }
    const auto segment = session.open_segment(bytes.size());
    run(*segment, bytes, options);
  }
  std::cout << "{\"file\":" << assay::json::write(assay::json::Value::string(path))
            << ",\"report\":"
            << (options.crjson ? assay::report::to_crjson(session)
                               : assay::report::to_json(session, false));
  if (options.cost) {
    std::cout << ",\"comparisons\":" << assay::cli::cost().comparisons
              << ",\"peakBytes\":" << assay::cli::cost().peak - held;
  }
  std::cout << "}\n";
  return true;
}

}  // namespace

int main(int count, char** values) {
  const std::vector<std::string> arguments(values + 1, values + count);  // NOLINT
  const auto parsed = assay::cli::parse(arguments);
  if (!parsed) {
    std::cerr << assay::cli::kUsage;
    return 2;
  }
  const Options& options = *parsed;
  assay::validate::Engine engine;
  for (const std::string& path : options.trust) {
    if (!add_list(engine, path, assay::pki::ListRole::signer, options.purposes)) {
      return 2;
    }
  }
  for (const std::string& path : options.trust_tsa) {
    if (!add_list(engine, path, assay::pki::ListRole::time_stamping, {})) {
      return 2;
    }
  }
  for (const std::string& path : options.trust_identity) {
    if (!add_list(engine, path, assay::pki::ListRole::identity, {})) {
      return 2;
    }
  }
  if (!options.init.empty()) {
    return print_report(engine, options, options.init, options.files) ? 0 : 2;
  }
  for (const std::string& path : options.files) {
    if (!print_report(engine, options, path, {})) {
      return 2;
    }
  }
  return 0;
}
