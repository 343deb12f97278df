// SPDX-License-Identifier: Apache-2.0
// Fintraffic's IMS traffic announcements (JSONMessage 0.2.4 to 0.2.17): one situation, its announcements by
// language, and its place as GeoJSON (WGS 84) or, in old messages, as ETRS-TM35FIN coordinates.
#include "twin/feeds/area_shape.h"
#include "twin/feeds/datex_parts.h"
#include "twin/feeds/decode_reason.h"
#include "twin/feeds/json_in.h"

namespace feeds::datex {
namespace {

constexpr size_t kMaxCorners = 50'000;

/// [longitude, latitude] or [longitude, latitude, elevation].
std::optional<core::GeoPoint> geoPoint(const DocNode& pair) {
  if (pair.children.size() < 2) return std::nullopt;
  const auto longitude = numberOf(&pair.children[0]), latitude = numberOf(&pair.children[1]);
  if (!longitude || !latitude) return std::nullopt;
  return core::GeoPoint{*longitude, *latitude, 0};
}

bool isPair(const DocNode& node) {
  return !node.children.empty() && node.children.front().children.empty();
}

/// Paths of any nesting: a list of pairs is one, a list of lists is several.
bool collectPaths(const DocNode& node, std::vector<std::vector<core::GeoPoint>>& paths, size_t& corners) {
  if (node.children.empty()) return true;
  if (isPair(node.children.front())) {
    std::vector<core::GeoPoint>& path = paths.emplace_back();
    for (const DocNode& child : node.children) {
      const auto point = geoPoint(child);
      if (!point || ++corners > kMaxCorners) return false;
      path.push_back(*point);
    }
    return true;
  }
  for (const DocNode& child : node.children)
    if (!collectPaths(child, paths, corners)) return false;
  return true;
}

/// RFC 7946 geometry, collections too. False when it cannot be read.
bool readGeometry(const DocNode& geometry, const core::CityFrame& frame, Record& record) {
  const std::string_view type = geometry.valueAt("type");
  if (const DocNode* parts = geometry.child("geometries")) {
    for (const DocNode& part : parts->children)
      if (!readGeometry(part, frame, record)) return false;
    return true;
  }
  const DocNode* coordinates = geometry.child("coordinates");
  if (!coordinates) return false;
  if (type == "Point") {
    const auto point = geoPoint(*coordinates);
    if (!point) return false;
    record.place = cityPosition(*point, frame);
    return true;
  }
  std::vector<std::vector<core::GeoPoint>> paths;
  size_t corners = 0;
  if (!collectPaths(*coordinates, paths, corners) || paths.empty() || paths.front().empty()) return false;
  std::vector<std::vector<glm::dvec3>> parts;
  for (const auto& path : paths) {
    auto city = cityPath(path, frame);
    if (!city) return true;  // real, but beyond what the city's projection holds
    parts.push_back(std::move(*city));
  }
  if (!record.place) record.place = parts.front().front();
  const bool area = type == "Polygon" || type == "MultiPolygon";
  if (auto shape = makeGeometry(area ? model::Geometry::Shape::Area : model::Geometry::Shape::Lines, std::move(parts)))
    record.geometry = std::move(shape);
  return true;
}

/// locationToDisplay of the first versions: ETRS-TM35FIN (EPSG:3067) metres.
void readDisplayPoint(const DocNode& point, const core::CityFrame& frame, Record& record) {
  static const auto finland = core::CityFrame::create("EPSG:3067", 0, 0);
  const auto east = numberOf(point.child("e")), north = numberOf(point.child("n"));
  if (!finland || !east || !north || std::abs(*east) > 2e6 || *north < 0 || *north > 1e7) return;
  core::GeoPoint place = finland->toGeographic({*east, *north, 0});
  place.elevation = 0;
  record.place = cityPosition(place, frame);
}

const char* readSituation(const DocNode& properties, const DocNode* geometry, const DecodeContext& context,
                          Decoded& out) {
  if (!properties.child("situationId")) return reason::kMissingField;
  Record record;
  record.id = record.situation = properties.valueAt("situationId");
  record.version = properties.valueAt("version");
  record.type = properties.valueAt("situationType");
  if (record.type.empty()) record.type = properties.valueAt("trafficAnnouncementType");
  if (record.type.empty()) record.type = "situation";
  record.versionTime =
      timeOf(properties.child("versionTime")).value_or(timeOf(properties.child("releaseTime")).value_or(0));
  Texts titles, texts;
  const DocNode* announcements = properties.child("announcements");
  if (!announcements) return reason::kMissingField;
  for (const DocNode& announcement : announcements->children) {
    const std::string_view language = announcement.valueAt("language");
    titles.add(language, announcement.valueAt("title"));
    texts.add(language, announcement.valueAt("location/description"));
    const auto start = timeOf(announcement.at("timeAndDuration/startTime"));
    const auto end = timeOf(announcement.at("timeAndDuration/endTime"));
    if (record.start == 0) record.start = start.value_or(0);
    record.end = std::max(record.end, end.value_or(0));
    const std::string_view closing = announcement.valueAt("earlyClosing");
    record.over = record.over || closing == "CLOSED" || closing == "CANCELED";
  }
  record.title = titles.both();
  record.description = texts.both().en;
  if (geometry && !readGeometry(*geometry, context.frame, record)) return reason::kPosition;
  if (const DocNode* display = properties.child("locationToDisplay"); display && !record.place)
    readDisplayPoint(*display, context.frame, record);
  return emitRecord(std::move(record), context, out);
}

}  // namespace

const char* readIms(const DocNode& root, const DecodeContext& context, Decoded& out) {
  const std::string_view type = root.valueAt("type");
  if (type == "FeatureCollection" || (root.name.empty() && !root.children.empty() && root.children[0].name.empty())) {
    const DocNode* features = type == "FeatureCollection" ? root.child("features") : &root;
    const char* refused = reason::kMissingField;
    bool any = false;
    for (const DocNode& feature : features ? features->children : std::vector<DocNode>()) {
      if (feature.valueAt("type") == "FeatureCollection") return reason::kWrongType;
      const char* why = readIms(feature, context, out);
      if (why) {
        refused = why;
      } else {
        any = true;
      }
    }
    return any ? nullptr : refused;
  }
  if (type == "Feature") {
    const DocNode* properties = root.child("properties");
    const DocNode* geometry = root.child("geometry");
    return properties ? readSituation(*properties, geometry, context, out) : reason::kMissingField;
  }
  return readSituation(root, root.child("geometry"), context, out);
}

}  // namespace feeds::datex
