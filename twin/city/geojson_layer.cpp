// SPDX-License-Identifier: Apache-2.0
#include "twin/city/geojson_layer.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <simdjson.h>

namespace city {
namespace {

namespace dom = simdjson::dom;
using Ring = std::vector<glm::dvec3>;

constexpr size_t kMaxPoints = 2'000'000;  // of one feature: beyond it a file is hostile, not a city

/// Why a feature is refused; empty when it is fine.
using Reason = std::string;

Reason readPosition(dom::element element, const core::CityFrame& frame, glm::dvec3& point,
                    bool& hasElevation) {
  dom::array numbers;
  if (element.get(numbers) != simdjson::SUCCESS) return "a position is not an array";
  double value[3] = {0, 0, 0};
  size_t count = 0;
  for (const dom::element number : numbers) {
    if (count == 3) break;
    if (number.get(value[count]) != simdjson::SUCCESS) return "a coordinate is not a number";
    ++count;
  }
  if (count < 2) return "a position has fewer than two numbers";
  if (!(std::abs(value[0]) <= 180 && std::abs(value[1]) <= 90)) {
    return fmt::format("position {}, {} is not longitude, latitude in degrees", value[0], value[1]);
  }
  hasElevation = hasElevation || count == 3;
  point = frame.toCity({value[0], value[1], count == 3 ? value[2] : frame.elevation0()});
  if (!std::isfinite(point.x) || !std::isfinite(point.y) || !std::isfinite(point.z))
    return "a position cannot be projected";
  if (std::abs(point.x) > 200'000 || std::abs(point.y) > 200'000)
    return "a position lies more than 200 km from the city";
  return {};
}

Reason readRing(dom::element element, const core::CityFrame& frame, Ring& ring, bool& hasElevation) {
  dom::array positions;
  if (element.get(positions) != simdjson::SUCCESS) return "coordinates are not an array of positions";
  for (const dom::element position : positions) {
    glm::dvec3 point;
    if (Reason reason = readPosition(position, frame, point, hasElevation); !reason.empty()) return reason;
    if (!ring.empty() && glm::distance(glm::dvec2(ring.back()), glm::dvec2(point)) < 1e-4) continue;
    ring.push_back(point);
    if (ring.size() > kMaxPoints) return "too many positions";
  }
  return {};
}

double turn(const Ring& ring) {
  double sum = 0;
  for (size_t i = 0; i < ring.size(); ++i) {
    const glm::dvec3& a = ring[i];
    const glm::dvec3& b = ring[(i + 1) % ring.size()];
    sum += (a.x - ring[0].x) * (b.y - ring[0].y) - (b.x - ring[0].x) * (a.y - ring[0].y);
  }
  return sum / 2;
}

Reason readPolygon(dom::element element, const core::CityFrame& frame, Feature& feature) {
  dom::array rings;
  if (element.get(rings) != simdjson::SUCCESS) return "polygon coordinates are not an array of rings";
  for (const dom::element one : rings) {
    Ring ring;
    if (Reason reason = readRing(one, frame, ring, feature.hasElevation); !reason.empty()) return reason;
    if (ring.size() > 1 && glm::distance(glm::dvec2(ring.front()), glm::dvec2(ring.back())) < 1e-4)
      ring.pop_back();
    const double area = turn(ring);
    if (ring.size() < 3 || std::abs(area) < 1e-3) {
      if (feature.rings.empty()) return "its outer ring has no area";
      continue;
    }
    if ((area > 0) != feature.rings.empty()) std::reverse(ring.begin(), ring.end());
    feature.rings.push_back(std::move(ring));
  }
  return feature.rings.empty() ? "it has no ring" : Reason{};
}

Reason readLine(dom::element element, const core::CityFrame& frame, Feature& feature) {
  Ring ring;
  if (Reason reason = readRing(element, frame, ring, feature.hasElevation); !reason.empty()) return reason;
  if (ring.size() < 2) return "its line has fewer than two different positions";
  feature.type = GeometryType::Line;
  feature.rings.push_back(std::move(ring));
  return {};
}

/// One geometry into one or more copies of `proto`.
Reason readGeometry(dom::element geometry, const core::CityFrame& frame, const Feature& proto,
                    std::vector<Feature>& out) {
  std::string_view type;
  dom::element coordinates;
  if (geometry["type"].get(type) != simdjson::SUCCESS) return "it has no geometry";
  if (geometry["coordinates"].get(coordinates) != simdjson::SUCCESS) return "its geometry has no coordinates";
  const bool multi = type.starts_with("Multi");
  if (multi) type.remove_prefix(5);
  const auto readOne = [&](dom::element c) -> Reason {
    Feature feature = proto;
    Reason reason;
    if (type == "Point") {
      glm::dvec3 point;
      reason = readPosition(c, frame, point, feature.hasElevation);
      feature.type = GeometryType::Point;
      feature.rings = {{point}};
    } else if (type == "LineString") {
      reason = readLine(c, frame, feature);
    } else if (type == "Polygon") {
      feature.type = GeometryType::Polygon;
      reason = readPolygon(c, frame, feature);
    } else {
      return fmt::format("geometry type {} is not supported",
                         std::string(multi ? "Multi" : "") + std::string(type));
    }
    if (!reason.empty()) return reason;
    if (!out.empty()) feature.id += fmt::format("#{}", out.size() + 1);
    out.push_back(std::move(feature));
    return {};
  };
  if (!multi) return readOne(coordinates);
  dom::array parts;
  if (coordinates.get(parts) != simdjson::SUCCESS) return "its coordinates are not an array";
  for (const dom::element part : parts) {
    if (Reason reason = readOne(part); !reason.empty()) return reason;
  }
  return {};
}

model::Provenance provenance(std::string_view text) {
  if (text == "surveyed") return model::Provenance::Surveyed;
  if (text == "simulated") return model::Provenance::Simulated;
  if (text == "measured") return model::Provenance::Measured;
  return model::Provenance::Reconstructed;
}

/// Lists of plain values become one text, "a, b".
std::string joined(dom::array values) {
  std::string text;
  for (const dom::element value : values) {
    if (!text.empty()) text += ", ";
    std::string_view string;
    if (value.get(string) == simdjson::SUCCESS)
      text += string;
    else
      text += simdjson::minify(value);
  }
  return text;
}

void readProperty(Feature& feature, std::string_view key, dom::element value) {
  std::string_view text;
  const bool isText = value.get(text) == simdjson::SUCCESS;
  if (key == "id" && isText)
    feature.id = text;
  else if (key == "name_ko" && isText)
    feature.nameKo = text;
  else if (key == "name_en" && isText)
    feature.nameEn = text;
  else if (key == "origin" && isText)
    feature.origin = provenance(text);
  else if (key == "source" && isText)
    feature.source = text;
  else if (isText)
    feature.properties.emplace(key, std::string(text));
  else if (bool flag = false; value.get(flag) == simdjson::SUCCESS)
    feature.properties.emplace(key, flag);
  else if (double number = 0; value.get(number) == simdjson::SUCCESS)
    feature.properties.emplace(key, number);
  else if (dom::array list; value.get(list) == simdjson::SUCCESS)
    feature.properties.emplace(key, joined(list));
  else if (dom::object members; value.get(members) == simdjson::SUCCESS) {
    for (const auto [name, member] : members) {
      double entry = 0;
      if (member.get(entry) == simdjson::SUCCESS) feature.numbersByName.emplace(name, entry);
    }
  }
}

Reason readFeature(dom::element element, const core::CityFrame& frame, std::string& id,
                   std::vector<Feature>& out) {
  Feature proto;
  dom::object properties;
  if (element["properties"].get(properties) == simdjson::SUCCESS) {
    for (const auto [key, value] : properties) readProperty(proto, key, value);
  }
  if (proto.id.empty()) {
    std::string_view text;
    int64_t number = 0;
    if (element["id"].get(text) == simdjson::SUCCESS)
      proto.id = text;
    else if (element["id"].get(number) == simdjson::SUCCESS)
      proto.id = std::to_string(number);
  }
  id = proto.id;
  if (proto.id.empty()) return "it has no id";
  dom::element geometry;
  if (element["geometry"].get(geometry) != simdjson::SUCCESS) return "it has no geometry";
  return readGeometry(geometry, frame, proto, out);
}

/// Loads the file and finds its features, or says why not.
Reason openCollection(const std::filesystem::path& file, dom::parser& parser, dom::element& root,
                      dom::array& features) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return "the layer is missing";
  if (const auto code = parser.load(file.string()).get(root); code != simdjson::SUCCESS) {
    return fmt::format("not valid JSON ({})", simdjson::error_message(code));
  }
  if (root["features"].get(features) != simdjson::SUCCESS) return "not a GeoJSON FeatureCollection";
  return {};
}

}  // namespace

