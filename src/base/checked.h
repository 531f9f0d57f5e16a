// Arithmetic on attacker-chosen numbers: overflow is a value, never a wrap.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>

namespace assay {

template <class T>
std::optional<T> checked_add(T a, T b) {
  static_assert(std::is_unsigned_v<T>);
  if (a > std::numeric_limits<T>::max() - b) {
    return std::nullopt;
  }
  return static_cast<T>(a + b);
}

template <class T>
std::optional<T> checked_mul(T a, T b) {
  static_assert(std::is_unsigned_v<T>);
  if (b != 0 && a > std::numeric_limits<T>::max() / b) {
    return std::nullopt;
  }
  return static_cast<T>(a * b);
}

// Modulo 2^64, where that is meant.
inline uint64_t wrapping_add(uint64_t a, uint64_t b) {
  uint64_t sum = 0;
  static_cast<void>(__builtin_add_overflow(a, b, &sum));
  return sum;
}
inline uint64_t wrapping_subtract(uint64_t a, uint64_t b) {
  uint64_t difference = 0;
  static_cast<void>(__builtin_sub_overflow(a, b, &difference));
  return difference;
}

// checked_cast<To>(value): the value if `To` can hold it.
template <class To, class From>
std::optional<To> checked_cast(From value) {
  static_assert(std::is_unsigned_v<From> && std::is_unsigned_v<To>);
  if (value > std::numeric_limits<To>::max()) {
    return std::nullopt;
  }
  return static_cast<To>(value);
}

// Range: a run of bytes of the asset. Offsets are 64 bit also where size_t is not.
struct Range {
  uint64_t offset = 0;
  uint64_t length = 0;

  // Saturates; a range that overflows is past every end of file.
  uint64_t end() const {
    const auto sum = checked_add(offset, length);
    return sum.value_or(std::numeric_limits<uint64_t>::max());
  }
  friend bool operator==(const Range&, const Range&) = default;
};

}  // namespace assay
