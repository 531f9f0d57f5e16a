#include "binding/collection_uri.h"

#include <algorithm>

#include "base/text.h"

namespace assay::binding {
namespace {

bool has_dot_segment(std::string_view path) {
  size_t begin = 0;
  while (begin <= path.size()) {
    const size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view segment = path.substr(begin, end - begin);
    if (segment == "." || segment == "..") {
      return true;
    }
    begin = end + 1;
  }
  return false;
}

bool is_safe_path(std::string_view path) {
  if (path.empty() || path.front() == '/' || has_dot_segment(path)) {
    return false;
  }
  const bool has_scheme = path.substr(0, path.find('/')).find(':') != std::string_view::npos;
  return !has_scheme && path.find('\\') == std::string_view::npos &&
         path.find('\0') == std::string_view::npos;
}

}  // namespace

bool is_safe_collection_uri(std::string_view uri) {
  return is_safe_path(uri) && is_safe_path(percent_decoded(uri));
}

std::string percent_decoded(std::string_view uri) {
  std::string out;
  for (size_t i = 0; i < uri.size(); ++i) {
    if (uri[i] == '%' && i + 2 < uri.size()) {
      const auto byte = from_hex(uri.substr(i + 1, 2));
      if (byte) {
        out.push_back(static_cast<char>(byte->front()));
        i += 2;
        continue;
      }
    }
    out.push_back(uri[i]);
  }
  return out;
}

}  // namespace assay::binding
