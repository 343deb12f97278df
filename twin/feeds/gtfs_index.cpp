// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/gtfs_index.h"

#include <charconv>
#include <chrono>

namespace feeds {
namespace {

std::chrono::year_month_day ymd(int day) {
  return std::chrono::year{day / 10000} / std::chrono::month{static_cast<unsigned>(day / 100 % 100)} /
         std::chrono::day{static_cast<unsigned>(day % 100)};
}

template <typename List, typename Map>
auto* lookUp(const List& list, const Map& map, std::string_view id) {
  const auto it = map.find(std::string(id));
  return it == map.end() ? nullptr : &list[it->second];
}

std::optional<int> digits(std::string_view text, size_t least, size_t most) {
  int number = 0;
  if (text.size() < least || text.size() > most) return std::nullopt;
  for (const char c : text)
    if (c < '0' || c > '9') return std::nullopt;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

std::optional<int> gtfsTime(std::string_view text) {
  const size_t first = text.find(':'), second = text.find(':', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
  const auto hours = digits(text.substr(0, first), 1, 3);
  const auto minutes = digits(text.substr(first + 1, second - first - 1), 2, 2);
  const auto seconds = digits(text.substr(second + 1), 2, 2);
  if (!hours || !minutes || !seconds || *minutes > 59 || *seconds > 59) return std::nullopt;
  return *hours * 3600 + *minutes * 60 + *seconds;
}

std::optional<int> gtfsDay(std::string_view text) {
  const auto day = digits(text, 8, 8);
  if (!day || !ymd(*day).ok() || *day < 19000101) return std::nullopt;
  return day;
}

const GtfsAgency* GtfsIndex::agency(std::string_view id) const {
  for (const GtfsAgency& agency : agencies_)
    if (agency.id == id) return &agency;
  return nullptr;
}
const GtfsStop* GtfsIndex::stop(std::string_view id) const {
  return lookUp(stops_, stopAt_, id);
}
const GtfsRoute* GtfsIndex::route(std::string_view id) const {
  return lookUp(routes_, routeAt_, id);
}
const GtfsTrip* GtfsIndex::trip(std::string_view id) const {
  return lookUp(trips_, tripAt_, id);
}

const std::vector<core::GeoPoint>* GtfsIndex::shape(std::string_view id) const {
  const auto it = shapes_.find(std::string(id));
  return it == shapes_.end() ? nullptr : &it->second;
}

std::span<const GtfsFrequency> GtfsIndex::frequencies(std::string_view trip) const {
  const auto it = frequencies_.find(std::string(trip));
  return it == frequencies_.end() ? std::span<const GtfsFrequency>() : it->second;
}

bool GtfsIndex::runsOn(std::string_view service, int day) const {
  const auto it = calendars_.find(std::string(service));
  if (it == calendars_.end() || !ymd(day).ok()) return false;
  const GtfsCalendar& calendar = it->second;
  if (const auto exception = calendar.exceptions.find(day); exception != calendar.exceptions.end())
    return exception->second;
  if (!calendar.hasWeek || day < calendar.first || day > calendar.last) return false;
  const std::chrono::weekday weekday{std::chrono::sys_days{ymd(day)}};
  return calendar.weekday[weekday.iso_encoding() - 1];
}

base::UtcNs GtfsIndex::momentOf(int day, int seconds) const {
  const int64_t days = std::chrono::sys_days{ymd(day)}.time_since_epoch().count();
  return zone_.fromLocal(days, 12 * 3600) + (static_cast<int64_t>(seconds) - 12 * 3600) * base::kNsPerSecond;
}

int GtfsIndex::dayOf(base::UtcNs time) const {
  using namespace std::chrono;
  const int64_t local = time / base::kNsPerSecond + zone_.offsetAt(time);
  const year_month_day day{floor<days>(sys_seconds{seconds{local}})};
  return static_cast<int>(day.year()) * 10000 + static_cast<int>(static_cast<unsigned>(day.month())) * 100 +
         static_cast<int>(static_cast<unsigned>(day.day()));
}

std::string GtfsIndex::clockOf(base::UtcNs time) const {
  const int64_t minute = (time / base::kNsPerSecond + zone_.offsetAt(time)) / 60 % (24 * 60);
  const auto two = [](int64_t n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  return two(minute / 60) + ':' + two(minute % 60);
}

}  // namespace feeds
