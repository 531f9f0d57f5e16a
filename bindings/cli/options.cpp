#include "options.h"

#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>

#include "base/text.h"
#include "pki/certificate.h"

namespace assay::cli {

const char* const kUsage =
    "usage: assay [--now RFC3339] [--trust FILE] [--trust-tsa FILE] [--trust-identity FILE] "
    "[--eku OID] [--answer URL=FILE] [--format json|crjson] [--chunk BYTES] [--init FILE] "
    "[--limit NAME=VALUE] [--cost yes] FILE...\n";

bool read_file(const std::string& path, Bytes& out) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    std::cerr << "assay: cannot read " << path << "\n";
    return false;
  }
  out.assign(std::istreambuf_iterator<char>(in), {});
  return true;
}

namespace {

// The text before and after the first equals sign.
std::optional<std::pair<std::string, std::string>> halves(const std::string& value) {
  const size_t equals = value.rfind('=');
  if (equals == std::string::npos) {
    return std::nullopt;
  }
  return std::pair(value.substr(0, equals), value.substr(equals + 1));
}

// URL=FILE
bool add_answer(const std::string& value, Options& options) {
  const auto found = halves(value);
  return found && read_file(found->second, options.answers[found->first]);
}

// NAME=VALUE
bool lower_limit(const std::string& value, Options& options) {
  const auto found = halves(value);
  const auto limit = found ? limit_named(found->first) : std::nullopt;
  if (!limit) {
    return false;
  }
  set_limit(options.limits, *limit, std::stoull(found->second));
  return true;
}

bool set(const std::string& name, const std::string& value, Options& options) {
  const std::map<std::string, std::vector<std::string>*> lists = {
      {"--trust", &options.trust},
      {"--trust-tsa", &options.trust_tsa},
      {"--trust-identity", &options.trust_identity},
      {"--eku", &options.purposes}};
  const auto list = lists.find(name);
  if (list != lists.end()) {
    list->second->push_back(value);
    return true;
  }
  if (name == "--now") {
    const auto now = parse_rfc3339(value);
    options.now = now.value_or(UnixTime{});
    return now.has_value();
  }
  if (name == "--answer") {
    return add_answer(value, options);
  }
  if (name == "--limit") {
    return lower_limit(value, options);
  }
  if (name == "--format") {
    options.crjson = value == "crjson";
  } else if (name == "--cost") {
    options.cost = value == "yes";
  } else if (name == "--chunk") {
    options.chunk = std::stoul(value);
  } else if (name == "--init") {
    options.init = value;
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::optional<Options> parse(const std::vector<std::string>& arguments) {
  Options options;
  options.now = UnixTime{static_cast<int64_t>(std::time(nullptr))};
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (!starts_with(arguments[i], "--")) {
      options.files.push_back(arguments[i]);
    } else if (++i >= arguments.size() || !set(arguments[i - 1], arguments[i], options)) {
      return std::nullopt;
    }
  }
  if (options.purposes.empty()) {
    options.purposes.emplace_back(pki::kEkuC2paClaimSigning);
  }
  return options;
}

}  // namespace assay::cli
