// GIF, TIFF and ID3: the first byte picks one.
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
      Kind{make_gif_walker, Format::gif, "GIF89a"sv},
      Kind{make_tiff_walker, Format::tiff, "II*\0"sv},
      Kind{make_tiff_walker, Format::tiff, "MM\0+\0\x08\0\0"sv},
      Kind{make_id3_walker, Format::mp3, "ID3"sv},
  };
  const assay::ByteView input(data, size);
  if (size == 0) {
    return 0;
  }
  const Kind& kind = kKinds[input[0] % kKinds.size()];
  assay::fuzz::check(kind.factory, kind.format, kind.magic, input.subspan(1));
  return 0;
}
