#include "base/limits.h"

#include <array>

namespace assay {
namespace {

struct Words {
  const char* name;
  const char* counted;
};

constexpr std::array kWords = {
#define ASSAY_LIMIT(type, name, value, text, counted) Words{text, counted},
#define ASSAY_SIZE(...)
#include "base/limits.def"
#undef ASSAY_LIMIT
#undef ASSAY_SIZE
};

}  // namespace

bool Limits::exceeded(Limit limit, uint64_t amount) const {
  const bool above = amount > limit_value(*this, limit);
  if (above) {
    refuse(limit);
  }
  return above;
}

const char* limit_name(Limit limit) { return kWords.at(static_cast<size_t>(limit)).name; }

uint64_t limit_value(const Limits& limits, Limit limit) {
  switch (limit) {
#define ASSAY_LIMIT(type, name, ...) \
  case Limit::name:                  \
    return limits.name;
#define ASSAY_SIZE(...)
#include "base/limits.def"
#undef ASSAY_LIMIT
#undef ASSAY_SIZE
    case Limit::count_:
      break;
  }
  return 0;
}

std::string limit_sentence(const Limits& limits, Limit limit) {
  return "more than " + std::to_string(limit_value(limits, limit)) + " " +
         kWords.at(static_cast<size_t>(limit)).counted;
}

}  // namespace assay
