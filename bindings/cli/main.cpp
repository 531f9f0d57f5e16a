// assay [--now T] [--trust F] [--trust-tsa F] [--trust-identity F] [--eku OID]
// [--answer URL=F] [--chunk N] [--init F] FILE…: one JSON object per line; with --init, the files
// are the segments of one stream. The core hashes by itself; nothing
// but files is read: --answer stands for the network, and then every other address is unreachable.
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "codec/json/json.h"
#include "report/crjson.h"
#include "report/report.h"
#include "validate/identity_trust.h"
#include "validate/session.h"
#include "validate/trust_json.h"

namespace {

using assay::Bytes;
using assay::validate::Need;
using assay::validate::Session;

struct Options {
  assay::UnixTime now{static_cast<int64_t>(std::time(nullptr))};
  std::vector<std::string> trust;
  std::vector<std::string> trust_tsa;
  std::vector<std::string> trust_identity;
  std::map<std::string, Bytes> answers;  // URL to body
  std::vector<std::string> purposes;
  bool crjson = false;
  size_t chunk = 0;  // 0: the whole file at once
  std::string init;  // initialisation segment of the stream
  std::vector<std::string> files;
};

bool read_file(const std::string& path, Bytes& out) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    std::cerr << "assay: cannot read " << path << "\n";
    return false;
  }
  out.assign(std::istreambuf_iterator<char>(in), {});
  return true;
}

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
                               : assay::report::to_json(session, false))
            << "}\n";
  return true;
}

// URL=FILE
bool add_answer(const std::string& value, Options& options) {
  const size_t equals = value.rfind('=');
  return equals != std::string::npos &&
         read_file(value.substr(equals + 1), options.answers[value.substr(0, equals)]);
}

bool parse(const std::vector<std::string>& arguments, Options& options) {
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (!assay::starts_with(argument, "--")) {
      options.files.push_back(argument);
      continue;
    }
    if (i + 1 >= arguments.size()) {
      return false;
    }
    const std::string& value = arguments[++i];
    if (argument == "--now") {
      const auto now = assay::parse_rfc3339(value);
      if (!now) {
        return false;
      }
      options.now = *now;
    } else if (argument == "--trust") {
      options.trust.push_back(value);
    } else if (argument == "--trust-tsa") {
      options.trust_tsa.push_back(value);
    } else if (argument == "--trust-identity") {
      options.trust_identity.push_back(value);
    } else if (argument == "--answer") {
      if (!add_answer(value, options)) {
        return false;
      }
    } else if (argument == "--eku") {
      options.purposes.push_back(value);
    } else if (argument == "--format") {
      options.crjson = value == "crjson";
    } else if (argument == "--chunk") {
      options.chunk = std::stoul(value);
    } else if (argument == "--init") {
      options.init = value;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

int main(int count, char** values) {
  const std::vector<std::string> arguments(values + 1, values + count);  // NOLINT
  Options options;
  if (!parse(arguments, options)) {
    std::cerr << "usage: assay [--now RFC3339] [--trust FILE] [--trust-tsa FILE] "
                 "[--trust-identity FILE] [--eku OID] [--answer URL=FILE] [--format json|crjson] "
                 "[--chunk BYTES] [--init FILE] FILE...\n";
    return 2;
  }
  if (options.purposes.empty()) {
    options.purposes.emplace_back(assay::pki::kEkuC2paClaimSigning);
  }
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
