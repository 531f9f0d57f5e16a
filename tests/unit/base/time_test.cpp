#include "base/time.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace assay {
namespace {

TEST(Time, KnownInstants) {
  const std::vector<std::pair<const char*, int64_t>> cases = {
      {"1970-01-01T00:00:00Z", 0},
      {"1969-12-31T23:59:59Z", -1},
      {"2000-02-29T12:00:00Z", 951825600},
      {"2026-11-23T00:00:00Z", 1795392000},
      {"2038-01-19T03:14:08Z", 2147483648},
      {"9999-12-31T23:59:59Z", 253402300799},
      {"0000-01-01T00:00:00Z", -62167219200},
  };
  for (const auto& [text, seconds] : cases) {
    const auto time = parse_rfc3339(text);
    ASSERT_TRUE(time.has_value()) << text;
    EXPECT_EQ(time->seconds, seconds) << text;
    EXPECT_EQ(format_rfc3339(*time), text);
  }
}

TEST(Time, ReadsOffsetsAndFractions) {
  const auto expected = parse_rfc3339("2026-11-23T10:00:00Z");
  for (const char* text :
       {"2026-11-23T12:00:00+02:00", "2026-11-23T04:30:00-05:30", "2026-11-23t10:00:00z",
        "2026-11-23 10:00:00Z", "2026-11-23T10:00:00.999999999Z", "2026-11-24T00:00:00+14:00"}) {
    EXPECT_EQ(parse_rfc3339(text), expected) << text;
  }
}

TEST(Time, RefusesWhatIsNoDate) {
  for (const char* text : {"",
                           "2026",
                           "2026-11-23",
                           "2026-11-23T10:00:00",
                           "2026-11-23T10:00Z",
                           "2026-13-01T00:00:00Z",
                           "2026-00-01T00:00:00Z",
                           "2026-02-29T00:00:00Z",
                           "2100-02-29T00:00:00Z",
                           "2026-04-31T00:00:00Z",
                           "2026-01-00T00:00:00Z",
                           "2026-01-01T24:00:00Z",
                           "2026-01-01T00:60:00Z",
                           "2026-01-01T00:00:61Z",
                           "2026-01-01T00:00:00+24:00",
                           "2026-01-01T00:00:00+01:60",
                           "2026-01-01T00:00:00+0100",
                           "2026-01-01T00:00:00.Z",
                           "2026-01-01T00:00:00ZZ",
                           "+026-01-01T00:00:00Z",
                           "-001-01-01T00:00:00Z",
                           "2026-1-01T00:00:00Z",
                           " 2026-01-01T00:00:00Z"}) {
    EXPECT_EQ(parse_rfc3339(text), std::nullopt) << text;
  }
}

TEST(Time, CalendarRoundTripsAcrossFourCenturies) {
  for (int64_t day = -200000; day <= 200000; day += 37) {
    const UnixTime time{day * 86400 + 3661};
    const CivilTime civil = to_civil(time);
    EXPECT_EQ(from_civil(civil), time) << format_rfc3339(time);
    EXPECT_EQ(civil.hour, 1u);
    EXPECT_EQ(civil.minute, 1u);
    EXPECT_EQ(civil.second, 1u);
  }
}

TEST(Time, RefusesFieldsOutOfRange) {
  EXPECT_FALSE(from_civil({10000, 1, 1, 0, 0, 0}).has_value());
  EXPECT_FALSE(from_civil({-1, 1, 1, 0, 0, 0}).has_value());
  EXPECT_FALSE(from_civil({2026, 2, 30, 0, 0, 0}).has_value());
  EXPECT_TRUE(from_civil({2024, 2, 29, 23, 59, 60}).has_value());  // leap second
}

}  // namespace
}  // namespace assay
