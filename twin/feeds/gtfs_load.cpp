// SPDX-License-Identifier: Apache-2.0
// Reading a static GTFS feed: finds the files in an archive, then checks and indexes table by table. A row
// that cannot be used is left out and noticed by name; a feed that cannot be used is refused by name.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "twin/feeds/gtfs_index.h"
#include "twin/feeds/zip_files.h"

namespace feeds {
namespace {

using Files = std::map<std::string, std::string>;

constexpr std::string_view kTables[] = {"agency.txt", "stops.txt",    "routes.txt",         "trips.txt",
                                        "stop_times.txt", "calendar.txt", "calendar_dates.txt"};
constexpr std::string_view kOthers[] = {
    "shapes.txt",         "frequencies.txt",      "fare_attributes.txt", "fare_rules.txt",
    "feed_info.txt",      "transfers.txt",        "pathways.txt",        "levels.txt",
    "translations.txt",   "attributions.txt",     "timeframes.txt",      "fare_media.txt",
    "fare_products.txt",  "fare_leg_rules.txt",   "fare_transfer_rules.txt", "areas.txt",
    "stop_areas.txt",     "networks.txt",         "route_networks.txt",  "location_groups.txt",
    "location_group_stops.txt", "booking_rules.txt", "rider_categories.txt", "fare_leg_join_rules.txt"};

template <typename List>
bool listed(const List& list, std::string_view name) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

std::string_view baseName(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// The one folder of the archive that holds tables, or the one archive inside it.
base::Result<Files> filesOfFeed(std::string_view zip, int depth = 0) {
  auto entries = readZip(zip);
  if (!entries) return base::Error{entries.error()};
  std::set<std::string> folders;
  std::vector<const std::string*> archives;
  for (const auto& [path, content] : *entries) {
    const std::string_view name = baseName(path);
    if (path.starts_with("__MACOSX/")) continue;
    if (listed(kTables, name)) folders.insert(path.substr(0, path.size() - name.size()));
    if (name.ends_with(".zip")) archives.push_back(&content);
  }
  if (folders.size() > 1) return base::Error{"gtfs_ambiguous"};
  if (folders.empty()) {
    if (archives.size() > 1) return base::Error{"gtfs_ambiguous"};
    if (archives.empty() || depth >= 2) return base::Error{"gtfs_no_feed"};
    return filesOfFeed(*archives.front(), depth + 1);
  }
  Files files;
  for (auto& [path, content] : *entries) {
    const std::string& folder = *folders.begin();
    if (!path.starts_with(folder) || path.find('/', folder.size()) != std::string::npos) continue;
    files.emplace(path.substr(folder.size()), std::move(content));
  }
  return files;
}

std::optional<double> decimal(std::string_view text) {
  double number;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || stop != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::optional<int64_t> whole(std::string_view text) {
  int64_t number;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

/// Fills an index table by table.
struct GtfsReader {
  Files files;
  GtfsIndex index;
  std::string fatal, detail;

  void notice(const GtfsTable& table, const char* code, size_t row, std::string_view field = {}) {
    index.notices_.push_back({code, table.file(), table.line(row), std::string(field)});
  }
  void fail(const char* code, const std::string& file, const std::string& field = {}) {
    if (!fatal.empty()) return;
    fatal = std::string("gtfs_") + code;
    detail = file + (field.empty() ? "" : ": " + field);
    index.notices_.push_back({code, file, 0, field});
  }

  /// The table when the file is there and has the columns that it needs.
  std::optional<GtfsTable> table(const char* file, bool required, std::initializer_list<const char*> columns) {
    const auto found = files.find(file);
    if (found == files.end()) {
      if (required) fail("missing_required_file", file);
      return std::nullopt;
    }
    GtfsTable table(file, found->second, index.notices_);
    if (table.unreadable()) {
      if (required) fail(index.notices_.back().code == "empty_file" ? "empty_file" : "invalid_encoding", file);
      return std::nullopt;
    }
    for (const char* column : columns) {
      if (table.column(column) >= 0) continue;
      if (required) {
        fail("missing_required_column", file, column);
      } else {
        index.notices_.push_back({"missing_required_column", file, 1, column});
      }
      return std::nullopt;
    }
    return table;
  }

  void checkFiles() {
    for (const auto& [name, content] : files)
      if (name.ends_with(".txt") && !listed(kTables, name) && !listed(kOthers, name))
        index.notices_.push_back({"unknown_file", name, 0, {}});
    if (!files.contains("calendar.txt") && !files.contains("calendar_dates.txt"))
      fail("missing_calendar", "calendar.txt");
  }

  void readAgencies() {
    const auto t = table("agency.txt", true, {"agency_name", "agency_timezone"});
    if (!t) return;
    const int id = t->column("agency_id"), name = t->column("agency_name"), zone = t->column("agency_timezone");
    for (size_t i = 0; i < t->rows(); ++i) {
      GtfsAgency agency{std::string(t->cell(i, id)), std::string(t->cell(i, name)), std::string(t->cell(i, zone))};
      if (agency.name.empty()) notice(*t, "missing_required_field", i, "agency_name");
      if (agency.id.empty() && t->rows() > 1) notice(*t, "missing_required_field", i, "agency_id");
      if (index.agency(agency.id)) notice(*t, "duplicate_key", i, "agency_id");
      if (!index.agencies_.empty() && agency.zone != index.agencies_[0].zone)
        notice(*t, "inconsistent_agency_timezone", i, "agency_timezone");
      index.agencies_.push_back(std::move(agency));
    }
    if (index.agencies_.empty()) return fail("empty_file", "agency.txt");
    auto rules = core::ZoneRules::load(index.agencies_[0].zone);
    if (rules) {
      index.zone_ = *std::move(rules);
    } else {
      notice(*t, "invalid_timezone", 0, "agency_timezone");
    }
  }

  void readStops() {
    const auto t = table("stops.txt", true, {"stop_id"});
    if (!t) return;
    const int id = t->column("stop_id"), code = t->column("stop_code"), name = t->column("stop_name"),
              lat = t->column("stop_lat"), lon = t->column("stop_lon"), type = t->column("location_type"),
              parent = t->column("parent_station");
    for (size_t i = 0; i < t->rows(); ++i) {
      GtfsStop stop{std::string(t->cell(i, id)), std::string(t->cell(i, code)), std::string(t->cell(i, name)),
                    std::string(t->cell(i, parent)), 0, std::nullopt};
      if (stop.id.empty()) {
        notice(*t, "missing_required_field", i, "stop_id");
        continue;
      }
      const std::string_view kind = t->cell(i, type);
      const auto number = kind.empty() ? std::optional<int64_t>(0) : whole(kind);
      if (!number || *number < 0 || *number > 4) notice(*t, "unexpected_enum_value", i, "location_type");
      stop.locationType = static_cast<int>(number.value_or(0));
      const auto latitude = decimal(t->cell(i, lat)), longitude = decimal(t->cell(i, lon));
      if (!latitude || !longitude) {
        if (stop.locationType < 3) notice(*t, "stop_without_location", i, "stop_lat");
      } else if (std::abs(*latitude) > 90 || std::abs(*longitude) > 180) {
        notice(*t, "number_out_of_range", i, "stop_lat");
      } else {
        stop.place = core::GeoPoint{*longitude, *latitude, 0};
      }
      if (!index.stopAt_.emplace(stop.id, index.stops_.size()).second) {
        notice(*t, "duplicate_key", i, "stop_id");
        continue;
      }
      if (stop.name.empty() && stop.locationType < 3) notice(*t, "missing_required_field", i, "stop_name");
      index.stops_.push_back(std::move(stop));
    }
    for (const GtfsStop& stop : index.stops_)
      if (!stop.parent.empty() && !index.stopAt_.contains(stop.parent))
        index.notices_.push_back({"foreign_key_violation", "stops.txt", 0, "parent_station"});
    checkCloseStops();
  }

  /// Two stops at one place are usually one stop entered twice.
  void checkCloseStops() {
    std::map<std::pair<int64_t, int64_t>, size_t> cells;
    for (const GtfsStop& stop : index.stops_) {
      if (!stop.place || stop.locationType != 0 || !stop.parent.empty()) continue;
      const auto key = std::pair(std::llround(stop.place->latitude * 2e4), std::llround(stop.place->longitude * 2e4));
      if (!cells.emplace(key, 0).second) index.notices_.push_back({"stops_too_close", "stops.txt", 0, stop.id});
    }
  }

  void readRoutes() {
    const auto t = table("routes.txt", true, {"route_id", "route_type"});
    if (!t) return;
    const int id = t->column("route_id"), agency = t->column("agency_id"), shortName = t->column("route_short_name"),
              longName = t->column("route_long_name"), type = t->column("route_type"), colour = t->column("route_color");
    std::set<std::string> names;
    for (size_t i = 0; i < t->rows(); ++i) {
      GtfsRoute route{std::string(t->cell(i, id)), std::string(t->cell(i, agency)), std::string(t->cell(i, shortName)),
                      std::string(t->cell(i, longName)), std::string(t->cell(i, colour)), 3};
      const auto number = whole(t->cell(i, type));
      if (route.id.empty()) {
        notice(*t, "missing_required_field", i, "route_id");
        continue;
      }
      if (!number || *number < 0 || *number > 1799) notice(*t, "unexpected_enum_value", i, "route_type");
      route.type = static_cast<int>(number.value_or(3));
      if (route.agency.empty() ? index.agencies_.size() > 1 : !index.agency(route.agency))
        notice(*t, "foreign_key_violation", i, "agency_id");
      if (route.shortName.empty() && route.longName.empty())
        notice(*t, "route_both_names_missing", i, "route_short_name");
      if (!route.shortName.empty() && route.shortName == route.longName)
        notice(*t, "route_names_equal", i, "route_long_name");
      if (!names.insert(route.shortName + '\n' + route.longName + '\n' + route.agency).second)
        notice(*t, "duplicate_route_name", i, "route_long_name");
      if (!index.routeAt_.emplace(route.id, index.routes_.size()).second) {
        notice(*t, "duplicate_key", i, "route_id");
        continue;
      }
      index.routes_.push_back(std::move(route));
    }
  }

  void readCalendars() {
    constexpr const char* kDays[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
    const bool alone = !files.contains("calendar_dates.txt");
    if (const auto t = table("calendar.txt", alone, {"service_id", "monday", "tuesday", "wednesday", "thursday",
                                                     "friday", "saturday", "sunday", "start_date", "end_date"})) {
      int days[7];
      for (int d = 0; d < 7; ++d) days[d] = t->column(kDays[d]);
      const int id = t->column("service_id"), start = t->column("start_date"), end = t->column("end_date");
      for (size_t i = 0; i < t->rows(); ++i) {
        const auto first = gtfsDay(t->cell(i, start)), last = gtfsDay(t->cell(i, end));
        if (!first || !last) {
          notice(*t, "invalid_date", i, "start_date");
          continue;
        }
        if (*last < *first) notice(*t, "start_and_end_range_out_of_order", i, "end_date");
        GtfsCalendar& calendar = index.calendars_[std::string(t->cell(i, id))];
        if (calendar.hasWeek) notice(*t, "duplicate_key", i, "service_id");
        calendar.hasWeek = true;
        calendar.first = *first, calendar.last = *last;
        for (int d = 0; d < 7; ++d) calendar.weekday[d] = t->cell(i, days[d]) == "1";
      }
    } else if (files.contains("calendar.txt") && fatal.empty() && !alone) {
      fail("missing_required_column", "calendar.txt");
    }
    if (const auto t = table("calendar_dates.txt", false, {"service_id", "date", "exception_type"})) {
      const int id = t->column("service_id"), date = t->column("date"), type = t->column("exception_type");
      for (size_t i = 0; i < t->rows(); ++i) {
        const auto day = gtfsDay(t->cell(i, date));
        const std::string_view kind = t->cell(i, type);
        if (!day) notice(*t, "invalid_date", i, "date");
        if (kind != "1" && kind != "2") notice(*t, "unexpected_enum_value", i, "exception_type");
        if (!day || (kind != "1" && kind != "2")) continue;
        if (!index.calendars_[std::string(t->cell(i, id))].exceptions.emplace(*day, kind == "1").second)
          notice(*t, "duplicate_key", i, "date");
      }
    }
  }

  void readShapes() {
    const auto t = table("shapes.txt", false, {"shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence"});
    if (!t) return;
    const int id = t->column("shape_id"), lat = t->column("shape_pt_lat"), lon = t->column("shape_pt_lon"),
              sequence = t->column("shape_pt_sequence");
    std::unordered_map<std::string, std::vector<std::pair<int64_t, core::GeoPoint>>> points;
    for (size_t i = 0; i < t->rows(); ++i) {
      const auto latitude = decimal(t->cell(i, lat)), longitude = decimal(t->cell(i, lon));
      const auto number = whole(t->cell(i, sequence));
      if (!latitude || !longitude || !number || std::abs(*latitude) > 90 || std::abs(*longitude) > 180) {
        notice(*t, "number_out_of_range", i, "shape_pt_lat");
        continue;
      }
      points[std::string(t->cell(i, id))].emplace_back(*number, core::GeoPoint{*longitude, *latitude, 0});
    }
    for (auto& [name, list] : points) {
      std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
      for (const auto& [number, point] : list) index.shapes_[name].push_back(point);
    }
  }

  void readTrips() {
    const auto t = table("trips.txt", true, {"route_id", "service_id", "trip_id"});
    if (!t) return;
    const int id = t->column("trip_id"), route = t->column("route_id"), service = t->column("service_id"),
              headsign = t->column("trip_headsign"), direction = t->column("direction_id"), shape = t->column("shape_id");
    for (size_t i = 0; i < t->rows(); ++i) {
      GtfsTrip trip;
      trip.id = t->cell(i, id), trip.service = t->cell(i, service);
      trip.headsign = t->cell(i, headsign), trip.shape = t->cell(i, shape);
      trip.direction = static_cast<int>(whole(t->cell(i, direction)).value_or(-1));
      const auto found = index.routeAt_.find(std::string(t->cell(i, route)));
      if (trip.id.empty()) {
        notice(*t, "missing_required_field", i, "trip_id");
        continue;
      }
      if (found == index.routeAt_.end()) {
        notice(*t, "foreign_key_violation", i, "route_id");
        continue;
      }
      trip.route = found->second;
      if (!index.calendars_.contains(trip.service)) notice(*t, "foreign_key_violation", i, "service_id");
      if (!trip.shape.empty() && !index.shapes_.contains(trip.shape)) notice(*t, "foreign_key_violation", i, "shape_id");
      if (!index.tripAt_.emplace(trip.id, index.trips_.size()).second) {
        notice(*t, "duplicate_key", i, "trip_id");
        continue;
      }
      index.trips_.push_back(std::move(trip));
    }
  }

  void readStopTimes() {
    const auto t = table("stop_times.txt", true, {"trip_id", "stop_id", "stop_sequence", "arrival_time", "departure_time"});
    if (!t) return;
    const int id = t->column("trip_id"), stopColumn = t->column("stop_id"), sequence = t->column("stop_sequence"),
              arrival = t->column("arrival_time"), departure = t->column("departure_time");
    for (size_t i = 0; i < t->rows(); ++i) {
      const auto trip = index.tripAt_.find(std::string(t->cell(i, id)));
      const auto stop = index.stopAt_.find(std::string(t->cell(i, stopColumn)));
      const auto number = whole(t->cell(i, sequence));
      if (trip == index.tripAt_.end()) notice(*t, "foreign_key_violation", i, "trip_id");
      if (stop == index.stopAt_.end()) notice(*t, "foreign_key_violation", i, "stop_id");
      if (!number || *number < 0 || *number > 1'000'000'000) notice(*t, "number_out_of_range", i, "stop_sequence");
      if (trip == index.tripAt_.end() || stop == index.stopAt_.end() || !number || *number < 0 || *number > 1'000'000'000)
        continue;
      GtfsStopTime time{kNoGtfsTime, kNoGtfsTime, static_cast<uint32_t>(*number), static_cast<uint32_t>(stop->second)};
      readTime(*t, i, arrival, "arrival_time", time.arrival);
      readTime(*t, i, departure, "departure_time", time.departure);
      if ((time.arrival == kNoGtfsTime) != (time.departure == kNoGtfsTime))
        notice(*t, "stop_time_with_only_arrival_or_departure_time", i, "departure_time");
      index.trips_[trip->second].times.push_back(time);
      ++index.stopTimes_;
    }
  }

  void readTime(const GtfsTable& t, size_t row, int column, const char* field, int& out) {
    const std::string_view cell = t.cell(row, column);
    if (cell.empty()) return;
    if (const auto time = gtfsTime(cell)) {
      out = *time;
    } else {
      notice(t, "invalid_time", row, field);
    }
  }

  void readFrequencies() {
    const auto t = table("frequencies.txt", false, {"trip_id", "start_time", "end_time", "headway_secs"});
    if (!t) return;
    const int id = t->column("trip_id"), start = t->column("start_time"), end = t->column("end_time"),
              headway = t->column("headway_secs"), exact = t->column("exact_times");
    for (size_t i = 0; i < t->rows(); ++i) {
      const auto from = gtfsTime(t->cell(i, start)), to = gtfsTime(t->cell(i, end));
      const auto every = whole(t->cell(i, headway));
      const std::string trip(t->cell(i, id));
      if (!index.tripAt_.contains(trip)) notice(*t, "foreign_key_violation", i, "trip_id");
      if (!from || !to) notice(*t, "invalid_time", i, "start_time");
      if (!every || *every <= 0 || *every > 86'400 * 7) notice(*t, "number_out_of_range", i, "headway_secs");
      if (!from || !to || !every || *every <= 0 || *every > 86'400 * 7) continue;
      index.frequencies_[trip].push_back({*from, *to, static_cast<int>(*every), t->cell(i, exact) == "1"});
    }
  }

  /// What only shows once all tables are in.
  void checkTrips() {
    const auto add = [&](const char* code, const GtfsTrip& trip) {
      index.notices_.push_back({code, "stop_times.txt", 0, trip.id});
    };
    std::vector<bool> used(index.stops_.size());
    for (GtfsTrip& trip : index.trips_) {
      std::stable_sort(trip.times.begin(), trip.times.end(),
                       [](const GtfsStopTime& a, const GtfsStopTime& b) { return a.sequence < b.sequence; });
      if (trip.times.size() < 2) add("unusable_trip", trip);
      int last = 0;
      for (size_t i = 0; i < trip.times.size(); ++i) {
        GtfsStopTime& time = trip.times[i];
        used[time.stop] = true;
        if (i > 0 && time.sequence == trip.times[i - 1].sequence) add("duplicate_key", trip);
        const bool edge = i == 0 || i + 1 == trip.times.size();
        if (edge && time.arrival == kNoGtfsTime && time.departure == kNoGtfsTime) add("missing_trip_edge", trip);
        if (time.arrival != kNoGtfsTime && time.arrival < last) add("arrival_before_previous_departure", trip);
        if (time.departure != kNoGtfsTime && time.departure < time.arrival) add("departure_before_arrival", trip);
        last = std::max({last, time.arrival, time.departure});
      }
    }
    for (size_t i = 0; i < used.size(); ++i)
      if (!used[i] && index.stops_[i].locationType == 0)
        index.notices_.push_back({"stop_without_stop_time", "stops.txt", 0, index.stops_[i].id});
  }

  void run() {
    checkFiles();
    void (GtfsReader::*const steps[])() = {&GtfsReader::readAgencies,    &GtfsReader::readStops,
                                           &GtfsReader::readRoutes,      &GtfsReader::readCalendars,
                                           &GtfsReader::readShapes,      &GtfsReader::readTrips,
                                           &GtfsReader::readStopTimes,   &GtfsReader::readFrequencies,
                                           &GtfsReader::checkTrips};
    for (const auto step : steps)
      if (fatal.empty()) (this->*step)();
  }
};

base::Result<std::shared_ptr<const GtfsIndex>> GtfsIndex::read(std::string_view zip, std::string* detail) {
  auto files = filesOfFeed(zip);
  if (!files) return base::Error{files.error()};
  GtfsReader reader;
  reader.files = *std::move(files);
  reader.run();
  if (detail) *detail = reader.detail;
  if (!reader.fatal.empty()) return base::Error{reader.fatal};
  return std::make_shared<const GtfsIndex>(std::move(reader.index));
}

}  // namespace feeds
