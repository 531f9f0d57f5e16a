// BmffWalker: ISO base media files (MP4, MOV, M4A, HEIF, AVIF; whole, fragmented, or one segment of
// a stream). Walks the boxes, keeps their layout, and reads the C2PA boxes on the way (§Embedding
// manifests into BMFF-based assets; R-140…R-147).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "container/bmff_items.h"
#include "container/bmff_layout.h"
#include "container/scan.h"
#include "container/zero_scan.h"

namespace assay::container {

class BmffWalker : public Walker {
 public:
  explicit BmffWalker(const Limits& limits);
  Status run(io::ByteSource& source, Budget& budget, Carrier& carrier) override;

 private:
  // A C2PA box that holds a store, while and after it is read.
  struct StoreBox {
    std::string purpose;
    EmbeddedStore store;
    std::string defect;    // why the store cannot be used; empty when it can
    Range merkle_field{};  // where the box says how to find the first Merkle box
    uint64_t merkle_offset = 0;
  };
  enum class Step : uint8_t {
    header,
    purpose,
    store_head,
    store,
    padding,
    merkle,
    xmp,
    event,
    items
  };

  Status advance(io::ByteSource& source, Budget& budget, Carrier& carrier);
  Status read_header(io::ByteSource& source, Carrier& carrier);
  void leave_level(uint64_t file_end, Carrier& carrier);
  void stop_at_limit(Carrier& carrier);
  void add_box(const BmffBox& box, Carrier& carrier);

  Status read_purpose(io::ByteSource& source, Carrier& carrier);
  Status read_store_head(io::ByteSource& source);
  Status read_store(io::ByteSource& source);
  Status read_padding(io::ByteSource& source);
  Status read_merkle(io::ByteSource& source);
  Status read_xmp(io::ByteSource& source, Budget& budget, Carrier& carrier);
  Status read_event(io::ByteSource& source, Carrier& carrier);
  Result<Bytes> copy(io::ByteSource& source);
  void refuse_store(std::string defect);
  void check_merkle_offsets(Carrier& carrier) const;
  void begin_merkle(Carrier& carrier);

  void finish(Carrier& carrier);
  void choose_store(Carrier& carrier);

  const BmffBox& last_box() const { return layout_->boxes.back(); }

  const Limits& limits_;
  std::shared_ptr<BmffLayout> layout_ = std::make_shared<BmffLayout>();
  Step step_ = Step::header;
  uint64_t cursor_ = 0;
  std::vector<uint32_t> open_;  // containers around the cursor, indices of layout_->boxes
  std::vector<StoreBox> stores_;
  uint64_t data_ = 0;  // where the data of the current C2PA box begins
  Range wanted_;       // what is being copied
  Bytes copied_;       // and how far that came
  ZeroScan zero_scan_;
  uint64_t merkle_bytes_ = 0;
  BmffItems items_;
  bool done_ = false;
};

}  // namespace assay::container
