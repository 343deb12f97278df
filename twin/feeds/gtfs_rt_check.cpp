// SPDX-License-Identifier: Apache-2.0
// The rules of the GTFS-Realtime validator, by their numbers in its RULES.md.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <set>

#include "twin/feeds/gtfs_rt_parts.h"

namespace feeds::gtfs_rt {
namespace {

constexpr int64_t kYear2000 = 946'684'800, kYear2200 = 7'258'118'400;
constexpr double kFromShape = 100;       // metres, E029
constexpr double kBeyondStops = 1609;    // metres, E028
constexpr double kUnrealistic = 26;      // m/s, W004
constexpr int64_t kOldHeader = 65;       // seconds, W008
constexpr int64_t kFutureHeader = 60;    // seconds, E050
constexpr double kMetresPerDegree = 111'195;

using Stop = rt::TripUpdate::StopTimeUpdate;

bool isPosix(int64_t seconds) {
  return seconds >= kYear2000 && seconds < kYear2200;
}

/// Metres from a point to a path, on a plane about the point: good to a percent within a city.
double distanceTo(const std::vector<core::GeoPoint>& path, double latitude, double longitude) {
  const double shrink = std::cos(latitude * std::numbers::pi / 180);
  const auto flat = [&](const core::GeoPoint& p) {
    return std::pair((p.longitude - longitude) * shrink * kMetresPerDegree, (p.latitude - latitude) * kMetresPerDegree);
  };
  double best = std::numeric_limits<double>::infinity();
  for (size_t i = 0; i + 1 < path.size(); ++i) {
    const auto [ax, ay] = flat(path[i]);
    const auto [bx, by] = flat(path[i + 1]);
    const double dx = bx - ax, dy = by - ay, square = dx * dx + dy * dy;
    const double along = square > 0 ? std::clamp(-(ax * dx + ay * dy) / square, 0.0, 1.0) : 0;
    best = std::min(best, std::hypot(ax + along * dx, ay + along * dy));
  }
  return best;
}

class Checker {
 public:
  Checker(const rt::FeedMessage& message, const GtfsIndex* index, int64_t now)
      : message_(message), index_(index), now_(now) {}

  std::vector<std::string> run() {
    checkHeader();
    for (const rt::FeedEntity& entity : message_.entity()) {
      if (entity.is_deleted()) {
        if (message_.header().incrementality() == rt::FeedHeader::FULL_DATASET) add("e039");
        continue;
      }
      if (entity.has_trip_update()) checkTripUpdate(entity.trip_update());
      if (entity.has_vehicle()) checkVehicle(entity.vehicle());
      if (entity.has_alert()) checkAlert(entity.alert());
    }
    return {found_.begin(), found_.end()};
  }

 private:
  void add(const char* rule) { found_.insert(std::string("gtfs_") + rule); }
  void need(bool good, const char* rule) {
    if (!good) add(rule);
  }

  void checkHeader() {
    const rt::FeedHeader& header = message_.header();
    const std::string& version = header.gtfs_realtime_version();
    need(version == "1.0" || version == "2.0" || version == "1" || version == "2", "e038");
    if (version == "2.0") {
      need(header.has_timestamp(), "e048");
      need(header.has_incrementality(), "e049");
    }
    if (!header.has_timestamp()) return add("w001");
    stamp_ = static_cast<int64_t>(header.timestamp());
    need(isPosix(stamp_), "e001");
    if (!isPosix(stamp_)) return;
    need(stamp_ <= now_ + kFutureHeader, "e050");
    need(now_ - stamp_ <= kOldHeader, "w008");
  }

  /// E001 and E012 of a timestamp.
  void checkStamp(bool present, uint64_t seconds) {
    if (!present) return add("w001");
    const auto time = static_cast<int64_t>(std::min<uint64_t>(seconds, INT64_MAX));
    need(isPosix(time), "e001");
    if (isPosix(time) && isPosix(stamp_)) need(time <= stamp_, "e012");
  }

  /// What trip updates and vehicles have in common. Returns the scheduled trip, if there is one.
  const GtfsTrip* checkTrip(const rt::TripDescriptor& trip) {
    using Relation = rt::TripDescriptor;
    need(trip.has_schedule_relationship(), "w009");
    if (trip.has_start_time()) need(gtfsTime(trip.start_time()).has_value(), "e020");
    if (trip.has_start_date()) need(gtfsDay(trip.start_date()).has_value(), "e021");
    if (!index_) return nullptr;
    const bool added = trip.schedule_relationship() == Relation::ADDED || trip.schedule_relationship() == Relation::DUPLICATED;
    if (trip.has_route_id()) need(index_->route(trip.route_id()) != nullptr, "e004");
    const GtfsTrip* known = trip.has_trip_id() ? index_->trip(trip.trip_id()) : nullptr;
    if (trip.has_trip_id()) {
      if (trip.schedule_relationship() == Relation::ADDED) need(!known, "e016");
      if (!known && !added) add("e003");
    }
    if (!known) return nullptr;
    const auto* route = trip.has_route_id() ? index_->route(trip.route_id()) : nullptr;
    if (route) need(&index_->routes()[known->route] == route, "e035");
    if (trip.has_direction_id() && known->direction >= 0)
      need(static_cast<int>(trip.direction_id()) == known->direction, "e024");
    checkStart(trip, *known);
    return known;
  }

