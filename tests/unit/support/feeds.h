// Feeds an asset to a Scan in pieces of a given size and describes what it found, so that tests can
// demand the same answer for every way of feeding.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "base/budget.h"
#include "base/text.h"
#include "container/scan.h"
#include "io/byte_source.h"

namespace assay::test {

struct Walked {
  Fault fault = Fault::none;
  container::Carrier carrier;
};

// Supplies at most `piece` bytes per need. `head`: bytes that are there from the start.
inline Walked walk(ByteView asset, uint64_t piece, std::string_view declared_type = "",
                   const Limits& limits = Limits()) {
  io::ByteSource source(asset.size(), std::min<uint64_t>(piece, uint64_t{64} << 10));
  container::Scan scan(source, declared_type, limits);
  Budget budget(limits);
  for (;;) {
    const Status status = scan.run(budget);
    if (status.ok() || status.fault() != Fault::need) {
      return {status.fault(), scan.carrier()};
    }
    const Range wanted = source.wanted().value();
    const auto length = static_cast<size_t>(std::min(wanted.length, piece));
    source.supply(wanted.offset, asset.subspan(static_cast<size_t>(wanted.offset), length));
  }
}

inline std::string describe(const Range& range) {
  return std::to_string(range.offset) + "+" + std::to_string(range.length);
}

inline std::string describe(const container::Carrier& carrier) {
  std::string text = std::string(format_name(carrier.format)) + " state " +
                     std::to_string(static_cast<int>(carrier.state)) + " " + carrier.defect + " " +
                     std::to_string(static_cast<int>(carrier.defect_kind)) + "\n";
  for (const auto& store : carrier.stores) {
    text += "store " + to_hex(store.bytes) + " in";
    for (const Range& range : store.carrier) {
      text += " " + describe(range);
    }
    for (const Range& range : store.dirty_padding) {
      text += " dirty " + describe(range);
    }
    text += "\n";
  }
  for (const auto& metadata : carrier.metadata) {
    text += "metadata " + metadata.kind + " " + describe(metadata.range) + "\n";
  }
  for (const auto& note : carrier.notes) {
    text += "note " + note.kind + " " + describe(note.range) + "\n";
  }
  for (const Range& range : carrier.reference) {
    text += "reference " + describe(range) + "\n";
  }
  return text + "url " + carrier.provenance_url + "\n";
}

// Walks the asset whole, in 64 KiB pieces and byte by byte; the answers must agree.
inline Walked walk_every_way(ByteView asset, std::string_view declared_type = "",
                             const Limits& limits = Limits()) {
  const Walked whole = walk(asset, std::max<uint64_t>(asset.size(), 1), declared_type, limits);
  for (const uint64_t piece : {uint64_t{64} << 10, uint64_t{1}}) {
    const Walked again = walk(asset, piece, declared_type, limits);
    EXPECT_EQ(again.fault, whole.fault) << "pieces of " << piece;
    EXPECT_EQ(describe(again.carrier), describe(whole.carrier)) << "pieces of " << piece;
  }
  return whole;
}

}  // namespace assay::test
