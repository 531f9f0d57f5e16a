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

std::optional<Limit> limit_named(std::string_view name) {
  for (size_t i = 0; i < kWords.size(); ++i) {
    if (kWords.at(i).name == name) {
      return static_cast<Limit>(i);
    }
  }
  return std::nullopt;
}

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

void set_limit(Limits& limits, Limit limit, uint64_t value) {
  switch (limit) {
#define ASSAY_LIMIT(type, name, ...)        \
  case Limit::name:                         \
    limits.name = static_cast<type>(value); \
    return;
#define ASSAY_SIZE(...)
#include "base/limits.def"
#undef ASSAY_LIMIT
#undef ASSAY_SIZE
    case Limit::count_:
      return;
  }
}

std::string limit_sentence(const Limits& limits, Limit limit) {
  return "more than " + std::to_string(limit_value(limits, limit)) + " " +
         kWords.at(static_cast<size_t>(limit)).counted;
}

}  // namespace assay
