// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "twin/alarms/evaluator.h"
#include "twin/city/city_data.h"

namespace app {

/// The road nearest to a place, by the pack's centre lines. Constant once made; any thread.
class LinkFinder {
 public:
  explicit LinkFinder(const city::CityData& city);
  /// Nothing beyond 30 m.
  alarms::LinkPlace at(glm::dvec2 place) const;

 private:
  struct Segment {
    uint32_t road = 0;
    glm::dvec2 a{0}, b{0};
  };
  std::vector<alarms::LinkPlace> roads_;
  std::unordered_map<int64_t, std::vector<Segment>> cells_;  // squares of 50 m
};

}  // namespace app
