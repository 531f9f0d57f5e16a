#include "container/text_wrapper.h"

#include <algorithm>

#include "base/text.h"
#include "container/store_bytes.h"

namespace assay::container {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";  // U+FEFF
constexpr std::string_view kMagic("C2PATXT\0", 8);
constexpr uint8_t kVersion = 1;
constexpr size_t kHeaderBytes = 13;  // magic, version, length

// Padding selectors: the first of either block, so that a writer can fill any number of bytes.
constexpr uint8_t kShortPadding = 0;
constexpr uint8_t kLongPadding = 16;

// The byte that the variation selector at `at` stands for; `at` moves behind it.
std::optional<uint8_t> selector(std::string_view text, size_t& at) {
  const auto byte = [text, at](size_t index) {
    return at + index < text.size() ? static_cast<uint8_t>(text[at + index]) : uint8_t{0};
  };
  // U+FE00…U+FE0F
  if (byte(0) == 0xEF && byte(1) == 0xB8 && byte(2) >= 0x80 && byte(2) <= 0x8F) {
    const auto value = static_cast<uint8_t>(byte(2) - 0x80);
    at += 3;
    return value;
  }
  // U+E0100…U+E01EF
  if (byte(0) == 0xF3 && byte(1) == 0xA0 && byte(2) >= 0x84 && byte(2) <= 0x87 && byte(3) >= 0x80 &&
      byte(3) <= 0xBF) {
    const int value = 16 + (byte(2) - 0x84) * 64 + (byte(3) - 0x80);
    if (value <= 255) {
      at += 4;
      return static_cast<uint8_t>(value);
    }
  }
  return std::nullopt;
}

struct Run {
  Bytes bytes;
  std::vector<size_t> ends;  // where each selector ends in the text
};

Run read_run(std::string_view text, size_t& at) {
  Run run;
  for (auto value = selector(text, at); value; value = selector(text, at)) {
    run.bytes.push_back(*value);
    run.ends.push_back(at);
    // What cannot be a wrapper is passed over without keeping it.
    if (run.bytes.size() == kMagic.size() && as_text(run.bytes) != kMagic) {
      while (selector(text, at)) {
      }
      break;
    }
  }
  return run;
}

void read_store(const Run& run, size_t begin, FoundWrapper& wrapper) {
  ByteReader reader(run.bytes);
  if (!reader.skip(kMagic.size()).ok()) {
    return;
  }
  const auto version = reader.u8();
  const auto length = reader.be32();
  if (!version.ok() || !length.ok() || *version != kVersion || *length == 0) {
    return;
  }
  const auto store = reader.take(*length);
  if (!store.ok()) {
    return;
  }
  // A store that is longer than the wrapper says was cut.
  if (superbox_length(store->first(std::min<size_t>(store->size(), kSuperboxHead)), store->size())
          .fault() == Fault::truncated) {
    return;
  }
  const ByteView padding = reader.rest();
  wrapper.whole = true;
  wrapper.store = to_bytes(*store);
  wrapper.used = run.ends[kHeaderBytes + *length - 1] - begin;
  wrapper.clean = std::all_of(padding.begin(), padding.end(), [](uint8_t value) {
    return value == kShortPadding || value == kLongPadding;
  });
}

}  // namespace

std::optional<FoundWrapper> next_wrapper(std::string_view text, size_t& at) {
  for (size_t mark = text.find(kMark, at); mark != std::string_view::npos;
       mark = text.find(kMark, at)) {
    at = mark + kMark.size();
    const Run run = read_run(text, at);
    if (!starts_with(as_text(run.bytes), kMagic)) {
      continue;
    }
    FoundWrapper wrapper;
    wrapper.stored = {mark, at - mark};
    read_store(run, mark, wrapper);
    return wrapper;
  }
  at = text.size();
  return std::nullopt;
}

}  // namespace assay::container
