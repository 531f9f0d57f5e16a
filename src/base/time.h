// UnixTime: seconds since 1970-01-01T00:00:00Z, proleptic Gregorian, no leap seconds. The core
// never reads a clock; every time is an input or comes from the file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

struct UnixTime {
  int64_t seconds = 0;
  friend auto operator<=>(const UnixTime&, const UnixTime&) = default;
};

struct CivilTime {
  int64_t year = 1970;
  unsigned month = 1;  // 1..12
  unsigned day = 1;    // 1..31
  unsigned hour = 0;
  unsigned minute = 0;
  unsigned second = 0;
};

// Nothing when a field is out of range (year 0..9999, day of month by the calendar).
std::optional<UnixTime> from_civil(const CivilTime& civil);
CivilTime to_civil(UnixTime time);

// RFC 3339 date-time, e.g. 2026-11-23T10:00:00Z or with +02:00; fractions are dropped.
std::optional<UnixTime> parse_rfc3339(std::string_view text);
// Always UTC with a Z.
std::string format_rfc3339(UnixTime time);

}  // namespace assay
