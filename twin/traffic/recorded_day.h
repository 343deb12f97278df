// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "twin/core/time.h"
#include "twin/traffic/traffic_step.h"

namespace traffic {

/// Some minutes of traffic at one time of the day.
struct RecordedSlice {
  double daySecond = 0;            ///< local time of day of its first step
  double stepSeconds = 2;          ///< between steps
  std::vector<TrafficStep> steps;  ///< their times are of the recording; lanes and controllers are not kept
};

/// A short day of recorded traffic, for fixed clocks and for machines without SUMO. One file: the magic
/// "ACDAY01\n", then a zlib stream with the road network it was driven on and the slices. Positions are
/// kept to 2 cm, headings to 0.1 degrees, speeds to 0.1 m/s, as differences to the step before.
struct RecordedDay {
  std::string network;  ///< SUMO's net.xml
  std::vector<RecordedSlice> slices;

  base::Status save(const std::filesystem::path& file) const;
  static base::Result<RecordedDay> load(const std::filesystem::path& file);

  /// What is shown at a moment.
  struct Place {
    size_t slice = 0;
    size_t step = 0;
    int64_t round = 0;     ///< times that the slice has been played through
    base::UtcNs time = 0;  ///< of that step on the shown clock, not after the moment
  };
  /// The slice nearest in the time of day, looped. Empty when nothing is recorded.
  std::optional<Place> placeAt(base::UtcNs shown, const core::TimeZone& zone) const;
};

}  // namespace traffic
