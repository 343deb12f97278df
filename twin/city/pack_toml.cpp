// SPDX-License-Identifier: Apache-2.0
#include "twin/city/pack_toml.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>
#include <toml++/toml.h>

namespace city {
namespace {

base::Result<toml::table> parse(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error))
    return base::Error{fmt::format("{}: the file is missing", file.string())};
  toml::parse_result result = toml::parse_file(file.string());
  if (!result) {
    const toml::parse_error& e = result.error();
    return base::Error{fmt::format("{}:{}: {}", file.string(), e.source().begin.line, e.description())};
  }
  return std::move(result).table();
}

std::string text(const toml::table& table, std::string_view key) {
  return table[key].value_or(std::string());
}

/// A local date, or the same as text.
std::string dateText(const toml::table& table, std::string_view key) {
  if (const auto date = table[key].value<toml::date>()) {
    return fmt::format("{:04}-{:02}-{:02}", date->year, date->month, date->day);
  }
  return text(table, key);
}

base::Status readBox(const toml::table& table, const std::filesystem::path& file, CityData& data) {
  const toml::array* box = table["box"].as_array();
  double degrees[4] = {};
  if (box == nullptr || box->size() != 4)
    return base::Error{
        fmt::format("{}: [city] box must be [west, south, east, north] in degrees", file.string())};
  for (size_t i = 0; i < 4; ++i) degrees[i] = (*box)[i].value_or(std::numeric_limits<double>::quiet_NaN());
  if (!(degrees[0] < degrees[2] && degrees[1] < degrees[3])) {
    return base::Error{fmt::format("{}: [city] box is empty or not in degrees", file.string())};
  }
  data.low = glm::dvec2(1e9);
  data.high = glm::dvec2(-1e9);
  for (const double lon : {degrees[0], degrees[2]}) {
    for (const double lat : {degrees[1], degrees[3]}) {
      const glm::dvec2 p(data.frame.toCity({lon, lat, 0}));
      data.low = glm::min(data.low, p);
      data.high = glm::max(data.high, p);
    }
  }
  return base::okStatus();
}

void readView(const toml::table& table, const std::string& where, CityData& data) {
  constexpr double kDegree = std::numbers::pi / 180;
  NamedView view;
  view.id = text(table, "id");
  view.name = {text(table, "name_ko"), text(table, "name_en")};
  const auto lon = table["lon"].value<double>();
  const auto lat = table["lat"].value<double>();
  if (view.id.empty() || !lon || !lat || std::abs(*lon) > 180 || std::abs(*lat) > 90) {
    data.warnings.push_back(fmt::format("{}: view '{}' needs id, lon and lat", where, view.id));
    return;
  }
  view.target = data.frame.toCity({*lon, *lat, data.frame.elevation0()});
  view.target.z = data.terrain.at(view.target.x, view.target.y) + table["height"].value_or(0.0);
  view.distance = std::clamp(table["distance"].value_or(800.0), 1.0, 50'000.0);
  view.heading = data.frame.gridFromTrue(table["heading"].value_or(0.0) * kDegree);
  view.pitch = std::clamp(table["pitch"].value_or(-30.0), -90.0, 89.0) * kDegree;
  view.fov = std::clamp(table["fov"].value_or(32.0), 5.0, 120.0) * kDegree;
  view.time = text(table, "time");
  view.order = table["order"].value_or(static_cast<int>(data.views.size()));
  const bool taken =
      std::any_of(data.views.begin(), data.views.end(), [&](const NamedView& v) { return v.id == view.id; });
  if (taken)
    data.warnings.push_back(fmt::format("{}: view '{}' appears twice; the first is kept", where, view.id));
  else
    data.views.push_back(std::move(view));
}

void readRename(const toml::table& table, const std::string& where, CityData& data) {
  Rename rename{text(table, "entity"), text(table, "property"), dateText(table, "until"),
                text(table, "value")};
  if (rename.entity.empty() || rename.until.size() != 10) {
    data.warnings.push_back(
        fmt::format("{}: a rename needs an entity and a date until which it holds", where));
  } else {
    data.renames.push_back(std::move(rename));
  }
}

}  // namespace

base::Result<CityToml> readCityToml(const std::filesystem::path& file) {
  const auto parsed = parse(file);
  if (!parsed) return base::Error{parsed.error()};
  const toml::table* city = (*parsed)["city"].as_table();
  if (city == nullptr) return base::Error{fmt::format("{}: the table [city] is missing", file.string())};
  const toml::table& c = *city;
  const auto east = c["origin_e"].value<double>();
  const auto north = c["origin_n"].value<double>();
  const std::string crs = text(c, "crs");
  if (crs.empty() || !east || !north)
    return base::Error{fmt::format("{}: [city] needs crs, origin_e and origin_n", file.string())};
  auto frame = core::CityFrame::create(crs, *east, *north, c["elevation0"].value_or(0.0));
  if (!frame) return base::Error{fmt::format("{}: [city] {}", file.string(), frame.error())};
  CityToml read{CityData(std::move(frame).value()), {*east, *north}};
  CityData& data = read.data;
  data.name = {text(c, "name_ko"), text(c, "name_en")};
  data.about = {text(c, "about_ko"), text(c, "about_en")};
  data.zone.offsetMinutes = c["utc_offset_minutes"].value_or(540);
  data.zone.name = text(c, "timezone") == "Asia/Seoul" ? "KST" : text(c, "timezone");
  if (base::Status box = readBox(c, file, data); !box) return base::Error{box.error()};
  if (const toml::array* renames = (*parsed)["rename"].as_array()) {
    for (const toml::node& node : *renames) {
      if (const toml::table* t = node.as_table()) readRename(*t, file.filename().string(), data);
    }
  }
  return read;
}

void readViewsToml(const std::filesystem::path& file, CityData& data) {
  const auto parsed = parse(file);
  if (!parsed) {
    data.warnings.push_back(parsed.error());
    return;
  }
  if (const toml::array* views = (*parsed)["view"].as_array()) {
    for (const toml::node& node : *views) {
      if (const toml::table* t = node.as_table()) readView(*t, file.filename().string(), data);
    }
  }
  std::stable_sort(data.views.begin(), data.views.end(),
                   [](const NamedView& a, const NamedView& b) { return a.order < b.order; });
}

void readSourcesToml(const std::filesystem::path& file, CityData& data) {
  const auto parsed = parse(file);
  if (!parsed) {
    data.warnings.push_back(parsed.error());
    return;
  }
  for (const auto& [key, node] : *parsed) {
    const toml::table* t = node.as_table();
    if (t == nullptr) continue;
    data.sources.push_back({std::string(key.str()),
                            text(*t, "title"),
                            text(*t, "licence"),
                            text(*t, "url"),
                            {text(*t, "note_ko"), text(*t, "note_en")}});
  }
}

}  // namespace city
