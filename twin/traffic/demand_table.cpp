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
    result.warnings.push_back(file.string() + ": " + std::string(parsed.error().description()) + "; using the built-in demand");
    return result;
  }
  const toml::table& root = parsed.table();
  if (const toml::table* profile = root["profile"].as_table()) {
    readShare(*profile, "roads", demand.roads);
    readShare(*profile, "district", demand.district);
    readShare(*profile, "taxi", demand.taxiPickups);
  }
  if (const toml::table* entries = root["entries"].as_table())
    for (const auto& [name, value] : *entries)
      if (const auto volume = value.value<double>(); volume && *volume >= 0)
        demand.entriesPerDay[std::string(name.str())] = *volume;
  readNumber(root, "district", "trips_per_day", demand.districtTripsPerDay);
  readNumber(root, "district", "scale", demand.scale);
  readNumber(root, "mix", "truck", demand.trucks);
  readNumber(root, "mix", "van", demand.vans);
  readNumber(root, "mix", "motorcycle", demand.motorcycles);
  readNumber(root, "mix", "emergency", demand.emergency);
  readNumber(root, "mix", "fitted_taxi", demand.fittedTaxis);
  readNumber(root, "bus", "headway", demand.busHeadwaySeconds);
  readNumber(root, "shuttle", "speed", demand.shuttleSpeed);
  readNumber(root, "match", "cars", demand.matchCars);
  demand.shuttles = static_cast<int>(root["shuttle"]["vehicles"].value_or(int64_t{demand.shuttles}));
  return demand;
}

double DemandTable::entryVolume(std::string_view roadId, std::string_view name, std::string_view roadClass) const {
  for (const std::string_view key : {roadId, name, roadClass})
    if (const auto found = entriesPerDay.find(key); found != entriesPerDay.end()) return found->second * scale;
  return 0;
}

}  // namespace traffic
