// Scan: finds the container format by content and walks it. Restartable: when bytes are missing,
// run() answers Fault::need and, after ByteSource::supply, resumes at the last box it had finished.
#pragma once

#include <memory>
#include <string_view>

#include "base/budget.h"
#include "base/limits.h"
#include "base/result.h"
#include "container/carrier.h"
#include "io/byte_source.h"

namespace assay::container {

// Walker: one container format. Implementations live in one file each (jpeg.cpp, png.cpp, …).
class Walker {
 public:
  virtual ~Walker() = default;
  // Fault::need: call again after supply. Any other outcome is final; a container that is damaged
  // is not a fault but a Carrier with what was found (state broken or notes), so that nothing is
  // lost.
  virtual Status run(io::ByteSource& source, Budget& budget, Carrier& carrier) = 0;
};

class Scan {
 public:
  // `declared_type`: the host's media type, used only to break ties between text and ZIP kinds
  //
  Scan(io::ByteSource& source, std::string_view declared_type, const Limits& limits);
  ~Scan();

  Status run(Budget& budget);
  // After run() succeeded.
  const Carrier& carrier() const { return carrier_; }
  Carrier& carrier() { return carrier_; }

 private:
  io::ByteSource& source_;
  std::string declared_type_;
  const Limits& limits_;
  bool sniffed_ = false;
  std::unique_ptr<Walker> walker_;  // null when the format has none
  Carrier carrier_;
};

}  // namespace assay::container
