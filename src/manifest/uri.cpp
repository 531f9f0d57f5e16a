#include "manifest/uri.h"

#include <algorithm>

#include "base/text.h"

namespace assay::manifest {
namespace {

constexpr std::string_view kScheme = "self#jumbf=";

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool has_bad_segment(std::string_view path) {
  while (true) {
    const size_t slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    if (segment.empty() || segment == "." || segment == "..") {
      return true;
    }
    if (slash == std::string_view::npos) {
      return false;
    }
    path = path.substr(slash + 1);
  }
}

// The path below the manifest. Ids in a credential store are URIs, whose "//" is not a segment
//
bool is_well_formed(std::string_view path) {
  constexpr std::string_view kCredentials = "c2pa.credentials/";
  return path.empty() || starts_with(path, kCredentials) || !has_bad_segment(path);
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

std::optional<JumbfUri> parse_jumbf_uri(std::string_view uri) {
  if (!starts_with(uri, kScheme)) {
    return std::nullopt;
  }
  std::string_view rest = uri.substr(kScheme.size());
  JumbfUri result;
  const bool leading_slash = starts_with(rest, "/");
  if (leading_slash) {
    rest.remove_prefix(1);
  }
  // files of the first versions leave the leading slash out of absolute paths.
  const bool absolute = starts_with(rest, "c2pa/");
  if (!absolute) {
    result.well_formed = !leading_slash && !rest.empty() && is_well_formed(rest);
    result.path = std::string(rest);
    return result;
  }
  rest.remove_prefix(std::string_view("c2pa/").size());
  const size_t slash = rest.find('/');
  result.manifest = std::string(rest.substr(0, slash));
  if (slash != std::string_view::npos) {
    result.path = std::string(rest.substr(slash + 1));
    result.well_formed = !result.path.empty();
  }
  result.well_formed = result.well_formed && !result.manifest.empty() && result.manifest != "." &&
                       result.manifest != ".." && is_well_formed(result.path);
  return result;
}

std::string percent_decode(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool triplet = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                         hex_value(text[i + 2]) >= 0;
    if (triplet) {
      out.push_back(static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

std::string_view base_label(std::string_view label) {
  const size_t mark = label.rfind("__");
  if (mark != std::string_view::npos && mark > 0 && is_digits(label.substr(mark + 2))) {
    return label.substr(0, mark);
  }
  return label;
}

std::string_view last_segment(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace assay::manifest
