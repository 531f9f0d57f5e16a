#include "base/time.h"

#include <array>
#include <cctype>
#include <cstddef>

namespace assay {
namespace {

constexpr int64_t kDay = 86400;

bool is_leap(int64_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

unsigned days_in_month(int64_t year, unsigned month) {
  constexpr std::array<unsigned, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays.at(month - 1);
}

// Days since 1970-01-01 of a Gregorian date; eras of 400 years starting on 1 March.
int64_t days_from_civil(int64_t year, unsigned month, unsigned day) {
  const int64_t shifted = month <= 2 ? year - 1 : year;
  const int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  const int64_t year_of_era = shifted - era * 400;
  const int64_t month_from_march = (static_cast<int64_t>(month) + 9) % 12;
  const int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719468;
}

// A cursor over fixed-width decimal fields.
class Digits {
 public:
  explicit Digits(std::string_view text) : text_(text) {}

  std::optional<unsigned> number(size_t width) {
    if (text_.size() < width) {
      return std::nullopt;
    }
    unsigned value = 0;
    for (const char c : text_.substr(0, width)) {
      if (c < '0' || c > '9') {
        return std::nullopt;
      }
      value = value * 10 + static_cast<unsigned>(c - '0');
    }
    text_.remove_prefix(width);
    return value;
  }

  bool literal(std::string_view allowed) {
    if (text_.empty() || allowed.find(text_.front()) == std::string_view::npos) {
      return false;
    }
    last_ = text_.front();
    text_.remove_prefix(1);
    return true;
  }

  // time-secfrac = "." 1*DIGIT, or nothing.
  bool skip_fraction() {
    if (!literal(".")) {
      return true;
    }
    const size_t before = text_.size();
    while (!text_.empty() && text_.front() >= '0' && text_.front() <= '9') {
      text_.remove_prefix(1);
    }
    return text_.size() < before;
  }

  char last() const { return last_; }
  bool done() const { return text_.empty(); }

 private:
  std::string_view text_;
  char last_ = '\0';
};

// The offset from UTC in seconds: "Z" or "+hh:mm" / "-hh:mm".
std::optional<int64_t> parse_zone(Digits& in) {
  if (in.literal("Zz")) {
    return 0;
  }
  if (!in.literal("+-")) {
    return std::nullopt;
  }
  const int64_t sign = in.last() == '-' ? -1 : 1;
  const auto hours = in.number(2);
  if (!hours || *hours > 23 || !in.literal(":")) {
    return std::nullopt;
  }
  const auto minutes = in.number(2);
  if (!minutes || *minutes > 59) {
    return std::nullopt;
  }
  return sign * (int64_t{*hours} * 3600 + int64_t{*minutes} * 60);
}

void append_padded(std::string& out, uint64_t value, size_t width) {
  const std::string digits = std::to_string(value);
  out.append(width > digits.size() ? width - digits.size() : 0, '0');
  out += digits;
}

}  // namespace

std::optional<UnixTime> from_civil(const CivilTime& c) {
  const bool in_range = c.year >= 0 && c.year <= 9999 && c.month >= 1 && c.month <= 12 &&
                        c.day >= 1 && c.hour <= 23 && c.minute <= 59 && c.second <= 60;
  if (!in_range || c.day > days_in_month(c.year, c.month)) {
    return std::nullopt;
  }
  return UnixTime{days_from_civil(c.year, c.month, c.day) * kDay + int64_t{c.hour} * 3600 +
                  int64_t{c.minute} * 60 + int64_t{c.second}};
}

CivilTime to_civil(UnixTime time) {
  int64_t days = time.seconds / kDay;
  int64_t rest = time.seconds % kDay;
  if (rest < 0) {
    rest += kDay;
    --days;
  }
  const int64_t shifted = days + 719468;
  const int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const int64_t day_of_era = shifted - era * 146097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t month_from_march = (5 * day_of_year + 2) / 153;
  CivilTime c;
  c.day = static_cast<unsigned>(day_of_year - (153 * month_from_march + 2) / 5 + 1);
  c.month =
      static_cast<unsigned>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
  c.year = year_of_era + era * 400 + (c.month <= 2 ? 1 : 0);
  c.hour = static_cast<unsigned>(rest / 3600);
  c.minute = static_cast<unsigned>(rest % 3600 / 60);
  c.second = static_cast<unsigned>(rest % 60);
  return c;
}

std::optional<UnixTime> parse_rfc3339(std::string_view text) {
  Digits in(text);
  std::array<unsigned, 6> fields{};
  constexpr std::array<size_t, 6> kWidths = {4, 2, 2, 2, 2, 2};
  constexpr std::array<std::string_view, 6> kSeparators = {"-", "-", "Tt ", ":", ":", ""};
  for (size_t i = 0; i < fields.size(); ++i) {
    const auto number = in.number(kWidths.at(i));
    if (!number || (i + 1 < fields.size() && !in.literal(kSeparators.at(i)))) {
      return std::nullopt;
    }
    fields.at(i) = *number;
  }
  if (!in.skip_fraction()) {
    return std::nullopt;
  }
  const auto zone = parse_zone(in);
  if (!zone || !in.done()) {
    return std::nullopt;
  }
  const auto local = from_civil({fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]});
  if (!local) {
    return std::nullopt;
  }
  return UnixTime{local->seconds - *zone};
}

std::string format_rfc3339(UnixTime time) {
  const CivilTime c = to_civil(time);
  std::string out;
  append_padded(out, static_cast<uint64_t>(c.year < 0 ? 0 : c.year), 4);
  out += '-';
  append_padded(out, c.month, 2);
  out += '-';
  append_padded(out, c.day, 2);
  out += 'T';
  append_padded(out, c.hour, 2);
  out += ':';
  append_padded(out, c.minute, 2);
  out += ':';
  append_padded(out, c.second, 2);
  out += 'Z';
  return out;
}

}  // namespace assay
