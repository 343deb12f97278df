// SPDX-License-Identifier: Apache-2.0
#include "twin/city/osm_tags.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <osmium/osm/tag.hpp>
#include <string>

namespace city {
namespace {

std::string_view tag(const osmium::TagList& tags, const char* key) {
  const char* value = tags[key];
  return value != nullptr ? std::string_view(value) : std::string_view();
}

bool oneOf(std::string_view value, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool yes(std::string_view value) {
  return !value.empty() && value != "no" && value != "false" && value != "0";
}

std::optional<double> numberOf(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || !std::isfinite(value)) return std::nullopt;
  return value;
}

Feature start(const osmium::TagList& tags) {
  Feature feature;
  feature.origin = model::Provenance::Surveyed;
  feature.source = "osm";
  OsmTags::setNames(feature, tags);
  for (const char* key : {"addr:street", "addr:housenumber", "operator", "opening_hours", "website",
                          "wikidata", "start_date"}) {
    if (const auto value = tag(tags, key); !value.empty())
      feature.properties.emplace(key, std::string(value));
  }
  return feature;
}

std::string buildingUse(const osmium::TagList& tags, std::string_view kind) {
  const std::string_view amenity = tag(tags, "amenity");
  if (oneOf(kind, {"apartments", "residential", "dormitory"})) return "apartment";
  if (oneOf(kind, {"house", "detached", "terrace", "semidetached_house", "bungalow", "cabin", "farm", "hut",
                   "villa"}))
    return "detached";
  if (oneOf(kind, {"retail", "supermarket", "kiosk", "shop"}) || !tag(tags, "shop").empty()) return "shop";
  if (oneOf(kind, {"industrial", "warehouse", "barn", "farm_auxiliary", "shed", "greenhouse", "garage",
                   "garages", "hangar"}))
    return "plant";
  if (oneOf(kind, {"school", "university", "college", "kindergarten"}) ||
      oneOf(amenity, {"school", "university", "college", "kindergarten"}))
    return "school";
  if (kind == "hospital" || amenity == "hospital") return "hospital";
  if (oneOf(kind, {"church", "cathedral", "chapel", "mosque", "temple", "synagogue", "shrine"}) ||
      amenity == "place_of_worship")
    return "church";
  if (oneOf(kind, {"train_station", "transportation"})) return "station";
  if (oneOf(kind, {"stadium", "grandstand"})) return "stadium";
  if (kind == "parking" || amenity == "parking") return "parking";
  if (kind == "hotel" || tag(tags, "tourism") == "hotel") return "hotel";
  if (oneOf(kind, {"public", "civic", "government", "townhall", "fire_station"}) ||
      oneOf(amenity, {"townhall", "library", "police", "fire_station", "courthouse"}))
    return "public";
  if (oneOf(amenity, {"theatre", "arts_centre", "cinema"}) || tag(tags, "tourism") == "museum")
    return "culture";
  if (oneOf(kind, {"commercial", "office"}) || !tag(tags, "office").empty()) return "office";
  return {};
}

double metresPerLevel(const std::string& use) {
  return use == "apartment" || use == "detached" ? 3.0 : use == "plant" ? 5.0 : 3.4;
}

void setRoof(Feature& feature, const osmium::TagList& tags, double& height) {
  const std::string_view shape = tag(tags, "roof:shape");
  std::string roof = "flat";
  if (oneOf(shape, {"gabled", "half-hipped", "gambrel", "saltbox", "round"}))
    roof = "gable";
  else if (oneOf(shape, {"hipped", "pyramidal", "mansard", "dome", "onion", "cone"}))
    roof = "hip";
  else if (oneOf(shape, {"skillion", "lean_to"}))
    roof = "shed";
  feature.properties["roof"] = roof;
  if (roof == "flat") return;
  // OSM heights reach the ridge, the pack's the eaves.
  const double roofHeight = osmLength(tag(tags, "roof:height")).value_or(std::min(3.0, height * 0.3));
  height = std::max(height - std::clamp(roofHeight, 0.0, height * 0.8), 1.5);
  if (const auto direction = numberOf(tag(tags, "roof:direction")))
    feature.properties["ridge"] = std::fmod(*direction + 90, 360.0);
}

int lanesOf(const osmium::TagList& tags, const char* key, int fallback) {
  const auto lanes = numberOf(tag(tags, key));
  return lanes && *lanes >= 0 && *lanes <= 16 ? static_cast<int>(std::lround(*lanes)) : fallback;
}

struct RoadClass {
  const char* name;
  double laneWidth;
  double speed;
  double sidewalk;
  int lanesOneWay;
};

std::optional<RoadClass> roadClass(std::string_view highway) {
  if (highway == "motorway") return RoadClass{"expressway", 3.6, 100, 0, 2};
  if (oneOf(highway, {"motorway_link", "trunk_link"})) return RoadClass{"ramp", 3.6, 50, 0, 1};
  if (oneOf(highway, {"trunk", "primary", "primary_link"})) return RoadClass{"arterial", 3.3, 60, 2.5, 2};
  if (oneOf(highway, {"secondary", "tertiary", "secondary_link", "tertiary_link"}))
    return RoadClass{"collector", 3.2, 50, 2, 1};
  if (oneOf(highway, {"residential", "unclassified", "living_street", "road"}))
    return RoadClass{"local", 2.9, 30, 1.5, 1};
  if (highway == "service") return RoadClass{"service", 2.5, 15, 0, 1};
  return std::nullopt;
}

}  // namespace

std::optional<double> osmLength(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::string clean(text);
  std::replace(clean.begin(), clean.end(), ',', '.');
  double value = 0;
  const auto [end, error] = std::from_chars(clean.data(), clean.data() + clean.size(), value);
  if (error != std::errc() || !std::isfinite(value)) return std::nullopt;
  std::string_view unit(end, clean.data() + clean.size() - end);
  while (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
  if (unit.empty() || unit == "m" || unit == "metres" || unit == "meters") return value;
  if (unit.starts_with("ft") || unit.starts_with("feet")) return value * 0.3048;
  if (unit.front() == '\'') {
    double inches = 0;
    std::from_chars(unit.data() + 1, unit.data() + unit.size(), inches);
    return value * 0.3048 + inches * 0.0254;
  }
  return std::nullopt;
}

void OsmTags::setNames(Feature& feature, const osmium::TagList& tags) {
  const std::string_view local = tag(tags, "name");
  const std::string_view ko = tag(tags, "name:ko");
  const std::string_view en = tag(tags, "name:en");
  feature.nameKo = !ko.empty() ? ko : local;
  feature.nameEn = !en.empty() ? en : local;
}

std::optional<Feature> OsmTags::building(const osmium::TagList& tags) {
  const std::string_view kind = tag(tags, "building");
  const std::string_view part = tag(tags, "building:part");
  if (!yes(kind) && !yes(part)) return std::nullopt;
  if (oneOf(tag(tags, "location"), {"underground"}) || numberOf(tag(tags, "layer")).value_or(0) < 0)
    return std::nullopt;
  Feature feature = start(tags);
  const std::string use = buildingUse(tags, yes(kind) ? kind : part);
  const double perLevel = metresPerLevel(use);
  const auto levels = numberOf(tag(tags, "building:levels"));
  const auto measured = osmLength(tag(tags, "height"));
  const bool known = measured || levels;
  double height = measured.value_or(levels.value_or(use == "plant" || use == "detached" ? 2
                                                    : use == "apartment"                ? 5
                                                                                        : 3) *
                                    perLevel);
  height = std::clamp(height, 2.0, 900.0);
  const double low =
      std::clamp(osmLength(tag(tags, "min_height"))
                     .value_or(numberOf(tag(tags, "building:min_level")).value_or(0) * perLevel),
                 0.0, height - 0.5);
  setRoof(feature, tags, height);
  feature.properties["height"] = std::max(height, low + 0.5);
  if (low > 0) feature.properties["min_height"] = low;
  feature.properties["storeys"] = std::max(1.0, std::round(levels.value_or((height - low) / perLevel)));
  feature.properties["use"] = !use.empty()  ? use
                              : height > 18 ? std::string("apartment")
                                            : std::string(height < 5 ? "detached" : "office");
  if (!known) feature.properties["height_source"] = std::string("estimated");
  if (!yes(kind)) feature.properties["part"] = true;
  const std::string_view material = tag(tags, "building:material");
  if (!material.empty())
    feature.properties["material"] = std::string(material == "brick"      ? "brick"
                                                 : material == "glass"    ? "glass"
                                                 : material == "concrete" ? "grey"
                                                                          : "light");
  return feature;
}

std::optional<Feature> OsmTags::road(const osmium::TagList& tags) {
  const auto kind = roadClass(tag(tags, "highway"));
  if (!kind || yes(tag(tags, "area"))) return std::nullopt;
  Feature feature = start(tags);
  const std::string_view way = tag(tags, "oneway");
  const bool oneWay = oneOf(way, {"yes", "1", "true", "-1"}) ||
                      (way.empty() && (std::string_view(kind->name) == "expressway" ||
                                       tag(tags, "junction") == "roundabout"));
  const int lanes = std::max(1, lanesOf(tags, "lanes", oneWay ? kind->lanesOneWay : 2));
  const int backward = oneWay ? 0 : lanesOf(tags, "lanes:backward", lanes / 2);
  const int forward = std::max(oneWay ? lanes : lanesOf(tags, "lanes:forward", lanes - backward), 1);
  double sidewalk = kind->sidewalk;
  if (oneOf(tag(tags, "sidewalk"), {"no", "none", "separate"}) ||
      numberOf(tag(tags, "maxspeed")).value_or(0) > 60)
    sidewalk = 0;
  auto& p = feature.properties;
  p["class"] = std::string(kind->name);
  p["lanes_forward"] = static_cast<double>(forward);
  p["lanes_backward"] = static_cast<double>(std::max(backward, oneWay ? 0 : 1));
  p["lane_width"] = kind->laneWidth;
  p["speed"] = numberOf(tag(tags, "maxspeed")).value_or(kind->speed);
  p["sidewalk"] = sidewalk;
  p["structure"] = std::string(yes(tag(tags, "tunnel")) || yes(tag(tags, "covered")) ? "tunnel"
                               : yes(tag(tags, "bridge"))                            ? "bridge"
                                                                                     : "ground");
  p["level"] = numberOf(tag(tags, "layer")).value_or(yes(tag(tags, "bridge")) ? 1 : 0);
  p["reverse"] = way == "-1";
  if (const auto ref = tag(tags, "ref"); !ref.empty()) p["ref"] = std::string(ref);
  return feature;
}

std::optional<Feature> OsmTags::rail(const osmium::TagList& tags) {
  const std::string_view kind = tag(tags, "railway");
  if (!oneOf(kind, {"rail", "light_rail", "tram", "narrow_gauge", "subway", "monorail"})) return std::nullopt;
  Feature feature = start(tags);
  feature.properties["kind"] = std::string(kind);
  feature.properties["tunnel"] = yes(tag(tags, "tunnel")) || kind == "subway";
  return feature;
}

std::optional<Feature> OsmTags::waterLine(const osmium::TagList& tags) {
  const std::string_view kind = tag(tags, "waterway");
  if (!oneOf(kind, {"river", "stream", "canal", "ditch", "drain"}) || yes(tag(tags, "tunnel")))
    return std::nullopt;
  Feature feature = start(tags);
  feature.properties["kind"] = std::string("stream");
  const double usual = kind == "river" ? 12 : kind == "canal" ? 8 : kind == "stream" ? 2.5 : 1.2;
  feature.properties["width"] = osmLength(tag(tags, "width")).value_or(usual);
  return feature;
}

std::optional<Feature> OsmTags::waterArea(const osmium::TagList& tags) {
  if (tag(tags, "natural") != "water" && tag(tags, "waterway") != "riverbank" &&
      !oneOf(tag(tags, "landuse"), {"reservoir", "basin"}) && tag(tags, "leisure") != "swimming_pool" &&
      tag(tags, "waterway") != "dock")
    return std::nullopt;
  if (tag(tags, "location") == "underground" || tag(tags, "location") == "roof") return std::nullopt;
  Feature feature = start(tags);
  feature.properties["kind"] = std::string("pond");
  return feature;
}

std::optional<Feature> OsmTags::green(const osmium::TagList& tags) {
  const std::string_view natural = tag(tags, "natural");
  const std::string_view landuse = tag(tags, "landuse");
  const std::string_view leisure = tag(tags, "leisure");
  const char* kind = nullptr;
  if (oneOf(natural, {"wood", "scrub"}) || landuse == "forest")
    kind = "wood";
  else if (oneOf(landuse, {"farmland", "orchard", "vineyard", "farmyard", "allotments", "plant_nursery"}))
    kind = "farmland";
  else if (oneOf(leisure, {"park", "golf_course", "nature_reserve", "dog_park"}))
    kind = "park";
  else if (oneOf(leisure, {"pitch", "track"}))
    kind = "pitch";
  else if (oneOf(leisure, {"garden", "playground"}) || oneOf(natural, {"grassland", "heath", "wetland"}) ||
           oneOf(landuse, {"grass", "meadow", "village_green", "recreation_ground", "cemetery", "greenfield",
                           "flowerbed"}))
    kind = "grass";
  else if (tag(tags, "amenity") == "parking" && !yes(tag(tags, "building")) &&
           !oneOf(tag(tags, "parking"), {"underground", "multi-storey", "rooftop"}))
    kind = "parking";
  else if ((oneOf(tag(tags, "highway"), {"pedestrian", "footway"}) && yes(tag(tags, "area"))) ||
           tag(tags, "place") == "square" || tag(tags, "type") == "plaza")
    kind = "plaza";
  if (kind == nullptr) return std::nullopt;
  Feature feature = start(tags);
  feature.properties["kind"] = std::string(kind);
  return feature;
}

std::optional<Feature> OsmTags::lot(const osmium::TagList& tags) {
  const std::string_view landuse = tag(tags, "landuse");
  const char* use = nullptr;
  if (oneOf(landuse, {"commercial", "retail"}))
    use = "commercial";
  else if (oneOf(landuse, {"industrial", "railway", "quarry", "port", "construction"}))
    use = "industry";
  else if (landuse == "residential")
    use = "residential";
  else if (oneOf(landuse, {"institutional", "education", "military", "religious"}))
    use = "public";
  if (use == nullptr) return std::nullopt;
  Feature feature = start(tags);
  feature.properties["landuse"] = std::string(use);
  return feature;
}

std::optional<Feature> OsmTags::tree(const osmium::TagList& tags) {
  if (tag(tags, "natural") != "tree" && tag(tags, "natural") != "tree_row") return std::nullopt;
  Feature feature = start(tags);
  const std::string_view genus = tag(tags, "genus");
  const bool needles =
      tag(tags, "leaf_type") == "needleleaved" || oneOf(genus, {"Pinus", "Picea", "Abies", "Cedrus"});
  if (needles)
    feature.properties["species"] = std::string("pine");
  else if (genus == "Quercus")
    feature.properties["species"] = std::string("oak");
  else if (genus == "Prunus")
    feature.properties["species"] = std::string("cherry");
  else if (genus == "Ginkgo")
    feature.properties["species"] = std::string("ginkgo");
  if (const auto height = osmLength(tag(tags, "height")))
    feature.properties["height"] = std::clamp(*height, 1.0, 60.0);
  if (const auto crown = osmLength(tag(tags, "diameter_crown")))
    feature.properties["crown"] = std::clamp(*crown, 0.5, 30.0);
  return feature;
}

std::optional<Feature> OsmTags::stop(const osmium::TagList& tags) {
  const char* kind = nullptr;
  if (tag(tags, "highway") == "bus_stop")
    kind = "bus_stop";
  else if (oneOf(tag(tags, "railway"), {"station", "halt"}))
    kind = "metro_station";
  else if (tag(tags, "railway") == "subway_entrance")
    kind = "metro_exit";
  else if (!tag(tags, "name").empty() &&
           (!tag(tags, "place").empty() || !tag(tags, "amenity").empty() || !tag(tags, "tourism").empty() ||
            !tag(tags, "historic").empty() || !tag(tags, "shop").empty()))
    kind = "place";
  if (kind == nullptr) return std::nullopt;
  Feature feature = start(tags);
  feature.properties["kind"] = std::string(kind);
  for (const char* key : {"place", "amenity", "tourism", "historic", "shop"}) {
    if (const auto value = tag(tags, key); !value.empty()) feature.properties[key] = std::string(value);
  }
  return feature;
}

}  // namespace city
