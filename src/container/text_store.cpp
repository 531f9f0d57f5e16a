#include "container/text_store.h"

#include <utility>

#include "base/text.h"
#include "container/store.h"
#include "container/store_bytes.h"

namespace assay::container {

Status read_text(io::ByteSource& source, const Limits& limits, Bytes& text) {
  if (source.size() > limits.text_bytes) {
    return limits.refuse(Limit::text_bytes);
  }
  return copy_range(source, {0, source.size()}, limits, text);
}

void add_base64_store(Carrier& carrier, std::string_view base64, Range range,
                      const Limits& limits) {
  auto bytes = from_base64(base64);
  if (!bytes) {
    add_broken_store(carrier, "The manifest store is not valid Base64.");
    return;
  }
  const auto length = superbox_length(*bytes, bytes->size());
  if (!length.ok()) {
    add_broken_store(carrier, length.fault() == Fault::truncated
                                  ? "The manifest store is shorter than its superbox says."
                                  : "The manifest store does not begin with a JUMBF superbox.");
    return;
  }
  if (limits.exceeded(Limit::store_bytes, *length)) {
    add_broken_store(carrier, "The manifest store is larger than the limit.");
    return;
  }
  EmbeddedStore store;
  store.carrier = {range};
  const auto used = static_cast<size_t>(*length);
  if (!all_zero(ByteView(*bytes).subspan(used))) {
    store.dirty_padding = {range};
  }
  bytes->resize(used);
  store.bytes = std::move(*bytes);
  add_store(carrier, std::move(store));
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\f";
  const size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

}  // namespace assay::container
