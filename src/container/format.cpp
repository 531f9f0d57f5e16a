#include <array>

#include "container/carrier.h"

namespace assay::container {
namespace {

struct FormatText {
  Format format;
  std::string_view name;
  std::string_view media_type;
};

constexpr std::array<FormatText, 26> kFormats{{
    {Format::unknown, "unknown", "application/octet-stream"},
    {Format::jpeg, "jpeg", "image/jpeg"},
    {Format::png, "png", "image/png"},
    {Format::webp, "webp", "image/webp"},
    {Format::gif, "gif", "image/gif"},
    {Format::tiff, "tiff", "image/tiff"},
    {Format::dng, "dng", "image/x-adobe-dng"},
    {Format::svg, "svg", "image/svg+xml"},
    {Format::avif, "avif", "image/avif"},
    {Format::heif, "heif", "image/heif"},
    {Format::jxl, "jxl", "image/jxl"},
    {Format::mp4, "mp4", "video/mp4"},
    {Format::mov, "mov", "video/quicktime"},
    {Format::m4a, "m4a", "audio/mp4"},
    {Format::wav, "wav", "audio/wav"},
    {Format::avi, "avi", "video/x-msvideo"},
    {Format::mp3, "mp3", "audio/mpeg"},
    {Format::flac, "flac", "audio/flac"},
    {Format::ogg, "ogg", "audio/ogg"},
    {Format::pdf, "pdf", "application/pdf"},
    {Format::font, "font", "font/otf"},
    {Format::zip, "zip", "application/zip"},
    {Format::html, "html", "text/html"},
    {Format::structured_text, "structured_text", "text/plain"},
    {Format::text, "text", "text/plain"},
    {Format::c2pa, "c2pa", "application/c2pa"},
}};

const FormatText& entry(Format format) {
  for (const FormatText& candidate : kFormats) {
    if (candidate.format == format) {
      return candidate;
    }
  }
  return kFormats.front();
}

}  // namespace

std::string_view format_name(Format format) { return entry(format).name; }
std::string_view media_type(Format format) { return entry(format).media_type; }

}  // namespace assay::container
