// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/traffic_feed.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "twin/feeds/encode_event.h"
#include "twin/feeds/encode_gtfs_rt.h"
#include "twin/feeds/encode_telemetry.h"

namespace traffic {
namespace {

constexpr uint32_t kShownSignals = kBlinkerRight | kBlinkerLeft | kBrake;
/// A vehicle may be away for a moment (SUMO moves a stuck one): longer than this and it has left.
constexpr base::UtcNs kGoneAfter = 2 * base::kNsPerSecond;

double degrees(double radians) {
  const double d = std::fmod(radians * 180 / std::numbers::pi, 360.0);
  return d < 0 ? d + 360 : d;
}

const char* blinkerName(uint32_t signals) {
  return signals & kBlinkerLeft ? "left" : signals & kBlinkerRight ? "right" : "none";
}

}  // namespace

TrafficFeed::TrafficFeed(const city::CityData& city, const RoadGraph& graph,
                         const std::vector<SignalProgram>& programs, const TransitLine& shuttle,
                         const std::vector<TransitLine>& buses, uint64_t seed)
    : city_(city),
      transit_(graph, shuttle, buses, city.zone, seed),
      adas_(city, graph, seed),
      spat_(city, graph, programs) {}

void TrafficFeed::publishVehicle(const VehicleState& v, base::UtcNs time, const Publish& out) {
  Shown& shown = shown_[v.id];
  shown.seen = time;
  feeds::TelemetryMessage m{.kind = v.kind, .id = v.id, .time = time};
  m.position = city_.frame.toGeographic(glm::dvec3(v.position, v.z));
  m.hasElevation = v.elevated;
  m.headingDegrees = degrees(city_.frame.trueFromGrid(v.heading));
  m.speed = v.speed;
  if (v.elevated && std::abs(v.pitch) > 0.002) m.pitchDegrees = v.pitch * 180 / std::numbers::pi;
  m.properties.emplace_back("speed", std::round(v.speed * 36) / 10);
  const uint32_t changed = (shown.signals ^ v.signals) & kShownSignals;
  if (changed & kBrake) m.properties.emplace_back("brake", (v.signals & kBrake) != 0);
  if (changed & (kBlinkerLeft | kBlinkerRight))
    m.properties.emplace_back("blinker", std::string(blinkerName(v.signals)));
  if (const auto report = transit_.report(v, time)) {
    if (shown.fresh) {
      m.properties.emplace_back("route", report->line->name);
      m.properties.emplace_back("capacity", static_cast<double>(report->capacity));
    }
    m.properties.emplace_back("passengers", static_cast<double>(report->passengers));
    m.properties.emplace_back("occupancy", std::round(100.0 * report->passengers / report->capacity));
    if (report->next) {
      m.properties.emplace_back(report->atStop ? "current_stop" : "next_stop", report->next->name);
      m.properties.emplace_back("eta", std::round(report->etaSeconds));
    }
    if (report->mode) {
      m.properties.emplace_back("mode", std::string(report->mode));
      m.properties.emplace_back("battery", std::round(report->battery * 10) / 10);
    }
  }
  shown.kind = v.kind;
  shown.signals = v.signals;
  shown.fresh = false;
  out(feeds::telemetryTopic(v.kind, v.id), feeds::encodeTelemetry(m), time);
}

void TrafficFeed::publishGone(base::UtcNs time, const Publish& out) {
  std::vector<std::pair<std::string, std::string>> gone;
  for (const auto& [id, shown] : shown_)
    if (shown.seen + kGoneAfter < time || shown.seen > time) gone.emplace_back(id, shown.kind);
  std::sort(gone.begin(), gone.end());
  for (const auto& [id, kind] : gone) {
    out(feeds::telemetryTopic(kind, id),
        feeds::encodeTelemetry({.kind = kind, .id = id, .time = time, .gone = true}), time);
    shown_.erase(id);
  }
}

void TrafficFeed::publishTransit(const TrafficStep& step, const Publish& out) {
  std::vector<feeds::GtfsVehicle> buses, shuttles;
  for (const VehicleState& v : step.vehicles) {
    const auto report = transit_.report(v, step.time);
    if (!report) continue;
    const core::GeoPoint at = city_.frame.toGeographic(glm::dvec3(v.position, v.z));
    feeds::GtfsVehicle g{.id = v.id,
                         .label = report->line->name,
                         .tripId = report->line->tripId,
                         .routeId = report->line->routeId,
                         .latitude = at.latitude,
                         .longitude = at.longitude,
                         .bearingDegrees = degrees(city_.frame.trueFromGrid(v.heading)),
                         .speed = v.speed};
    if (report->next) g.stopId = report->next->id;
    g.status = report->atStop            ? feeds::GtfsVehicle::Status::StoppedAt
               : report->etaSeconds < 12 ? feeds::GtfsVehicle::Status::IncomingAt
                                         : feeds::GtfsVehicle::Status::InTransitTo;
    g.occupancyPercentage = static_cast<unsigned>(100 * report->passengers / report->capacity);
    g.time = step.time;
    (v.kind == "shuttle" ? shuttles : buses).push_back(std::move(g));
    if (const auto event = transit_.takeover(v, step.time)) {
      feeds::WireEvent placed = *event;
      placed.position = at;
      out(feeds::eventTopic(placed.type), feeds::encodeEvent(placed), step.time);
    }
  }
  if (!buses.empty())
    out(feeds::gtfsTopic("bus"), feeds::encodeVehiclePositions(step.time, buses), step.time);
  if (!shuttles.empty())
    out(feeds::gtfsTopic("shuttle"), feeds::encodeVehiclePositions(step.time, shuttles), step.time);
}

void TrafficFeed::publish(const TrafficStep& step, const Publish& out) {
  for (const VehicleState& v : step.vehicles) publishVehicle(v, step.time, out);
  publishGone(step.time, out);
  publishTransit(step, out);
  for (const feeds::SpatMessage& message : spat_.at(step.simSecond, step.time))
    out(feeds::spatTopic(message.controller), feeds::encodeSpat(message), step.time);
  for (const feeds::AdasEvent& event : adas_.step(step))
    out(feeds::adasTopic(event.vehicle), feeds::encodeAdasEvent(event), step.time);
}

void TrafficFeed::clear(base::UtcNs time, const Publish& out) {
  for (auto& [id, shown] : shown_) shown.seen = time - 2 * kGoneAfter;
  publishGone(time, out);
}

}  // namespace traffic
