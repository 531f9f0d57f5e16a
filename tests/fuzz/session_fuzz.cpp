// A whole validation of any bytes by any host. The first bytes say what kind of host it is, which
// ceiling it lowers and how far, and where a segment of a stream begins (0: there is none); what
// follows is the asset. It ends, its report is JSON, nobody is trusted without a list, and two
// hosts that differ only in how they bring the same bytes get the same report.
#include "fuzz/session_host.h"

namespace assay {
namespace {

using fuzz::require;

constexpr size_t kBefore = 5;

void run(ByteView input) {
  if (input.size() < kBefore) {
    return;
  }
  fuzz::Host host = fuzz::host_of(input[0]);
  if (input[1] < static_cast<size_t>(Limit::count_)) {
    set_limit(host.limits, static_cast<Limit>(input[1]), input[2]);
  }
  ByteView asset = input.subspan(kBefore);
  std::optional<ByteView> segment;
  const size_t split = (size_t{input[3]} << 8U) | input[4];
  if (split != 0 && split < asset.size()) {
    segment = asset.subspan(split);
    asset = asset.first(split);
  }
  validate::Engine engine;
  const std::string report = fuzz::validate_with(engine, host, asset, segment);
  if (!host.gives_up && input[1] >= static_cast<size_t>(Limit::count_)) {
    host.window = host.window == 0 ? 4096 : 0;
    host.digests = !host.digests;
    require(fuzz::validate_with(engine, host, asset, segment) == report);
  }
}

}  // namespace
}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  assay::run({data, size});
  return 0;
}
