// JpegStore: reassembles the manifest store from APP11 segments (§Embedding manifests into JPEG;
// R-120…R-123).
//   segment  FFEB Lp(2) CI(2)="JP" En(2) Z(4) LBox(4) TBox(4)="jumb" [XLBox(8)] payload
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/checked.h"
#include "base/limits.h"
#include "container/carrier.h"

namespace assay::container {

class JpegStore {
 public:
  explicit JpegStore(const Limits& limits) : limits_(limits) {}

  // A whole APP11 segment, marker included, at `range`. True when it belongs to a store; false:
  // ordinary content. A segment that is not the open store's continuation ends it, so call
  // finish() first when the answer of continues() is no. `left`: of the asset, from the segment on.
  bool take(ByteView segment, Range range, uint64_t left);
  // May `segment` be the next one of the store that is open?
  bool continues(ByteView segment, Range range) const;
  bool open() const { return !segments_.empty(); }

  // Ends the open store, if any: it becomes one of `carrier`'s stores and its C2PA box, or the
  // reason why it cannot be used. What turns out not to be a store is listed as APP11.
  void finish(Carrier& carrier);

  // The segment at the end of a cut-off file.
  void cut_off() { fail("The file ends inside the manifest store's last segment."); }

 private:
  struct Header {
    bool is_jp = false;
    uint16_t instance = 0;  // En
    uint32_t sequence = 0;  // Z
    uint32_t short_length = 0;
    uint32_t type = 0;
    ByteView box_header;  // LBox, TBox and XLBox
    ByteView payload;
  };
  static Result<Header> parse(ByteView segment);
  void begin(const Header& header, uint64_t left);
  void check_continuation(const Header& header);
  void check_complete();
  void fail(std::string defect);

  const Limits& limits_;
  std::vector<Range> segments_;
  Bytes bytes_;
  Bytes box_header_;
  uint16_t instance_ = 0;
  uint64_t next_sequence_ = 1;
  uint64_t length_ = 0;  // of the whole box
  std::string defect_;
};

}  // namespace assay::container
