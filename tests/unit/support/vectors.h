// Public test vectors, if they are there: $ASSAY_VECTORS names a folder with one sub-folder per
// suite. A test that does not find its suite says how many vectors it did not run.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace assay::test {

inline std::filesystem::path vectors_folder(const std::string& suite) {
  const char* given = std::getenv("ASSAY_VECTORS");
  return given == nullptr ? std::filesystem::path() : std::filesystem::path(given) / suite;
}

struct VectorFile {
  std::string name;
  Bytes bytes;
};

inline Bytes read_vector(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  return to_bytes(as_bytes(text));
}

// The files directly inside a suite's folder; empty without the suite.
inline std::vector<VectorFile> vector_files(const std::string& suite) {
  std::vector<VectorFile> files;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(vectors_folder(suite), none)) {
    files.push_back({entry.path().filename().string(), read_vector(entry.path())});
  }
  return files;
}

}  // namespace assay::test
