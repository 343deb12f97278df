// SPDX-License-Identifier: Apache-2.0
// GTFS-Realtime TripUpdate: where a trip stands against its timetable, and what comes to each stop next.
#include <algorithm>
#include <map>

#include "twin/feeds/decode_gtfs.h"
#include "twin/feeds/decode_reason.h"
#include "twin/feeds/emitter.h"
#include "twin/feeds/gtfs_rt_parts.h"
#include "twin/feeds/json_in.h"

namespace feeds::gtfs_rt {
namespace {

constexpr size_t kBoard = 3;  // arrivals listed per stop
constexpr int64_t kAfterLastStop = 30 * 60 * base::kNsPerSecond;
constexpr int64_t kStillThere = 60 * base::kNsPerSecond;  // a vehicle at the stop has not left the board

std::string_view relationship(const rt::TripDescriptor& trip) {
  switch (trip.schedule_relationship()) {
    case rt::TripDescriptor::ADDED:
      return "added";
    case rt::TripDescriptor::UNSCHEDULED:
      return "unscheduled";
    case rt::TripDescriptor::CANCELED:
      return "canceled";
    case rt::TripDescriptor::REPLACEMENT:
      return "replacement";
    case rt::TripDescriptor::DUPLICATED:
      return "duplicated";
    case rt::TripDescriptor::DELETED:
      return "deleted";
    default:
      return "scheduled";
  }
}

bool runs(const rt::TripDescriptor& trip) {
  return trip.schedule_relationship() != rt::TripDescriptor::CANCELED &&
         trip.schedule_relationship() != rt::TripDescriptor::DELETED;
}

/// One stop of a trip update, with what the static feed adds.
struct StopCall {
  std::string stop;
  base::UtcNs at = 0;  ///< expected arrival, or departure where there is none; 0: not known
  std::optional<int> delay;
  bool skipped = false;
};

const GtfsStopTime* scheduledCall(const GtfsTrip* trip, const rt::TripUpdate::StopTimeUpdate& update,
                                  const GtfsIndex* index) {
  if (!trip) return nullptr;
  for (const GtfsStopTime& time : trip->times) {
    if (update.has_stop_sequence() ? time.sequence == update.stop_sequence()
                                   : index->stops()[time.stop].id == update.stop_id())
      return &time;
  }
  return nullptr;
}

StopCall callOf(const rt::TripUpdate& update, const rt::TripUpdate::StopTimeUpdate& stop, const GtfsTrip* trip,
                const Feed& feed) {
  StopCall call;
  const GtfsStopTime* scheduled = scheduledCall(trip, stop, feed.index);
  call.stop = stop.stop_id();
  if (call.stop.empty() && scheduled) call.stop = feed.index->stops()[scheduled->stop].id;
  call.skipped = stop.schedule_relationship() == rt::TripUpdate::StopTimeUpdate::SKIPPED;
  if (call.skipped || stop.schedule_relationship() == rt::TripUpdate::StopTimeUpdate::NO_DATA) return call;
  const bool arrives = stop.has_arrival();
  const rt::TripUpdate::StopTimeEvent& event = arrives ? stop.arrival() : stop.departure();
  if (event.has_delay()) call.delay = event.delay();
  const auto planned = [&]() -> base::UtcNs {
    if (!scheduled) return 0;
    const int seconds = arrives || scheduled->departure == kNoGtfsTime ? scheduled->arrival : scheduled->departure;
    if (seconds == kNoGtfsTime) return 0;
    const auto day = gtfsDay(update.trip().start_date());
    return feed.index->momentOf(day.value_or(feed.index->dayOf(feed.time)), seconds);
  };
  if (event.has_time()) {
    call.at = moment(event.time() > 0, static_cast<uint64_t>(std::max<int64_t>(0, event.time())), 0);
    const base::UtcNs plan = event.has_delay() ? 0 : planned();
    const int64_t late = (call.at - plan) / base::kNsPerSecond;
    if (call.at != 0 && plan != 0 && std::abs(late) < 86'400) call.delay = static_cast<int>(late);
  } else if (event.has_delay()) {
    const base::UtcNs plan = planned();
    if (plan != 0) call.at = plan + event.delay() * base::kNsPerSecond;
  }
  return call;
}

std::string stopName(const Feed& feed, const std::string& id) {
  const GtfsStop* stop = feed.index ? feed.index->stop(id) : nullptr;
  return stop && !stop->name.empty() ? stop->name : id;
}

std::string routeName(const Feed& feed, const rt::TripDescriptor& trip, const GtfsTrip* scheduled) {
  const GtfsRoute* route = !feed.index       ? nullptr
                           : trip.has_route_id() ? feed.index->route(trip.route_id())
                           : scheduled           ? &feed.index->routes()[scheduled->route]
                                                 : nullptr;
  if (!route) return trip.route_id();
  return route->shortName.empty() ? route->longName : route->shortName;
}

/// The note of a trip's delay. The id holds the delay, so only a change is a new event.
void tellDelay(const rt::TripUpdate& update, const std::string& trip, int delay, base::UtcNs time, Feed& feed) {
  model::EventObservation& event = feed.seen.events.emplace_back();
  const std::string_view state = relationship(update.trip());
  event.id = "trip/" + trip + '/' + std::to_string(delay);
  if (state != "scheduled") event.id += '/' + std::string(state);
  event.type = "gtfs.trip_update";
  event.entity = validId(update.vehicle().id()) ? update.vehicle().id() : tripEntity(feed, trip);
  event.eventTime = time;
  event.severity = delay >= 300 || !runs(update.trip()) ? 1 : 0;
  event.details = {{"trip", trip},
                   {"delay", std::to_string(delay)},
                   {"stops", std::to_string(update.stop_time_update_size())},
                   {"schedule_relationship", std::string(state)}};
  if (update.trip().has_route_id()) event.details.emplace_back("route", update.trip().route_id());
  event.provenance = feed.predicted();
}

/// Name and expiry of a trip that has no vehicle to be shown on.
void describeTrip(const std::string& trip, const GtfsTrip* scheduled, const std::string& route, base::UtcNs last,
                  Emitter& emit, const Feed& feed) {
  model::DescriptionObservation& about = emit.describe();
  const std::string name = route + (scheduled && !scheduled->headsign.empty() ? " " + scheduled->headsign : " " + trip);
  about.name = {name, name};
  about.expires = std::max(last, feed.time) + kAfterLastStop;
  addAttribute(about, "trip_id", trip);
}

/// Of the trip as a whole, else at the next stop, else at the first one listed.
std::optional<int> delayOf(const rt::TripUpdate& update, const StopCall* next, const std::vector<StopCall>& calls) {
  if (update.has_delay()) return update.delay();
  if (next && next->delay) return next->delay;
  return calls.empty() ? std::nullopt : calls.front().delay;
}

}  // namespace

const char* readTripUpdate(const rt::FeedEntity& entity, Feed& feed) {
  const rt::TripUpdate& update = entity.trip_update();
  const std::string& trip = update.trip().trip_id().empty() ? entity.id() : update.trip().trip_id();
  if (!validId(trip) || !validId(tripEntity(feed, trip))) return reason::kWrongType;
  const base::UtcNs time = moment(update.has_timestamp(), update.timestamp(), feed.time);
  const GtfsTrip* scheduled = feed.index ? feed.index->trip(trip) : nullptr;
  const bool onVehicle = validId(update.vehicle().id());
  Emitter emit(feed.seen, {onVehicle ? update.vehicle().id() : tripEntity(feed, trip),
                           onVehicle ? feed.kind : "transit_trip", time, feed.predicted()});

  const StopCall* next = nullptr;
  std::vector<StopCall> calls;
  std::string skipped;
  for (const auto& stop : update.stop_time_update()) calls.push_back(callOf(update, stop, scheduled, feed));
  base::UtcNs last = 0;
  size_t left = 0;
  for (const StopCall& call : calls) {
    last = std::max(last, call.at);
    if (call.skipped) skipped += (skipped.empty() ? "" : ", ") + stopName(feed, call.stop);
    if (call.skipped || (call.at != 0 && call.at + kStillThere < feed.time)) continue;
    ++left;
    if (!next) next = &call;
  }
  const std::optional<int> delay = delayOf(update, next, calls);
  tellDelay(update, trip, delay.value_or(0), time, feed);

  const std::string route = routeName(feed, update.trip(), scheduled);
  if (!onVehicle) describeTrip(trip, scheduled, route, last, emit, feed);
  if (delay && runs(update.trip())) emit.value("delay", static_cast<double>(*delay), "s");
  emit.text("trip", trip);
  emit.text("route", route);
  emit.text("schedule_relationship", relationship(update.trip()));
  emit.text("skipped_stops", skipped);
  if (!runs(update.trip())) return nullptr;
  if (next) {
    emit.text("next_stop", stopName(feed, next->stop));
    if (next->at != 0) emit.value("eta", static_cast<double>(std::max<int64_t>(0, next->at - feed.time)) / 1e9, "s");
  }
  if (!calls.empty()) {
    emit.value("stops_left", static_cast<double>(left));
    emit.text("last_stop", stopName(feed, calls.back().stop));
  }
  return nullptr;
}

void readStopBoards(const rt::FeedMessage& message, Feed& feed) {
  struct Arrival {
    base::UtcNs at;
    std::string route;
    std::optional<int> delay;
  };
  std::map<std::string, std::vector<Arrival>> boards;  // by stop, in order: the same bytes, the same output
  for (const rt::FeedEntity& entity : message.entity()) {
    if (!entity.has_trip_update() || entity.is_deleted() || !runs(entity.trip_update().trip())) continue;
    const rt::TripUpdate& update = entity.trip_update();
    const GtfsTrip* scheduled = feed.index ? feed.index->trip(update.trip().trip_id()) : nullptr;
    for (const auto& stop : update.stop_time_update()) {
      const StopCall call = callOf(update, stop, scheduled, feed);
      if (call.stop.empty() || call.at == 0 || call.at + kStillThere < feed.time) continue;
      boards[call.stop].push_back({call.at, routeName(feed, update.trip(), scheduled), call.delay});
    }
  }
  for (auto& [stop, arrivals] : boards) {
    const std::string entity = gtfsStopEntity(feed.name, stop);
    if (!validId(entity)) continue;
    std::stable_sort(arrivals.begin(), arrivals.end(), [](const Arrival& a, const Arrival& b) { return a.at < b.at; });
    const GtfsStop* known = feed.index ? feed.index->stop(stop) : nullptr;
    const char* kind = known && known->locationType == 1 ? "transit_station" : "transit_stop";
    Emitter emit(feed.seen, {entity, kind, feed.time, feed.predicted()});
    emit.value("next_arrival_in", static_cast<double>(arrivals[0].at - feed.time) / 1e9, "s");
    if (!feed.index) continue;  // without the agency's zone there is no time of day to write
    std::string list;
    for (size_t i = 0; i < std::min(arrivals.size(), kBoard); ++i) {
      std::string line = feed.index->clockOf(arrivals[i].at) + (arrivals[i].route.empty() ? "" : " " + arrivals[i].route);
      if (arrivals[i].delay && std::abs(*arrivals[i].delay) >= 60)
        line += (*arrivals[i].delay > 0 ? " (+" : " (") + std::to_string(*arrivals[i].delay / 60) + ")";
      if (i == 0) emit.text("next_arrival", line);
      list += (i ? " · " : "") + line;
    }
    emit.text("arrivals", list);
  }
}

}  // namespace feeds::gtfs_rt
