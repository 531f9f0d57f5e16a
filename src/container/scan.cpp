#include "container/scan.h"

#include "container/sniff.h"
#include "container/walkers.h"

namespace assay::container {

Scan::Scan(io::ByteSource& source, std::string_view declared_type, const Limits& limits)
    : source_(source), declared_type_(declared_type), limits_(limits) {}

Scan::~Scan() = default;

Status Scan::run(Budget& budget) {
  if (!sniffed_) {
    ASSAY_TRY(format, sniff(source_, declared_type_));
    carrier_.format = format;
    carrier_.asset_size = source_.size();
    walker_ = make_walker(format, limits_);
    sniffed_ = true;
  }
  return walker_ ? walker_->run(source_, budget, carrier_) : Status();
}

}  // namespace assay::container
