// ZIP: any bytes; what the layout says lies inside the file, entries without a problem do not
// overlap.
#include "container/zip_layout.h"
#include "fuzz/walk.h"

namespace assay {
namespace {

using fuzz::require;

void check_layout(const container::Carrier& carrier) {
  const auto& layout = *carrier.zip;
  fuzz::check_inside(layout.central_directory, carrier.asset_size);
  fuzz::check_inside(layout.end_record, carrier.asset_size);
  std::vector<Range> wholes;
  for (const auto& entry : layout.entries) {
    fuzz::check_inside(entry.header, carrier.asset_size);
    fuzz::check_inside(entry.whole, carrier.asset_size);
    wholes.push_back(entry.whole);
  }
  if (!layout.problem.empty() || carrier.state != container::StoreState::single) {
    return;
  }
  std::sort(wholes.begin(), wholes.end(),
            [](const Range& a, const Range& b) { return a.offset < b.offset; });
  for (size_t i = 1; i < wholes.size(); ++i) {
    require(wholes[i - 1].length > 0 && wholes[i - 1].end() <= wholes[i].offset);
  }
}

}  // namespace
}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace assay;
  fuzz::check(container::make_zip_walker, container::Format::zip, "", {data, size});
  const auto walked =
      fuzz::walk(container::make_zip_walker, container::Format::zip, ByteView(data, size), 0);
  if (walked.carrier.zip) {
    check_layout(walked.carrier);
  }
  return 0;
}
