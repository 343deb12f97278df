// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "twin/core/geodesy.h"
#include "twin/feeds/document.h"

namespace feeds::v2x {

constexpr size_t kMaxPathNodes = 2000;

/// A path of SAE J2735 nodes as city positions (names folded).
///   DF_NodeListXY, DF_NodeSetXY: delta node-XY1..6, centimetres east and north of the node before (of the
///   anchor for the first), or node-LatLon, absolute
///   DF_NodeListLL: delta node-LL1..6, 0.1 microdegrees from the node before
/// `zoom` multiplies offsets by 2^zoom (DE_Zoom). Nothing when a node cannot be read or is out of range.
std::optional<std::vector<glm::dvec3>> nodePath(const DocNode& list, const core::GeoPoint& anchor, int zoom,
                                                const core::CityFrame& frame);

/// DF_ComputedLane: a lane that is another one moved, turned about its first point and stretched. Offsets are
/// centimetres, rotateXY 0.0125 degrees clockwise, scales 0.05 % steps about 100 %. Nothing when the lane it
/// refers to is not in `lanes`.
std::optional<std::vector<glm::dvec3>> computedPath(const DocNode& computed,
                                                    const std::map<int64_t, std::vector<glm::dvec3>>& lanes,
                                                    const core::CityFrame& frame);

}  // namespace feeds::v2x
