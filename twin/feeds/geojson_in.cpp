// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/geojson_in.h"

#include <array>
#include <algorithm>

namespace feeds::json {
namespace {

using simdjson::dom::array;
constexpr size_t kMostPoints = 200'000;
constexpr int kMostNested = 8;

/// Collects what the nested geometries are made of.
struct Reader {
  const core::CityFrame& frame;
  model::Geometry lines{model::Geometry::Shape::Lines, {}, false}, areas{model::Geometry::Shape::Area, {}, false};
  std::vector<glm::dvec3> points;
  size_t count = 0;

  const char* point(const element& value, std::vector<glm::dvec3>& into) {
    array numbers;
    if (value.get(numbers)) return reason::kWrongType;
    if (numbers.size() < 2) return reason::kMissingField;
    const auto lon = number(numbers.at(0).value_unsafe()), lat = number(numbers.at(1).value_unsafe());
    if (!lon || !lat) return reason::kNumber;
    const auto place = cityPosition({*lon, *lat, frame.elevation0()}, frame);
    if (!place) return reason::kPosition;
    if (++count > kMostPoints) return reason::kTooLarge;
    into.push_back(*place);
    return nullptr;
  }
  const char* path(const element& value, size_t least, std::vector<glm::dvec3>& into) {
    array list;
    if (value.get(list)) return reason::kWrongType;
    for (const element item : list)
      if (const char* wrong = point(item, into)) return wrong;
    return into.size() < least ? reason::kMissingField : nullptr;
  }
  const char* line(const element& value) {
    return path(value, 2, lines.parts.emplace_back());
  }
  const char* polygon(const element& value) {
    array rings;
    if (value.get(rings)) return reason::kWrongType;
    for (const element ring : rings) {
      std::vector<glm::dvec3>& part = areas.parts.emplace_back();
      if (const char* wrong = path(ring, 4, part)) return wrong;
      if (part.front() == part.back()) part.pop_back();
    }
    return nullptr;
  }
  template <typename One>
  const char* many(const element& value, One&& one) {
    array list;
    if (value.get(list)) return reason::kWrongType;
    for (const element item : list)
      if (const char* wrong = one(item)) return wrong;
    return nullptr;
  }

  const char* read(const object& value, int depth) {
    const auto type = member(value, "type");
    const auto name = type ? text(*type) : std::nullopt;
    if (!name || depth > kMostNested) return reason::kWrongType;
    if (*name == "Feature") {
      object inner;
      const auto geometry = member(value, "geometry");
      if (!geometry || geometry->get(inner)) return reason::kMissingField;
      return read(inner, depth + 1);
    }
    if (*name == "GeometryCollection") {
      const auto list = member(value, "geometries");
      if (!list) return reason::kMissingField;
      return many(*list, [&](const element& item) {
        object inner;
        return item.get(inner) ? reason::kWrongType : read(inner, depth + 1);
      });
    }
    const auto coordinates = member(value, "coordinates");
    if (!coordinates) return reason::kMissingField;
    if (*name == "Point") return point(*coordinates, points);
    if (*name == "MultiPoint") return path(*coordinates, 1, points);
    if (*name == "LineString") return line(*coordinates);
    if (*name == "MultiLineString") return many(*coordinates, [&](const element& e) { return line(e); });
    if (*name == "Polygon") return polygon(*coordinates);
    if (*name == "MultiPolygon") return many(*coordinates, [&](const element& e) { return polygon(e); });
    return reason::kWrongType;
  }
};

glm::dvec3 middle(const std::vector<std::vector<glm::dvec3>>& parts) {
  glm::dvec3 sum(0);
  double count = 0;
  for (const auto& part : parts)
    for (const glm::dvec3& p : part) sum += p, count += 1;
  return sum / std::max(count, 1.0);
}

}  // namespace

bool isGeoJson(const object& value) {
  const auto type = member(value, "type");
  const auto name = type ? text(*type) : std::nullopt;
  if (!name) return false;
  if (*name == "Feature") return member(value, "geometry").has_value();
  if (*name == "GeometryCollection") return member(value, "geometries").has_value();
  constexpr std::array<std::string_view, 6> kTypes{"Point",           "MultiPoint", "LineString",
                                                   "MultiLineString", "Polygon",    "MultiPolygon"};
  return std::find(kTypes.begin(), kTypes.end(), *name) != kTypes.end() && member(value, "coordinates");
}

base::Result<Shape> shape(const object& value, const core::CityFrame& frame) {
  Reader reader{frame};
  if (const char* wrong = reader.read(value, 0)) return base::Error{wrong};
  Shape result;
  model::Geometry& kept = reader.areas.parts.empty() ? reader.lines : reader.areas;
  if (!kept.parts.empty()) {
    result.position = middle(kept.parts);
    result.geometry = std::make_shared<const model::Geometry>(std::move(kept));
    return result;
  }
  if (reader.points.empty()) return base::Error{reason::kMissingField};
  result.position = middle({reader.points});
  return result;
}

}  // namespace feeds::json
