// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "twin/city/feature.h"

namespace osmium {
class TagList;
}

namespace city {

/// What OSM tags (wiki.openstreetmap.org/wiki/Map_features) mean in the pack's own terms. Each returns
/// the feature's properties (no geometry, no id), or nothing when the tags describe something else.
struct OsmTags {
  static std::optional<Feature> building(const osmium::TagList& tags);
  static std::optional<Feature> road(const osmium::TagList& tags);
  static std::optional<Feature> rail(const osmium::TagList& tags);
  static std::optional<Feature> waterLine(const osmium::TagList& tags);
  static std::optional<Feature> waterArea(const osmium::TagList& tags);
  static std::optional<Feature> green(const osmium::TagList& tags);
  static std::optional<Feature> lot(const osmium::TagList& tags);
  static std::optional<Feature> tree(const osmium::TagList& tags);
  static std::optional<Feature> stop(const osmium::TagList& tags);  ///< stops, stations, named places
  static void setNames(Feature& feature, const osmium::TagList& tags);
};

/// "12", "12 m", "40'", "12'6\"", "3,5": metres; nothing when it is not a length.
std::optional<double> osmLength(std::string_view text);

}  // namespace city
