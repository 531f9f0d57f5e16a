#include "container/store_bytes.h"

#include "base/checked.h"
#include "base/fourcc.h"

namespace assay::container {
namespace {

struct BoxHead {
  uint32_t type = 0;
  uint64_t header = 8;
  uint64_t length = 0;
};

Result<BoxHead> read_box_head(ByteView head, uint64_t available) {
  ByteReader reader(head);
  ASSAY_TRY(lbox, reader.be32());
  ASSAY_TRY(type, reader.be32());
  BoxHead box{type, 8, lbox};
  if (lbox == 1) {
    ASSAY_TRY(xlbox, reader.be64());
    box.header = 16;
    box.length = xlbox;
  } else if (lbox == 0) {
    box.length = available;
  }
  if (box.length < box.header) {
    return Fault::malformed;
  }
  if (box.length > available) {
    return Fault::truncated;
  }
  return box;
}

struct StoreParts {
  ByteView description;
  ByteView content;
};

Result<StoreParts> split_store(ByteView store) {
  ASSAY_TRY(super, read_box_head(store, store.size()));
  if (super.type != fourcc("jumb")) {
    return Fault::malformed;
  }
  const ByteView payload =
      store.first(static_cast<size_t>(super.length)).subspan(static_cast<size_t>(super.header));
  ASSAY_TRY(description, read_box_head(payload, payload.size()));
  if (description.type != fourcc("jumd")) {
    return Fault::malformed;
  }
  const auto length = static_cast<size_t>(description.length);
  return StoreParts{payload.first(length), payload.subspan(length)};
}

}  // namespace

Result<uint64_t> superbox_length(ByteView head, uint64_t available) {
  const auto box = read_box_head(head, available);
  ByteReader reader(head);
  if (reader.skip(4).ok() && reader.remaining() >= 4 && *reader.be32() != fourcc("jumb")) {
    return Fault::malformed;  // whatever its first bytes say about a length
  }
  if (!box.ok()) {
    return box.fault();
  }
  return box->length;
}

Result<Bytes> merge_stores(const std::vector<ByteView>& stores) {
  Bytes payload;
  for (const ByteView store : stores) {
    ASSAY_TRY(parts, split_store(store));
    if (payload.empty()) {
      append(payload, parts.description);
    }
    append(payload, parts.content);
  }
  const auto length = checked_cast<uint32_t>(static_cast<uint64_t>(payload.size()) + 8);
  if (!length) {
    return Fault::limit;
  }
  Bytes merged;
  append_be32(merged, *length);
  append_be32(merged, fourcc("jumb"));
  append(merged, payload);
  return merged;
}

}  // namespace assay::container