GeojsonLayer readGeojsonLayer(const std::filesystem::path& file, const core::CityFrame& frame) {
  GeojsonLayer layer;
  const std::string name = file.filename().string();
  try {  // simdjson and the standard library may throw (out of memory); nothing leaves this module
    dom::parser parser;
    dom::element root;
    dom::array features;
    if (Reason reason = openCollection(file, parser, root, features); !reason.empty()) {
      layer.warnings.push_back(fmt::format("{}: {}", name, reason));
      return layer;
    }
    layer.features.reserve(features.size());
    size_t index = 0;
    for (const dom::element element : features) {
      ++index;
      std::string id;
      std::vector<Feature> read;
      Reason reason = readFeature(element, frame, id, read);
      for (Feature& feature : read) layer.features.push_back(std::move(feature));
      if (reason.empty()) continue;
      layer.warnings.push_back(
          fmt::format("{}: feature {}: {}", name, id.empty() ? fmt::format("number {}", index) : id, reason));
    }
  } catch (const std::exception& e) {
    layer.warnings.push_back(fmt::format("{}: {}", name, e.what()));
  }
  return layer;
}

HeightField readTerrainLattice(const std::filesystem::path& file, const core::CityFrame& frame,
                               glm::dvec2 origin, std::vector<std::string>& warnings) {
  const std::string name = file.filename().string();
  try {
    dom::parser parser;
    dom::element root;
    dom::array features;
    if (Reason reason = openCollection(file, parser, root, features); !reason.empty()) {
      warnings.push_back(fmt::format("{}: {}", name, reason));
      return {};
    }
    double columns = 0, rows = 0, spacing = 0, east0 = 0, north0 = 0;
    const dom::element lattice = root["lattice"].value();
    for (auto [key, target] : {std::pair{"columns", &columns},
                               {"rows", &rows},
                               {"spacing", &spacing},
                               {"east0", &east0},
                               {"north0", &north0}}) {
      *target = lattice[key].get_double().value();
    }
    if (!(columns >= 2 && columns <= 8192 && rows >= 2 && rows <= 8192 && spacing > 0)) {
      warnings.push_back(
          fmt::format("{}: lattice of {} by {} at {} m is not usable", name, columns, rows, spacing));
      return {};
    }
    const auto nx = static_cast<uint32_t>(columns);
    const auto ny = static_cast<uint32_t>(rows);
    std::vector<float> heights(size_t{nx} * ny, std::numeric_limits<float>::quiet_NaN());
    for (const dom::element element : features) {
      const dom::element p = element["properties"].value();
      const double i = p["i"].get_double().value();
      const double j = p["j"].get_double().value();
      const double h = p["h"].get_double().value();
      if (!(i >= 0 && i < nx && j >= 0 && j < ny) || !(std::abs(h) < 9000)) continue;
      heights[static_cast<size_t>(j) * nx + static_cast<size_t>(i)] =
          static_cast<float>(h - frame.elevation0());
    }
    const auto holes = std::count_if(heights.begin(), heights.end(), [](float h) { return std::isnan(h); });
    if (holes > 0) {
      warnings.push_back(fmt::format("{}: {} of {} lattice points are missing; the ground is drawn flat",
                                     name, holes, heights.size()));
      return {};
    }
    return HeightField(glm::dvec2(east0, north0) - origin, spacing, nx, ny, std::move(heights));
  } catch (const std::exception& e) {
    warnings.push_back(fmt::format("{}: {}", name, e.what()));
    return {};
  }
}

}  // namespace city
