// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/transit_model.h"

#include <algorithm>
#include <cmath>

#include "engine/base/hash.h"

namespace traffic {
namespace {

constexpr int kShuttleCapacity = 15;
constexpr int kBusCapacity = 45;
constexpr double kLoopMinutes = 20;
constexpr double kTakeoversPerLoop = 0.6;  ///< 0.2 to 1
constexpr double kShuttlePace = 3.3;       ///< m/s with signals, without dwell
constexpr double kBusPace = 6.0;
constexpr double kDwell = 40;

const char* const kReasons[] = {
    "parked vehicle in lane", "pedestrian near kerb", "cut-in", "unclear signal", "roadworks",
    "sensor degraded",        "cyclist ahead"};

}  // namespace

TransitModel::TransitModel(const RoadGraph& graph, const TransitLine& shuttle,
                           const std::vector<TransitLine>& buses, core::TimeZone zone, uint64_t seed)
    : zone_(std::move(zone)), seed_(seed) {
  const auto add = [&](const TransitLine& line) {
    Track track{.line = &line, .path = {}};
    for (const int edge : line.edges) {
      const Polyline& shape = graph.edges()[static_cast<size_t>(edge)].lanes.front().shape;
      track.path.insert(track.path.end(), shape.begin(), shape.end());
    }
    if (track.path.size() >= 2) tracks_[line.id] = std::move(track);
  };
  add(shuttle);
  for (const TransitLine& bus : buses) add(bus);
}

int TransitModel::load(const VehicleState& v, const TransitLine& line, size_t stop, base::UtcNs time,
                       int capacity) const {
  const core::LocalTime local = core::toLocal(time, zone_);
  const double hour = local.hourOfDay();
  const double busy = 0.12 + 0.55 * std::exp(-0.5 * std::pow((hour - 8.3) / 1.3, 2)) +
                      0.3 * std::exp(-0.5 * std::pow((hour - 12.3) / 1.2, 2)) +
                      0.55 * std::exp(-0.5 * std::pow((hour - 18.2) / 1.5, 2));
  const uint64_t key = seed_ ^ base::hashBytes(v.id) ^ base::mix(stop * 131 + base::hashBytes(line.id)) ^
                       base::mix(static_cast<uint64_t>(time / base::kNsPerSecond / 1200));
  return std::clamp(static_cast<int>(std::lround(capacity * busy * (0.6 + 0.8 * base::unit(key)))), 0,
                    capacity);
}

std::pair<double, double> TransitModel::takeoverAt(const std::string& id, base::UtcNs time) const {
  const int64_t second = time / base::kNsPerSecond, minute = second / 60;
  const uint64_t key = base::mix(seed_ ^ base::hashBytes(id) ^ base::mix(static_cast<uint64_t>(minute) + 77));
  if (base::unit(key) >= kTakeoversPerLoop / kLoopMinutes) return {-1, 0};
  const double length = 8 + 17 * base::unit(key ^ 5);
  const double start = std::floor((60 - length) * base::unit(key ^ 9));
  const double since = static_cast<double>(second % 60) - start;
  return since >= 0 && since < length ? std::pair{since, length} : std::pair{-1.0, 0.0};
}

std::optional<TransitReport> TransitModel::report(const VehicleState& v, base::UtcNs time) const {
  const auto found = tracks_.find(v.line);
  if (found == tracks_.end()) return std::nullopt;
  const TransitLine& line = *found->second.line;
  const bool shuttle = v.kind == "shuttle";
  TransitReport report{.line = &line};
  report.along = project(found->second.path, v.position).along;
  report.capacity = shuttle ? kShuttleCapacity : kBusCapacity;
  size_t next = 0;
  while (next < line.stops.size() && line.stops[next].routeMetres < report.along - 6) ++next;
  double distance = 0;
  if (next < line.stops.size()) {
    distance = line.stops[next].routeMetres - report.along;
    report.next = &line.stops[next];
  } else if (line.loop && !line.stops.empty()) {
    distance = line.length - report.along + line.stops.front().routeMetres;
    report.next = &line.stops.front();
    next = 0;
  }
  report.atStop = report.next && distance < 10 && v.speed < 0.3;
  report.etaSeconds = report.atStop ? 0 : std::max(0.0, distance) / (shuttle ? kShuttlePace : kBusPace);
  report.passengers = load(v, line, next + (report.atStop ? 1 : 0), time, report.capacity);
  if (!shuttle) return report;
  // 1.5 to 2.5 kWh per hour of 33: charged in the night, about a third left in the evening.
  const double hour = core::toLocal(time, zone_).hourOfDay();
  report.battery = hour < 6 ? std::min(97.0, 35 + 62 * hour / 5.5)
                            : 97 - (hour - 6) * 3.6 - 4 * base::unit(seed_ ^ base::hashBytes(v.id));
  const bool manual = takeoverAt(v.id, time).first >= 0;
  report.mode = manual ? "manual" : v.speed < 0.1 ? "stopped" : "auto";
  return report;
}

std::optional<feeds::WireEvent> TransitModel::takeover(const VehicleState& v, base::UtcNs time) const {
  if (v.kind != "shuttle") return std::nullopt;
  const auto [since, length] = takeoverAt(v.id, time);
  if (since < 0 || since >= 1) return std::nullopt;
  const int64_t second = time / base::kNsPerSecond;
  const size_t reason =
      static_cast<size_t>(base::unit(seed_ ^ base::mix(static_cast<uint64_t>(second))) * std::size(kReasons));
  return feeds::WireEvent{
      .type = "takeover",
      .id = "to-" + v.id + "-" + std::to_string(second),
      .time = time,
      .entity = v.id,
      .position = std::nullopt,
      .severity = 1,
      .details = {{"reason", kReasons[reason]}, {"seconds", std::to_string(static_cast<int>(length))}},
      .source = "sim"};
}

}  // namespace traffic
