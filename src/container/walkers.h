// The walkers' factories, one per family of formats, and the table that picks one. A walker may
// refine `carrier.format` (tiff to dng, text to structured_text); it never changes the family.
#pragma once

#include <memory>

#include "base/limits.h"
#include "container/carrier.h"
#include "container/scan.h"

namespace assay::container {

std::unique_ptr<Walker> make_jpeg_walker(const Limits& limits);
std::unique_ptr<Walker> make_png_walker(const Limits& limits);
std::unique_ptr<Walker> make_riff_walker(const Limits& limits);  // WebP, WAV, AVI
std::unique_ptr<Walker> make_gif_walker(const Limits& limits);
std::unique_ptr<Walker> make_tiff_walker(const Limits& limits);  // TIFF, DNG, BigTIFF
std::unique_ptr<Walker> make_id3_walker(const Limits& limits);   // MP3, FLAC
std::unique_ptr<Walker> make_ogg_walker(const Limits& limits);
std::unique_ptr<Walker> make_jxl_walker(const Limits& limits);
std::unique_ptr<Walker> make_font_walker(const Limits& limits);
std::unique_ptr<Walker> make_c2pa_walker(const Limits& limits);  // the bare side-car

std::unique_ptr<Walker> make_bmff_walker(const Limits& limits);
std::unique_ptr<Walker> make_pdf_walker(const Limits& limits);
std::unique_ptr<Walker> make_zip_walker(const Limits& limits);
std::unique_ptr<Walker> make_svg_walker(const Limits& limits);
std::unique_ptr<Walker> make_html_walker(const Limits& limits);
std::unique_ptr<Walker> make_text_walker(const Limits& limits);

// The walker of a format; null where there is none, and then the asset can only be bound by a
// store from outside.
std::unique_ptr<Walker> make_walker(Format format, const Limits& limits);

}  // namespace assay::container
