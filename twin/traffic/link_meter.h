// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/math/glm.h"
#include "twin/traffic/road_graph.h"

namespace traffic {

/// Finds the link that a vehicle drives on from where it is and where it heads. Immutable: any thread.
class LinkMatcher {
 public:
  explicit LinkMatcher(const RoadGraph& graph);
  /// Index of the edge whose carriageway holds the point in its direction (within 50 degrees); -1: none.
  int edgeAt(glm::dvec2 position, double heading) const;
  size_t edges() const { return edges_.size(); }

 private:
  struct Piece {
    int edge = 0;
    glm::dvec2 a{0}, b{0};
    double half = 0, heading = 0;
  };
  int64_t cellOf(glm::dvec2 p) const;

  std::vector<Polyline> edges_;
  std::unordered_map<int64_t, std::vector<Piece>> cells_;
};

/// What one link carried in one minute.
struct LinkLoad {
  float vehicles = 0;  ///< different vehicles that were seen on it
  float speed = 0;     ///< mean of their speeds, m/s; meaningless without vehicles
};

struct LinkMinute {
  int64_t start = 0;            ///< UTC seconds, a multiple of 60
  std::vector<LinkLoad> links;  ///< by edge index
};

/// A vehicle as it is seen, in reality or in a forecast: nothing that only a simulator knows.
struct SeenVehicle {
  uint64_t key = 0;  ///< of its id
  glm::dvec2 position{0};
  double heading = 0;  ///< radians clockwise from grid north
  double speed = 0;    ///< m/s
};

/// Gathers what is seen every kSampleSeconds into minutes. Reality and forecasts are measured by the same
/// meter, so that its faults weigh on both.
class LinkMeter {
 public:
  static constexpr int64_t kSampleSeconds = 5;

  explicit LinkMeter(const LinkMatcher& matcher) : matcher_(matcher) {}

  /// Seconds in rising order; those that are no multiple of kSampleSeconds are left out.
  void sample(int64_t second, std::span<const SeenVehicle> seen);
  /// Minutes that were sampled from their first to their last sample, oldest first; each once.
  std::vector<LinkMinute> takeWhole();

 private:
  struct Sum {
    double speed = 0;
    int samples = 0;
    std::vector<uint64_t> seen;
  };
  void close();

  const LinkMatcher& matcher_;
  int64_t minute_ = -1;
  int samples_ = 0;
  std::unordered_map<int, Sum> sums_;
  std::vector<LinkMinute> whole_;
};

}  // namespace traffic
