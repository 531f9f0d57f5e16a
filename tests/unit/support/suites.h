// Cases of public JSON test suites below $ASSAY_VECTORS, and a count of what ran: a run without the
// suites must not be mistaken for one with them.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/bytes.h"
#include "codec/json/json.h"
#include "support/corpus.h"
#include "support/hex.h"

namespace assay::test {

// The folder with a trailing slash, or nothing.
inline std::optional<std::string> suites_folder() {
  const char* given = std::getenv("ASSAY_VECTORS");
  return given != nullptr && *given != '\0' ? std::optional(std::string(given) + "/")
                                            : std::nullopt;
}

inline std::optional<json::Value> read_json(const std::string& path) {
  const auto bytes = read_whole(path);
  if (!bytes) {
    return std::nullopt;
  }
  Limits limits;
  limits.json_bytes = 512u << 20;
  auto parsed = json::parse(*bytes, limits);
  return parsed.ok() ? std::optional(std::move(*parsed)) : std::nullopt;
}

inline uint64_t number_of(const json::Value& object, std::string_view name) {
  const json::Value* value = object.get(name);
  return value != nullptr ? value->as_uint().value_or(0) : 0;
}

inline Bytes bytes_field(const json::Value& object, std::string_view name) {
  return hex(text_of(object, name));
}

// Prints its counts at the end, each reason for skipping with its own.
class Tally {
 public:
  explicit Tally(std::string suite) : suite_(std::move(suite)) {}
  Tally(const Tally&) = delete;
  Tally& operator=(const Tally&) = delete;
  ~Tally() {
    size_t skipped = 0;
    for (const auto& [reason, count] : skipped_) {
      skipped += count;
    }
    std::cout << "[ vectors  ] " << suite_ << ": " << run_ << " cases ran, " << skipped
              << " skipped\n";
    for (const auto& [reason, count] : skipped_) {
      std::cout << "[ vectors  ]   " << count << " skipped: " << reason << "\n";
    }
  }

  void run() { ++run_; }
  void skip(std::string_view reason) { ++skipped_[std::string(reason)]; }

 private:
  std::string suite_;
  size_t run_ = 0;
  std::map<std::string, size_t> skipped_;
};

}  // namespace assay::test

// Declares `folder`; ends the test when there are no suites.
#define ASSAY_NEEDS_SUITES(folder)                                       \
  const auto folder##_found = ::assay::test::suites_folder();            \
  if (!folder##_found) {                                                 \
    GTEST_SKIP() << "0 cases ran: ASSAY_VECTORS does not name a folder"; \
  }                                                                      \
  const std::string& folder = *folder##_found
