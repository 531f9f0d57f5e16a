// What the native command line was asked to do.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/limits.h"
#include "base/time.h"

namespace assay::cli {

struct Options {
  UnixTime now{};
  std::vector<std::string> trust;
  std::vector<std::string> trust_tsa;
  std::vector<std::string> trust_identity;
  std::map<std::string, Bytes> answers;  // URL to body
  std::vector<std::string> purposes;
  bool crjson = false;
  bool cost = false;  // say what each validation cost
  size_t chunk = 0;   // 0: the whole file at once
  std::string init;   // initialisation segment of the stream
  Limits limits;
  std::vector<std::string> files;
};

extern const char* const kUsage;

// Nothing where an argument is unknown or malformed, or a file cannot be read.
std::optional<Options> parse(const std::vector<std::string>& arguments);
bool read_file(const std::string& path, Bytes& out);

}  // namespace assay::cli
