// Drives a Scan the three ways in which hosts supply bytes. The Carrier must not depend on it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>

#include "base/budget.h"
#include "base/bytes.h"
#include "base/limits.h"
#include "base/text.h"
#include "container/carrier.h"
#include "container/scan.h"

namespace assay::test {

struct Scanned {
  Fault fault = Fault::none;
  container::Carrier carrier;
  uint64_t needs = 0;
};

inline Scanned scan_by(std::string_view asset, uint64_t step, std::string_view declared = "",
                       const Limits& limits = Limits()) {
  const uint64_t window = step == 0 ? asset.size() : std::min<uint64_t>(step, 65536);
  io::ByteSource source(asset.size(), window);
  if (step == 0) {
    source.supply(0, as_bytes(asset));
  }
  Budget budget(limits);
  container::Scan scan(source, declared, limits);
  Scanned result;
  for (;;) {
    const Status status = scan.run(budget);
    result.fault = status.fault();
    if (status.fault() != Fault::need) {
      break;
    }
    const Range wanted = *source.wanted();
    const uint64_t length = step == 0 ? wanted.length : std::min(step, wanted.length);
    source.supply(wanted.offset, as_bytes(asset).subspan(static_cast<size_t>(wanted.offset),
                                                         static_cast<size_t>(length)));
    ++result.needs;
  }
  result.carrier = scan.carrier();
  return result;
}

inline std::string dump(const container::Carrier& carrier) {
  std::ostringstream out;
  const auto range = [&out](Range r) { out << " [" << r.offset << "+" << r.length << "]"; };
  out << format_name(carrier.format) << " size " << carrier.asset_size << " state "
      << static_cast<int>(carrier.state) << " defect '" << carrier.defect << "' url '"
      << carrier.provenance_url << "'\n";
  for (const auto& store : carrier.stores) {
    out << "store " << store.bytes.size() << " "
        << std::hash<std::string_view>()(as_text(store.bytes));
    std::for_each(store.carrier.begin(), store.carrier.end(), range);
    out << " dirty";
    std::for_each(store.dirty_padding.begin(), store.dirty_padding.end(), range);
    out << "\n";
  }
  for (const auto& item : carrier.metadata) {
    out << "metadata " << item.kind;
    range(item.range);
    out << "\n";
  }
  for (const auto& box : carrier.boxes) {
    out << "box " << box.name;
    std::for_each(box.ranges.begin(), box.ranges.end(), range);
    out << "\n";
  }
  out << "unnamed";
  std::for_each(carrier.unnamed.begin(), carrier.unnamed.end(), range);
  out << "\n";
  for (const auto& note : carrier.notes) {
    out << "note " << note.kind << " " << note.text;
    range(note.range);
    out << "\n";
  }
  return out.str();
}

// The Carrier of `asset`, having made sure that supplying it whole, in windows of 64 KiB and byte
// by byte gives the same.
inline container::Carrier scan(std::string_view asset, std::string_view declared = "",
                               const Limits& limits = Limits()) {
  const Scanned whole = scan_by(asset, 0, declared, limits);
  EXPECT_EQ(whole.fault, Fault::none) << fault_name(whole.fault);
  const std::string expected = dump(whole.carrier);
  for (const uint64_t step : {uint64_t{65536}, uint64_t{1}}) {
    const Scanned fed = scan_by(asset, step, declared, limits);
    EXPECT_EQ(fed.fault, whole.fault);
    EXPECT_EQ(dump(fed.carrier), expected) << "step " << step;
  }
  return whole.carrier;
}

inline std::string names(const container::Carrier& carrier) {
  std::string out;
  for (const auto& box : carrier.boxes) {
    out += (out.empty() ? "" : " ") + box.name;
  }
  return out;
}

inline std::string text_of(const Bytes& bytes) { return std::string(as_text(bytes)); }

inline bool has_note(const container::Carrier& carrier, std::string_view kind) {
  return std::any_of(carrier.notes.begin(), carrier.notes.end(),
                     [kind](const container::Note& note) { return note.kind == kind; });
}

}  // namespace assay::test
