// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/adas_model.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "twin/traffic/sun_times.h"

namespace traffic {
namespace {

constexpr double kNearCrossing = 35;  ///< metres
constexpr double kLaneWarningSpeed = 55 / 3.6;
constexpr double kLongestLead = 60;

bool isFittedTaxi(const VehicleState& v) {
  return v.kind == "taxi" && v.id.starts_with("tx-");
}

/// Metres to the next vehicle ahead in about the same lane; a large number when there is none.
double leadDistance(const VehicleState& v, const TrafficStep& step) {
  const glm::dvec2 ahead(std::sin(v.heading), std::cos(v.heading)), right(ahead.y, -ahead.x);
  double best = 1e9;
  for (const VehicleState& other : step.vehicles) {
    const glm::dvec2 d = other.position - v.position;
    const double along = glm::dot(d, ahead);
    if (along > 1 && along < best && std::abs(glm::dot(d, right)) < 1.6) best = along;
  }
  return best;
}

}  // namespace

const char* lightAt(const city::CityData& city, base::UtcNs time) {
  const core::GeoPoint at = city.frame.toGeographic(glm::dvec3((city.low + city.high) * 0.5, 0));
  const double altitude = sunAltitude(time, at.latitude, at.longitude);
  return altitude > 0 ? "day" : altitude > -6 * std::numbers::pi / 180 ? "dusk" : "night";
}

AdasModel::AdasModel(const city::CityData& city, const RoadGraph& graph, uint64_t seed)
    : city_(city), graph_(graph), random_(base::mix(seed ^ 0xada5)) {
  for (const city::Feature& walk : city.crosswalks) {
    if (walk.rings.empty() || walk.rings.front().empty()) continue;
    const glm::dvec3 middle = (walk.rings.front().front() + walk.rings.front().back()) * 0.5;
    crossings_.emplace_back(middle.x, middle.y);
  }
  for (size_t type = 0; type < kRates.size(); ++type) draw(type);
}

void AdasModel::draw(size_t type) {
  left_[type] += -std::log(std::max(1e-12, 1 - random_.uniform())) * 1000 / kRates[type].perThousandKm;
}

bool AdasModel::fits(size_t type, const VehicleState& v, const TrafficStep& step, double& lead) const {
  const std::string_view name = kRates[type].type;
  lead = leadDistance(v, step);
  if (name == "LDW") return v.speed > kLaneWarningSpeed;
  if (name == "HMW") return v.speed > 6 && lead < kLongestLead;
  if (name == "UFCW") return v.speed > 0.5 && v.speed < 8 && lead < 25;
  if (name == "FCW") return v.speed > 6 && lead < kLongestLead;
  if (name == "PCW")
    return v.speed > 3 && std::any_of(crossings_.begin(), crossings_.end(), [&](glm::dvec2 c) {
             return glm::length(c - v.position) < kNearCrossing;
           });
  return v.speed > 8;
}

feeds::AdasEvent AdasModel::eventOf(size_t type, const VehicleState& v, base::UtcNs time, double lead) {
  const core::GeoPoint at = city_.frame.toGeographic(glm::dvec3(v.position, v.z));
  feeds::AdasEvent event{.time = time,
                         .vehicle = v.id,
                         .type = kRates[type].type,
                         .latitude = at.latitude,
                         .longitude = at.longitude};
  event.speedKmh = std::round(v.speed * 3.6);
  event.headingDegrees =
      std::round(std::fmod(city_.frame.trueFromGrid(v.heading) * 180 / std::numbers::pi + 360, 360.0));
  const double gap = std::max(1.0, lead - 4.7);
  if (event.type == "HMW" || event.type == "FCW" || event.type == "UFCW") {
    event.leadDistance = std::round(gap * 10) / 10;
    event.headwaySeconds = std::round(std::min(0.6, gap / std::max(1.0, v.speed)) * 10) / 10;
  }
  if (event.type == "FCW" || event.type == "PCW")
    event.timeToCollisionSeconds = std::round((0.9 + 1.4 * random_.uniform()) * 10) / 10;
  if (event.type == "LDW") event.type = random_.uniform() < 0.5 ? "LLDW" : "RLDW";
  const int edge = v.lane.empty() ? -1 : graph_.edgeOfLane(v.lane);
  if (edge >= 0) event.speedLimitKmh = std::round(graph_.edges()[static_cast<size_t>(edge)].speed * 3.6);
  event.light = lightAt(city_, time);
  return event;
}

std::vector<feeds::AdasEvent> AdasModel::step(const TrafficStep& step) {
  std::vector<feeds::AdasEvent> events;
  std::map<std::string, double> now;
  double driven = 0;
  for (const VehicleState& v : step.vehicles) {
    if (!isFittedTaxi(v)) continue;
    now[v.id] = v.odometer;
    if (const auto before = odometers_.find(v.id); before != odometers_.end())
      driven += std::clamp(v.odometer - before->second, 0.0, 200.0) / 1000;
  }
  odometers_ = std::move(now);
  kilometres_ += driven;
  for (size_t type = 0; type < kRates.size(); ++type) {
    left_[type] -= driven;
    if (left_[type] > 0) continue;
    for (const VehicleState& v : step.vehicles) {
      double lead = 0;
      if (!isFittedTaxi(v) || !fits(type, v, step, lead)) continue;
      events.push_back(eventOf(type, v, step.time, lead));
      ++count_;
      draw(type);
      break;
    }
  }
  return events;
}

}  // namespace traffic
