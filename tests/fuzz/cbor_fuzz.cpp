// Any bytes: items lie inside their containers, a key resolves exactly when it is unique, and the
// deterministic encoding is a fixed point.
#include "codec/cbor/cbor.h"
#include "fuzz/require.h"

namespace assay {
namespace {

using cbor::Document;
using cbor::Type;
using cbor::Value;
using fuzz::require;

bool inside(ByteView inner, ByteView outer) {
  return inner.data() >= outer.data() &&
         inner.data() - outer.data() <= static_cast<std::ptrdiff_t>(outer.size() - inner.size());
}

void check_key(const Value& map, size_t index) {
  const Value key = map.key(index);
  if (const auto text = key.as_text()) {
    require(map.get(*text).present() != map.has_duplicate(*text));
    require(!map.has_duplicate(*text) || map.has_duplicate_keys());
  }
  if (const auto number = key.as_int()) {
    require(map.get(*number).present() != map.has_duplicate(*number));
  }
}

void check(const Value& value, ByteView parent) {
  const ByteView encoded = value.encoded();
  require(!encoded.empty() && encoded.size() <= parent.size() && inside(encoded, parent));
  for (size_t i = 0; i < value.size(); ++i) {
    check(value.at(i), encoded);
    if (value.is(Type::map)) {
      check(value.key(i), encoded);
      check_key(value, i);
    }
  }
  if (value.is(Type::tag)) {
    check(value.tagged(), encoded);
  }
  require(!value.untagged().is(Type::tag));
  if (const auto bytes = value.as_bytes()) {
    require(bytes->size() < encoded.size());
  }
}

void run(ByteView input) {
  const Limits limits;
  Budget budget(limits);
  const auto document = Document::parse_prefix(input, limits, budget);
  if (!document) {
    return;
  }
  require(document->used() <= input.size());
  check(document->root(), input);

  const Bytes encoded = cbor::deterministic(document->root());
  // A count of 256 or more takes a longer head than an indefinite length and its break.
  require(encoded.size() <= 2 * document->used());
  Budget again(limits);
  const auto copy = Document::parse(encoded, limits, again);
  require(copy.ok());
  require(cbor::deterministic(copy->root()) == encoded);
  // The item stands by itself: parsing its bytes alone gives the same value.
  const auto alone = Document::parse(document->root().encoded(), limits, again);
  require(alone.ok() && cbor::deterministic(alone->root()) == encoded);
}

}  // namespace
}  // namespace assay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  assay::run({data, size});
  return 0;
}
