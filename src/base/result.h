// Result<T>: a value or the reason why there is none. Content of untrusted files never throws.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

namespace assay {

// Fault says why reading stopped. It never leaves the core except inside an explanation.
enum class Fault : uint8_t {
  none,
  truncated,    // the enclosing structure ends before the field does
  malformed,    // the bytes break the grammar
  limit,        // a limit of base/limits.h was reached
  unsupported,  // well formed, but a variant that this code does not process
  need,         // the bytes are not here yet: publish the wanted ranges and call again
};

const char* fault_name(Fault fault);

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(Fault fault) : fault_(fault) {}         // NOLINT(google-explicit-constructor)

  bool ok() const { return value_.has_value(); }
  explicit operator bool() const { return ok(); }
  Fault fault() const { return fault_; }
  T& value() { return *value_; }
  const T& value() const { return *value_; }
  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }

 private:
  std::optional<T> value_;
  Fault fault_ = Fault::none;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Fault fault) : fault_(fault) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return fault_ == Fault::none; }
  explicit operator bool() const { return ok(); }
  Fault fault() const { return fault_; }

 private:
  Fault fault_ = Fault::none;
};

using Status = Result<void>;

}  // namespace assay

#define ASSAY_JOIN_(a, b) a##b
#define ASSAY_JOIN(a, b) ASSAY_JOIN_(a, b)

// ASSAY_TRY(name, expression): declares `name` with the value, or returns the fault.
#define ASSAY_TRY(name, expression)                 \
  auto ASSAY_JOIN(result_of_, name) = (expression); \
  if (!ASSAY_JOIN(result_of_, name).ok()) {         \
    return ASSAY_JOIN(result_of_, name).fault();    \
  }                                                 \
  auto& name = *ASSAY_JOIN(result_of_, name) /* NOLINT */

// ASSAY_CHECK(expression): the same for a Status.
#define ASSAY_CHECK(expression)                                 \
  do {                                                          \
    if (auto assay_status = (expression); !assay_status.ok()) { \
      return assay_status.fault();                              \
    }                                                           \
  } while (false)
