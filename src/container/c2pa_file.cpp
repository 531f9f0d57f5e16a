// The bare manifest store, application/c2pa: a side-car without its asset.
#include <algorithm>
#include <memory>

#include "container/store.h"
#include "container/walkers.h"

namespace assay::container {
namespace {

class C2paWalker : public Walker {
 public:
  explicit C2paWalker(const Limits& limits) : limits_(limits) {}

  Status run(io::ByteSource& source, Budget& /*budget*/, Carrier& carrier) override {
    if (limits_.exceeded(Limit::store_bytes, source.size())) {
      add_broken_store(carrier, "The manifest store is larger than what is processed.");
      return {};
    }
    const Range whole{0, source.size()};
    ASSAY_CHECK(copy_range(source, whole, limits_, copied_));
    EmbeddedStore store{std::move(copied_), {whole}, {}};
    trim_padding(store, whole);
    if (store.bytes.size() < whole.length) {
      add_trailing(carrier, store.bytes.size());
    }
    if (test_store(store.bytes) == StoreTest::no) {
      return {};  // JUMBF, but of another kind
    }
    add_store(carrier, std::move(store));
    return {};
  }

 private:
  const Limits& limits_;
  Bytes copied_;
};

}  // namespace

std::unique_ptr<Walker> make_c2pa_walker(const Limits& limits) {
  return std::make_unique<C2paWalker>(limits);
}

}  // namespace assay::container
