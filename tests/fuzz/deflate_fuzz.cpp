// Inflate: never more than allowed, the same twice, and a longer limit never changes what a shorter
// one gave.
#include "codec/deflate/inflate.h"
#include "fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace assay;
  using fuzz::require;
  // A valid header in front: the rest is what is to be tried.
  Bytes stream = {0x78, 0x01};
  append(stream, ByteView(data, size));
  const auto small = deflate::inflate_zlib(stream, 1000);
  const auto large = deflate::inflate_zlib(stream, 100000);
  if (small.ok()) {
    require(small->size() <= 1000 && large.ok() && *small == *large);
  } else {
    require(small.fault() == Fault::limit || small.fault() == large.fault());
  }
  require(!large.ok() || large->size() <= 100000);
  return 0;
}
