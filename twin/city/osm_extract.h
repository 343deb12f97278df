// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "twin/city/feature.h"

namespace city {

/// A way that is a road, with its nodes: cut at crossings later.
struct OsmWay {
  Feature feature;  ///< id "w<way>"
  std::vector<int64_t> nodes;
};

/// What an extract holds, still in longitude, latitude (rings: x, y in degrees). Ids are "w1", "r1", "n1".
struct OsmExtract {
  std::vector<OsmWay> roads;
  std::vector<OsmWay> coastlines;
  std::vector<Feature> buildings, parts, lots, water, green, trees, treeRows, stops, lamps, rails;
  std::vector<int64_t> signalNodes;  ///< of OSM nodes, sorted
  std::vector<int64_t> crossingNodes;
  glm::dvec2 low{1e9}, high{-1e9};  ///< degrees: the header's box, or that of the nodes
  std::vector<std::string> warnings;
};

/// Reads with libosmium. The error is one line that says why the file cannot be read and what to do.
base::Result<OsmExtract> readOsmExtract(const std::filesystem::path& file);

}  // namespace city