  void checkStart(const rt::TripDescriptor& trip, const GtfsTrip& known) {
    const auto start = gtfsTime(trip.start_time());
    const auto frequencies = index_->frequencies(known.id);
    if (frequencies.empty()) {
      if (start && !known.times.empty() && known.times[0].arrival != kNoGtfsTime && !trip.start_time().empty())
        need(*start == known.times[0].arrival, "e023");
      return;
    }
    if (!frequencies[0].exact) {
      need(trip.has_start_time() && trip.has_start_date(), "e006");
      need(!trip.has_schedule_relationship() ||
               trip.schedule_relationship() == rt::TripDescriptor::UNSCHEDULED, "e013");
      return;
    }
    const bool fits = std::any_of(frequencies.begin(), frequencies.end(), [&](const GtfsFrequency& f) {
      return start && *start >= f.start && *start < f.end && (*start - f.start) % f.headway == 0;
    });
    if (start) need(fits, "e019");
  }

  void checkStop(const std::string& id) {
    if (!index_ || id.empty()) return;
    const GtfsStop* stop = index_->stop(id);
    need(stop != nullptr, "e011");
    if (stop) need(stop->locationType == 0, "e015");
  }

  void checkTripUpdate(const rt::TripUpdate& update) {
    const rt::TripDescriptor& trip = update.trip();
    need(update.has_vehicle() && update.vehicle().has_id(), "w002");
    need(trip.has_trip_id(), "w006");
    checkStamp(update.has_timestamp(), update.timestamp());
    const GtfsTrip* known = checkTrip(trip);
    if (known && !index_->frequencies(known->id).empty() && !index_->frequencies(known->id)[0].exact)
      need(update.vehicle().has_id(), "w005");
    const bool runs = trip.schedule_relationship() != rt::TripDescriptor::CANCELED &&
                      trip.schedule_relationship() != rt::TripDescriptor::DELETED;
    if (runs && !update.has_delay()) need(update.stop_time_update_size() > 0, "e041");
    const Stop* before = nullptr;
    int64_t last = 0;
    for (const Stop& stop : update.stop_time_update()) {
      checkStopTime(stop, known);
      if (before) checkOrder(*before, stop);
      last = checkTimes(stop, last);
      before = &stop;
    }
  }

  void checkOrder(const Stop& before, const Stop& stop) {
    if (stop.has_stop_sequence() && before.has_stop_sequence()) {
      if (stop.stop_sequence() == before.stop_sequence()) {
        add("e036");
      } else {
        need(stop.stop_sequence() > before.stop_sequence(), "e002");
      }
    }
    if (stop.has_stop_id() && stop.stop_id() == before.stop_id()) add("e037");
  }

  void checkStopTime(const Stop& stop, const GtfsTrip* known) {
    need(stop.has_stop_id() || stop.has_stop_sequence(), "e040");
    checkStop(stop.stop_id());
    const bool noData = stop.schedule_relationship() == Stop::NO_DATA;
    if (noData) need(!stop.has_arrival() && !stop.has_departure(), "e042");
    if (!noData && stop.schedule_relationship() != Stop::SKIPPED) {
      need(stop.has_arrival() || stop.has_departure(), "e043");
      const bool empty = (stop.has_arrival() && !stop.arrival().has_time() && !stop.arrival().has_delay()) ||
                         (stop.has_departure() && !stop.departure().has_time() && !stop.departure().has_delay());
      need(!empty, "e044");
    }
    if (known) checkAgainst(stop, *known);
  }

  void checkAgainst(const Stop& stop, const GtfsTrip& trip) {
    size_t visits = 0;
    const GtfsStopTime* scheduled = nullptr;
    for (const GtfsStopTime& time : trip.times) {
      visits += index_->stops()[time.stop].id == stop.stop_id();
      if (stop.has_stop_sequence() ? time.sequence == stop.stop_sequence() : index_->stops()[time.stop].id == stop.stop_id())
        scheduled = &time;
    }
    if (!stop.has_stop_sequence() && visits > 1) add("e009");
    if (stop.has_stop_sequence() && !scheduled) return add("e051");
    if (scheduled && stop.has_stop_id() && index_->stop(stop.stop_id()))
      need(index_->stops()[scheduled->stop].id == stop.stop_id(), "e045");
    const bool untimed = scheduled && scheduled->arrival == kNoGtfsTime && scheduled->departure == kNoGtfsTime;
    if (untimed && ((stop.has_arrival() && !stop.arrival().has_time()) || (stop.has_departure() && !stop.departure().has_time())))
      add("e046");
  }

