// JPEG XL, Ogg, fonts and the bare store: the first byte picks one.
#include <array>

#include "fuzz/walk.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace std::string_view_literals;
  using namespace assay::container;
  struct Kind {
    assay::fuzz::Factory factory;
    Format format;
    std::string_view magic;
  };
  constexpr std::array kKinds = {
      Kind{make_jxl_walker, Format::jxl, "\0\0\0\x0CJXL \r\n\x87\n"sv},
      Kind{make_ogg_walker, Format::ogg, "OggS"sv},
      Kind{make_font_walker, Format::font, "OTTO"sv},
      Kind{make_c2pa_walker, Format::c2pa, "\0\0\1\0jumb"sv},
  };
  const assay::ByteView input(data, size);
  if (size < 2) {
    return 0;
  }
  const Kind& kind = kKinds[input[0] % kKinds.size()];
  assay::fuzz::check(kind.factory, kind.format, kind.magic, input.subspan(1));
  return 0;
}
