// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/demand_table.h"

#include <algorithm>
#include <cmath>
#include <toml++/toml.h>

namespace traffic {
namespace {

void readShare(const toml::table& table, std::string_view name, HourShare& share) {
  const toml::array* values = table[name].as_array();
  if (!values || values->size() != share.size()) return;
  double sum = 0;
  HourShare read{};
  for (size_t i = 0; i < share.size(); ++i) sum += read[i] = std::max(0.0, (*values)[i].value_or(0.0));
  if (sum <= 0) return;
  for (double& value : read) value *= 100 / sum;
  share = read;
}

void readNumber(const toml::table& root, std::string_view table, std::string_view name, double& value) {
  if (const auto read = root[table][name].value<double>(); read && *read >= 0) value = *read;
}

}  // namespace

double shareAt(const HourShare& share, double hourOfDay) {
  const double at = hourOfDay - 0.5;
  const double low = std::floor(at), t = at - low;
  const size_t first = static_cast<size_t>(static_cast<int>(low) + 24) % 24, second = (first + 1) % 24;
  return (share[first] * (1 - t) + share[second] * t) / 100;
}

base::Result<DemandTable> DemandTable::load(const std::filesystem::path& file) {
  DemandTable demand;
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return demand;
  const toml::parse_result parsed = toml::parse_file(file.string());
  if (!parsed) {
    base::Result<DemandTable> result(demand);
    result.warnings.push_back(file.string() + ": " + std::string(parsed.error().description()) +
                              "; using the built-in demand");
    return result;
  }
  const toml::table& root = parsed.table();
  for (const auto& [name, share] : {std::pair<const char*, HourShare*>{"daegu", &demand.roads},
                                    {"alpha", &demand.district},
                                    {"taxi", &demand.taxiPickups}})
    if (const toml::table* profile = root["profiles"][name].as_table()) readShare(*profile, "share", *share);
  readNumber(root, "day", "friday", demand.friday);
  readNumber(root, "day", "saturday", demand.saturday);
  readNumber(root, "day", "sunday", demand.sunday);
  if (const toml::array* gates = root["gate"].as_array())
    for (const toml::node& node : *gates)
      if (const toml::table* gate = node.as_table())
        demand.gates[(*gate)["edge"].value_or(std::string())] = {(*gate)["daily_in"].value_or(0.0),
                                                                 (*gate)["daily_out"].value_or(0.0)};
  readNumber(root, "district", "trips_per_day", demand.districtTripsPerDay);
  readNumber(root, "district", "scale", demand.scale);
  readNumber(root, "fleet", "truck", demand.trucks);
  readNumber(root, "fleet", "van", demand.vans);
  readNumber(root, "fleet", "motorcycle", demand.motorcycles);
  readNumber(root, "fleet", "emergency_per_hour", demand.emergencyPerHour);
  readNumber(root, "taxi", "fitted_in_scene", demand.fittedTaxis);
  readNumber(root, "bus", "headway", demand.busHeadwaySeconds);
  double speedKmh = demand.shuttleSpeed * 3.6;
  readNumber(root, "shuttle", "speed_kmh", speedKmh);
  demand.shuttleSpeed = speedKmh / 3.6;
  demand.shuttles = static_cast<int>(root["shuttle"]["vehicles"].value_or(int64_t{demand.shuttles}));
  const toml::node_view match = root["match_day"];
  if (const auto seats = match["seats"].value<double>())
    demand.matchCars =
        *seats * match["mode"]["car"].value_or(0.4) / std::max(1.0, match["persons_per_car"].value_or(2.4));
  return demand;
}

DemandTable::Gate DemandTable::gate(std::string_view roadId, std::string_view name,
                                    std::string_view roadClass) const {
  if (const auto own = gates.find(roadId); own != gates.end())
    return {own->second.in * scale, own->second.out * scale};
  for (const std::string_view key : {roadId, name, roadClass})
    if (const auto found = entriesPerDay.find(key); found != entriesPerDay.end())
      return {found->second * scale, found->second * scale};
  return {};
}

double DemandTable::dayFactor(int weekday) const {
  return weekday == 0 ? sunday : weekday == 5 ? friday : weekday == 6 ? saturday : 1.0;
}

}  // namespace traffic
