// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "twin/city/city_data.h"

namespace traffic {

/// Metres between a halted vehicle's front and the axis of the stop line's bar.
constexpr double kStopBefore = 0.6;

/// A drawn stop line, as SUMO's network knows the road.
struct StopMark {
  std::string edge;         ///< SUMO's edge: "<road>" or "-<road>"
  glm::dvec2 middle{0};     ///< of the bar, city frame
  glm::dvec2 direction{0};  ///< unit vector, as the traffic drives
};

/// The stop lines that the picture has (city::stopLines).
std::vector<StopMark> stopMarks(const city::CityData& city);

/// Writes SUMO's stopOffset into the lanes of a network file, so that vehicles halt before the drawn
/// line and not where netconvert let the junction begin, which is often on the crosswalk. A line beyond
/// the lane's end changes nothing: there vehicles halt before it anyway. Errors: the file cannot be read
/// or written.
base::Status writeStopOffsets(const std::filesystem::path& netFile, const std::vector<StopMark>& marks);

}  // namespace traffic
