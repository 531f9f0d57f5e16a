// Exclusions of a data hash over an invented carrier: what is hashed lies inside the asset, in
// order, and what is not hashed is the store, clean padding or metadata.
#include "binding/planners.h"
#include "codec/cbor/cbor.h"
#include "fuzz/require.h"

namespace assay {
namespace {

using fuzz::require;

constexpr uint64_t kSize = 256;

// Small numbers mostly, so that ranges meet; sometimes one near the top.
uint64_t number(ByteReader& reader) {
  const uint8_t byte = reader.u8().ok() ? reader.since(reader.position() - 1)[0] : uint8_t{0};
  constexpr uint8_t kHuge = 0xF8;
  return byte >= kHuge ? UINT64_MAX - (byte & 0x07U) : byte;
}

Range inside(ByteReader& reader) {
  const uint64_t offset = number(reader) % kSize;
  return Range{offset, number(reader) % (kSize - offset) % 64};
}

container::Carrier carrier_from(ByteReader& reader) {
  container::Carrier carrier;
  carrier.format = container::Format::png;
  carrier.asset_size = kSize;
  carrier.state = container::StoreState::single;
  container::EmbeddedStore store;
  store.carrier = {inside(reader), inside(reader)};
  store.dirty_padding = {inside(reader)};
  carrier.stores.push_back(store);
  carrier.metadata = {{inside(reader), "EXIF"}, {inside(reader), "XMP"}};
  return carrier;
}

Bytes assertion_from(ByteReader& reader) {
  constexpr uint64_t kMap = 5;
  Bytes out;
  cbor::write_head(out, kMap, 2);
  cbor::write_text(out, "hash");
  cbor::write_bytes(out, Bytes(32));
  cbor::write_text(out, "exclusions");
  const uint64_t count = number(reader) % 6;
  cbor::write_array(out, count);
  for (uint64_t index = 0; index < count; ++index) {
    cbor::write_head(out, kMap, 2);
    cbor::write_text(out, "start");
    cbor::write_head(out, 0, number(reader));
    cbor::write_text(out, "length");
    cbor::write_head(out, 0, number(reader));
  }
  return out;
}

bool holds(const std::vector<Range>& ranges, uint64_t position) {
  for (const Range& range : ranges) {
    if (position >= range.offset && position < range.end()) {
      return true;
    }
  }
  return false;
}

void check_job(const binding::HashJob& job, const container::Carrier& carrier) {
  std::vector<Range> hashed;
  uint64_t end = 0;
  for (const binding::Segment& segment : job.segments) {
    const Range* range = std::get_if<Range>(&segment);
    require(range != nullptr && range->length > 0);
    require(range->offset >= end && range->end() <= kSize);
    end = range->end();
    hashed.push_back(*range);
  }
  const container::EmbeddedStore& store = carrier.stores[0];
  for (uint64_t position = 0; position < kSize; ++position) {
    if (holds(hashed, position)) {
      continue;
    }
    const bool metadata = holds({carrier.metadata[0].range, carrier.metadata[1].range}, position);
    require(metadata || holds(store.carrier, position));
    require(!holds(store.dirty_padding, position));
  }
}

void run(ByteView input) {
  ByteReader reader(input);
  const Limits limits;
  Budget budget(limits);
  const bool updated = (number(reader) & 1U) != 0;
  const container::Carrier carrier = carrier_from(reader);
  const Bytes assertion = assertion_from(reader);
  const auto document = cbor::Document::parse(assertion, limits, budget);
  require(document.ok());
  binding::Input plan_input;
  plan_input.assertion = document->root();
  plan_input.default_alg = "sha256";
  plan_input.carrier = &carrier;
  plan_input.updated = updated;
  plan_input.limits = &limits;
  const auto binding = binding::plan_data(plan_input, budget);
  if (binding->done()) {
    require(binding->outcome().findings.front().code != binding::Code::match);
    return;
  }
  require(binding->jobs().size() == 1);
  check_job(binding->jobs().front(), carrier);
}

}  // namespace
}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  assay::run({data, size});
  return 0;
}
