// JUMBF URIs as C2PA writes them: `self#jumbf=` and a path (R-222…R-226).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace assay::manifest {

struct JumbfUri {
  std::string manifest;     // label; empty when the path is relative to the current manifest
  std::string path;         // below the manifest, without leading slash; empty: the manifest itself
  bool well_formed = true;  // false: empty segments, "." or ".."; resolves to nothing
};

// Nothing when `uri` does not start with `self#jumbf=`.
std::optional<JumbfUri> parse_jumbf_uri(std::string_view uri);

// %XX decoded once; broken sequences stay as they are.
std::string percent_decode(std::string_view text);

// "c2pa.ingredient.v3__2" -> "c2pa.ingredient.v3". Old ingredient thumbnails use "_2".
std::string_view base_label(std::string_view label);

// The last segment of a path or URI.
std::string_view last_segment(std::string_view path);

}  // namespace assay::manifest
