// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "twin/core/geodesy.h"
#include "twin/core/zone_rules.h"
#include "twin/feeds/gtfs_table.h"

namespace feeds {

constexpr int kNoGtfsTime = -1;

struct GtfsAgency {
  std::string id, name, zone;
};
struct GtfsStop {
  std::string id, code, name, parent;
  int locationType = 0;  ///< 0 stop or platform, 1 station, 2 entrance, 3 node, 4 boarding area
  std::optional<core::GeoPoint> place;
};
struct GtfsRoute {
  std::string id, agency, shortName, longName, colour;
  int type = 3;  ///< 3 bus, 0 tram, 1 metro, 2 rail ...
};
struct GtfsStopTime {
  int arrival = kNoGtfsTime, departure = kNoGtfsTime;  ///< seconds after noon minus 12 h; may exceed 86,400
  uint32_t sequence = 0;
  uint32_t stop = 0;  ///< index into stops()
};
struct GtfsTrip {
  std::string id, service, headsign, shape;
  size_t route = 0;  ///< index into routes()
  int direction = -1;
  std::vector<GtfsStopTime> times;  ///< ascending by sequence
};
struct GtfsFrequency {
  int start = 0, end = 0, headway = 0;  ///< seconds
  bool exact = false;
};
struct GtfsCalendar {
  bool hasWeek = false;
  bool weekday[7] = {};  ///< 0 = Monday
  int first = 0, last = 0;                 ///< days as YYYYMMDD
  std::map<int, bool> exceptions;          ///< day -> runs
};

/// A static GTFS feed (gtfs.org reference, revision of 2024), read once and then shared by const pointer.
class GtfsIndex {
 public:

  /// Reads a feed from the bytes of a zip archive: its files at the top, in one folder or in one zip inside.
  /// The error is the name of what makes the feed unusable ("gtfs_missing_required_file", "zip_broken",
  /// "gtfs_ambiguous" when several folders hold a feed); what leaves it usable is in notices(). `detail`
  /// receives the words for people when given.
  static base::Result<std::shared_ptr<const GtfsIndex>> read(std::string_view zip, std::string* detail = nullptr);

  const std::vector<GtfsAgency>& agencies() const { return agencies_; }
  const std::vector<GtfsStop>& stops() const { return stops_; }
  const std::vector<GtfsRoute>& routes() const { return routes_; }
  const std::vector<GtfsTrip>& trips() const { return trips_; }
  const std::vector<GtfsNotice>& notices() const { return notices_; }
  size_t stopTimeCount() const { return stopTimes_; }

  const GtfsAgency* agency(std::string_view id) const;
  const GtfsStop* stop(std::string_view id) const;
  const GtfsRoute* route(std::string_view id) const;
  const GtfsTrip* trip(std::string_view id) const;
  /// Corners of a shape in order, or null.
  const std::vector<core::GeoPoint>* shape(std::string_view id) const;
  std::span<const GtfsFrequency> frequencies(std::string_view trip) const;

  /// Whether a service runs on a day (YYYYMMDD): the exception of the day wins over the week.
  bool runsOn(std::string_view service, int day) const;
  /// The moment of a time of the service day (YYYYMMDD) on the agency's clock: GTFS counts from noon minus
  /// 12 hours, which differs from midnight on days when clocks change.
  base::UtcNs momentOf(int day, int seconds) const;
  /// The service day (YYYYMMDD) of a moment on the agency's clock.
  int dayOf(base::UtcNs time) const;
  /// "14:05" on the agency's clock.
  std::string clockOf(base::UtcNs time) const;

 private:
  friend struct GtfsReader;
  std::vector<GtfsAgency> agencies_;
  std::vector<GtfsStop> stops_;
  std::vector<GtfsRoute> routes_;
  std::vector<GtfsTrip> trips_;
  std::unordered_map<std::string, size_t> stopAt_, routeAt_, tripAt_;
  std::unordered_map<std::string, std::vector<core::GeoPoint>> shapes_;
  std::unordered_map<std::string, std::vector<GtfsFrequency>> frequencies_;
  std::unordered_map<std::string, GtfsCalendar> calendars_;
  std::vector<GtfsNotice> notices_;
  core::ZoneRules zone_;
  size_t stopTimes_ = 0;
};

/// "25:10:00" as seconds, hours without limit; nothing when malformed.
std::optional<int> gtfsTime(std::string_view text);
/// "20261122" as a number; nothing when it is no day.
std::optional<int> gtfsDay(std::string_view text);

}  // namespace feeds
