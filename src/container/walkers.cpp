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
      return make_riff_walker(limits);
    case Format::gif:
      return make_gif_walker(limits);
    case Format::tiff:
    case Format::dng:
      return make_tiff_walker(limits);
    case Format::mp3:
    case Format::flac:
      return make_id3_walker(limits);
    case Format::ogg:
      return make_ogg_walker(limits);
    case Format::jxl:
      return make_jxl_walker(limits);
    case Format::font:
      return make_font_walker(limits);
    case Format::c2pa:
      return make_c2pa_walker(limits);
    case Format::avif:
    case Format::heif:
    case Format::mp4:
    case Format::mov:
    case Format::m4a:
      return make_bmff_walker(limits);
    case Format::zip:
      return make_zip_walker(limits);
    case Format::svg:
      return make_svg_walker(limits);
    case Format::html:
      return make_html_walker(limits);
    case Format::structured_text:
    case Format::text:
      return make_text_walker(limits);
    case Format::pdf:
      return make_pdf_walker(limits);
    case Format::unknown:
      return nullptr;
  }
  return nullptr;
}

}  // namespace assay::container
