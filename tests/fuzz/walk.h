// Walks a container the way two hosts would and checks what must hold for any bytes.
#pragma once

#include <algorithm>
#include <memory>
#include <string_view>

#include "base/budget.h"
#include "container/walkers.h"
#include "fuzz/require.h"
#include "io/byte_source.h"

namespace assay::fuzz {

using Factory = std::unique_ptr<container::Walker> (*)(const Limits&);

struct Walk {
  Fault fault = Fault::none;
  container::Carrier carrier;
};

// `step`: the most that is supplied at once; 0: everything is there from the start.
inline Walk walk(Factory factory, container::Format format, ByteView asset, uint64_t step) {
  Limits limits;
  limits.window_bytes = 4096;
  limits.store_bytes = 1u << 16;
  limits.named_boxes = 200;
  Budget budget(limits);
  io::ByteSource source(asset.size(), step == 0 ? asset.size() : step);
  if (step == 0) {
    source.supply(0, asset);
  }
  Walk result;
  result.carrier.format = format;
  result.carrier.asset_size = asset.size();
  const auto walker = factory(limits);
  for (;;) {
    const Status status = walker->run(source, budget, result.carrier);
    result.fault = status.fault();
    if (status.fault() != Fault::need) {
      return result;
    }
    const Range wanted = source.wanted().value();
    require(wanted.length > 0 && wanted.end() <= asset.size());
    const auto length = static_cast<size_t>(std::min(wanted.length, std::max<uint64_t>(step, 1)));
    source.supply(wanted.offset, asset.subspan(static_cast<size_t>(wanted.offset), length));
  }
}

inline void check_inside(const Range& range, uint64_t size) {
  require(range.offset <= size && range.length <= size - range.offset);
}

inline void check_store(const container::EmbeddedStore& store, uint64_t size,
                        container::Format format) {
  require(!store.carrier.empty() && !store.bytes.empty());
  uint64_t end = 0;
  uint64_t total = 0;
  for (const Range& range : store.carrier) {
    check_inside(range, size);
    require(range.length > 0 && range.offset >= end);
    end = range.end();
    total += range.length;
  }
  // An embedded file of a PDF may be deflated.
  require(store.bytes.size() <= total || format == container::Format::pdf);
  for (const Range& dirty : store.dirty_padding) {
    const bool inside =
        std::any_of(store.carrier.begin(), store.carrier.end(), [&dirty](const Range& range) {
          return dirty.offset >= range.offset && dirty.end() <= range.end();
        });
    require(inside);
  }
}

inline void check_carrier(const container::Carrier& carrier) {
  using container::StoreState;
  const uint64_t size = carrier.asset_size;
  require((carrier.state == StoreState::single) <= (carrier.stores.size() == 1));
  require((carrier.state == StoreState::none) <= carrier.stores.empty());
  require(carrier.state != StoreState::broken || !carrier.defect.empty());
  for (const auto& store : carrier.stores) {
    check_store(store, size, carrier.format);
  }
  for (const auto& item : carrier.metadata) {
    check_inside(item.range, size);
  }
  for (const auto& box : carrier.boxes) {
    require(!box.ranges.empty());
    for (const Range& range : box.ranges) {
      check_inside(range, size);
    }
  }
  for (const Range& range : carrier.unnamed) {
    check_inside(range, size);
  }
}

inline void check_same(const container::Carrier& a, const container::Carrier& b) {
  require(a.state == b.state && a.defect == b.defect && a.format == b.format);
  require(a.stores.size() == b.stores.size() && a.unnamed == b.unnamed);
  for (size_t index = 0; index < a.stores.size(); ++index) {
    require(a.stores[index].bytes == b.stores[index].bytes);
    require(a.stores[index].carrier == b.stores[index].carrier);
    require(a.stores[index].dirty_padding == b.stores[index].dirty_padding);
  }
  require(a.boxes.size() == b.boxes.size() && a.metadata.size() == b.metadata.size());
  for (size_t index = 0; index < a.boxes.size(); ++index) {
    require(a.boxes[index].name == b.boxes[index].name);
    require(a.boxes[index].ranges == b.boxes[index].ranges);
  }
  require(a.notes.size() == b.notes.size() && a.provenance_url == b.provenance_url);
}

// `magic` is put in front of the input, whose first byte says in which steps it is supplied.
inline void check(Factory factory, container::Format format, std::string_view magic,
                  ByteView input) {
  if (input.empty()) {
    return;
  }
  const uint64_t step = 1 + uint64_t{input[0]} * 7;
  Bytes asset = to_bytes(as_bytes(magic));
  append(asset, input.subspan(1));
  const Walk whole = walk(factory, format, asset, 0);
  check_carrier(whole.carrier);
  const Walk fed = walk(factory, format, asset, step);
  require(fed.fault == whole.fault);
  check_same(fed.carrier, whole.carrier);
}

}  // namespace assay::fuzz
