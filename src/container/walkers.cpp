#include "container/walkers.h"

namespace assay::container {

std::unique_ptr<Walker> make_walker(Format format, const Limits& limits) {
  switch (format) {
    case Format::jpeg:
      return make_jpeg_walker(limits);
    case Format::png:
      return make_png_walker(limits);
    case Format::webp:
    case Format::wav:
    case Format::avi:
    case Format::gif:
    case Format::tiff:
    case Format::dng:
    case Format::mp3:
    case Format::flac:
    case Format::ogg:
    case Format::jxl:
    case Format::font:
    case Format::c2pa:
      return nullptr;
    case Format::avif:
    case Format::heif:
    case Format::mp4:
    case Format::mov:
    case Format::m4a:
      return make_bmff_walker(limits);
    case Format::pdf:
    case Format::zip:
      return make_zip_walker(limits);
    case Format::svg:
    case Format::html:
    case Format::structured_text:
    case Format::text:
    case Format::unknown:
      return nullptr;
  }
  return nullptr;
}

}  // namespace assay::container
