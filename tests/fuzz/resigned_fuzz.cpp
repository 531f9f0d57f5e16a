// A store that somebody with a listed certificate signed, whatever stands in it: the mutator
// changes boxes and puts lengths, hashes and signatures right again, so that the rules behind them
// are reached. The store stands beside an asset. Input: how the host behaves, length of the asset
// in two bytes, the asset, the store.
#include <algorithm>
#include <random>
#include <string>

#include "codec/json/json.h"
#include "fuzz/pki_seed.h"
#include "fuzz/require.h"
#include "fuzz/session_host.h"
#include "fuzz/store_edit.h"
#include "validate/trust_json.h"

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size);

namespace assay {
namespace {

using fuzz::Node;
using fuzz::require;
using Random = std::minstd_rand;

constexpr size_t kBefore = 3;   // bytes before the asset
constexpr size_t kRoom = 4096;  // by which one mutation may grow a box

struct Input {
  ByteView head;  // up to the end of the asset
  ByteView asset;
  ByteView store;
};

std::optional<Input> input_of(ByteView bytes) {
  if (bytes.size() < kBefore) {
    return std::nullopt;
  }
  const size_t length = (size_t{bytes[1]} << 8U) | bytes[2];
  if (bytes.size() - kBefore < length) {
    return std::nullopt;
  }
  const size_t end = kBefore + length;
  return Input{bytes.first(end), bytes.subspan(kBefore, length), bytes.subspan(end)};
}

// Every box below `node`, and its parent's list.
struct Place {
  std::vector<Node>* list;
  size_t index;
  Node& node() const { return (*list)[index]; }
};

void collect(std::vector<Node>& list, std::vector<Place>& out) {
  for (size_t i = 0; i < list.size(); ++i) {
    out.push_back({&list, i});
    collect(list[i].children, out);
  }
}

size_t below(Random& random, size_t count) {
  return std::uniform_int_distribution<size_t>(0, count - 1)(random);
}

void change_content(Node& node) {
  const size_t size = node.content.size();
  node.content.resize(size + kRoom);
  node.content.resize(LLVMFuzzerMutate(node.content.data(), size, size + kRoom));
}

// One change to the boxes.
void change(Node& store, Random& random) {
  std::vector<Place> places;
  collect(store.children, places);
  if (places.empty()) {
    return;
  }
  const Place place = places[below(random, places.size())];
  const Place other = places[below(random, places.size())];
  auto& list = *place.list;
  const auto at = list.begin() + static_cast<std::ptrdiff_t>(place.index);
  switch (below(random, 8)) {
    case 0:
      list.erase(at);
      return;
    case 1:
      list.insert(at, Node(*at));
      return;
    case 2:
      std::iter_swap(at, list.begin() + static_cast<std::ptrdiff_t>(below(random, list.size())));
      return;
    case 3: {
      Node copy = other.node();
      list.insert(at, std::move(copy));
      return;
    }
    default:
      if (!at->is_superbox()) {
        change_content(*at);
      }
  }
}

Bytes resigned(ByteView bytes, unsigned seed) {
  const auto input = input_of(bytes);
  std::vector<Node> boxes = input ? fuzz::boxes_in(input->store) : std::vector<Node>();
  if (boxes.empty()) {
    return {};
  }
  Random random(seed);
  const size_t changes = 1 + below(random, 3);
  for (size_t i = 0; i < changes; ++i) {
    change(boxes.front(), random);
  }
  fuzz::repair(boxes.front());
  Bytes out(input->head.begin(), input->head.end());
  append(out, fuzz::joined(boxes.front()));
  return out;
}

pki::TrustList listed() {
  pki::ListInfo info;
  info.name = "test";
  info.purposes = {std::string(pki::kEkuC2paClaimSigning)};
  const std::string pem = std::string("-----BEGIN CERTIFICATE-----\n") + fuzz::kIssuing +
                          "\n-----END CERTIFICATE-----\n";
  auto list = validate::read_trust_list(info, as_bytes(pem), Limits());
  require(list.ok() && list->anchors.size() == 1);
  return std::move(*list);
}

void run(ByteView bytes) {
  const auto input = input_of(bytes);
  if (!input) {
    return;
  }
  fuzz::Host host = fuzz::host_of(bytes[0]);
  host.has_sidecar = true;
  host.sidecar = input->store;
  validate::Engine engine;
  engine.trust.add_list(listed());
  const std::string report = fuzz::validate_with(engine, host, input->asset);
  if (!host.gives_up) {
    host.digests = !host.digests;
    host.window = host.window == 0 ? 4096 : 0;
    require(fuzz::validate_with(engine, host, input->asset) == report);
  }
}

}  // namespace
}  // namespace assay

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,
                                          unsigned seed) {
  if (seed % 16 == 0) {
    return LLVMFuzzerMutate(data, size, max_size);
  }
  const assay::Bytes made = assay::resigned({data, size}, seed / 16);
  if (made.empty() || made.size() > max_size) {
    return LLVMFuzzerMutate(data, size, max_size);
  }
  std::copy(made.begin(), made.end(), data);
  return made.size();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  assay::run({data, size});
  return 0;
}
