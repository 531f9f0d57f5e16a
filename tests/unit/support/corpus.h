// The public corpus of signed files, if it is there: $ASSAY_CORPUS, else ../shared/corpus beside
// the checkout. Tests over it report how many files they saw.
#pragma once

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/limits.h"
#include "codec/json/json.h"

namespace assay::test {

inline std::string corpus_folder() {
  if (const char* given = std::getenv("ASSAY_CORPUS")) {
    return std::string(given) + "/";
  }
  const char* source = std::getenv("ASSAY_SOURCE_DIR");
  return std::string(source != nullptr ? source : ".") + "/../shared/corpus/";
}

inline std::optional<Bytes> read_whole(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    return std::nullopt;
  }
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  return to_bytes(as_bytes(text));
}

struct CorpusFile {
  std::string file;
  std::string format;
  std::string meant_to_show;
  std::vector<std::string> carriers;
  std::vector<uint64_t> store_bytes;
  Bytes bytes;
};

inline std::string text_of(const json::Value& object, std::string_view name) {
  const json::Value* value = object.get(name);
  return std::string(value != nullptr ? value->as_text().value_or("") : "");
}

// Files of one format; empty without the corpus.
inline std::vector<CorpusFile> corpus_files(std::string_view format) {
  std::vector<CorpusFile> files;
  const auto index = read_whole(corpus_folder() + "index.json");
  if (!index) {
    return files;
  }
  Limits limits;
  limits.json_bytes = 64u << 20;
  const auto root = json::parse(*index, limits);
  const json::Value* assets = root.ok() ? root->get("assets") : nullptr;
  for (const json::Value& asset :
       assets != nullptr ? assets->items() : std::vector<json::Value>()) {
    if (text_of(asset, "format") != format) {
      continue;
    }
    CorpusFile file{text_of(asset, "file"),
                    text_of(asset, "format"),
                    text_of(asset, "meant_to_show"),
                    {},
                    {},
                    {}};
    for (const json::Value& carrier : asset.get("carrier")->items()) {
      file.carriers.emplace_back(carrier.as_text().value_or(""));
    }
    for (const json::Value& size : asset.get("store_bytes")->items()) {
      file.store_bytes.push_back(size.as_uint().value_or(0));
    }
    file.bytes = read_whole(corpus_folder() + file.file).value_or(Bytes());
    files.push_back(std::move(file));
  }
  return files;
}

}  // namespace assay::test
