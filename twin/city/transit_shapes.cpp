// SPDX-License-Identifier: Apache-2.0
#include "twin/city/transit_shapes.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <set>

namespace city {
namespace {

using Row = std::map<std::string, std::string, std::less<>>;

/// One record of a CSV file (RFC 4180), quotes and line breaks within quotes included.
bool nextRecord(std::istream& in, std::vector<std::string>& fields) {
  fields.clear();
  std::string field;
  bool quoted = false;
  bool any = false;
  for (int c = in.get(); c != EOF; c = in.get()) {
    any = true;
    if (quoted) {
      if (c != '"')
        field += static_cast<char>(c);
      else if (in.peek() == '"')
        field += static_cast<char>(in.get());
      else
        quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      fields.push_back(std::move(field));
      field.clear();
    } else if (c == '\n') {
      break;
    } else if (c != '\r') {
      field += static_cast<char>(c);
    }
  }
  if (any) fields.push_back(std::move(field));
  return any;
}

std::vector<Row> readTable(const std::filesystem::path& file) {
  std::vector<Row> rows;
  std::ifstream in(file, std::ios::binary);
  std::vector<std::string> header;
  std::vector<std::string> fields;
  if (!in || !nextRecord(in, header)) return rows;
  if (!header.empty() && header[0].starts_with("\xEF\xBB\xBF")) header[0].erase(0, 3);
  while (nextRecord(in, fields)) {
    if (fields.size() == 1 && fields[0].empty()) continue;
    Row row;
    for (size_t i = 0; i < std::min(header.size(), fields.size()); ++i) row[header[i]] = fields[i];
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string at(const Row& row, std::string_view key) {
  const auto found = row.find(key);
  return found != row.end() ? found->second : std::string();
}

bool number(const Row& row, std::string_view key, double& value) {
  const std::string text = at(row, key);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

/// Short names of routes in `language`, by route_id (GTFS Schedule, translations.txt, by record_id).
std::map<std::string, std::string> shortNames(const std::filesystem::path& file, std::string_view language) {
  std::map<std::string, std::string> names;
  for (const Row& row : readTable(file))
    if (at(row, "table_name") == "routes" && at(row, "field_name") == "route_short_name" && at(row, "language") == language)
      names[at(row, "record_id")] = at(row, "translation");
  return names;
}

std::map<std::string, std::vector<glm::dvec2>> readShapes(const std::filesystem::path& file,
                                                          const core::CityFrame& frame,
                                                          std::vector<std::string>& warnings) {
  std::map<std::string, std::map<double, glm::dvec2>> ordered;
  size_t broken = 0;
  for (const Row& row : readTable(file)) {
    double lat = 0, lon = 0, sequence = 0;
    if (number(row, "shape_pt_lat", lat) && number(row, "shape_pt_lon", lon) &&
        number(row, "shape_pt_sequence", sequence) && std::abs(lat) <= 90 && std::abs(lon) <= 180) {
      ordered[at(row, "shape_id")][sequence] = glm::dvec2(frame.toCity({lon, lat, 0}));
    } else {
      ++broken;
    }
  }
  if (broken > 0) warnings.push_back(fmt::format("gtfs/shapes.txt: {} broken rows are left out", broken));
  std::map<std::string, std::vector<glm::dvec2>> shapes;
  for (const auto& [id, points] : ordered) {
    for (const auto& [sequence, p] : points) shapes[id].push_back(p);
  }
  return shapes;
}

}  // namespace

std::vector<TransitRoute> readTransitRoutes(const std::filesystem::path& folder, const core::CityFrame& frame,
                                            std::vector<std::string>& warnings) {
  std::vector<TransitRoute> routes;
  const auto shapes = readShapes(folder / "shapes.txt", frame, warnings);
  const auto korean = shortNames(folder / "translations.txt", "ko"), english = shortNames(folder / "translations.txt", "en");
  std::map<std::string, std::set<std::string>> shapesOf;
  for (const Row& trip : readTable(folder / "trips.txt"))
    shapesOf[at(trip, "route_id")].insert(at(trip, "shape_id"));
  for (const Row& row : readTable(folder / "routes.txt")) {
    TransitRoute route;
    route.id = at(row, "route_id");
    const std::string shortName = at(row, "route_short_name");
    route.longName = at(row, "route_long_name");
    const std::string& written = shortName.empty() ? route.longName : shortName;
    const auto nameIn = [&](const auto& names) {
      const auto found = names.find(route.id);
      return found != names.end() && !found->second.empty() ? found->second : written;
    };
    route.name = {nameIn(korean), nameIn(english)};
    const std::string color = at(row, "route_color");
    if (color.size() == 6) std::from_chars(color.data(), color.data() + 6, route.rgb, 16);
    route.shuttle = route.id.find("shuttle") != std::string::npos;
    for (const std::string& id : shapesOf[route.id]) {
      const auto shape = shapes.find(id);
      if (shape != shapes.end() && shape->second.size() >= 2) route.shapes.push_back(shape->second);
    }
    if (!route.id.empty() && !route.shapes.empty()) routes.push_back(std::move(route));
  }
  return routes;
}

}  // namespace city