  /// E001, E022 and E025 of a stop's times; returns the latest time so far.
  int64_t checkTimes(const Stop& stop, int64_t last) {
    const auto timeOf = [&](bool present, const rt::TripUpdate::StopTimeEvent& event) -> int64_t {
      if (!present || !event.has_time()) return 0;
      need(isPosix(event.time()), "e001");
      return isPosix(event.time()) ? event.time() : 0;
    };
    const int64_t arrival = timeOf(stop.has_arrival(), stop.arrival());
    const int64_t departure = timeOf(stop.has_departure(), stop.departure());
    if (arrival && departure) need(departure >= arrival, "e025");
    const int64_t first = arrival ? arrival : departure;
    if (first && last) need(first > last, "e022");
    return std::max({last, arrival, departure});
  }

  void checkVehicle(const rt::VehiclePosition& v) {
    need(v.has_vehicle() && v.vehicle().has_id(), "w002");
    if (v.vehicle().has_id()) need(vehicles_.insert(v.vehicle().id()).second, "e052");
    checkStamp(v.has_timestamp(), v.timestamp());
    const GtfsTrip* trip = v.has_trip() ? checkTrip(v.trip()) : nullptr;
    checkStop(v.stop_id());
    if (!v.has_position()) return;
    const rt::Position& p = v.position();
    if (p.has_speed()) need(p.speed() >= 0 && p.speed() <= kUnrealistic, "w004");
    if (p.has_bearing()) need(p.bearing() >= 0 && p.bearing() <= 360, "e027");
    const bool valid = std::abs(p.latitude()) <= 90 && std::abs(p.longitude()) <= 180 &&
                       p.latitude() != 0 && p.longitude() != 0;  // exactly 0 is a place never filled in
    need(valid, "e026");
    if (!valid || !index_) return;
    checkArea(p);
    const auto* shape = trip ? index_->shape(trip->shape) : nullptr;
    if (shape && shape->size() > 1) need(distanceTo(*shape, p.latitude(), p.longitude()) <= kFromShape, "e029");
  }

  void checkArea(const rt::Position& p) {
    if (south_ > north_) {
      for (const GtfsStop& stop : index_->stops()) {
        if (!stop.place) continue;
        south_ = std::min(south_, stop.place->latitude), north_ = std::max(north_, stop.place->latitude);
        west_ = std::min(west_, stop.place->longitude), east_ = std::max(east_, stop.place->longitude);
      }
    }
    if (south_ > north_) return;
    const double up = kBeyondStops / kMetresPerDegree;
    const double side = up / std::max(0.01, std::cos(p.latitude() * std::numbers::pi / 180));
    need(p.latitude() >= south_ - up && p.latitude() <= north_ + up && p.longitude() >= west_ - side &&
             p.longitude() <= east_ + side, "e028");
  }

  void checkAlert(const rt::Alert& alert) {
    need(alert.informed_entity_size() > 0, "e032");
    for (const rt::EntitySelector& selector : alert.informed_entity()) {
      const bool any = selector.has_agency_id() || selector.has_route_id() || selector.has_route_type() ||
                       selector.has_trip() || selector.has_stop_id();
      need(any, "e033");
      if (selector.has_route_id() && selector.trip().has_route_id())
        need(selector.route_id() == selector.trip().route_id(), "e031");
      if (!index_) continue;
      if (selector.has_agency_id()) need(index_->agency(selector.agency_id()) != nullptr, "e034");
      if (selector.has_route_id()) need(index_->route(selector.route_id()) != nullptr, "e004");
      if (selector.has_stop_id()) need(index_->stop(selector.stop_id()) != nullptr, "e011");
      const GtfsTrip* trip = selector.trip().has_trip_id() ? index_->trip(selector.trip().trip_id()) : nullptr;
      if (selector.trip().has_trip_id()) need(trip != nullptr, "e003");
      if (trip && selector.has_route_id()) need(index_->routes()[trip->route].id == selector.route_id(), "e030");
    }
  }

  const rt::FeedMessage& message_;
  const GtfsIndex* index_;
  const int64_t now_;
  int64_t stamp_ = 0;
  std::set<std::string> vehicles_;
  double south_ = 1e9, north_ = -1e9, west_ = 1e9, east_ = -1e9;
  std::set<std::string> found_;
};

}  // namespace

std::vector<std::string> check(const rt::FeedMessage& message, const GtfsIndex* index, base::UtcNs received) {
  return Checker(message, index, received / base::kNsPerSecond).run();
}

}  // namespace feeds::gtfs_rt
