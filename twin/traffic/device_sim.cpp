// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/device_sim.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/base/hash.h"
#include "twin/feeds/encode_sensorthings.h"
#include "twin/traffic/demand_table.h"
#include "twin/traffic/sun_times.h"

namespace traffic {
namespace {

constexpr double kDaySeconds = 86400;

base::UtcNs ns(double seconds) {
  return static_cast<base::UtcNs>(std::llround(seconds * 1e9));
}

double secondsOf(base::UtcNs time) {
  return static_cast<double>(time) * 1e-9;
}

double rounded(double value, double steps) {
  return std::round(value * steps) / steps;
}

uint64_t blockKey(const SimDevice& d, base::UtcNs time, double seconds, uint64_t salt) {
  return d.key ^
         base::mix(static_cast<uint64_t>(std::floor(secondsOf(time) / seconds + base::unit(d.key ^ salt))) *
                       31 +
                   salt);
}

glm::dvec2 firstPoint(const city::Feature& f) {
  if (f.rings.empty() || f.rings.front().empty()) return {};
  return {f.rings.front().front().x, f.rings.front().front().y};
}

}  // namespace

double reportPeriod(std::string_view kind) {
  if (kind == "speed_display") return 5;
  if (kind == "rsu") return 10;
  if (kind == "lpr" || kind == "waste_bin" || kind == "parking_bay" || kind == "emergency_bell") return 300;
  if (kind == "utility_tag") return 3600;
  return 60;
}

DeviceSim::DeviceSim(const city::CityData& city, uint64_t seed, bool matchDay, SensorFaults faults)
    : zone_(city.zone), seed_(seed), matchDay_(matchDay), faults_(faults) {
  const core::GeoPoint at = city.frame.toGeographic(glm::dvec3((city.low + city.high) * 0.5, 0));
  latitude_ = at.latitude;
  longitude_ = at.longitude;
  std::map<std::string, const city::Feature*> roads, lots;
  for (const city::Feature& road : city.roads) roads[road.id] = &road;
  for (const city::Feature& lot : city.lots) lots[lot.id] = &lot;
  glm::dvec2 ballpark(1e9);
  for (const city::Feature& building : city.buildings)
    if (building.text("landmark") == "lions_park") ballpark = firstPoint(building);
  std::map<std::string, ParkingUse> useOfLot;
  for (const city::Feature& device : city.devices)
    if (device.text("kind") == "parking_lot") {
      const auto lot = lots.find(device.text("lot"));
      useOfLot[device.text("lot")] =
          parkingUseOf(device.nameKo + " " + device.nameEn + " " +
                       (lot == lots.end() ? std::string() : lot->second->nameKo + " " + lot->second->nameEn));
    }
  for (const city::Feature& f : city.devices) {
    if (f.numbersByName.empty()) continue;
    SimDevice d{.id = f.id, .kind = f.text("kind")};
    for (const auto& [property, number] : f.numbersByName)
      d.datastreams.emplace_back(property, static_cast<int64_t>(number));
    d.key = base::mix(seed ^ base::hashBytes(f.id));
    d.period = reportPeriod(d.kind);
    d.phase = d.period * base::unit(d.key ^ 1);
    d.watt = f.number("watt", 90);
    d.capacity = f.number("capacity", 100);
    d.kilowatt = f.number("kw", 7);
    d.limit = f.number("limit", 50);
    d.nearBallpark = glm::length(firstPoint(f) - ballpark) < 300;
    if (const auto road = roads.find(f.text("edge")); road != roads.end()) {
      const std::string roadClass = road->second->text("class");
      d.arterial = roadClass == "arterial" || roadClass == "expressway";
      d.dailyTraffic = d.arterial ? 13000 : roadClass == "collector" ? 4500 : 700;
    }
    if (const auto use = useOfLot.find(f.text("lot")); use != useOfLot.end()) d.parking = use->second;
    devices_.push_back(std::move(d));
  }
}

size_t DeviceSim::datastreams() const {
  size_t count = 0;
  for (const SimDevice& d : devices_) count += d.datastreams.size();
  return count;
}

model::Value DeviceSim::lamp(const SimDevice& d, std::string_view property, base::UtcNs time,
                             const core::LocalTime& local) const {
  // On from 10 minutes before sunset to 10 minutes after sunrise, at half power from midnight to five.
  constexpr double kHorizon = -0.833 * 3.14159265358979 / 180;
  const bool on = sunAltitude(time + ns(600), latitude_, longitude_) < kHorizon ||
                  sunAltitude(time - ns(600), latitude_, longitude_) < kHorizon;
  const bool broken = base::unit(blockKey(d, time, 5 * kDaySeconds, 3)) < 0.006;
  const double level = !on ? 0 : local.hourOfDay() < 5 ? 50 : 100;
  if (property == "power_state") return on;
  if (property == "dimming") return level;
  if (property == "power")
    return broken && on ? 0.0 : std::round(d.watt * level / 100 * (0.97 + 0.03 * base::unit(d.key ^ 4)));
  // About 9.5 full hours a night: an ever-rising meter.
  const double h = local.hourOfDay();
  const double night = h < 5     ? h * 0.5 / 9.5
                       : h < 6.5 ? (2.5 + (h - 5)) / 9.5
                       : h < 18  ? 4.0 / 9.5
                                 : (4.0 + (h - 18) * 5.5 / 6) / 9.5;
  return rounded(
      d.watt / 1000 * 9.5 * (std::floor(localDays(local)) - 17500 + night) + 50 * base::unit(d.key ^ 5), 100);
}

model::Value DeviceSim::surroundings(const SimDevice& d, std::string_view property,
                                     const core::LocalTime& local) const {
  const double t = localDays(local) * kDaySeconds;
  const double wobble = 1 + 0.06 * smoothNoise(d.key ^ 6, t, 1200) + 0.05 * (base::unit(d.key ^ 7) - 0.5);
  if (property == "pm25") return std::round(pm25(local, seed_, d.arterial) * wobble);
  if (property == "pm10") return std::round(pm25(local, seed_, d.arterial) * 1.8 * wobble);
  if (property == "o3") return rounded(ozone(local, seed_) * wobble, 1000);
  if (property == "no2") return rounded(nitrogenDioxide(local, seed_, d.arterial) * wobble, 1000);
  if (property == "temperature")
    return rounded(airTemperature(local, seed_) + 0.8 * (wobble - 1) * 10 + (d.arterial ? 0.4 : 0), 10);
  if (property == "humidity") return std::round(relativeHumidity(local, seed_) * (1 + 0.3 * (wobble - 1)));
  if (property == "rain") return rainRate(local, seed_);
  if (property == "cloud") return std::round(cloudCover(local, seed_));
  if (property == "wind_speed")
    return rounded(
        std::max(0.1, 2.3 + 1.2 * smoothNoise(seed_ ^ 0xb1, t, 7200) + 0.7 * smoothNoise(d.key ^ 8, t, 90)),
        10);
  if (property == "wind_direction") {
    // West to west-north-west in the cold half of the year, east to south-east in the warm one.
    const bool warm = local.month >= 6 && local.month <= 9;
    return std::round(std::fmod((warm ? 115.0 : 280.0) + 35 * smoothNoise(seed_ ^ 0xb2, t, 5400) +
                                    12 * smoothNoise(d.key ^ 9, t, 120) + 360,
                                360.0));
  }
  if (property == "water_level")
    return rounded(0.02 + 0.035 * rainRate(local, seed_) + 0.005 * base::unit(d.key ^ 10), 100);
  // Noise. A game adds 6 to 10 dB near the ballpark.
  double level = roadNoise(local, d.arterial) + 1.2 * smoothNoise(d.key ^ 11, t, 240) +
                 1.0 * (base::unit(d.key ^ 12) - 0.5);
  const double sinceStart = local.hourOfDay() - matchStart(local.weekday);
  if (matchDay_ && d.nearBallpark && sinceStart > -1 && sinceStart < 3.6)
    level += 8 + 2 * smoothNoise(d.key ^ 13, t, 120);
  return rounded(level, 10);
}

double DeviceSim::binFill(const SimDevice& d, base::UtcNs time) const {
  // 8 to 15 % a day where it is quiet, 25 to 40 % by shops and stops; emptied at 80 % or after 72 hours.
  const bool busy = d.arterial || d.nearBallpark || base::unit(d.key ^ 14) < 0.35;
  double perDay = busy ? 0.25 + 0.15 * base::unit(d.key ^ 15) : 0.08 + 0.07 * base::unit(d.key ^ 15);
  if (matchDay_ && d.nearBallpark) perDay *= 2.5;
  const double days = std::min(3.0, 0.8 / perDay);
  const double cycle = secondsOf(time) / kDaySeconds / days + base::unit(d.key ^ 16);
  return perDay * days * (cycle - std::floor(cycle));
}

model::Value DeviceSim::parking(const SimDevice& d, std::string_view property, base::UtcNs time,
                                const core::LocalTime& local) const {
  const double share = parkingOccupancy(d.parking, local, matchDay_);
  if (property == "taken") {
    const double stay = 1500 + 4000 * base::unit(d.key ^ 17);
    return base::unit(blockKey(d, time, stay, 18)) < share;
  }
  const double noisy = share * (1 + 0.03 * smoothNoise(d.key ^ 19, secondsOf(time), 1500));
  const double occupied = std::clamp(std::round(d.capacity * noisy), 0.0, d.capacity);
  return property == "occupied" ? occupied : rounded(100 * occupied / std::max(1.0, d.capacity), 10);
}

model::Value DeviceSim::equipment(const SimDevice& d, std::string_view property, base::UtcNs time,
                                  const core::LocalTime& local) const {
  const double share = shareAt(DemandTable{}.roads, local.hourOfDay());
  if (d.kind == "ev_charger") {
    const uint64_t session = blockKey(d, time, d.kilowatt > 20 ? 2400 : 9000, 20);
    const bool broken = base::unit(blockKey(d, time, 3 * kDaySeconds, 21)) < 0.02;
    const bool charging =
        !broken && base::unit(session) < 0.15 + 0.5 * parkingOccupancy(d.parking, local, matchDay_);
    if (property == "status") return std::string(broken ? "maintenance" : charging ? "charging" : "idle");
    return charging ? std::round(d.kilowatt * 1000 * (0.72 + 0.25 * base::unit(session ^ 3))) : 0.0;
  }
  if (d.kind == "media_wall") {
    static constexpr const char* kContents[] = {"수성알파시티 안내", "대중교통 도착정보", "대기질 정보",
                                                "안전 캠페인", "자율주행 셔틀 안내"};
    if (property == "brightness") return sunAltitude(time, latitude_, longitude_) > 0 ? 100.0 : 45.0;
    return std::string(
        kContents[static_cast<size_t>(secondsOf(time) / 60 + 7 * base::unit(d.key)) % std::size(kContents)]);
  }
  if (d.kind == "lpr")
    return std::round(d.dailyTraffic * DemandTable{}.scale * share / 12 *
                      (1 + 0.2 * smoothNoise(d.key ^ 22, secondsOf(time), 300)));
  if (d.kind == "speed_display")
    return base::unit(blockKey(d, time, 5, 23)) < std::min(0.9, share * 14)
               ? std::round(d.limit * (0.62 + 0.42 * base::unit(blockKey(d, time, 5, 24)) +
                                       0.12 * std::pow(base::unit(blockKey(d, time, 5, 25)), 6)))
               : 0.0;
  if (d.kind == "rsu" && property == "message_rate")
    return std::round(20 + 2400 * share * (0.9 + 0.2 * base::unit(blockKey(d, time, 10, 26))));
  if (d.kind == "wifi")
    return std::round(4 + 46 * (0.6 * workersPresent(local) + 0.4 * residentsPresent(local)) *
                              (0.6 + 0.8 * base::unit(d.key ^ 27)) *
                              (1 + 0.15 * smoothNoise(d.key ^ 28, secondsOf(time), 600)));
  if (d.kind == "emergency_bell")
    return std::string(base::unit(blockKey(d, time, 300, 29)) < 0.0003 ? "pressed" : "normal");
  if (d.kind == "incident_detector")
    return std::string(base::unit(blockKey(d, time, 600, 30)) < 0.003 ? "stopped vehicle" : "normal");
  return std::string(base::unit(blockKey(d, time, 2 * kDaySeconds, 31)) < 0.01 ? "fault" : "normal");
}

model::Value DeviceSim::value(const SimDevice& d, std::string_view property, base::UtcNs time) const {
  const core::LocalTime local = core::toLocal(time, zone_);
  if (d.kind == "street_light") return lamp(d, property, time, local);
  if (d.kind == "waste_bin")
    return property == "fill" ? std::round(100 * binFill(d, time))
                              : rounded(airTemperature(local, seed_) + 2 + 3 * binFill(d, time), 10);
  if (d.kind == "parking_lot" || d.kind == "parking_bay") return parking(d, property, time, local);
  if (d.kind == "air_station" || d.kind == "weather_station" || d.kind == "noise_sensor" ||
      d.kind == "flood_sensor")
    return surroundings(d, property, local);
  return equipment(d, property, time, local);
}

void DeviceSim::report(const SimDevice& d, int64_t tick, std::vector<WireMessage>& out) const {
  const double due = static_cast<double>(tick) * d.period + d.phase;
  const base::UtcNs sent = ns(due);
  const uint64_t draw = d.key ^ base::mix(static_cast<uint64_t>(tick) ^ 0xd1ce);
  const double loss = 0.005 + 0.015 * base::unit(d.key ^ 32);
  if (base::unit(draw) < loss) return;
  const bool alone = d.kind == "weather_station";  // the only one: the sky depends on it
  if (!alone && base::unit(blockKey(d, sent, 6 * 3600, 33)) < faults_.offline) return;
  base::UtcNs event = sent + ns(faults_.skewSeconds * (2 * base::unit(d.key ^ 34) - 1));
  base::UtcNs of = event;
  if (!alone && base::unit(blockKey(d, sent, kDaySeconds, 35)) < faults_.stuck)
    of = sent - sent % ns(kDaySeconds);
  for (const auto& [property, datastream] : d.datastreams)
    out.push_back({sent, feeds::sensorThingsTopic(datastream),
                   feeds::encodeObservation(event, value(d, property, of))});
}

std::vector<WireMessage> DeviceSim::reports(base::UtcNs from, base::UtcNs to) const {
  std::vector<WireMessage> out;
  const double a = secondsOf(from), b = secondsOf(to);
  for (const SimDevice& d : devices_) {
    int64_t tick = static_cast<int64_t>(std::floor((a - d.phase) / d.period));
    for (; static_cast<double>(tick) * d.period + d.phase <= b; ++tick) {
      const base::UtcNs sent = ns(static_cast<double>(tick) * d.period + d.phase);
      if (sent > from && sent <= to) report(d, tick, out);
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const WireMessage& x, const WireMessage& y) { return x.time < y.time; });
  return out;
}

std::vector<WireMessage> DeviceSim::latest(base::UtcNs at) const {
  std::vector<WireMessage> out;
  const double now = secondsOf(at);
  for (const SimDevice& d : devices_) {
    int64_t tick = static_cast<int64_t>(std::floor((now - d.phase) / d.period));
    // A lost report is followed back to the one before; a silent device by up to its six hours.
    const int64_t oldest = tick - static_cast<int64_t>(std::ceil(7 * 3600 / d.period));
    for (const size_t before = out.size(); tick > oldest && out.size() == before; --tick)
      report(d, tick, out);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const WireMessage& x, const WireMessage& y) { return x.time < y.time; });
  return out;
}

std::vector<WireMessage> simulateDevices(const city::CityData& city, base::UtcNs from, base::UtcNs to,
                                         uint64_t seed, bool matchDay) {
  return DeviceSim(city, seed, matchDay).reports(from, to);
}

}  // namespace traffic
